"""A survey round as its leaders look at it: where it stands, when it will be done, what is usual for the next one."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.kernel.periods import zone_of
from wangge.places.models import Area
from wangge.places.queries import installation
from wangge.planning.forecast import Forecast, forecast
from wangge.surveys.models import SurveyRound
from wangge.surveys.queries.rounds import Progress, RoundHead, open_contradictions, progress, round_of


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a round stands in an area, what is foreseen, and how many contradictions nobody has settled."""

    head: RoundHead
    path: str
    progress: Progress
    forecast: Forecast | None
    contradictions: int


def standing(*, viewer: Viewer, round: UUID, at: datetime, zone: str, path: str = "") -> Standing:
    """Return where a round stands in its area, or in a part of it, with a forecast while it is open."""
    head = round_of(viewer=viewer, round=round)
    where = path or head.path
    found = progress(viewer=viewer, round=round, path=where)
    ahead = None
    if head.closed_at is None:
        ahead = forecast(found.series, left=found.open, now=at, zone=zone_of(zone))
    open_ones = open_contradictions(viewer=viewer, round=round, path=where)
    return Standing(head, where, found, ahead, open_ones)


@dataclass(frozen=True, slots=True)
class Order:
    """What is usual for a round: its name, purpose and basis."""

    name: str
    purpose: str
    basis: str


def order_for(area: Area, from_on: date, last_on: date) -> Order:
    """Return name, purpose and basis of a round for which nothing else is said; the name is free in its area."""
    opened = installation()
    days = f"{from_on:%m-%d}" if from_on == last_on else f"{from_on:%m-%d}–{last_on:%m-%d}"
    plain = f"{area.name[:50]} {from_on:%Y}-{days}"
    taken = set(SurveyRound.objects.filter(area=area, name__startswith=plain).values_list("name", flat=True))
    name = next(one for one in (plain, *(f"{plain} ({n})" for n in range(2, len(taken) + 3))) if one not in taken)
    return Order(name, opened.response[:200] if opened else "", opened.legal_basis[:200] if opened else "")
