"""Import profiles: how the columns of a kind of sheet are taken, remembered in versions for an area and below it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wangge.access.viewing import Viewer, require, scoped
from wangge.flows.import_roster import kinds
from wangge.flows.import_roster.columns import plain_header
from wangge.flows.import_roster.given import Profile
from wangge.flows.import_roster.models import Import, ImportProfile
from wangge.flows.import_roster.reaching import locked_import
from wangge.flows.import_roster.states import DEFAULT_PROFILE, PERMIT
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.ids import uuid7
from wangge.kernel.paths import ancestors
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area

NAME_LIMIT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileLine:
    """A version of a profile as a list shows it; ``holds`` is True for the version that is used."""

    id: UUID
    area: int
    area_name: str
    name: str
    version: int
    aliases: dict[str, str | None]
    account: UUID
    made_at: datetime
    retired: bool
    holds: bool


def profiles(*, viewer: Viewer, area: Area) -> list[ProfileLine]:
    """Return every version of the profiles that hold in an area, by name, the newest first; one statement."""
    rows = scoped(ImportProfile, viewer, PERMIT, path_field="area__path")
    rows = rows.filter(area__path__in=[*ancestors(area.path), area.path]).select_related("area")
    lines = []
    seen: set[tuple[int, str]] = set()
    for row in rows.order_by("name", "area", "-version"):
        holds = row.retired_at is None and (row.area_id, row.name) not in seen
        seen |= {(row.area_id, row.name)} if holds else set()
        lines.append(
            ProfileLine(
                id=row.id, area=row.area_id, area_name=row.area.name, name=row.name, version=row.version,
                aliases=row.aliases, account=row.account, made_at=row.made_at, retired=row.retired_at is not None,
                holds=holds,
            )
        )  # fmt: skip
    return lines


def holding_profiles(home: Area, name: str = DEFAULT_PROFILE) -> list[Profile]:
    """Return the profiles by which a file for an area may be read: all that hold there, or the one that is named.

    A named one is taken whether or not all its headings are there. Refused when there is none of the name.
    """
    rows = ImportProfile.objects.filter(area__path__in=[*ancestors(home.path), home.path], retired_at=None)
    newest: dict[tuple[int, str], ImportProfile] = {}
    for row in rows.order_by("version"):
        newest[row.area_id, row.name] = row
    if name == DEFAULT_PROFILE:
        return [Profile(key_of(row), row.aliases) for row in newest.values()]
    named = [row for row in newest.values() if row.name == name]
    if not named:
        raise Refused("imports.profile_unknown", profile=name)
    return [Profile(key_of(row), row.aliases) for row in named]


def key_of(row: ImportProfile) -> str:
    """Return what an import notes about the profile by which it was read: name and version."""
    return f"{row.name}\t{row.version}"


@command
def save_profile(*, stamp: Stamp, actor: Viewer, imported: UUID, name: str) -> int:
    """Remember how the columns of an import were taken; a name that is there gets its next version; return it."""
    row = locked_import(actor, imported)
    name = _checked(name)
    aliases = {plain_header(one["header"]): one["field"] for one in row.mapping if plain_header(one["header"])}
    if not any(aliases.values()):
        raise Refused("imports.profile_empty")
    versions = ImportProfile.objects.filter(area=row.area, name=name).order_by("-version")
    last = versions.values_list("version", flat=True).first() or 0
    made = ImportProfile.objects.create(
        id=uuid7(), area=row.area, name=name, version=last + 1, aliases=aliases, account=actor.account_id,
        made_at=stamp.received_at,
    )  # fmt: skip
    Import.objects.filter(id=row.id).update(profile=name, profile_version=made.version)
    _line(stamp, actor, made, kinds.PROFILE)
    return made.version


def _checked(name: str) -> str:
    name = " ".join(name.split())[:NAME_LIMIT]
    if not name or name == DEFAULT_PROFILE:
        raise Refused("imports.profile_name_missing")
    return name


@command
def rename_profile(*, stamp: Stamp, actor: Viewer, profile: UUID, name: str) -> str:
    """Give all versions of a profile another name; refused when the area has one of that name."""
    row, name = _own(actor, profile), _checked(name)
    own = ImportProfile.objects.filter(area=row.area)
    if name != row.name and own.filter(name=name).exists():
        raise Refused("imports.profile_name_taken", name=name)
    own.filter(name=row.name).update(name=name)
    _line(stamp, actor, row, kinds.PROFILE_RENAMED)
    return name


@command
def retire_profile(*, stamp: Stamp, actor: Viewer, profile: UUID, back: bool = False) -> UUID:
    """Use a version of a profile no more, or (``back``) again; the version before it holds from then on."""
    row = _own(actor, profile)
    row.retired_at = None if back else stamp.received_at
    row.save(update_fields=["retired_at"])
    _line(stamp, actor, row, kinds.PROFILE_RETIRED)
    return row.id


def _own(actor: Viewer, profile: UUID) -> ImportProfile:
    row = ImportProfile.objects.select_for_update(of=("self",)).select_related("area").filter(id=profile).first()
    if row is None or not actor.holds_at(PERMIT, row.area.path):
        raise Refused("imports.profile_unknown", profile="")
    require(actor, PERMIT, row.area.path)
    return row


def profile_area(*, viewer: Viewer, profile: UUID) -> tuple[int, str]:
    """Return the area and the name of a profile; refused as unknown outside the viewer's areas."""
    row = scoped(ImportProfile, viewer, PERMIT, path_field="area__path").filter(id=profile).first()
    if row is None:
        raise Refused("imports.profile_unknown", profile="")
    return row.area_id, row.name


def _line(stamp: Stamp, actor: Viewer, row: ImportProfile, kind: str) -> None:
    facts = {"profile": str(row.id), "version": row.version}
    path = row.area.grid_path or row.area.path
    record(stamp=stamp, actor=actor, entries=[Entry(kind, path, facts, subject=row.id)])
