"""``wangge snapshot`` as it is typed."""

import pytest

from tests.cli.calling import Installation


def taken(opened: Installation, *more: str) -> dict[str, object]:
    return opened.call("snapshot", "take", "liuzhou-01", "--area", "420322", *more, "--json").object


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["take", "nonsense", "--area", "420322"], "cutoffs.profile_unknown"),
        (["take", "liuzhou-01", "--area", "999999"], "places.area_unknown"),
        (["take", "liuzhou-01", "--area", "420322", "--at", "25:00"], "cutoffs.time_unreadable"),
        (["take", "liuzhou-01", "--area", "420322", "--on", "2020-02-10"], "cutoffs.time_missing"),
        (["take", "liuzhou-01", "--area", "420322", "--on", "2020-02-10", "--at", "18:00"], "cutoffs.too_long_ago"),
        (["show", "01977c2e-0000-7000-8000-000000000000"], "cutoffs.snapshot_unknown"),
        (["zero", "liuzhou-01", "--area", "420322"], "cutoffs.not_a_community"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_code(opened: Installation, words: list[str], code: str) -> None:
    answer = opened.call("snapshot", *words, "--json")
    assert (answer.code, answer.refused) == (1, code)


def test_a_snapshot_is_taken_listed_and_shown_as_one_object_each(opened: Installation) -> None:
    first, second = taken(opened), taken(opened)
    numbers = first["numbers"]
    assert isinstance(numbers, dict)
    assert (numbers["returnee.from_wuhan"], numbers["fever.other"]) == (0, None), "nought, and not asked"
    assert first["late"] == {}
    changes = second["changes"]
    assert isinstance(changes, dict)
    assert (changes["returnee.from_wuhan"], changes["fever.other"]) == (0, None)
    listed = opened.call("snapshot", "list", "--area", "420322", "--json").object["snapshots"]
    assert [one["snapshot"] for one in listed[:2]] == [second["snapshot"], first["snapshot"]]
    shown = opened.call("snapshot", "show", str(second["snapshot"]), "--json").object
    assert (shown["snapshot"], shown["numbers"], shown["since"]) == (second["snapshot"], numbers, {})
