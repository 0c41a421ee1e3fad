"""What a sheet tells of households that are registered: that one moved, was divided, or has another head."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class HouseholdChange(StrEnum):
    """What became of a household, so that it is not taken for a new one."""

    MOVED = "household_moved"
    SPLIT = "household_split"
    HEAD_CHANGED = "head_changed"
    HEAD_GONE = "head_gone"


@dataclass(frozen=True, slots=True)
class Finding:
    """A change of a household, with the rows of the sheet that tell of it: who moved, who left, who is head now."""

    kind: HouseholdChange
    household: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HomeRow:
    """A person of the sheet, in its order.

    ``block`` is equal for rows that follow each other as one family; ``door`` empty where none could be read.
    ``lives`` is the household of somebody who is in the register already, ``lives_at`` its door; ``was_head`` whether
    the register has them as its head, None where that was not looked up.
    """

    block: tuple[str, int]
    door: str = ""
    is_head: bool = False
    lives: str = ""
    lives_at: str = ""
    was_head: bool | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """A household that the register has at a door, whether somebody there is its head, and how many they are.

    ``members`` is 0 where they were not counted.
    """

    household: str
    has_head: bool
    members: int = 0


def changes_of(rows: Sequence[HomeRow], doors: Mapping[str, Sequence[Door]]) -> list[Finding]:
    """Return what the sheet tells of registered households, in the order of their first rows.

    A household *moved* when more than half of it, and at least two where it was not counted, stand at one other door
    and nobody at its own; it was *split* when two of it, or one as head, stand at another door otherwise. Its head
    *changed* when somebody else is called head and the old one is in the sheet; the old one is *gone* when not.
    """
    families: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        if row.lives:
            families.setdefault(row.lives, []).append(at)
    known = {one.household: one for there in doors.values() for one in there}
    found: list[Finding] = []
    for household, members in families.items():
        one = known.get(household, Door(household, has_head=False))
        found += [*_moves(rows, members, one), *_heads(rows, members, one)]
    return found


def _moves(rows: Sequence[HomeRow], members: Sequence[int], one: Door) -> list[Finding]:
    """Return whether a household moved or was split."""
    elsewhere: dict[str, list[int]] = {}
    for at in members:
        if rows[at].door and rows[at].door != rows[at].lives_at:
            elsewhere.setdefault(rows[at].door, []).append(at)
    if len(elsewhere) == 1:
        (gone,) = elsewhere.values()
        enough = 2 * len(gone) > one.members if one.members else len(gone) >= 2
        if len(gone) == len(members) and enough:
            return [Finding(HouseholdChange.MOVED, one.household, tuple(gone))]
    parts = (part for part in elsewhere.values() if len(part) > 1 or rows[part[0]].is_head)
    return [Finding(HouseholdChange.SPLIT, one.household, tuple(part)) for part in parts]


def _heads(rows: Sequence[HomeRow], members: Sequence[int], one: Door) -> list[Finding]:
    """Return whether a household has another head; of one that is divided only those at its own door count."""
    if any(rows[at].was_head is None for at in members):
        return []
    doors = {rows[at].door or rows[at].lives_at for at in members}
    staying = [at for at in members if len(doors) == 1 or rows[at].door in ("", rows[at].lives_at)]
    new = tuple(at for at in staying if rows[at].is_head and not rows[at].was_head)
    old = any(rows[at].was_head for at in members)
    if not new or any(rows[at].is_head and rows[at].was_head for at in members):
        return []
    if old:
        return [Finding(HouseholdChange.HEAD_CHANGED, one.household, new)]
    return [Finding(HouseholdChange.HEAD_GONE, one.household, new)] if one.has_head else []
