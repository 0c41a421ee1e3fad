"""What an invented household answers to the household survey that comes with Wangge. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

QUESTIONS = "household-survey"
UNKNOWN = "?"
UNKNOWN_SHARE = 0.02
MEDICINES = ("降压药", "二甲双胍", "阿司匹林", "甲状腺素片", "胰岛素")
AWAY_AT = ("广东务工", "浙江务工", "外地上学", "省城", "随子女居住")
FROM = ("湖北武汉", "湖北黄冈", "广东广州", "浙江温州")
SCHOOLS = ((3, "kindergarten"), (6, "primary"), (12, "junior"), (15, "senior"), (18, "university"), (23, ""))


@dataclass(frozen=True, slots=True)
class Known:
    """What the town knows of somebody who answers."""

    sex: str
    age: int
    away: bool


def answer(members: Sequence[UUID], known: Mapping[UUID, Known], met: int, on: date, random: Random) -> dict[str, Any]:
    """Return the answers of a household whose members are known, as somebody asked on a day would write them."""
    needs = random.choices(("none", "food", "medicine", "hospital", "child"), (90, 4, 3, 2, 1))
    people = [
        {"resident": str(who), **_person(known[who], len(members), on, random)} for who in members if who in known
    ]
    return {"persons_seen": met, "people": people, "needs": needs, "rice_days": random.randrange(3, 60)}


def _person(one: Known, size: int, on: date, random: Random) -> dict[str, Any]:
    if one.away:
        return {"presence": "away", "away_at": random.choice(AWAY_AT)}
    said: dict[str, Any] = {"presence": "living_here", "contact": "no", "cough": "no"}
    said["fever"] = "yes" if random.random() < 0.001 else "no"
    said["travelled"] = "yes" if random.random() < 0.003 else "no"
    if said["travelled"] == "yes":
        said |= {"travel_from": random.choice(FROM), "travel_on": str(on - timedelta(days=random.randrange(1, 13)))}
    if one.age >= 13:
        said["reach"] = "with_help" if one.age >= 75 and random.random() < 0.3 else "self"
    if 4 <= one.age < 22:
        said["school"] = next(school for start, school in reversed(SCHOOLS[:-1]) if one.age >= start)
    if random.random() < (0.55 if one.age >= 65 else 0.12 if one.age >= 45 else 0.02):
        said |= {"medicine": "yes", "medicine_name": random.choice(MEDICINES), "medicine_days": random.randrange(2, 40)}
    else:
        said["medicine"] = "no"
    if one.sex == "F" and 16 <= one.age < 49:
        said["pregnant"] = "no"
    alone = size == 1 and one.age >= 70
    said["care"] = ["alone"] if alone else ["none"]
    if random.random() < UNKNOWN_SHARE:
        said[random.choice(("contact", "cough", "medicine"))] = UNKNOWN
        if said["medicine"] == UNKNOWN:
            said = {name: value for name, value in said.items() if not name.startswith("medicine_")}
    return said
