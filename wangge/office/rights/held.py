"""A person's printout: what is held about them, why, how long, and who looked. Made for paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wangge.office.changes.asking import called
from wangge.office.register.household import title_of
from wangge.office.register.surroundings import UNMASK, place_of, saw
from wangge.office.rights import terms
from wangge.office.rights.terms import Cell
from wangge.office.viewing import Desk, page
from wangge.people import queries as people
from wangge.privacy import printout
from wangge.privacy.looks import LookLine
from wangge.privacy.printout import FieldPurpose, Section
from wangge.situation.inhabitants import names_by_number

LOOKS_PRINTED = 1000
FIELDS = ("name", "id_number", "phones")


@dataclass(frozen=True, slots=True)
class Reason:
    """Fields that are held for one purpose."""

    fields: str
    klass: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One table's part of the printout."""

    title: str
    kept: str
    rows: tuple[tuple[Cell, ...], ...]
    reasons: tuple[Reason, ...]


@page(UNMASK)
def what_is_held(request: Desk, resident_id: UUID) -> HttpResponse:
    """Show all that is held about somebody, for them to take along; the look itself is logged first."""
    viewer, stamp = request.viewer, request.stamp()
    household = people.household_of(viewer=viewer, resident=resident_id)
    people.spot(viewer=viewer, household=household, verb=UNMASK)
    home = people.household_page(viewer=viewer, household=household, on=stamp.day)
    one = next(member for member in (*home.members, *home.former) if member.id == resident_id)
    saw(request, [resident_id], FIELDS, "printout")
    own = printout.what_is_held(resident_id, stamp.at, LOOKS_PRINTED)
    shared = printout.what_is_held(household, stamp.at, 0)
    place = place_of(viewer, home.path)
    context = {
        "area": place.area,
        "crumbs": place.crumbs,
        "home": home,
        "title": title_of(home),
        "name": called(one.name),
        "sections": _sections((*own.sections, *shared.sections)),
        "looks": _looks(own.looks),
        "at": stamp.at,
    }
    return render(request, "office/rights/held.html", context)


def _looks(lines: Sequence[LookLine]) -> list[tuple[object, ...]]:
    """Return each look with who looked, what for and what was shown, in words."""
    who = names_by_number(line.viewer_number for line in lines)
    nobody = _("an account that is no more")
    return [
        (
            line.at,
            who.get(line.viewer_number) or nobody,
            terms.looked_for(line.purpose),
            terms.fields_words(line.fields),
        )
        for line in lines
    ]


def _sections(found: Sequence[Section]) -> list[Drawn]:
    """Return the tables' parts in the order in which people ask for them."""
    place = {model: at for at, model in enumerate(terms.TABLES)}
    return [_drawn(one) for one in sorted(found, key=lambda one: place.get(one.model, len(place)))]


def _drawn(section: Section) -> Drawn:
    kept = str(terms.KEPT.get(section.retention, ""))
    if section.days is not None:
        kept = _("Deleted after %(days)d days.") % {"days": section.days}
    rows = tuple(tuple(terms.cells(section.model, row)) for row in section.rows)
    title = str(terms.TABLES.get(section.model, section.model))
    return Drawn(title, kept, tuple(row for row in rows if row), _reasons(section.fields))


def _reasons(fields: Sequence[FieldPurpose]) -> tuple[Reason, ...]:
    """Return the fields of a table by class and purpose."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for field in fields:
        grouped.setdefault((field.klass, field.purpose), []).append(field.field)
    return tuple(
        Reason(
            terms.fields_words(names),
            str(terms.CLASSES.get(klass, klass)),
            str(terms.PURPOSES.get(purpose, purpose)),
        )
        for (klass, purpose), names in grouped.items()
    )
