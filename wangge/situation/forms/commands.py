"""Writes of profiles: an area's own version of a form is drafted, published, given up."""

from typing import Any
from uuid import UUID

import msgspec

from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.rules.codes import FLAG_REASONS
from wangge.places.models import Area
from wangge.situation.cutoffs.indicators import current
from wangge.situation.forms import kinds
from wangge.situation.forms.models import ExportProfile
from wangge.situation.forms.queries import MANAGE
from wangge.situation.forms.rules.profiles import (
    CODE,
    NAME_MOST,
    Body,
    Fault,
    State,
    body_faults,
    read_body,
    stored_body,
)
from wangge.situation.forms.shipped import shipped


@command
def save_draft(
    *, stamp: Stamp, actor: Viewer, area: int, code: str, name: str, body: dict[str, Any], revision: int = 0
) -> int:
    """Keep what is written of a form as the area's draft, and return its revision.

    ``revision`` is the one that the writer saw, 0 where there was no draft: refused when somebody saved in between.
    What is wrong with the columns is said when it is published, so that half a form can be kept.
    """
    home = _managed(actor, area)
    if not CODE.match(code):
        raise Refused("forms.code_unfit")
    if not name.strip() or len(name.strip()) > NAME_MOST:
        raise Refused("forms.name_missing")
    read = _read(body)
    row = ExportProfile.objects.select_for_update().filter(area=home, code=code, state=State.DRAFT).first()
    if revision != (row.revision if row else 0):
        raise Refused("forms.changed_meanwhile")
    if row is None:
        row = ExportProfile(
            id=uuid7(), area=home, path=home.path, code=code, state=State.DRAFT, revision=0,
            version=_next_version(home, code),
        )  # fmt: skip
    row.name, row.body, row.revision = name.strip(), stored_body(read), row.revision + 1
    row.made_by, row.made_at = actor.number, stamp.received_at
    row.save()
    _note(stamp, actor, kinds.SAVED, row)
    return row.revision


def _read(body: dict[str, Any]) -> Body:
    try:
        return read_body(body)
    except msgspec.ValidationError:
        raise Refused("forms.body_unreadable") from None


def _next_version(home: Area, code: str) -> int:
    """Return the number of the area's next version; its first comes after the shipped one."""
    before = ExportProfile.objects.filter(area=home, code=code).order_by("-version").values_list("version", flat=True)
    base = shipped()[code].version if code in shipped() else 0
    return max(before.first() or 0, base) + 1


def faults_of(body: Body) -> list[Fault]:
    """Return what keeps a form from being published in this installation; one statement."""
    return body_faults(body, indicators=current().keys(), flags=FLAG_REASONS.keys())


@command
def publish_profile(*, stamp: Stamp, actor: Viewer, area: int, code: str) -> int:
    """Put the area's draft in use, in place of the version before, and return its version.

    Refused with the first thing that is wrong with it: the column, its heading, and what cannot be.
    """
    home = _managed(actor, area)
    row = ExportProfile.objects.select_for_update().filter(area=home, code=code, state=State.DRAFT).first()
    if row is None:
        raise Refused("forms.no_draft")
    for fault in faults_of(row.terms()):
        raise Refused(fault.code, column=fault.column, heading=fault.heading, what=fault.what)
    ExportProfile.objects.filter(area=home, code=code, state=State.PUBLISHED).update(state=State.RETIRED)
    row.state, row.published_at = State.PUBLISHED, stamp.received_at
    row.made_by = actor.number
    row.save(update_fields=["state", "published_at", "made_by"])
    _note(stamp, actor, kinds.PUBLISHED, row)
    return row.version


@command
def discard_draft(*, stamp: Stamp, actor: Viewer, area: int, code: str) -> UUID:
    """Throw the area's draft of a form away; the version in use stays."""
    home = _managed(actor, area)
    row = ExportProfile.objects.filter(area=home, code=code, state=State.DRAFT).first()
    if row is None:
        raise Refused("forms.no_draft")
    gone = row.id
    _note(stamp, actor, kinds.DISCARDED, row)
    row.delete()
    return gone


@command
def retire_profile(*, stamp: Stamp, actor: Viewer, area: int, code: str) -> UUID:
    """Give up the area's own version of a form: that of the area above, or the shipped one, holds again."""
    home = _managed(actor, area)
    row = ExportProfile.objects.filter(area=home, code=code, state=State.PUBLISHED).first()
    if row is None:
        raise Refused("forms.not_own")
    row.state = State.RETIRED
    row.save(update_fields=["state"])
    _note(stamp, actor, kinds.RETIRED, row)
    return row.id


def _managed(actor: Viewer, area: int) -> Area:
    """Return the area whose forms the actor may change."""
    home = Area.objects.filter(id=area).first()
    if home is None:
        raise Refused("access.forbidden")
    require(actor, MANAGE, home.path)
    return home


def _note(stamp: Stamp, actor: Viewer, kind: str, row: ExportProfile) -> None:
    facts = {
        "profile": str(row.id),
        "code": row.code,
        "version": row.version,
        "columns": len(row.body.get("columns", ())),
    }
    path = row.area.grid_path or row.area.path
    record(stamp=stamp, actor=actor, entries=[Entry(kind, path, facts, subject=row.area.uid)])
