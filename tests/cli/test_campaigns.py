"""``wangge campaign`` as it is typed."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.calling import Installation
from wangge.kernel.periods import local_day

TODAY = local_day(datetime.now(UTC), "Asia/Shanghai")
LAST = ("--to", (TODAY + timedelta(days=3)).isoformat())
CALL = ("--telephone", "6555 0120")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["start", "--area", "999999", *LAST, *CALL], "places.area_unknown"),
        (["start", "--area", "420322", "--to", "2020-02-10", *CALL], "campaigns.days_wrong"),
        (["start", "--area", "420322", *LAST, "--telephone", "none"], "campaigns.telephone_missing"),
        (["start", "--area", "420322", *LAST, *CALL, "--questionnaire", "x"], "campaigns.questionnaire_unusable"),
        (["status", "nonsense"], "campaigns.campaign_unknown"),
        (["codes", "nonsense"], "campaigns.campaign_unknown"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_code(opened: Installation, words: list[str], code: str) -> None:
    assert opened.call("campaign", *words, "--json").refused == code


def test_a_campaign_is_started_with_area_last_day_and_telephone_and_found_by_its_name(opened: Installation) -> None:
    started = opened.call("campaign", "start", "--area", "420322", *LAST, *CALL, "--name", "申报", "--json").object
    assert started["due"] == 0
    stands = opened.call("campaign", "status", "申报", "--json").object
    assert (stands["campaign"], stands["declared"], stands["open"]) == (started["campaign"], 0, True)
    codes = opened.call("campaign", "codes", "申报", "--json").object
    assert (codes["made"], codes["codes"]) == (0, [])
