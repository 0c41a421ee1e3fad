"""Which people of a sheet are one household: by door, by the head who begins a family, by who lives there already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wangge.planning.matching.households import Door, Finding, HomeRow, HouseholdChange, changes_of

__all__ = ["Door", "Home", "HomeRow", "homes_of"]


@dataclass(slots=True)
class Home:
    """People of the sheet who are one household: ``joins`` one that is there, or is new, or ``asks`` about some.

    ``findings`` is what these people tell of registered households: that one moved, was split, has another head.
    """

    door: str
    rows: list[int] = field(default_factory=list)
    joins: str = ""
    asks: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def homes_of(rows: Sequence[HomeRow], doors: Mapping[str, Sequence[Door]]) -> list[Home]:
    """Return the households of a sheet in the order of their first rows, each row in one of them.

    People at one door are one household, unless a second head begins a family of its own there. A family joins the
    household at its door in which one of them lives, or any household there when it brings no head; when it brings a
    head, and strangers live at the door, it is asked. Newcomers with a household that moved belong to it.
    """
    homes: dict[tuple[object, ...], Home] = {}
    split: dict[str, int] = {}
    headed: dict[str, tuple[str, int]] = {}
    for at, row in enumerate(rows):
        key: tuple[object, ...] = ("block", row.block)
        if row.door:
            if row.is_head and headed.setdefault(row.door, row.block) != row.block:
                split[f"{row.door} {row.block}"] = at
            key = ("door", row.door, row.block if f"{row.door} {row.block}" in split else None)
        homes.setdefault(key, Home(row.door)).rows.append(at)
    findings: dict[int, list[Finding]] = {}
    for one in changes_of(rows, doors):
        findings.setdefault(one.rows[0], []).append(one)
    for home in homes.values():
        home.findings = tuple(one for at in home.rows for one in findings.get(at, ()))
        _settle(home, [rows[at] for at in home.rows], doors.get(home.door, ()))
    return list(homes.values())


def _settle(home: Home, rows: Sequence[HomeRow], there: Sequence[Door]) -> None:
    """Decide whether a home joins a household, is a new one, or is asked about."""
    lived = [row.lives for row in rows if row.lives and (row.lives_at == home.door or not home.door)]
    if lived:
        home.joins = max(dict.fromkeys(lived), key=lived.count)
        return
    moved = [one.household for one in home.findings if one.kind == HouseholdChange.MOVED]
    if len(moved) == 1:
        (home.joins,) = moved
        return
    newcomers = [row for row in rows if not row.lives]
    if not newcomers or not there:
        return
    brings_head = any(row.is_head for row in newcomers)
    if len(there) == 1 and not (brings_head and there[0].has_head):
        home.joins = there[0].household
    else:
        home.asks = tuple(one.household for one in there)
