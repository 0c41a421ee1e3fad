"""Opening the response of an installation."""

from uuid import UUID
from zoneinfo import ZoneInfoNotFoundError

from wangge.journal.actors import Actor
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.ids import uuid7
from wangge.kernel.periods import zone_of
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places import divisions, queries, rules
from wangge.places.commands.adding import NewArea, insert
from wangge.places.commands.kinds import OPENED
from wangge.places.models import Area, Installation
from wangge.places.rules import Level


@command
def open_installation(
    *,
    stamp: Stamp,
    actor: Actor,
    authority: str,
    legal_basis: str,
    response: str,
    area_code: str,
    area_name: str = "",
    language: str = "zh-hans",
    demonstration: bool = False,
) -> UUID:
    """Open the response of this installation in an area, with the areas above it as far as they are shipped.

    Refused when it is open already, when the code is malformed, or unknown and without a name.
    """
    if Installation.objects.exists():
        raise Refused("places.already_open")
    try:
        zone_of(stamp.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise Refused("places.zone_unknown", zone=stamp.zone) from None
    root = _area_with_those_above(stamp, actor, area_code, area_name.strip())
    row = Installation.objects.create(
        uid=uuid7(),
        epoch=uuid7(),
        authority=authority.strip(),
        legal_basis=legal_basis.strip(),
        response=response.strip(),
        area=root,
        zone=stamp.zone,
        language=language,
        demonstration=demonstration,
        opened_at=stamp.received_at,
    )
    queries.forget_installation()
    entry = Entry(OPENED, root.grid_path or root.path, {"installation": str(row.uid)}, subject=root.uid)
    record(stamp=stamp, actor=actor, entries=[entry])
    return row.uid


def _area_with_those_above(stamp: Stamp, actor: Actor, text: str, name: str) -> Area:
    """Return the area of a code, making it and whatever is missing above it."""
    code = rules.normal_code(text)
    if code is None:
        raise Refused("places.code_malformed", code=text)
    known = divisions.chain(code)
    if not known and not name:
        raise Refused("places.area_unknown", code=text)
    parent: Area | None = None
    above = known or [d for c in rules.codes_above(code) for d in divisions.chain(c)[-1:]]
    for division in above:
        new = NewArea(level=Level(division.level), name=division.name, code=division.code, hidden=division.is_filler)
        parent = _found_or_made(stamp, actor, parent, new)
    if not known:
        level = rules.level_of_division(code, name)
        parent = _found_or_made(stamp, actor, parent, NewArea(level=level, name=name, code=code))
    if parent is None:
        raise Refused("places.area_unknown", code=text)
    return parent


@command
def open_division(*, stamp: Stamp, actor: Actor, code: str) -> int:
    """Put a shipped division into the tree, with those missing between it and the areas that are there; return its id.

    Refused when it is not shipped, or not below an area that is there.
    """
    known = divisions.chain(rules.normal_code(code) or "")
    there = set(
        Area.objects.filter(code__in=[one.code for one in known], retired_at=None).values_list("code", flat=True)
    )
    if not known or not there:
        raise Refused("places.area_unknown", code=code)
    return _area_with_those_above(stamp, actor, code, "").id


def _found_or_made(stamp: Stamp, actor: Actor, parent: Area | None, new: NewArea) -> Area:
    found = Area.objects.filter(code=new.code).first()
    return found or insert(stamp, actor, [(parent, new)])[0]
