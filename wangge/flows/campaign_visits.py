"""Dealing the doors that have not declared to teams for an evening or a weekend: whole buildings, evenly by doors."""

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class ToVisit:
    """What is to be dealt in an area: how many doors have not declared, in how many buildings."""

    doors: int
    buildings: int


def to_visit(*, viewer: Viewer, campaign: UUID, area: int) -> ToVisit:
    """Return what is to be dealt in an area; refused as ``undeclared``."""
    found = undeclared(viewer=viewer, campaign=campaign, area=area)
    return ToVisit(sum(len(one.households) for one in found), len(found))


@command
def deal_visits(
    *, stamp: Stamp, actor: Viewer, campaign: UUID, area: int, teams: Sequence[NewTeam], from_at: datetime,
    until_at: datetime,
) -> list[TeamSent]:  # fmt: skip
    """Deal every door of an area that has not declared to these teams and send them out; one answer for each team.

    A building goes to one team as long as that is even; one with more doors than a team's share is cut by stairwells'
    order. Refused where nobody is left to be visited, and as ``send_teams``.
    """
    found = undeclared(viewer=actor, campaign=campaign, area=area)
    if not found:
        raise Refused("campaigns.nobody_left")
    pieces = _pieces(found, max(1, len(teams)))
    shares = deal_evenly([Load(at, len(piece)) for at, piece in enumerate(pieces)], max(1, len(teams)))
    doors = [[home for at in share for home in pieces[at]] for share in shares]
    return send_teams(
        stamp=stamp, actor=actor, campaign=campaign, area=area, teams=teams, doors=doors, from_at=from_at,
        until_at=until_at,
    )  # fmt: skip


def _pieces(found: Sequence[Undeclared], hands: int) -> list[tuple[UUID, ...]]:
    """Return the buildings, those cut that hold more doors than one team's fair share."""
    share = -(-sum(len(one.households) for one in found) // hands)
    return [one.households[start : start + share] for one in found for start in range(0, len(one.households), share)]
