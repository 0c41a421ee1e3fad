"""Origins: provinces and prefectures, however they are written, and never finer."""

from datetime import date, timedelta

import pytest

from tests.people.world import TODAY
from wangge.people.rules.origins import normal_origin, origin_name, origins, read_origin, travel_fault


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("湖北省武汉市", "420100000000"),
        ("武汉市", "420100000000"),
        (" 武 汉 ", "420100000000"),
        ("湖北", "420000000000"),
        ("恩施", "422800000000"),
        ("420100", "420100000000"),
        ("42", "420000000000"),
        ("北京市", "110000000000"),
        ("110100", "110000000000"),
        ("429000", "420000000000"),
        ("香港", "810000000000"),
        ("吉林省吉林市", "220200000000"),
    ],
)
def test_an_origin_is_read_as_people_write_it(text: str, code: str) -> None:
    assert read_origin(text) == code
    assert travel_fault("visitor", code, None, TODAY) == ""
    assert origin_name(code) != code


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("吉林", "people.origin_unclear"),
        ("州", "people.origin_unclear"),
        ("乌有乡", "people.origin_unclear"),
        ("990000", "people.origin_unclear"),
        ("420102", "people.origin_too_fine"),
        ("110101", "people.origin_too_fine"),
        ("420102003", "people.origin_too_fine"),
    ],
)
def test_what_is_unclear_or_finer_than_a_prefecture_is_refused(text: str, fault: str) -> None:
    assert travel_fault("visitor", read_origin(text), None, TODAY) == fault


def test_only_those_who_travelled_are_asked_and_nobody_arrives_tomorrow() -> None:
    tomorrow: date = TODAY + timedelta(days=1)
    assert travel_fault("sick", "420100000000", None, TODAY) == "people.origin_not_asked"
    assert travel_fault("sick", "", TODAY, TODAY) == "people.origin_not_asked"
    assert travel_fault("visitor", "", tomorrow, TODAY) == "people.not_come_yet"
    assert travel_fault("still_away", "420100000000", TODAY, TODAY) == "people.not_come_yet"
    assert travel_fault("returnee", "", TODAY, TODAY) == ""
    assert travel_fault("sick", "", None, TODAY) == ""


def test_what_nobody_names_is_not_offered() -> None:
    assert not {"市辖区", "省直辖县级行政区划"} & {name[-9:] for name in origins().values()}
    assert "110100000000" not in origins()
    assert normal_origin("") == ""
    assert len(origins()) == len(set(origins().values())), "each name stands once"
