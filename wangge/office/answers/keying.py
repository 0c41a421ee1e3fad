"""Keying printed pages: a page is opened by its code, its rows are saved one by one with the keyboard alone."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, ClassVar
from unicodedata import normalize
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.access.queries import worker_of, workers_in
from wangge.flows.keying import KeyedRow, key_row
from wangge.kernel.periods import local_day, zone_of
from wangge.kernel.refused import Refused
from wangge.office.answers.asked import KEEP, Asked, ask, asking_of, blank, languages
from wangge.office.frame import zone
from wangge.office.register.surroundings import door_words, place_of, saw_list
from wangge.office.rounds.visiting import ORDER
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.people.queries import place_names
from wangge.privacy.masks import mask_name
from wangge.surveys.queries.paper import Sheet, SheetRow, last_sheets, row_of, sheet_of_code
from wangge.surveys.rules import DoorState
from wangge.surveys.rules.answers import RECORD
from wangge.words import label, say

LOOKS = {
    "done": "done", "nobody_home": "wait", "gate_locked": "shut", "refused": "stop", "revisit": "wait",
    "vacant": "none", "moved_away": "gone",
}  # fmt: skip
CLOCK = {"inputmode": "numeric", "maxlength": "5", "autocomplete": "off"}


@page(RECORD)
def keying(request: Desk) -> HttpResponse:
    """Ask for the code of a page, and list those printed last with how far they are keyed."""
    code, refusal = request.GET.get("code", "").strip(), ""
    if code:
        try:
            sheet = sheet_of_code(viewer=request.viewer, code=code)
        except Refused as refused:
            refusal = say(refused)
        else:
            return go(request, _next(sheet, 0, ""))
    sheets = last_sheets(viewer=request.viewer)
    subjects = [row.household for sheet in sheets for row in sheet.rows if row.household]
    saw_list(request, "keying", sheets[0].path if sheets else "", subjects, "survey")
    places = place_names([sheet.path for sheet in sheets])
    drawn = [(sheet, places[sheet.path], _next(sheet, 0, "")) for sheet in sheets]
    context = {"sheets": drawn, "code": code, "refusal": refusal}
    return render(request, "office/answers/keying.html", context, status=422 if refusal else 200)


def _next(sheet: Sheet, after: int, carried: str) -> str:
    """Return the address of the next row that is not keyed, else of the first; ``carried`` are day and worker."""
    rows = [row for row in sheet.rows if row.household and not row.state]
    later = [row for row in rows if row.number > after]
    reachable = [row for row in sheet.rows if row.household]
    number = next((row.number for row in (*later, *rows, *reachable)), 1)
    return reverse("keying_row", args=[sheet.code, number]) + (f"?{carried}" if carried else "")


class ClockField(forms.TimeField):
    """An hour as it is typed from paper: 0930, 930, 9:30 or 09：30."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": gettext_lazy("Write the hour as 0930 or 9:30.")}

    def to_python(self, value: Any) -> time | None:
        """Return the hour; digits alone are hours and minutes."""
        text = normalize("NFKC", str(value or "")).strip()
        if text.isdecimal() and len(text) in (3, 4):
            text = f"{text[:-2]}:{text[-2:]}"
        return super().to_python(text if ":" in text else text and "?")


