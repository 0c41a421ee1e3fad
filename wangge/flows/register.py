"""Changes of the register that the day's rounds must follow: whoever moves, splits or leaves takes the door along.

Each has the name, arguments, answer and refusals of the command in ``people.commands`` that it calls.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.flows.new_household import place_at
from wangge.journal.commanding import command
from wangge.kernel.stamps import Stamp
from wangge.people import commands as people
from wangge.people.models import Resident, Stay
from wangge.people.rules.wishes import Departed, Departure, Joined, Moved, Mover, NewHouseholdSplit
from wangge.surveys.commands import follow_doors, follow_subjects


def _follow(stamp: Stamp, actor: Viewer, households: Iterable[UUID]) -> None:
    follow_doors(stamp=stamp, actor=actor, households=sorted(set(households)))


def _answers_follow(stamp: Stamp, actor: Viewer, households: Iterable[UUID]) -> None:
    """What was answered two ways waits where its subjects live now."""
    follow_subjects(stamp=stamp, actor=actor, households=sorted(set(households)))


def _homes_of(*residents: UUID) -> list[UUID]:
    return list(Resident.objects.filter(id__in=residents).values_list("household", flat=True))


@command
def move_household(*, stamp: Stamp, actor: Viewer, household: UUID, area: int, address: str = "") -> Moved:
    """Move a household with everybody in it; today's state of its door goes along."""
    moved = people.move_household(stamp=stamp, actor=actor, household=household, area=area, address=address)
    _follow(stamp, actor, [household])
    _answers_follow(stamp, actor, [household])
    return moved


@command
def move_household_to_door(
    *, stamp: Stamp, actor: Viewer, household: UUID, area: int, door: str, address: str = ""
) -> Moved:
    """Move a household to a door of an area as a clerk writes it, made when it is not there; empty for none.

    Refused for a door that cannot be read, and as ``move_household``.
    """
    where = place_at(stamp, actor, area, door)
    return move_household(stamp=stamp, actor=actor, household=household, area=where, address=address)


@command
def split_household_to_door(
    *, stamp: Stamp, actor: Viewer, household: UUID, into: NewHouseholdSplit, door: str
) -> Moved:
    """Let members found a household of their own at a door of ``into.area``, as ``split_household``."""
    if into.area is None:
        return split_household(stamp=stamp, actor=actor, household=household, into=into)
    goal = replace(into, area=place_at(stamp, actor, into.area, door))
    return split_household(stamp=stamp, actor=actor, household=household, into=goal)


@command
def move_residents(*, stamp: Stamp, actor: Viewer, movers: Sequence[Mover], household: UUID) -> Moved:
    """Move residents into another household; a household they leave empty is due no more."""
    moved = people.move_residents(stamp=stamp, actor=actor, movers=movers, household=household)
    _follow(stamp, actor, moved.closed)
    _answers_follow(stamp, actor, [household])
    return moved


@command
def split_household(*, stamp: Stamp, actor: Viewer, household: UUID, into: NewHouseholdSplit) -> Moved:
    """Let members found a household of their own, which is due from now on."""
    parted = people.split_household(stamp=stamp, actor=actor, household=household, into=into)
    _answers_follow(stamp, actor, [parted.household])
    return parted


@command
def leave_register(*, stamp: Stamp, actor: Viewer, departures: Sequence[Departure]) -> Departed:
    """Let residents move out; a household they leave empty is due no more."""
    gone = people.leave_register(stamp=stamp, actor=actor, departures=departures)
    _follow(stamp, actor, gone.closed)
    return gone


@command
def reinstate_resident(*, stamp: Stamp, actor: Viewer, resident: UUID) -> UUID:
    """Count somebody again who had left or was taken for dead; a household that opens again is due as before."""
    back = people.reinstate_resident(stamp=stamp, actor=actor, resident=resident)
    _follow(stamp, actor, Resident.objects.filter(id=resident).values_list("household", flat=True))
    return back


@command
def record_deaths(*, stamp: Stamp, actor: Viewer, departures: Sequence[Departure]) -> Departed:
    """Record deaths; a household left empty is due no more."""
    gone = people.record_deaths(stamp=stamp, actor=actor, departures=departures)
    _follow(stamp, actor, gone.closed)
    return gone


@command
def join_residents(*, stamp: Stamp, actor: Viewer, kept: UUID, gone: UUID, take: Sequence[str] = ()) -> Joined:
    """Make two rows of one person one; a household left empty is due no more."""
    joined = people.join_residents(stamp=stamp, actor=actor, kept=kept, gone=gone, take=take)
    _follow(stamp, actor, joined.closed)
    _answers_follow(stamp, actor, _homes_of(kept, gone))
    return joined


@command
def join_households(*, stamp: Stamp, actor: Viewer, kept: UUID, gone: UUID) -> Joined:
    """Make two households one; the one that went is due no more."""
    joined = people.join_households(stamp=stamp, actor=actor, kept=kept, gone=gone)
    _follow(stamp, actor, [gone])
    _answers_follow(stamp, actor, [kept, gone])
    return joined


@command
def undo_joining(*, stamp: Stamp, actor: Viewer, joining: UUID) -> Joined:
    """Part again what was joined; both doors are due as before."""
    parted = people.undo_joining(stamp=stamp, actor=actor, joining=joining)
    touched = [parted.kept, parted.gone, *_homes_of(parted.kept, parted.gone)]
    _follow(stamp, actor, touched)
    _answers_follow(stamp, actor, touched)
    return parted


@command
def end_stay(*, stamp: Stamp, actor: Viewer, stay: UUID) -> UUID:
    """Record that a guest has gone; a host's household that is empty then is due no more."""
    host = Stay.objects.filter(id=stay).values_list("household", flat=True).first()
    ended = people.end_stay(stamp=stamp, actor=actor, stay=stay)
    _follow(stamp, actor, [host] if host else [])
    return ended
