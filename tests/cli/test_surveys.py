"""``wangge survey`` as it is typed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.calling import Installation
from wangge.kernel.periods import local_day

TODAY = local_day(datetime.now(UTC), "Asia/Shanghai")
DAYS = ("--from", TODAY.isoformat(), "--to", (TODAY + timedelta(days=1)).isoformat())


def started(opened: Installation, *more: str) -> str:
    answer = opened.call("survey", "start", "--area", "420322", *DAYS, *more, "--json")
    assert answer.code == 0, (answer.out, answer.err)
    assert answer.object["due"] == 0
    return str(answer.object["round"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["start", "--area", "999999", *DAYS], "places.area_unknown"),
        (["start", "--area", "420322", "--from", "2020-02-11", "--to", "2020-02-10"], "rounds.days_reversed"),
        (["start", "--area", "420322", *DAYS, "--questionnaire", "nonsense"], "rounds.questions_unknown"),
        (["status", "nonsense"], "rounds.round_unknown"),
        (["close", "01977c2e-0000-7000-8000-000000000000"], "rounds.round_unknown"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_code(opened: Installation, words: list[str], code: str) -> None:
    assert opened.call("survey", *words, "--json").refused == code


def test_a_round_is_started_with_nothing_but_area_and_days_and_found_by_id_and_name(opened: Installation) -> None:
    first, second = started(opened), started(opened)
    assert first != second, "the names of two rounds of the same days differ"
    stands = opened.call("survey", "status", first, "--json").object
    assert {key: stands[key] for key in ("round", "due", "done", "open", "revisit", "contradictions", "forecast")} == {
        "round": first, "due": 0, "done": 0, "open": 0, "revisit": 0, "contradictions": 0, "forecast": None,
    }  # fmt: skip
    assert opened.call("survey", "status", stands["name"], "--json").object["round"] == first
    listed = opened.call("survey", "list", "--area", "420322", "--open", "--json").object["rounds"]
    assert {first, second} <= {one["round"] for one in listed}
    assert listed[0]["to"] == DAYS[3]


def test_a_row_that_cannot_be_recorded_is_named_with_its_column_and_remedy(
    opened: Installation, tmp_path: Path
) -> None:
    sheet = tmp_path / "round.csv"
    sheet.write_text("door,state,at,by,answers\n3-2-501,done,,,{}\n3-2-501,done,,,[1]\n", "utf-8")
    answer = opened.call("survey", "record", started(opened), str(sheet), "--json")
    assert answer.code == 1
    assert (answer.object["recorded"], answer.object["rejected"]) == (0, 2)
    reported = [(one["row"], one["column"], one["code"]) for one in answer.object["reported"]]
    assert reported == [(2, "door", "door_unknown"), (3, "door", "door_unknown")]
    assert all(one["message"] for one in answer.object["reported"])


def test_a_closed_round_is_not_closed_again(opened: Installation) -> None:
    one = started(opened)
    assert opened.call("survey", "close", one, "--note", "done", "--json").object == {"closed": one}
    assert opened.call("survey", "close", one, "--json").refused == "rounds.closed_already"
    assert opened.call("survey", "status", one, "--json").object["closed_at"]
