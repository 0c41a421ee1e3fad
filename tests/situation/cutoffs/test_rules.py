"""What an indicator counts and how hours are read: tables, no database."""

from dataclasses import replace
from datetime import time

import pytest

from wangge.situation.cutoffs import rules
from wangge.situation.cutoffs.indicators import shipped
from wangge.situation.cutoffs.rules import Indicator, Source

ONE = Indicator(
    code="x", unit="persons", kind="stock", sets=("s",), source=Source(flags=("visitor",)), use="why", owner="who"
)


@pytest.mark.parametrize(
    ("include", "exclude", "origin", "counts"),
    [
        ((), (), "", True),
        ((), (), "420100000000", True),
        (("420100",), (), "420100000000", True),
        (("420100",), (), "420000000000", False),
        (("420100",), (), "", False),
        (("42",), ("420100",), "420100000000", False),
        (("42",), ("420100",), "421000000000", True),
        (("421000",), (), "421100000000", False),
        (("110000",), (), "110000000000", True),
        ((), ("42",), "", True),
        ((), ("42",), "420100000000", False),
    ],
)
def test_a_source_counts_by_the_beginning_of_the_origin(
    include: tuple[str, ...], exclude: tuple[str, ...], origin: str, counts: bool
) -> None:
    source = Source(("visitor",), include, exclude)
    assert source.matches("visitor", origin) is counts
    assert not source.matches("returnee", origin)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": "With Blank"}, "cutoffs.code_unreadable"),
        ({"sets": ("",)}, "cutoffs.code_unreadable"),
        ({"use": " "}, "cutoffs.text_missing"),
        ({"owner": ""}, "cutoffs.text_missing"),
        ({"unit": "goats"}, "cutoffs.choice_unreadable"),
        ({"kind": "guess"}, "cutoffs.choice_unreadable"),
        ({"source": Source()}, "cutoffs.source_missing"),
        ({"source": Source(("visitor",), counter="residents")}, "cutoffs.source_missing"),
        ({"source": Source(("suspicious",))}, "cutoffs.choice_unreadable"),
        ({"source": Source(("visitor",), ("湖北",))}, "cutoffs.prefix_unreadable"),
        ({"source": Source(("visitor",), ("42010",))}, "cutoffs.prefix_unreadable"),
        ({"source": Source(counter="nothing")}, "cutoffs.choice_unreadable"),
        ({"source": Source(counter="visits")}, "cutoffs.counted_elsewhere"),
        ({"kind": "flow"}, "cutoffs.counted_elsewhere"),
        ({}, ""),
        ({"source": None}, ""),
        ({"source": Source(counter="visits"), "kind": "flow"}, ""),
        ({"source": Source(("visitor",), ("42", "420100000000"), ("4201",))}, ""),
    ],
)
def test_an_indicator_says_who_asks_what_for_and_what_it_counts(changes: dict[str, object], code: str) -> None:
    one = replace(ONE, **changes)  # type: ignore[arg-type]
    assert rules.indicator_fault(one, {"visitor"}, {"residents": "stock", "visits": "flow"})[0] == code


def test_what_is_shipped_would_pass_the_form() -> None:
    from wangge.people.rules.codes import FLAG_REASONS
    from wangge.situation.cutoffs.indicators import countable

    for one in shipped().values():
        assert rules.indicator_fault(one, FLAG_REASONS, countable()) == ("", {}), one.code
        assert rules.read_source(rules.said_source(one.source) or {}) == (one.source or Source())


@pytest.mark.parametrize(
    ("text", "found"),
    [("18:00", ["18:00"]), ("9:30，16：00 09:30", ["09:30", "16:00"]), ("", []), ("00:00;23:59", ["00:00", "23:59"])],
)
def test_hours_are_read_as_people_write_them(text: str, found: list[str]) -> None:
    assert rules.read_times(text) == found


@pytest.mark.parametrize("text", ["18", "24:00", "12:60", "noon", "1800", "18:0"])
def test_what_is_no_hour_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        rules.read_time(text)
    assert rules.read_time("07:05") == time(7, 5)
