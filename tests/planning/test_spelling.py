"""How alike two written things are."""

from datetime import date

import pytest

from wangge.planning.matching.spelling import (
    Likeness,
    distance,
    likeness,
    neighbours_swapped,
    one_sign_apart,
    plain_name,
    same_day_mistyped,
    sound_of,
)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("张伟", "李娜", Likeness.OTHER),
        ("", "", Likeness.OTHER),
        ("张伟", "张娜", Likeness.OTHER),
        ("王佳怡", "王佳琪", Likeness.NEAR),
        ("王佳怡", "王佳", Likeness.NEAR),
        ("王佳怡", "王怡佳", Likeness.NEAR),
        ("王佳怡", "李佳怡", Likeness.OTHER),
        ("周宇", "周字", Likeness.SHAPE),
        ("刘玲", "刘珍", Likeness.SHAPE),
        ("张伟", "章伟", Likeness.SOUND),
        ("陈静", "陈进", Likeness.SOUND),
        ("刘兰", "刘南", Likeness.SOUND),
        ("张偉", "張伟", Likeness.EQUAL),
        ("maria lopez", "maria lopes", Likeness.NEAR),
        ("anna", "anne", Likeness.OTHER),
    ],
)
def test_names_are_alike_by_sign_by_sound_by_shape_or_nearly(one: str, other: str, alike: Likeness) -> None:
    first, second = plain_name(one), plain_name(other)
    assert (likeness(first, second), likeness(second, first)) == (alike, alike)


def test_names_of_one_sound_are_found_under_one_key() -> None:
    assert sound_of("张伟") == sound_of("章 玮") != sound_of("李伟")
    assert sound_of("陈琳") == sound_of("程玲")


@pytest.mark.parametrize(
    ("one", "other", "mistyped"),
    [
        (date(1980, 1, 1), date(1981, 2, 1), False),
        (date(1980, 3, 7), date(1980, 7, 3), True),
        (date(1980, 3, 7), date(1990, 3, 7), True),
        (date(1980, 3, 7), date(1980, 3, 8), True),
    ],
)
def test_a_day_may_be_another_one_mistyped(one: date, other: date, *, mistyped: bool) -> None:
    assert same_day_mistyped(one, other) is same_day_mistyped(other, one) is mistyped


def test_numbers_differ_in_one_place_or_by_two_neighbours() -> None:
    assert not one_sign_apart("123", "123")
    assert not one_sign_apart("123", "1234")
    assert one_sign_apart("123", "133")
    assert not neighbours_swapped("1234", "2143")
    assert not neighbours_swapped("1234", "1243 ")
    assert neighbours_swapped("1234", "1324")


@pytest.mark.parametrize(
    ("one", "other", "most", "apart"),
    [("", "", 1, 0), ("kitten", "sitting", 3, 3), ("ab", "ba", 1, 1), ("abcdef", "badcfe", 2, 3), ("a", "abcd", 2, 3)],
)
def test_the_distance_counts_changes_and_swaps_up_to_a_limit(one: str, other: str, most: int, apart: int) -> None:
    assert distance(one, other, most) == apart
