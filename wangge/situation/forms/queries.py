"""Reading profiles: which form holds in an area, its versions, and the list of all."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from wangge.access.exporting import VERB
from wangge.access.viewing import Viewer, require
from wangge.kernel.paths import ancestors
from wangge.kernel.refused import Refused
from wangge.places.models import Area
from wangge.situation.forms.models import ExportProfile
from wangge.situation.forms.rules.profiles import Body, State
from wangge.situation.forms.shipped import shipped

MANAGE = "form.manage"
SHIPPED = "shipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSeen:
    """A version of a form; one that comes with Wangge has no area and the state ``shipped``."""

    code: str
    name: str
    version: int
    state: str
    body: Body
    area: int | None = None
    area_name: str = ""
    revision: int = 0
    made_by: int | None = None
    made_at: datetime | None = None
    draft: bool = False


def profiles(*, viewer: Viewer, area: Area) -> list[ProfileSeen]:
    """Return the form of each code that holds in an area, by code; ``draft`` marks those being changed there.

    The nearest area above that has made one of its own rules, the shipped one elsewhere. One statement; refused
    outside the viewer's areas.
    """
    require(viewer, VERB, area.path)
    found = {code: _shipped(code) for code in shipped()}
    rows = ExportProfile.objects.filter(_holds_in(area)).select_related("area").order_by("path", "version")
    drafts: set[str] = set()
    for row in rows:
        if row.state == State.PUBLISHED:
            found[row.code] = _seen(row)
        elif row.area_id == area.id:
            drafts.add(row.code)
            found.setdefault(row.code, _seen(row))
    return [replace(found[code], draft=code in drafts) for code in sorted(found)]


def _holds_in(area: Area) -> Q:
    """Return the condition that a version is in use in an area, or being written there."""
    above = Q(path__in=ancestors(area.path))
    return above & Q(state=State.PUBLISHED) | Q(area=area, state=State.DRAFT)


def profile(*, viewer: Viewer, area: Area, code: str, version: int | None = None) -> ProfileSeen:
    """Return the form of a code that holds in an area, or one version of it; refused when there is none.

    One statement.
    """
    require(viewer, VERB, area.path)
    rows = versions(viewer=viewer, area=area, code=code)
    if version is not None:
        chosen = next((row for row in rows if row.version == version), None)
        if chosen is None:
            raise Refused("forms.version_unknown", version=version)
        return chosen
    draft = any(row.state == State.DRAFT for row in rows)
    for row in rows:
        if row.state in (State.PUBLISHED, SHIPPED):
            return replace(row, draft=draft)
    raise Refused("forms.profile_unknown", profile=code)


def versions(*, viewer: Viewer, area: Area, code: str) -> list[ProfileSeen]:
    """Return the versions of a form as an area sees them: its own, then those of the areas above, then the shipped.

    One statement.
    """
    require(viewer, VERB, area.path)
    mine = Q(area=area) | Q(path__in=ancestors(area.path)) & ~Q(state=State.DRAFT)
    rows = ExportProfile.objects.filter(mine, code=code).select_related("area").order_by("-path", "-version")
    found = [_seen(row) for row in rows]
    return [*found, _shipped(code)] if code in shipped() else found


def draft(*, viewer: Viewer, area: Area, code: str) -> ProfileSeen | None:
    """Return the version of a form that is being written in an area, None when there is none."""
    require(viewer, MANAGE, area.path)
    row = ExportProfile.objects.filter(area=area, code=code, state=State.DRAFT).select_related("area").first()
    return _seen(row) if row else None


def _seen(row: ExportProfile) -> ProfileSeen:
    return ProfileSeen(
        code=row.code,
        name=row.name,
        version=row.version,
        state=row.state,
        body=row.terms(),
        area=row.area_id,
        area_name=row.area.name,
        revision=row.revision,
        made_by=row.made_by,
        made_at=row.published_at or row.made_at,
    )


def _shipped(code: str) -> ProfileSeen:
    one = shipped()[code]
    return ProfileSeen(code=code, name=one.name, version=one.version, state=SHIPPED, body=one.body)