class RowForm(forms.Form):
    """What stands in a row of a page: result, day, hour, who went, when to come again."""

    state = forms.ChoiceField(
        label=gettext_lazy("Result"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the result that is ticked.")},
    )
    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    at = ClockField(
        label=gettext_lazy("Hour"),
        widget=forms.TextInput(CLOCK),
        help_text=gettext_lazy("As it stands on the paper, such as 0930."),
    )
    again = ClockField(label=gettext_lazy("Come again at"), required=False, widget=forms.TextInput(CLOCK))
    by = forms.ChoiceField(label=gettext_lazy("Who went"))
    remarks = forms.CharField(
        label=gettext_lazy("Remarks"), required=False, max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )

    def __init__(self, *args: Any, workers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state, by = self.fields["state"], self.fields["by"]
        assert isinstance(state, forms.ChoiceField)
        assert isinstance(by, forms.ChoiceField)
        state.choices = [(one.value, label("surveys.state", one.value)) for one in ORDER]
        by.choices = workers


@page(RECORD, methods=("GET", "POST"))
def keying_row(request: Desk, code: str, number: int) -> HttpResponse:
    """Key one row of a page: saved at once, then the next row that is not keyed."""
    sheet = sheet_of_code(viewer=request.viewer, code=code)
    row = row_of(sheet, number)
    assert row.household is not None
    asking = asking_of(request, sheet.round, row.household) if sheet.questionnaire else None
    form = _form(request, sheet, row)
    looks = request.method == "POST" and bool(request.POST.get("do"))
    done_state = request.POST.get("state") == DoorState.DONE
    asked = ask(request, asking, late=True) if asking is not None and (done_state or request.method != "POST") else None
    refusal, status = "", 422 if form.is_bound and form.errors and not looks else 200
    if form.is_bound and not looks and form.is_valid():
        if asked is None or asked.answers is not None:
            try:
                return _keyed(request, sheet, row, form.cleaned_data, asked)
            except Refused as refused:
                if hides_existence(refused):
                    raise
                refusal, status = say(refused), 422
        else:
            status = asked.status
    if asked is None and asking is not None:
        asked = blank(request, asking)
    context = _context(request, sheet, row, form, asked) | {
        "refusal": refusal, "asking": asking, "languages": languages(request, asking) if asking else (),
        "keep": KEEP, "looks": looks,
    }  # fmt: skip
    return render(request, "office/answers/keying_row.html", context, status=status)


def _form(request: Desk, sheet: Sheet, row: SheetRow) -> RowForm:
    """Return the form of a row, with the day and the worker of the row before."""
    today = local_day(request.stamp().at, zone())
    workers = [(str(id_), name) for id_, _login, name in workers_in(path=row.path, on=today)]
    me = (str(request.viewer.account_id), request.viewer.name)
    usual = worker_of(on=today, inside=row.path)(row.path)
    choices = workers if me[0] in {id_ for id_, _ in workers} else [*workers, me]
    asked = request.GET
    last = min(today, sheet.until_on.fromordinal(sheet.until_on.toordinal() - 1))
    first = {
        "on": asked.get("on") or last,
        "by": asked.get("by") or (str(usual[0]) if usual else me[0]),
        "state": DoorState.DONE.value,
    }
    data = request.POST if request.method == "POST" and not request.POST.get("do") else None
    if request.method == "POST" and data is None:
        first |= {name: request.POST.get(name, "") for name in ("state", "on", "at", "again", "by", "remarks")}
    return RowForm(data, workers=choices, initial=first)


def _keyed(request: Desk, sheet: Sheet, row: SheetRow, given: dict[str, Any], asked: Asked | None) -> HttpResponse:
    at = _instant(given["on"], given["at"])
    keyed = KeyedRow(
        state=DoorState(given["state"]),
        at=at,
        worker=UUID(given["by"]),
        revisit_at=_instant(given["on"], given["again"]) if given["again"] else None,
        remarks=given["remarks"],
        answers=asked.answers if asked is not None else None,
        read_aloud=asked is not None and bool(request.POST.get("read_aloud")),
    )
    done = key_row(stamp=request.stamp(), actor=request.viewer, sheet=sheet.id, row=row.number, keyed=keyed)
    carried = urlencode({"on": given["on"].isoformat(), "by": given["by"]})
    fresh = sheet_of_code(viewer=request.viewer, code=sheet.code)
    open_ones = done.filling is not None and (done.filling.contradictions or done.left_open)
    again = done.visit is not None and done.visit.outcome == "again"
    say_what = "row_keyed_before" if again else ("row_keyed_open" if open_ones else "row_keyed")
    return go(
        request,
        _next(fresh, row.number, carried),
        say=say_what,
        row=str(row.number),
        left=str(len(fresh.rows) - fresh.keyed),
    )


def _instant(day: Any, clock: time) -> datetime:
    return datetime.combine(day, clock, zone_of(zone()))


def _context(request: Desk, sheet: Sheet, row: SheetRow, form: RowForm, asked: Asked | None) -> dict[str, Any]:
    place = place_of(request.viewer, row.path)
    return {
        "area": place.area,
        "sheet": sheet,
        "row": row,
        "door": door_words(row.door),
        "head": mask_name(row.head),
        "rows": [
            (one, door_words(one.door), label("surveys.state", one.state) if one.state else _("not keyed"),
             LOOKS.get(one.state, "due"))
            for one in sheet.rows
        ],
        "left": len(sheet.rows) - sheet.keyed,
        "form": form,
        "states": list(zip("1234567", form["state"], strict=False)),
        "filling": asked.drawn if asked else None,
        "keepable": asked.keepable if asked else False,
        "state_words": label("surveys.state", row.state) if row.state else "",
        "state_look": LOOKS.get(row.state, "due"),
    }  # fmt: skip
