"""Dealing the doors that have not declared to teams for an evening or a weekend: whole buildings, evenly by doors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.journal.commanding import command
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.planning.deal import Load, deal_evenly
from wangge.surveys.commands.campaigns import TeamSent, send_teams
from wangge.surveys.queries.campaigns import Undeclared, undeclared
from wangge.surveys.rules.campaigns import NewTeam

# Whole buildings are worth that one team goes to a tenth more doors than its fair share.
ABOUT_EVEN = 1.1


@dataclass(frozen=True, slots=True)
class ToVisit:
    """What is to be dealt in an area: how many doors have not declared, in how many buildings."""

    doors: int
    buildings: int


def to_visit(*, viewer: Viewer, campaign: UUID, area: int, at: datetime) -> ToVisit:
    """Return what is to be dealt in an area; refused as ``undeclared``."""
    found = undeclared(viewer=viewer, campaign=campaign, area=area, at=at)
    return ToVisit(sum(len(one.households) for one in found), len({one.building for one in found}))


@command
def deal_visits(
    *, stamp: Stamp, actor: Viewer, campaign: UUID, area: int, teams: Sequence[NewTeam], most: int,
    from_at: datetime, until_at: datetime,
) -> list[TeamSent]:  # fmt: skip
    """Deal doors of an area that have not declared to these teams and send them out; one answer for each team.

    Whole buildings in walking order, ``most`` doors a team, until all have their share: the others are for another
    evening. Where that is not even, stairwells are dealt. Refused where nobody is left to be visited, and as
    ``send_teams``.
    """
    hands = max(1, len(teams))
    found = _first(undeclared(viewer=actor, campaign=campaign, area=area, at=stamp.received_at), most * hands)
    if not found:
        raise Refused("campaigns.nobody_left")
    return send_teams(
        stamp=stamp, actor=actor, campaign=campaign, area=area, teams=teams, doors=_shares(found, hands),
        from_at=from_at, until_at=until_at,
    )  # fmt: skip


def _first(found: Sequence[Undeclared], most: int) -> list[Undeclared]:
    """Return the first stairwells of the walk with so many doors in all, the last one cut where it is too large."""
    taken: list[Undeclared] = []
    left = most
    for one in found:
        if left <= 0:
            break
        taken.append(replace(one, households=one.households[:left]))
        left -= len(one.households)
    return taken


def _shares(found: Sequence[Undeclared], hands: int) -> list[list[UUID]]:
    """Return each team's doors: whole buildings where that is about even, else whole stairwells, else part of one."""
    fair = -(-sum(len(one.households) for one in found) // hands)
    shares: list[list[UUID]] = []
    for pieces in (_buildings(found), [one.households for one in found], _cut(found, fair)):
        dealt = deal_evenly([Load(at, len(piece)) for at, piece in enumerate(pieces)], hands)
        shares = [[home for at in share for home in pieces[at]] for share in dealt]
        if max(len(share) for share in shares) <= ABOUT_EVEN * fair:
            break
    return shares


def _buildings(found: Sequence[Undeclared]) -> list[tuple[UUID, ...]]:
    by_building: dict[str, tuple[UUID, ...]] = {}
    for one in found:
        by_building[one.building] = (*by_building.get(one.building, ()), *one.households)
    return list(by_building.values())


def _cut(found: Sequence[Undeclared], fair: int) -> list[tuple[UUID, ...]]:
    """Return the stairwells, those cut that hold more doors than one team's fair share."""
    return [one.households[at : at + fair] for one in found for at in range(0, len(one.households), fair)]
