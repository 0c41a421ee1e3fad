"""How an office mistypes: names by sound, by shape and otherwise, numbers by a digit, days turned about."""

from datetime import date
from functools import lru_cache
from random import Random
from typing import Any

from wangge.cli.benches.labelled.people import GIVEN, SURNAMES

DIGITS = "0123456789"
LOOKS = {
    "己": "已",
    "宇": "字",
    "玲": "珍",
    "佳": "住",
    "辰": "晨",
    "杰": "木",
    "阳": "阴",
    "婷": "停",
    "建": "健",
    "颖": "颍",
}


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, list[str]]:
    from pypinyin import lazy_pinyin

    sounds: dict[str, list[str]] = {}
    for sign in dict.fromkeys("".join((*GIVEN.values(), SURNAMES, "芸韵盈莹伊仪昕馨雯纹浠溪彤桐炜玮坤堃韬滔郁毓"))):
        sounds.setdefault(lazy_pinyin(sign)[0], []).append(sign)
    return sounds


@lru_cache(maxsize=1)
def _traditional() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")


def traditional(name: str) -> str:
    """Return a name in traditional characters."""
    return str(_traditional().convert(name))


def other_name(random: Random, name: str) -> str:
    """Return a name with one sign mistyped: mostly one of its sound, else one that looks like it, or any."""
    places = list(range(len(name)))
    random.shuffle(places)
    for at in places:
        alike = [sign for signs in _by_sound().values() if name[at] in signs for sign in signs if sign != name[at]]
        if alike and random.random() < 0.75:
            return name[:at] + random.choice(alike) + name[at + 1 :]
        if name[at] in LOOKS:
            return name[:at] + LOOKS[name[at]] + name[at + 1 :]
    sign = random.choice([sign for sign in GIVEN["M"] if sign != name[-1]])
    return name[:-1] + sign


def one_digit_off(random: Random, number: str) -> str:
    """Return a number with one of its digits another."""
    at = random.randrange(6, 17)
    return number[:at] + random.choice(DIGITS.replace(number[at], "")) + number[at + 1 :]


def swapped(random: Random, number: str) -> str:
    """Return a number with two neighbouring digits in each other's place, where they differ."""
    places = [at for at in range(6, 16) if number[at] != number[at + 1]]
    at = random.choice(places)
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def other_day(random: Random, day: date) -> date:
    """Return a day mistyped: month and day turned about where that is a day, else a digit of the year."""
    if day.day <= 12 and day.day != day.month:
        return day.replace(month=day.day, day=day.month)
    return day.replace(year=day.year - random.choice((1, 10)), day=min(day.day, 28))
