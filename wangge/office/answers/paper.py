"""Paper of a round: choosing what is printed, and the pages themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wangge.access.queries import worker_of
from wangge.kernel.refused import Refused
from wangge.office.register.surroundings import area_words, door_words, link, place_of, saw_list
from wangge.office.rounds.visiting import ORDER
from wangge.office.signing.drawing import qr
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.people.queries import place_names
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.places.rules import BUILDING_RANK
from wangge.privacy.masks import mask_name
from wangge.situation.filling import paper as paper_form
from wangge.situation.paper import FormOfHousehold, forms_of
from wangge.surveys.commands.paper import print_sheets
from wangge.surveys.queries.paper import Sheet, SheetRow, printable_areas, sheets_of_batch
from wangge.surveys.queries.rounds import RoundHead, round_of
from wangge.surveys.rules.answers import RECORD
from wangge.surveys.rules.paper import PREFIX, ROWS_A_PAGE
from wangge.surveys.rules.questionnaires import label as words_of
from wangge.words import label, say

BLANK_ROWS = 2
"""Empty numbered rows at the end of a page, for doors and people who are not on the list."""


class PaperForm(forms.Form):
    """What is printed: an area, all doors or the open ones, with questionnaires or without."""

    area = forms.ChoiceField(label=gettext_lazy("Which doors?"))
    open_only = forms.BooleanField(label=gettext_lazy("Only doors that are still open"), required=False)
    forms = forms.BooleanField(label=gettext_lazy("A questionnaire for every household as well"), required=False)

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        assert isinstance(area, forms.ChoiceField)
        area.choices = areas
        if not asks:
            del self.fields["forms"]


@page(RECORD, methods=("GET", "POST"))
def paper(request: Desk, round_id: UUID) -> HttpResponse:
    """Choose which doors of a round are printed, and make the pages; each has a code by which it is keyed."""
    head = round_of(viewer=request.viewer, round=round_id)
    areas = _areas(request, head)
    if not areas:
        raise Http404
    form = PaperForm(
        request.POST if request.method == "POST" else None, areas=areas, asks=head.questionnaire is not None
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            batch = print_sheets(
                stamp=request.stamp(), actor=request.viewer, round=head.id, area=int(given["area"]),
                open_only=given["open_only"], forms=given.get("forms", False),
            )  # fmt: skip
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            return go(request, reverse("paper_pages", args=[batch]))
    context = {
        "area": places.area(head.area),
        "round": head,
        "form": form,
        "refusal": refusal,
        "sweep": link("sweep", head.id),
    }
    return render(request, "office/answers/paper.html", context, status=422 if form.errors or refusal else 200)


def _areas(request: Desk, head: RoundHead) -> list[tuple[str, str]]:
    """Return the areas of a round that the viewer may print, from the widest down to buildings."""
    rows = printable_areas(viewer=request.viewer, path=head.path)
    names = place_names([row.path for row in rows])
    return [(str(row.id), _choice(row, names[row.path])) for row in rows]


def _choice(row: Area, place: str) -> str:
    if row.rank != BUILDING_RANK:
        return place or row.name
    return f"{place} {area_words(row)}".strip()


@page(RECORD)
def paper_pages(request: Desk, batch_id: UUID) -> HttpResponse:
    """Show printed pages as they go to the printer; names are masked, and the list is written down as looked at."""
    sheets = sheets_of_batch(viewer=request.viewer, batch=batch_id)
    subjects = [row.household for sheet in sheets for row in sheet.rows if row.household]
    saw_list(request, "paper", sheets[0].path, subjects, "survey")
    households = [row.household for sheet in sheets for row in sheet.rows if row.household and sheet.forms]
    asked = forms_of(viewer=request.viewer, round=sheets[0].round, households=households) if households else []
    forms_by_home = {one.household: one for one in asked}
    context = {
        "pages": [_page(request, sheet, forms_by_home) for sheet in sheets],
        "states": [label("surveys.state", one.value) for one in ORDER],
        "back": reverse("paper", args=[sheets[0].round]),
        "keying": reverse("keying"),
    }
    return render(request, "office/answers/paper_pages.html", context)


@dataclass(frozen=True, slots=True)
class RowOfForm:
    """The row of a page to which a questionnaire on paper belongs."""

    number: int
    door: str
    title: str
    notice: str


def _page(request: Desk, sheet: Sheet, forms_by_home: Mapping[UUID, FormOfHousehold]) -> dict[str, Any]:
    place = place_of(request.viewer, sheet.path)
    worker = worker_of(on=request.stamp().day, inside=sheet.path)(sheet.path)
    return {
        "sheet": sheet,
        "place": place_names([sheet.path])[sheet.path] or place.area.name,
        "worker": worker[2] if worker else "",
        "rows": [(row, door_words(row.door), mask_name(row.head)) for row in sheet.rows],
        "extra": range(len(sheet.rows) + 1, min(len(sheet.rows) + BLANK_ROWS, ROWS_A_PAGE) + 1),
        "forms": [
            _asked(row, forms_by_home[row.household])
            for row in sheet.rows
            if row.household is not None and row.household in forms_by_home
        ],
        "square": qr(PREFIX + sheet.code, _("Code of this sheet")),
    }


def _asked(row: SheetRow, one: FormOfHousehold) -> tuple[RowOfForm, Any]:
    """Return the questionnaire of a row as it is printed, with a column for somebody who is not on the list."""
    language = get_language() or "zh-hans"
    words = one.definition
    head = RowOfForm(
        row.number, door_words(row.door), words_of(words.title, language), words_of(words.notice, language)
    )
    return head, paper_form(words, language, [*(mask_name(name) for name in one.names), ""])
