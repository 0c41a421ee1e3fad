"""Setting the columns of a file right, and the profiles that remember how they were taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.access.queries import logins
from wangge.flows.import_roster import profiles as remembered
from wangge.flows.import_roster.given import Chosen
from wangge.flows.import_roster.preview import Preview, preview
from wangge.flows.import_roster.staging import read_upload
from wangge.flows.import_roster.states import PERMIT, SMALL
from wangge.flows.import_roster.uploading import set_columns, upload_size
from wangge.kernel.refused import Refused
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.places import queries as places
from wangge.words import label, say
from wangge.words.imports import LABELS

FIELDS = tuple(LABELS["imports.field"])


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column as it can be set right: its place in the list, its samples, what it is taken for."""

    at: int
    column: str
    header: str
    samples: tuple[str, ...]
    field: str
    words: str
    sure: str


@dataclass(frozen=True, slots=True)
class SheetLines:
    """The columns of sheets that are alike, set right once for all of them; ``sheets`` are their names."""

    sheets: tuple[str, ...]
    lines: tuple[ColumnLine, ...]


def leads(mapping: Sequence[dict[str, Any]]) -> list[int]:
    """Return for each column the place of the one that stands for it: that of the first sheet with the same columns."""
    sheets: dict[str | None, list[int]] = {}
    for at, one in enumerate(mapping):
        sheets.setdefault(one["sheet"], []).append(at)
    first: dict[tuple[tuple[str, str, str | None], ...], list[int]] = {}
    found = list(range(len(mapping)))
    for places_ in sheets.values():
        alike = tuple((mapping[at]["column"], mapping[at]["header"], mapping[at]["field"]) for at in places_)
        for at, lead in zip(places_, first.setdefault(alike, places_), strict=True):
            found[at] = lead
    return found


def sheet_lines(seen: Preview) -> list[SheetLines]:
    """Return the columns of an import as its page lists them, sheets that are alike together."""
    lead_of = leads(seen.mapping)
    sheets: dict[int, list[str]] = {}
    lines: dict[str, list[ColumnLine]] = {}
    for at, one in enumerate(seen.mapping):
        if lead_of[at] == at:
            lines.setdefault(one["sheet"] or "", []).append(_line(seen, at))
        names = sheets.setdefault(lead_of[at], [])
        names += [one["sheet"]] if one["sheet"] and one["sheet"] not in names else []
    return [SheetLines(tuple(sheets[found[0].at]), tuple(found)) for found in lines.values()]


def _line(seen: Preview, at: int) -> ColumnLine:
    one = seen.mapping[at]
    sheet, confidence = one["sheet"] or "", float(one["confidence"])
    sure = ("done" if confidence >= 0.9 else "wait") if one["field"] else ""
    return ColumnLine(
        at, one["column"], one["header"], seen.samples.get(f"{sheet}\t{one['column']}", ()),
        one["field"] or "", label("imports.field", one["field"]) if one["field"] else "", sure,
    )  # fmt: skip


def field_choices() -> list[tuple[str, str]]:
    """Return every field that a column may be taken for, with its words."""
    return [(code, label("imports.field", code)) for code in FIELDS]


@page(PERMIT, methods=("POST",))
def import_columns(request: Desk, import_id: UUID) -> HttpResponse:
    """Read the file again with the columns as they were set."""
    seen = preview(viewer=request.viewer, imported=import_id)
    set_columns(stamp=request.stamp(), actor=request.viewer, imported=import_id, chosen=_chosen(seen.mapping, request))
    read_if_small(request, import_id)
    return go(request, reverse("import", args=[import_id]), say="import_columns_set")


def _chosen(mapping: Sequence[dict[str, str | None]], request: Desk) -> list[Chosen]:
    chosen: list[Chosen] = []
    lead_of = leads(mapping)
    for at, one in enumerate(mapping):
        wanted = request.POST.get(f"c{lead_of[at]}", one["field"] or "")
        chosen.append((one["sheet"], one["column"] or "", wanted if wanted in FIELDS else None))
    return chosen


def read_if_small(request: Desk, imported: UUID) -> None:
    """Read a small file at once; a large one waits for the worker. One that cannot be read says so on its page."""
    if upload_size(imported) > SMALL + 100:
        return
    try:
        read_upload(stamp=request.stamp(), actor=request.viewer, imported=imported, sender=True, keep=True)
    except Refused:
        return


@page(PERMIT, methods=("POST",))
def import_profile_save(request: Desk, import_id: UUID) -> HttpResponse:
    """Remember how the columns were taken."""
    version = remembered.save_profile(
        stamp=request.stamp(), actor=request.viewer, imported=import_id, name=request.POST.get("name", "")
    )
    back = reverse("import", args=[import_id])
    return go(request, back, say="import_profile_saved", version=str(version))


@page(PERMIT)
def import_profiles(request: Desk, area_id: int) -> HttpResponse:
    """List the profiles that hold in an area, every version of them."""
    area = area_or_404(request.viewer, PERMIT, area_id)
    lines = remembered.profiles(viewer=request.viewer, area=area)
    who = logins({one.account for one in lines})
    context = {
        "area": area,
        "lines": [(one, who.get(one.account, ""), _taken(one.aliases)) for one in lines],
    }
    return render(request, "office/imports/profiles.html", context)


def _taken(aliases: dict[str, str | None]) -> str:
    return _("; ").join(
        f"{header} → {label('imports.field', field) if field else _('not imported')}"
        for header, field in aliases.items()
    )


@page(PERMIT, methods=("GET", "POST"))
def import_profile_rename(request: Desk, profile_id: UUID) -> HttpResponse:
    """Give a profile another name."""
    area_id, name = remembered.profile_area(viewer=request.viewer, profile=profile_id)
    back, refusal, typed = reverse("import_profiles", args=[area_id]), "", name
    if request.method == "POST":
        typed = request.POST.get("name", "")
        try:
            remembered.rename_profile(stamp=request.stamp(), actor=request.viewer, profile=profile_id, name=typed)
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            return go(request, back, say="saved")
    context = {
        "area": places.area(area_id), "question": _("Another name for this profile"), "typed": typed,
        "refusal": refusal, "back": back, "keep": _("Keep as it is"), "act": _("Rename"),
    }  # fmt: skip
    return render(request, "office/imports/rename.html", context, status=422 if refusal else 200)


@page(PERMIT, methods=("POST",))
def import_profile_retire(request: Desk, profile_id: UUID) -> HttpResponse:
    """Use a version no more, or again: the list offers both."""
    area_id, _name = remembered.profile_area(viewer=request.viewer, profile=profile_id)
    again = bool(request.POST.get("back"))
    remembered.retire_profile(stamp=request.stamp(), actor=request.viewer, profile=profile_id, back=again)
    said = "import_profile_used" if again else "import_profile_retired"
    return go(request, reverse("import_profiles", args=[area_id]), say=said)
