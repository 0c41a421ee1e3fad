"""People of whom a sheet says when they came back from elsewhere are flagged, as long as that is not over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from wangge.access.viewing import Viewer
from wangge.flows.import_roster.models import Import
from wangge.kernel.stamps import Stamp
from wangge.people.commands import raise_flags
from wangge.people.rules.codes import FLAG_REASONS
from wangge.people.rules.origins import origins, read_origin
from wangge.people.rules.wishes import NewFlag

REASON = FLAG_REASONS["returnee"]


@dataclass(frozen=True, slots=True)
class Returned:
    """Somebody new to the register who came back on a day, from a place as it was written."""

    resident: UUID
    on: date
    place: str


def flag_of(imported: UUID, resident: UUID) -> UUID:
    """Return the id of the flag that an import raises for somebody, by which it is known when that is taken back."""
    return uuid5(imported, str(resident))


def flag_returnees(stamp: Stamp, actor: Viewer, imported: Import, people: Sequence[Returned]) -> None:
    """Flag returnees with the day they came, where from, and the file as basis; nobody whose time is over.

    The flag says where to look; it restricts nobody. It goes again when the import is taken back.
    """
    wishes = [_flag(one, imported) for one in people if one.on + timedelta(days=REASON.days) > stamp.day]
    if wishes:
        raise_flags(stamp=stamp, actor=actor, flags=wishes)


def _flag(one: Returned, imported: Import) -> NewFlag:
    origin = read_origin(one.place) if one.place else ""
    known = origin in origins()
    return NewFlag(
        id=flag_of(imported.id, one.resident),
        resident=one.resident,
        reason=REASON.code,
        from_on=one.on,
        until_on=one.on + timedelta(days=REASON.days),
        review_on=one.on + timedelta(days=REASON.review_days),
        note="" if known else one.place[:100],
        basis=imported.file_name,
        origin=origin if known else "",
        came_on=one.on,
    )
