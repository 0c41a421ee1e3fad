"""A worker's invented day: working hours, one door after the other, and again in the evening."""

from datetime import datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from wangge.cli.simulation.rounds import DUSK, EVENING, MORNING, NOON, Door, Part, Walker
from wangge.surveys.rules import COME_AGAIN, DoorState, VisitSeen

START = datetime.fromisoformat("2020-02-01T00:00:00+08:00")


def a_day(doors: int, seed: int = 1) -> dict[Part, list[VisitSeen]]:
    ids = count(1)
    new_id = lambda: UUID(int=next(ids))  # noqa: E731
    walked = [
        Door(UUID(int=10_000 + at), "1.", (UUID(int=90_000 + at), UUID(int=80_000 + at)), "w") for at in range(doors)
    ]
    return Walker(START, Random(seed), new_id).walk(walked)


def believable(visits: list[VisitSeen]) -> list[VisitSeen]:
    return [visit for visit in visits if START <= visit.at < START + timedelta(days=1)]


def test_nobody_is_visited_at_night_or_over_noon() -> None:
    day = a_day(130)
    for part, since, until in ((Part.MORNING, MORNING, NOON), (Part.EVENING, EVENING, timedelta(hours=21.5))):
        for visit in believable(day[part]):
            assert START + since <= visit.at < START + until
    for visit in believable(day[Part.AFTERNOON]):
        assert START + NOON + timedelta(hours=2) <= visit.at <= START + DUSK


def test_most_doors_are_reached_and_where_nobody_opened_somebody_comes_again() -> None:
    day = a_day(2000)
    first = day[Part.MORNING] + day[Part.AFTERNOON]
    missed = {visit.household for visit in first if visit.state in COME_AGAIN}
    assert 0.95 < len({visit.household for visit in first}) / 2000 < 0.99
    assert {visit.household for visit in day[Part.EVENING]} < missed
    assert sum(visit.state == DoorState.DONE for visit in day[Part.EVENING]) > len(missed) / 3


def test_whoever_is_met_lives_there_and_only_where_the_door_opened() -> None:
    for visit in a_day(500)[Part.MORNING]:
        lived = {UUID(int=visit.household.int + 80_000), UUID(int=visit.household.int + 70_000)}
        assert lived.issuperset(visit.seen)
        assert bool(visit.seen) == (visit.state == DoorState.DONE)


def test_some_phones_claim_times_that_cannot_be() -> None:
    days = [a_day(100, seed) for seed in range(200)]
    wrong = [visit for day in days for part in Part for visit in day[part] if abs(visit.at - START) > timedelta(days=2)]
    assert 0 < len(wrong) < 40


def test_the_same_seed_walks_the_same_day() -> None:
    assert a_day(100) == a_day(100) != a_day(100, seed=2)
