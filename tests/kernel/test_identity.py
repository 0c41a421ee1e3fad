import csv
from datetime import date
from pathlib import Path

import pytest

from wangge.kernel.identity import Verdict, check_digit, read_identity, under_14, years_old

TABLE = Path(__file__).parents[1] / "data" / "codes" / "identity_numbers.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
TODAY = date(2026, 11, 1)


def test_the_table_is_whole() -> None:
    assert len(ROWS) == 60


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_a_number_is_read_as_the_table_says(row: dict[str, str]) -> None:
    found = read_identity(row["input"].replace("\\u200b", "\u200b"), TODAY)
    sex = {"M": "male", "F": "female", "": ""}[found.sex]
    birth = found.birth_on.isoformat() if found.birth_on else ""
    child = str(under_14(found.birth_on, TODAY)).lower() if found.birth_on else ""
    expected = [row[name] for name in ("verdict", "normal_form", "birth_date", "sex", "under_14_on_2026_11_01")]
    assert [found.verdict, found.normal, birth, sex, child] == expected
    if found.verdict is not Verdict.EMPTY:
        assert found.kind == row["kind"]


def test_every_single_wrong_digit_and_every_swap_of_neighbours_is_noticed() -> None:
    good = "11010519491231002X"
    missed = []
    for place in range(17):
        for digit in set("0123456789") - {good[place]}:
            changed = good[:place] + digit + good[place + 1 :]
            missed += [changed] if check_digit(changed[:17]) == changed[17] else []
        swapped = good[:place] + good[place + 1] + good[place] + good[place + 2 :]
        if swapped != good and "X" not in swapped[:17] and check_digit(swapped[:17]) == swapped[17]:
            missed.append(swapped)
    assert missed == []


def test_a_birth_in_the_future_is_doubted_only_on_a_day() -> None:
    number = "420300209901010014"
    assert read_identity(number).verdict is Verdict.VALID
    assert read_identity(number, TODAY).verdict is Verdict.WARN_BIRTH_DATE


def test_digits_of_other_scripts_are_no_digits() -> None:
    assert read_identity("٤٢٠٣٠٠١٩٤٩٠١٠١٠٠١٥").verdict is Verdict.WARN_SHAPE


def test_somebody_born_on_a_leap_day_is_a_year_older_on_the_first_of_march() -> None:
    born = date(2012, 2, 29)
    assert years_old(born, date(2026, 2, 28)) == 13
    assert years_old(born, date(2026, 3, 1)) == 14
    assert not under_14(None, TODAY)
