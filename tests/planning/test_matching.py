"""Who is one person, and who is one household."""

from dataclasses import replace
from datetime import date

import pytest

from wangge.planning.matching import Door, Found, HomeRow, Subject, Verdict, compare, homes_of, match_rows

GOOD, OTHER, ONE_OFF = "43112619390123997X", "431126193703259064", "43112619390123998X"
BIRTH = date(1980, 1, 1)


@pytest.mark.parametrize(
    ("first", "second", "verdict", "reason"),
    [
        (Subject("张伟", GOOD), Subject("张伟", GOOD), Verdict.SAME, "duplicate_same_id"),
        (Subject("張偉", GOOD), Subject("张 伟", GOOD), Verdict.SAME, "duplicate_same_id"),
        (Subject("", GOOD), Subject("张伟", GOOD), Verdict.SAME, "duplicate_same_id"),
        (Subject("张伟", GOOD), Subject("章伟", GOOD), Verdict.ASK, "same_id_other_name"),
        (
            Subject("张伟", GOOD, birth=BIRTH, door="1-1-101"),
            Subject("张伟", OTHER, birth=BIRTH, door="1-1-101"),
            Verdict.DIFFERENT,
            "other_number",
        ),
        (Subject("张伟", GOOD), Subject("张伟", doubtful=ONE_OFF), Verdict.ASK, "id_one_digit"),
        (Subject("张伟", GOOD, door="1-1-101"), Subject("李娜", doubtful=ONE_OFF, door="1-1-101"), Verdict.ASK, None),
        (Subject("张伟", GOOD), Subject("李娜", doubtful=ONE_OFF), Verdict.DIFFERENT, None),
        (
            Subject("张伟", doubtful=ONE_OFF, door="1/1"),
            Subject("张伟", doubtful=ONE_OFF, door="1/1"),
            Verdict.SAME,
            "duplicate_merged",
        ),
        (Subject("张伟", GOOD, door="1/1"), Subject("张伟", door="1/1"), Verdict.SAME, "duplicate_merged"),
        (Subject("张伟", door="1/1", sex="M"), Subject("张伟", door="1/1", sex="F"), Verdict.DIFFERENT, None),
        (
            Subject("张伟", GOOD, door="1/1"),
            Subject("张伟", door="1/1", partial="431126200001019"),
            Verdict.DIFFERENT,
            None,
        ),
        (
            Subject("张伟", GOOD, door="1/1"),
            Subject("张伟", door="1/1", partial="431126193901239"),
            Verdict.SAME,
            "duplicate_merged",
        ),
        (
            Subject("张伟", birth=BIRTH, door="1/1"),
            Subject("张伟", birth=BIRTH, door="1/2"),
            Verdict.ASK,
            "same_name_same_birth",
        ),
        (Subject("张伟", door="1/1"), Subject("张伟", birth=BIRTH, door="1/2"), Verdict.DIFFERENT, None),
        (Subject("", door="1/1"), Subject("", door="1/1"), Verdict.DIFFERENT, None),
    ],
)
def test_two_rows_are_judged_the_same_from_either_side(
    first: Subject, second: Subject, verdict: Verdict, reason: str | None
) -> None:
    judged = compare(first, second)
    assert (judged.verdict, judged) == (verdict, compare(second, first))
    assert reason is None or judged.reason == reason


def test_twins_with_numbers_of_their_own_stay_two() -> None:
    twins = [Subject("王一", "420322201001019013", birth=BIRTH, door="1/1")]
    twins.append(Subject("王一", "420322201001019056", birth=BIRTH, door="1/1"))
    assert match_rows([], twins) == [Found(), Found()]


def test_a_row_is_found_among_the_known_before_the_rows_of_the_file() -> None:
    known = [Subject("李娜", OTHER, door="1/2"), Subject("张伟", GOOD, door="1/1")]
    first, second, third = match_rows(known, [Subject("张伟", GOOD), Subject("新人"), Subject("新人", door="1/1")])
    assert (first.same, first.reason) == (1, "duplicate_same_id")
    assert second == third == Found()


def test_what_a_later_row_tells_helps_to_find_the_next() -> None:
    rows = [Subject("张伟", door="1/1"), Subject("张伟", GOOD, door="1/1"), Subject("张伟", GOOD, door="5/5")]
    assert [one.same for one in match_rows([], rows)] == [None, 0, 0]


def test_somebody_of_the_name_at_the_door_is_not_taken_when_the_number_is_anothers() -> None:
    known = [Subject("李娜", GOOD, door="9/9"), Subject("张伟", door="1/1")]
    (found,) = match_rows(known, [Subject("张伟", GOOD, door="1/1")])
    assert (found.same, found.reason, found.asks) == (None, "same_id_other_name", (0,))


