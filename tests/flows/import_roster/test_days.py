"""Days as offices write them: certain, or said why not."""

from datetime import date

import pytest

from tests.flows.import_roster.books import TODAY
from wangge.flows.import_roster.cells import read_gone
from wangge.flows.import_roster.days import read_birth, read_day
from wangge.flows.import_roster.reading import Cell


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2020.2.3", "2020-02-03"), ("2020年2月3日", "2020-02-03"), ("2020/2/3", "2020-02-03"),
        ("2020-02-03", "2020-02-03"),
        ("20200203", "2020-02-03"), (20200203.0, "2020-02-03"), (43864.0, "2020-02-03"),
        (43864, "2020-02-03"),
        ("２０２０年２月３日", "2020-02-03"), ("2020 年 2 月 3 日", "2020-02-03"), ("二〇二〇年二月三日", "2020-02-03"),
        ("二○二○年二月三日", "2020-02-03"), ("2020年2月3号", "2020-02-03"), ("2020-02-03 18:30", "2020-02-03"),
        ("2020年2月3日18时30分", "2020-02-03"), ("二月三日", "2020-02-03"), ("2月3日", "2020-02-03"),
        ("2.3", "2020-02-03"),
        ("12月28日", "2019-12-28"), ("十二月二十八日", "2019-12-28"), ("2/10", "2020-02-10"), ("2/11", "2019-02-11"),
        (2.3, "2020-02-03"), (12.28, "2019-12-28"), ("13/1/1965", "1965-01-13"),
        ("1/13/1965", "1965-01-13"),
        ("5/5/1965", "1965-05-05"), ("2月29日", "2016-02-29"), ("廿日", None),
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_spelling_and_without_a_year_it_is_the_latest(cell: Cell, day: str | None) -> None:
    read, _ = read_day(cell, latest=TODAY)
    assert (read.isoformat() if read else None) == day


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("03/04/1965", "date_ambiguous"), (2.1, "date_ambiguous"), (2.2, "date_ambiguous"),
        ("2月30日", "date_impossible"),
        ("2020年13月1日", "date_impossible"), ("1991.2.30", "date_impossible"), ("去年腊月", "cell_unreadable"),
        ("2020年2月", "cell_unreadable"), ("2月上旬", "cell_unreadable"), ("", ""), ("无", ""), (None, ""),
    ],
)  # fmt: skip
def test_a_day_that_is_not_certain_is_none_and_it_is_said_why(cell: Cell, why: str) -> None:
    assert read_day(cell, latest=TODAY) == (None, why)


@pytest.mark.parametrize("cell", ["2月3日", "2.3", "2020年2月", "二月三日"])
def test_a_birth_without_a_year_is_not_certain(cell: str) -> None:
    assert read_birth(cell, known=None, as_of=TODAY) == (None, "cell_unreadable")


@pytest.mark.parametrize(
    ("cell", "known", "day", "why"),
    [
        ("70.2.3", None, "1970-02-03", ""), ("70年2月3日", None, "1970-02-03", ""),
        ("15.2.3", None, None, "date_ambiguous"),
        ("15.2.3", date(2015, 2, 3), "2015-02-03", ""), ("15.2.3", date(1915, 2, 3), "1915-02-03", ""),
        ("20.2.11", None, "1920-02-11", ""), ("70.2.30", None, None, "date_impossible"),
    ],
)  # fmt: skip
def test_of_a_year_of_two_digits_the_century_must_be_certain(
    cell: str, known: date | None, day: str | None, why: str
) -> None:
    read, said = read_birth(cell, known=known, as_of=TODAY)
    assert (read.isoformat() if read else None, said) == (day, why)


@pytest.mark.parametrize(
    "remark",
    [
        "已故",
        "2019年去世",
        "于2020年1月病故",
        "已迁出",
        "户口已迁出",
        "已搬走",
        "搬至县城",
        "2019.11迁出",
        "独居，已去世",
        "已搬到深圳",
        "Deceased",
    ],
)
def test_a_remark_that_somebody_died_or_moved_away_is_understood(remark: str) -> None:
    assert read_gone(remark) is True


@pytest.mark.parametrize("remark", ["", "独居", "老伴去世", "父亲已故，独居", "女儿户口已迁出", "五保户"])
def test_a_remark_about_somebody_else_is_left_alone(remark: str) -> None:
    assert read_gone(remark) is False


@pytest.mark.parametrize("remark", ["准备搬走", "户口未注销", "可能已搬走", "迁至本村"])
def test_a_remark_that_may_be_meant_otherwise_is_not_acted_upon(remark: str) -> None:
    assert read_gone(remark) is None
