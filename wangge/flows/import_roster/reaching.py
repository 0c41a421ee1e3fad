"""Who may import where, and the stamps of an import's steps."""

from dataclasses import replace
from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.flows.import_roster.models import Import
from wangge.flows.import_roster.states import PERMIT
from wangge.kernel.clocks import HybridClock
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK, GRID_RANK


def open_area(actor: Viewer, area: int) -> Area:
    """Return the area into which is imported; refused alike when it is unknown and out of reach."""
    home = Area.objects.filter(id=area, retired_at=None).first()
    if home is None:
        raise Refused("access.forbidden")
    require(actor, PERMIT, home.path)
    if not COMMUNITY_RANK <= home.rank <= GRID_RANK:
        raise Refused("imports.area_not_fitting", level=home.level)
    return home


def locked_import(actor: Viewer, imported: UUID) -> Import:
    """Return an import in the actor's reach, locked; refused alike when it is unknown and out of reach."""
    row = Import.objects.select_for_update(of=("self",)).select_related("area").filter(id=imported).first()
    if row is None or not actor.permits(PERMIT, row.area.path):
        raise Refused("imports.import_unknown")
    return row


def import_stamp(stamp: Stamp, imported: UUID, part: str, *, letter: str = "i", step: int = 0) -> Stamp:
    """Return the stamp of one step of an import: sent once under the import's own key, with a clock of its own.

    The clock's node tells which import wrote a value, so that undoing knows what was changed since.
    """
    own = own_clock(stamp, imported, letter=letter, step=step)
    return replace(own, source="import", key=f"{imported}:{part}", channel="import", base={})


def own_clock(stamp: Stamp, imported: UUID, *, letter: str = "i", step: int = 0) -> Stamp:
    """Return a stamp whose clock tells that this import writes; later steps have later clocks."""
    clock = HybridClock(int(stamp.received_at.timestamp() * 1000), step % 0x10000, f"{letter}{mark_of(imported)}")
    return replace(stamp, clock=str(clock))


def mark_of(imported: UUID) -> str:
    """Return the end of every clock of an import; taking back (``u``) sorts behind bringing in (``i``)."""
    return imported.hex[-16:]
