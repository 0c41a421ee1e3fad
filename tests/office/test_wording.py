"""Hours and days read the way people say them, in the installation's zone."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from wangge.office import wording

NOW = datetime(2027, 1, 19, 7, 42, tzinfo=UTC)  # 15:42 in Shanghai


@pytest.mark.parametrize(
    ("at", "hans", "english"),
    [
        (datetime(2027, 1, 19, 1, 20, tzinfo=UTC), "今天9:20", "today 9:20"),
        (datetime(2027, 1, 18, 16, 5, tzinfo=UTC), "今天0:05", "today 0:05"),
        (datetime(2027, 1, 18, 8, 52, tzinfo=UTC), "昨天16:52", "yesterday 16:52"),
        (datetime(2027, 1, 20, 1, 0, tzinfo=UTC), "明天9:00", "tomorrow 9:00"),
        (datetime(2027, 1, 12, 1, 0, tzinfo=UTC), "1月12日9:00", "12 Jan 9:00"),
        (datetime(2026, 12, 31, 1, 0, tzinfo=UTC), "2026年12月31日9:00", "31 Dec 2026 9:00"),
    ],
)
def test_an_instant_is_as_near_as_people_say_it(at: datetime, hans: str, english: str) -> None:
    with override("zh-hans"):
        assert wording.when(at, NOW, "Asia/Shanghai") == hans
    with override("en"):
        assert wording.when(at, NOW, "Asia/Shanghai") == english


@pytest.mark.parametrize(("code", "tag"), [("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant"), ("en", "en")])
def test_a_page_names_its_language_as_browsers_know_it(code: str, tag: str) -> None:
    with override(code):
        assert wording.language_tag() == tag


def test_numbers_have_commas_and_the_unknown_is_said() -> None:
    with override("en"):
        assert wording.number(21436) == "21,436"
        assert wording.number(0) == "0"
        assert wording.number(None) == "not known"


def test_an_age_grows_on_the_birthday() -> None:
    assert wording.age_on(date(2012, 2, 29), date(2026, 2, 28)) == 13
    assert wording.age_on(date(2012, 2, 29), date(2026, 3, 1)) == 14
