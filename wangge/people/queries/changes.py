"""What a page needs to know before something is taken back: a joining, or a guest's stay."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.refused import Refused
from wangge.people.models import Joining, Resident, Stay
from wangge.people.queries.searching import READ, door_of


@dataclass(frozen=True, slots=True)
class JoiningSpot:
    """A joining: of residents or households, the household that is left, and who joined them when."""

    id: UUID
    what: str
    household: UUID
    path: str
    name: str
    joined_at: datetime
    joined_by: int
    undone: bool


def joining_spot(*, viewer: Viewer, joining: UUID, verb: str = READ) -> JoiningSpot:
    """Return a joining; refused as unknown outside the viewer's areas for the verb. Two statements at most."""
    row = scoped(Joining, viewer, verb).filter(id=joining).first()
    if row is None:
        raise Refused("people.joining_unknown")
    kept = Resident.objects.filter(id=row.kept).first() if row.what == "residents" else None
    return JoiningSpot(
        id=row.id,
        what=row.what,
        household=kept.household_id if kept else row.kept,
        path=row.path,
        name=kept.name if kept else "",
        joined_at=row.joined_at,
        joined_by=row.joined_by,
        undone=row.undone_at is not None,
    )


@dataclass(frozen=True, slots=True)
class StaySpot:
    """A stay: who sleeps at which household's door, and since when."""

    id: UUID
    resident: UUID
    name: str
    household: UUID
    door: str
    path: str
    from_on: date
    ended: bool


def stay_spot(*, viewer: Viewer, stay: UUID, verb: str = READ) -> StaySpot:
    """Return a stay; refused as unknown outside the viewer's areas for the verb. One statement."""
    rows = scoped(Stay, viewer, verb).filter(id=stay)
    row = rows.select_related("resident", "household__dwelling").first()
    if row is None:
        raise Refused("people.stay_unknown")
    return StaySpot(
        id=row.id,
        resident=row.resident_id,
        name=row.resident.name,
        household=row.household_id,
        door=door_of(row.household),
        path=row.path,
        from_on=row.from_on,
        ended=row.ended_on is not None,
    )
