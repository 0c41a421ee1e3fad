"""Masks: what is left of a value for those who may not see it."""

import pytest

from wangge.privacy.masks import MASKS, mask
from wangge.privacy.rules import PERIODS, Retention, forbidden_words

SHOWN = [
    ("name", "张三", "张*"),
    ("name", "欧阳娜娜", "欧***"),
    ("name", "阿卜杜·热合曼", "阿**·***"),
    ("name", "Anna Lee", "A*** ***"),
    ("name", "李", "李"),
    ("name", "", ""),
    ("phone", "13812341234", "138****1234"),
    ("phone", "0719-2221234", "****1234"),
    ("phone", "2221234", "****1234"),
    ("phone", "110", "***"),
    ("phone", "", ""),
    ("id", "420322199001011234", "****1234"),
    ("id", "42032219900101123X", "****123X"),
    ("id", "G1234567", "****4567"),
    ("id", "1234567", "*******"),
    ("id", "", ""),
    ("hidden", "发热", "***"),
    ("hidden", "", ""),
]


@pytest.mark.parametrize(("rule", "value", "shown"), SHOWN)
def test_a_masked_value_shows_only_what_its_rule_leaves(rule: str, value: str, shown: str) -> None:
    assert mask(rule, value) == shown


def test_every_mask_is_in_the_table_above() -> None:
    assert {rule for rule, _, _ in SHOWN} == set(MASKS)


def test_an_unknown_mask_is_a_defect() -> None:
    with pytest.raises(KeyError):
        mask("thin", "13812341234")


@pytest.mark.parametrize("rule", ["phone", "id"])
def test_a_mask_never_shows_more_than_seven_characters(rule: str) -> None:
    for length in range(30):
        assert sum(sign != "*" for sign in mask(rule, "1" * length)) <= 7


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("religion", ["religion"]),
        ("religious_group", ["religious"]),
        ("PARTY", ["party"]),
        ("phone_cell", ["phone_cell"]),
        ("tracker", []),
        ("cell", []),
        ("counterparty", []),
    ],
)
def test_forbidden_words_are_whole_words_and_pairs(name: str, words: list[str]) -> None:
    assert forbidden_words(name) == words


def test_the_access_log_is_kept_for_half_a_year_and_passages_for_three_weeks() -> None:
    assert (PERIODS[Retention.LOOK].days, PERIODS[Retention.PASSAGE].days) == (180, 21)