def test_a_row_that_must_be_asked_about_is_nobody_for_later_rows() -> None:
    rows = [Subject("张伟", GOOD), Subject("章伟", GOOD), Subject("章伟", GOOD)]
    assert [one.asks for one in match_rows([], rows)] == [(), (0,), (0,)]


def test_a_thousand_people_of_one_name_are_matched_without_comparing_all_pairs() -> None:
    rows = [Subject("王伟", f"{number:017d}X", door=f"{number}/1") for number in range(20_000)]
    assert {one.same for one in match_rows(rows, rows)} == set(range(20_000))


def test_one_door_is_one_household_until_a_second_head_begins_another() -> None:
    rows = [
        HomeRow(("", 1), "1/1", is_head=True),
        HomeRow(("", 1), "1/1"),
        HomeRow(("", 2), "1/1", is_head=True),
        HomeRow(("", 2), "1/1"),
        HomeRow(("", 3), "1/1"),
        HomeRow(("", 4), ""),
        HomeRow(("", 5), ""),
    ]
    assert [home.rows for home in homes_of(rows, {})] == [[0, 1, 4], [2, 3], [5], [6]]


def test_a_family_joins_the_household_in_which_one_of_them_lives() -> None:
    rows = [HomeRow(("", 1), "1/1", is_head=True), HomeRow(("", 1), "1/1", lives="b", lives_at="1/1")]
    (home,) = homes_of(rows, {"1/1": [Door("a", True), Door("b", True)]})
    assert (home.joins, home.asks) == ("b", ())


def test_somebody_who_lives_at_another_door_brings_nobody_along() -> None:
    rows = [HomeRow(("", 1), "1/1"), HomeRow(("", 1), "1/1", lives="b", lives_at="7/7")]
    (home,) = homes_of(rows, {})
    assert (home.joins, home.asks) == ("", ())


def test_people_without_a_head_join_whoever_is_at_their_door() -> None:
    (home,) = homes_of([HomeRow(("", 1), "1/1")], {"1/1": [Door("a", True)]})
    assert home.joins == "a"


def test_a_family_with_a_head_is_asked_about_where_strangers_live() -> None:
    (home,) = homes_of([HomeRow(("", 1), "1/1", is_head=True)], {"1/1": [Door("a", True)]})
    assert (home.joins, home.asks) == ("", ("a",))


FAMILY = [
    HomeRow(("", 1), "2/2", is_head=True, lives="a", lives_at="1/1", was_head=True),
    HomeRow(("", 1), "2/2", lives="a", lives_at="1/1", was_head=False),
]


def at_home(rows: list[HomeRow]) -> list[HomeRow]:
    """Return the rows at the door where they live."""
    return [replace(row, door=row.lives_at) for row in rows]


def findings(rows: list[HomeRow], doors: dict[str, list[Door]]) -> list[tuple[str, str, tuple[int, ...]]]:
    """Return what a sheet tells of households, by kind, household and rows."""
    return [(str(one.kind), one.household, one.rows) for home in homes_of(rows, doors) for one in home.findings]


def test_a_household_at_its_door_with_its_head_tells_nothing() -> None:
    assert findings(at_home(FAMILY), {"1/1": [Door("a", has_head=True, members=2)]}) == []


@pytest.mark.parametrize("members", [0, 2, 3])
def test_a_household_that_stands_at_another_door_has_moved_and_takes_its_newcomers_along(members: int) -> None:
    rows = [*FAMILY, HomeRow(("", 1), "2/2")]
    doors = {"1/1": [Door("a", has_head=True, members=members)], "2/2": [Door("b", has_head=True)]}
    (home,) = homes_of(rows, doors)
    assert (home.joins, home.asks) == ("a", ())
    assert findings(rows, doors) == [("household_moved", "a", (0, 1))]


def test_a_part_of_a_household_at_another_door_was_split_off() -> None:
    doors = {"1/1": [Door("a", has_head=True, members=5)]}
    assert findings(FAMILY, doors) == [("household_split", "a", (0, 1))]
    staying = HomeRow(("", 2), "1/1", lives="a", lives_at="1/1", was_head=False)
    assert findings([staying, *FAMILY], {}) == [("household_split", "a", (1, 2))]
    assert findings([staying, FAMILY[1]], {}) == []


def test_another_head_is_a_change_and_a_head_who_is_not_listed_is_gone() -> None:
    doors = {"1/1": [Door("a", has_head=True, members=2)]}
    changed = [replace(FAMILY[0], is_head=False), replace(FAMILY[1], is_head=True)]
    assert findings(at_home(changed), doors) == [("head_changed", "a", (1,))]
    assert findings(at_home(changed[1:]), doors) == [("head_gone", "a", (0,))]
    assert findings(at_home(changed[1:]), {"1/1": [Door("a", has_head=False)]}) == []
    assert findings(at_home([replace(row, was_head=None) for row in changed]), doors) == []
