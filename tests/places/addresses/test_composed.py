"""Addresses never seen: how much of what they say is read, and that a wrong door is never given."""

from collections import Counter
from collections.abc import Iterator

import pytest
from opencc import OpenCC

from tests.places.addresses.composing import ESTATES, Sample, samples
from wangge.places.addresses import Door, Doors, Verdict, parse_address, resolve

COUNT = 3000
PARTS = ("building", "stairwell", "room")


def neighbours(door: Door) -> Iterator[Door]:
    """Yield doors that a careless reader would take for this one."""
    for part in ("group", "building", "stairwell", "room", "lane"):
        value = getattr(door, part)
        if value:
            yield door._replace(**{part: f"1{value}"})
        if len(value) > 1:
            yield door._replace(**{part: value[1:]})
    if door.stairwell:
        yield door._replace(stairwell="9")
    yield Door(building=door.stairwell, stairwell=door.building, room=door.room)
    yield Door(building=door.building, stairwell=door.room, room=door.stairwell)


def test_neighbours_are_other_doors() -> None:
    door = Door(building="13", stairwell="2", room="501")
    assert door not in set(neighbours(door))
    assert Door(building="3", stairwell="2", room="501") in set(neighbours(door))


@pytest.mark.parametrize("seed", [20200210, 20200211])
def test_what_an_unseen_address_says_is_read_and_nothing_else(seed: int) -> None:
    counts: Counter[str] = Counter()
    wrong: list[tuple[str, Door]] = []
    for sample in samples(COUNT, seed):
        read = parse_address(sample.text).door
        for part in PARTS:
            said, given = getattr(sample.door, part), getattr(read, part)
            counts["given"] += bool(given)
            counts["wanted"] += bool(said)
            counts["right"] += bool(given) and given == said
        if read != sample.door:
            wrong.append((sample.text, read))
    precision, recall = counts["right"] / counts["given"], counts["right"] / counts["wanted"]
    assert precision >= 0.95, wrong[:20]
    assert recall >= 0.90, wrong[:20]


def test_an_unseen_address_never_comes_to_a_wrong_door_and_is_seldom_asked() -> None:
    asked = 0
    whole = [sample for sample in samples(COUNT, 7) if sample.whole]
    for sample in whole:
        others = set(neighbours(sample.door)) - {sample.door}
        assert resolve(parse_address(sample.text), Doors(others)).door is None, sample
        finding = resolve(parse_address(sample.text), Doors([*others, sample.door]))
        assert finding.door in (None, sample.door), sample
        asked += finding.door is None
    assert asked <= len(whole) / 20


def test_an_address_that_tells_too_little_is_asked_or_none() -> None:
    for sample in (one for one in samples(COUNT, 11) if not one.whole):
        doors = Doors([Door(building=sample.door.building or "3", stairwell=unit, room="501") for unit in "12"])
        assert resolve(parse_address(sample.text), doors).verdict in (Verdict.ASK, Verdict.NONE, Verdict.UNKNOWN), (
            sample
        )


def _names(sample: Sample) -> str:
    plain = str(OpenCC("t2s").convert(sample.text))
    return next((name for name in ESTATES if name in plain), "")


def test_the_same_numbers_in_an_estate_nobody_knows_are_not_this_places_door() -> None:
    named = [(sample, name) for sample in samples(COUNT, 13) if sample.whole and (name := _names(sample))]
    assert len(named) > COUNT / 5
    for sample, name in named:
        doors = Doors([sample.door])
        assert resolve(parse_address(sample.text, scope="阳光花园"), doors).door is None, sample
        assert resolve(parse_address(sample.text, scope=name), doors).door == sample.door, sample
        there = parse_address(sample.text, scope="阳光花园", known=[name])
        assert resolve(there, doors).verdict == Verdict.ELSEWHERE, sample
