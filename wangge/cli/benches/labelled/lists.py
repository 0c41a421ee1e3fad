"""A register, and a second list of mostly the same people with everything that goes wrong in between.

How often what goes wrong is near the rosters among the test data; what is doubtful by the rules (another name or one
digit beside a good number) must be asked, so its shares bound how much is asked at all.
"""

from dataclasses import dataclass, replace
from random import Random

from wangge.cli.benches.labelled import mistyping
from wangge.cli.benches.labelled.people import Person, Town
from wangge.kernel.identity import Verdict, read_identity
from wangge.planning.matching import Subject

SEED = 20200210
ABSENT, NEW = 0.08, 0.08
TRADITIONAL, NAME_MISTYPED = 0.03, 0.005
NO_NUMBER, CUT, ONE_DIGIT, SWAPPED = 0.04, 0.015, 0.004, 0.001
NO_BIRTH, BIRTH_MISTYPED = 0.05, 0.004
MOVED, PHONE_CHANGED, NO_PHONE, NO_DOOR = 0.02, 0.1, 0.15, 0.003
UNREGISTERED_NUMBER = 0.015
"""Shares of the rows of the second list, and of the register where nobody has the number yet."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Two lists; ``truth`` is for each row of the second its place in the first, None for somebody new."""

    first: list[Subject]
    second: list[Subject]
    truth: list[int | None]
    twins: dict[int, int]


def labelled(people: int, seed: int = SEED) -> Labelled:
    """Return two lists of a place with so many people; the same for the same seed."""
    random = Random(seed)  # noqa: S311  (nothing secret)
    town = Town(random)
    everybody = town.fill(round(people * (1 + NEW)))
    listed, newcomers = everybody[:people], everybody[people:]
    first = [_register_row(random, one) for one in listed]
    rows = [(at, one) for at, one in enumerate(listed) if random.random() >= ABSENT]
    rows += [(people, one) for one in newcomers]
    random.shuffle(rows)
    second = [_second_row(random, town, one) for _, one in rows]
    twins = {at: one.twin for at, one in enumerate(listed) if one.twin is not None and one.twin < people}
    return Labelled(first, second, [at if at < people else None for at, _ in rows], twins)


def _register_row(random: Random, one: Person) -> Subject:
    number = "" if random.random() < UNREGISTERED_NUMBER else one.number
    return Subject(one.name, number, birth=one.birth, sex=one.sex, door=one.door, phones=frozenset([one.phone]))


def _second_row(random: Random, town: Town, one: Person) -> Subject:
    """Return a person as the second list has them."""
    row = Subject(one.name, one.number, birth=one.birth, sex=one.sex, door=one.door, phones=frozenset([one.phone]))
    row = _number(random, one, row)
    if not row.number:
        row = _birth(random, one, row)
    chance = random.random()
    if chance < NAME_MISTYPED:
        row = replace(row, name=mistyping.other_name(random, one.name))
    elif chance < NAME_MISTYPED + TRADITIONAL:
        row = replace(row, name=mistyping.traditional(one.name))
    chance = random.random()
    if chance < MOVED:
        row = replace(row, door=town.door())
    elif chance < MOVED + NO_DOOR:
        row = replace(row, door="")
    chance = random.random()
    if chance < NO_PHONE:
        row = replace(row, phones=frozenset())
    elif chance < NO_PHONE + PHONE_CHANGED:
        row = replace(row, phones=frozenset([town.phone()]))
    return row


def _number(random: Random, one: Person, row: Subject) -> Subject:
    """Leave the number out, cut it off or mistype it, now and then; a number that is doubtful says no birth or sex."""
    chance = random.random()
    if chance < NO_NUMBER:
        return replace(row, number="")
    if chance < NO_NUMBER + CUT:
        return replace(row, number="", partial=one.number[:15] if random.random() < 0.5 else "")
    if chance < NO_NUMBER + CUT + ONE_DIGIT:
        wrong = mistyping.one_digit_off(random, one.number)
    elif chance < NO_NUMBER + CUT + ONE_DIGIT + SWAPPED:
        wrong = mistyping.swapped(random, one.number)
    else:
        return row
    if read_identity(wrong).verdict == Verdict.VALID:
        return row
    return replace(row, number="", doubtful=wrong)


def _birth(random: Random, one: Person, row: Subject) -> Subject:
    """Leave the birth out or mistype it, now and then, where no good number tells it."""
    chance = random.random()
    if chance < NO_BIRTH and not row.partial:
        return replace(row, birth=None)
    if chance < NO_BIRTH + BIRTH_MISTYPED and not row.partial:
        return replace(row, birth=mistyping.other_day(random, one.birth))
    return row
