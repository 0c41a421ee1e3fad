"""What the rules leave open: asked when there is enough that speaks for one person, and never made one in doubt."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.planning.matching import Found, Subject, Verdict, compare, match_rows
from wangge.planning.matching.pools import MOST, Pool
from wangge.planning.matching.spelling import plain_name
from wangge.planning.matching.weighing import terms_of

BORN = date(2012, 5, 7)
HERE = Subject("王佳怡", birth=BORN, sex="F", door="1/1")


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (replace(HERE, name="王佳琪"), ""),  # a twin
        (replace(HERE, name="王佳仪"), "name_sounds_alike"),
        (replace(HERE, name="王住怡"), "name_looks_alike"),
        (replace(HERE, birth=date(2012, 7, 5)), "same_name_other_birth"),
        (replace(HERE, birth=date(1950, 1, 1)), ""),
        (replace(HERE, sex="M"), "same_name_other_birth"),
        (Subject("王佳怡", door="2/2"), ""),
        (Subject("王佳仪", birth=BORN, door="2/2"), "name_sounds_alike"),
    ],
)
def test_a_row_without_a_number_is_asked_about_when_enough_agrees_and_else_is_somebody_new(
    other: Subject, reason: str
) -> None:
    judged = compare(HERE, other)
    assert (judged.verdict, judged.reason) == (Verdict.ASK if reason else Verdict.DIFFERENT, reason)
    assert judged == compare(other, HERE)


def test_twins_with_names_of_one_sound_are_never_made_one() -> None:
    twin = replace(HERE, name="王佳仪", phones=frozenset(["16300000000"]))
    (found,) = match_rows([replace(HERE, phones=twin.phones)], [twin])
    assert (found.same, found.asks) == (None, (0,))


def test_a_rare_name_and_a_shared_telephone_are_asked_about_and_a_common_name_alone_is_not() -> None:
    phone = frozenset(["16300000000"])
    known = [Subject("翟梓萱", door="1/1", phones=phone), Subject("王伟", door="1/2")]
    rare, common, other = match_rows(
        known, [Subject("翟梓萱", phones=phone), Subject("王伟", door="9/9"), Subject("翟大山", phones=phone)]
    )
    assert (rare.reason, rare.asks) == ("same_phone_same_name", (0,))
    assert common == other == Found()


def test_a_name_weighs_less_the_more_people_have_it() -> None:
    town = [Subject(name, door=f"{at}/1") for at, name in enumerate(["王伟"] * 400 + ["翟梓萱"] + ["李娜"] * 600)]
    terms = terms_of(town)
    assert terms.of_name("王伟") > 100 * terms.of_name("翟梓萱")


def test_a_list_without_numbers_and_doors_is_joined_by_name_birth_and_telephone_and_not_by_less() -> None:
    phone = frozenset(["16300000000"])
    known = [replace(HERE, number="420322201205071234", phones=phone)]
    less = [Subject("王佳怡", birth=BORN), Subject("王佳怡", birth=BORN, phones=phone, door="5/5")]
    less.append(Subject("王佳怡", birth=BORN, phones=phone, partial="420322201205071"))
    assert [(one.same, one.reason) for one in match_rows(known, less)] == [(None, "same_name_same_birth")] * 3
    (found,) = match_rows(known, [Subject("王佳怡", birth=BORN, phones=phone)])
    assert (found.same, found.reason) == (0, "same_phone_name_birth")


def test_a_day_on_which_everybody_is_born_is_no_day_of_birth() -> None:
    first_day = date(1900, 1, 1)
    known = [Subject("王伟", birth=first_day, door=f"{at}/1") for at in range(40)]
    (found,) = match_rows(known, [Subject("王伟", birth=first_day, door="99/1")])
    assert found == Found()
    assert match_rows(known[:5], [Subject("王伟", birth=first_day, door="99/1")])[0].asks == (0, 1, 2, 3, 4)


NAMES = st.sampled_from(["王佳怡", "王佳仪", "王佳琪", "王住怡", "王伟", ""])
NUMBERS = st.sampled_from(["", "420322201205071234", "420322201205071325", "42032220120507133X"])
SUBJECTS = st.builds(
    Subject,
    name=NAMES,
    number=NUMBERS,
    birth=st.sampled_from([None, BORN, date(2012, 7, 5)]),
    sex=st.sampled_from(["", "F", "M"]),
    door=st.sampled_from(["", "1/1", "2/2"]),
    phones=st.sampled_from([frozenset[str](), frozenset(["16300000000"])]),
)


@given(st.lists(SUBJECTS, max_size=12))
def test_two_good_numbers_or_two_names_without_a_number_in_common_are_never_made_one(rows: list[Subject]) -> None:
    groups: dict[int, list[Subject]] = {}
    for at, (one, found) in enumerate(zip(rows, match_rows([], rows), strict=True)):
        groups.setdefault(at if found.same is None else found.same, []).append(one)
    for members in groups.values():
        numbers = {one.number for one in members if one.number}
        assert len(numbers) <= 1
        assert len({one.name for one in members if one.name}) <= 1


@given(SUBJECTS, SUBJECTS)
def test_two_rows_are_judged_the_same_from_either_side(first: Subject, second: Subject) -> None:
    assert compare(first, second) == compare(second, first)


def test_two_digits_swapped_in_a_number_are_asked_about() -> None:
    known = Subject("李大山", "420322198001021234", birth=date(1980, 1, 2), door="1/1")
    judged = compare(known, Subject("李大山", doubtful="420322198001201234", door="5/5"))
    assert (judged.verdict, judged.reason) == (Verdict.ASK, "id_digits_swapped")
    assert compare(known, Subject("赵小梅", doubtful="420322198001201234", door="5/5")).verdict == Verdict.DIFFERENT


def test_two_of_one_name_at_a_door_are_asked_about_when_a_row_tells_no_number() -> None:
    known = [Subject("王军", "420322195001021234", door="1/1"), Subject("王军", "420322198001021234", door="1/1")]
    (found,) = match_rows(known, [Subject("王军", door="1/1")])
    assert (found.same, found.reason, found.asks) == (None, "several_of_the_name", (0, 1))


def test_a_row_says_which_waiting_rows_it_may_be_as_well() -> None:
    good = "43112619390123997X"
    rows = [Subject("张伟", good), Subject("章伟", good, door="1/1"), Subject("章伟", door="1/1")]
    assert [one.also for one in match_rows([], rows)] == [(), (), ((1, "duplicate_merged"),)]


def test_two_thousand_people_at_one_door_and_three_thousand_of_one_name_are_not_all_compared() -> None:
    hostel = [Subject(f"王{chr(0x4E00 + at)}", birth=BORN, door="1/1") for at in range(2000)]
    names = [Subject("王伟", birth=BORN, phones=frozenset([str(at)]), door=f"{at}/9") for at in range(3000)]
    compared: list[int] = []
    pool = Pool()
    for at, one in enumerate([*hostel, *names]):
        compared.append(len(pool.near(one)))
        pool.add(at, one)
    assert max(compared) <= 3 * MOST


def test_everybody_in_a_hostel_is_found_though_all_were_born_on_one_day() -> None:
    signs = [chr(0x4E00 + at) for at in range(1000)]
    hostel = [Subject(f"王{sign}", birth=BORN, door="1/1") for sign in signs if plain_name(sign) == sign]
    found = match_rows(hostel, hostel)
    assert [one.same for one in found] == list(range(len(hostel)))
