"""What every write of this room begins and ends with."""

from collections.abc import Mapping

from wangge.access.viewing import Viewer, require
from wangge.journal.recording import Entry, record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area
from wangge.places.stillness import hold_still
from wangge.situation.cutoffs.indicators import current, sets_of
from wangge.situation.cutoffs.rules import Indicator

TAKE, MANAGE = "cutoff.take", "cutoff.manage"


def area_of(actor: Viewer, verb: str, area: int) -> Area:
    """Return an area in which the actor may do this, whose path holds still; unknown where it lies elsewhere."""
    hold_still()
    home = Area.objects.filter(id=area, retired_at=None).first()
    if home is None or not actor.holds_at(verb, home.path):
        raise Refused("places.area_unknown", code="")
    require(actor, verb, home.path)
    return home


def indicators_of(profile: str) -> list[Indicator]:
    """Return the indicators of a set; refused when there is no such set."""
    found = sets_of(current().values()).get(profile)
    if not found:
        raise Refused("cutoffs.profile_unknown", profile=profile)
    return found


def note(stamp: Stamp, actor: Viewer, home: Area, kind: str, facts: Mapping[str, object]) -> None:
    """Record one line about an area."""
    record(stamp=stamp, actor=actor, entries=[Entry(kind, home.grid_path or home.path, facts, subject=home.uid)])
