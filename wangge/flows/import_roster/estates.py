"""Doors of several estates in one file: building 3 of one estate is not building 3 of another."""

from dataclasses import replace

from wangge.flows.import_roster.planned import Picture, Plan, PlannedRow
from wangge.flows.import_roster.rows import key_of

FEWEST = 2
"""Households that must name an estate before its name is more than a slip."""


def settle_estates(plan: Plan, picture: Picture) -> None:
    """Put the estate before the building where the register has it so, or where the file names more than one.

    In a file of several estates a building without one is nobody's: such a door stays unknown, and that is said.
    """
    rows = [row for row in plan.rows if row.person and row.person.door and not key_of(row.person.door).group]
    named: dict[str, set[str]] = {}
    for row in rows:
        if row.person and row.person.estate:
            named.setdefault(row.person.estate, set()).add(row.person.door)
    several = sum(len(doors) >= FEWEST for doors in named.values()) > 1
    known = picture.with_units | picture.without_units
    told: set[tuple[str | None, int]] = set()
    for row in rows if named else ():
        _settle(plan, row, several=several, known=known, told=told)


def _settle(
    plan: Plan, row: PlannedRow, *, several: bool, known: frozenset[str], told: set[tuple[str | None, int]]
) -> None:
    person = row.person
    if person is None:
        return
    key = key_of(person.door)
    full = f"{person.estate}{key.building}"
    if person.estate and (full in known or (several and key.building not in known)):
        person.door = str(replace(key, building=full))
    elif several and key.building not in known:
        person.door = ""
        if (row.sheet, person.block) not in told:
            told.add((row.sheet, person.block))
            plan.say(row, "address_incomplete", "door")
