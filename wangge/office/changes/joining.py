"""Two rows that are one: looked for, set side by side, joined by what a person chooses, and parted again."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.flows import register
from wangge.office import wording
from wangge.office.changes.asking import Question, ask, called, carried_out, home_for, member_for
from wangge.office.changes.finding import Finding, find_households, find_residents
from wangge.office.frame import zone
from wangge.office.register.household import title_of
from wangge.office.register.surroundings import WRITE
from wangge.office.viewing import Desk, go, page
from wangge.people import queries as people
from wangge.people.queries import HouseholdPage, Member
from wangge.people.rules.joining import TAKEN, gaps_to_fill
from wangge.situation.inhabitants import names_by_number
from wangge.words import label

FIRST, SECOND = "first", "second"
CHANGED = {
    "people.changed_since": "", "people.joining_undone": "", "people.household_closed": "",
    "people.already_joined": "", "people.joined_with_self": "", "people.keep_the_living": "",
}  # fmt: skip


class WhichForm(forms.Form):
    """Which of the two rows stays."""

    keep = forms.ChoiceField(
        choices=((FIRST, ""), (SECOND, "")),
        error_messages={"required": gettext_lazy("Choose which of the two stays.")},
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the two rows: both values in words, whether they differ, and which is proposed."""

    name: str
    label: str
    first: str
    second: str
    differs: bool
    chosen: str


@page(WRITE, methods=("GET", "POST"))
def household_join(request: Desk, household_id: UUID) -> HttpResponse:
    """Look for the other household; with ``?with=`` set both side by side and join them."""
    home = home_for(request, household_id)
    other_id = _other(request)
    if other_id is None:
        return _look_for(request, home, household=True)
    other = home_for(request, other_id)
    form = WhichForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept, gone = (home, other) if form.cleaned_data["keep"] == FIRST else (other, home)
        joined = carried_out(
            form,
            lambda: register.join_households(stamp=request.stamp(), actor=request.viewer, kept=kept.id, gone=gone.id),
            CHANGED,
        )
        if joined:
            return go(request, reverse("household", args=[kept.id]), say="joined")
    question = Question(
        question=_("Are these two one household?"),
        say=_(
            "Choose which one stays. Everybody of the other joins it, and its head stays head. As long as nothing "
            "else is changed this can be undone on its page."
        ),
        act=_("Join them"),
        open=True,
    )
    return ask(
        request, "join_households", home, question, form, other=other, other_title=title_of(other), picked=_picked(form)
    )


def _other(request: Desk) -> UUID | None:
    """Return the id of the row that ``?with=`` names."""
    asked = request.GET.get("with", "")
    if not asked:
        return None
    try:
        return UUID(asked)
    except ValueError:
        raise Http404 from None


def _picked(form: WhichForm) -> str:
    return str(form["keep"].value() or "")


def _look_for(request: Desk, home: HouseholdPage, *, household: bool, who: Member | None = None) -> HttpResponse:
    """Draw the search for the other row; what is found leads on to the two side by side."""
    finding = Finding()
    if request.method == "POST":
        finding = find_households(request, without=home.id) if who is None else find_residents(request, without=who.id)
    question = Question(
        question=_("Which household is it twice?") if household else _("Where does this person stand once more?"),
        say=_("Nothing is changed yet: both are shown side by side first."),
        act=_("Search"),
    )
    subject = title_of(home) if who is None else called(who.name)
    return ask(request, "look_for", home, question, forms.Form(), finding=finding, subject=subject)


@page(WRITE, methods=("GET", "POST"))
def residents_join(request: Desk, resident_id: UUID) -> HttpResponse:
    """Look for the other row of a person; with ``?with=`` set both side by side and join them."""
    home, one = member_for(request, resident_id)
    other_id = _other(request)
    if other_id is None:
        return _look_for(request, home, household=False, who=one)
    if other_id == one.id:
        raise Http404
    other_home, other = member_for(request, other_id)
    lines = _lines(request, (home, one), (other_home, other))
    form = WhichForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _join(request, form, one.id, other.id, lines):
        stays = home if form.cleaned_data["keep"] == FIRST else other_home
        return go(request, reverse("household", args=[stays.id]), say="joined")
    question = Question(
        question=_("Are these two one person?"),
        say=_(
            "Choose where they live and which values hold. Telephones, flags and stays of both are kept. As long as "
            "nothing else is changed this can be undone on the household's page."
        ),
        act=_("Join them"),
        open=True,
    )
    return ask(
        request, "join_residents", home, question, form, lines=lines, other_title=title_of(other_home),
        first_name=called(one.name), second_name=called(other.name), picked=_picked(form),
    )  # fmt: skip


Row = tuple[HouseholdPage, Member]


def _lines(request: Desk, first: Row, second: Row) -> list[Line]:
    """Return the fields of two rows; where only one of them knows a value, that one is proposed."""
    a, b = _values(request, first), _values(request, second)
    fill = set(gaps_to_fill(a, b))
    words_a, words_b = _in_words(first[1]), _in_words(second[1])
    lines = []
    for name in TAKEN:
        proposed = SECOND if name in fill else FIRST
        chosen = request.POST.get(f"take-{name}", proposed)
        lines.append(Line(name, label("people.field", name), words_a[name], words_b[name], a[name] != b[name], chosen))
    return lines


def _values(request: Desk, row: Row) -> dict[str, object]:
    """Return the values as they are compared: numbers whole, though only masked ones are shown."""
    home, one = row
    clear = {two.resident: two.id_number for two in people.unmasked(viewer=request.viewer, household=home.id)}
    return {
        "name": one.name, "sex": one.sex, "birth_on": one.birth_on, "id_number": clear.get(one.id, ""),
        "guardian": one.guardian, "relation": one.relation,
    }  # fmt: skip


def _in_words(one: Member) -> dict[str, str]:
    return {
        "name": called(one.name),
        "sex": label("people.sex", one.sex) if one.sex else "",
        "birth_on": one.birth_on.isoformat() if one.birth_on else "",
        "id_number": one.id_number,
        "guardian": one.guardian_name,
        "relation": "" if one.relation == "unknown" else label("people.relation", one.relation),
    }


def _join(request: Desk, form: WhichForm, first: UUID, second: UUID, lines: list[Line]) -> bool:
    keep = form.cleaned_data["keep"]
    kept, gone = (first, second) if keep == FIRST else (second, first)
    take = [line.name for line in lines if line.differs and line.chosen in (FIRST, SECOND) and line.chosen != keep]
    return carried_out(
        form,
        lambda: register.join_residents(stamp=request.stamp(), actor=request.viewer, kept=kept, gone=gone, take=take),
        CHANGED,
    )


@page(WRITE, methods=("GET", "POST"))
def joining_undo(request: Desk, joining_id: UUID) -> HttpResponse:
    """Ask whether what was joined is to be parted again, and part it."""
    spot = people.joining_spot(viewer=request.viewer, joining=joining_id, verb=WRITE)
    home = people.household_page(viewer=request.viewer, household=spot.household, on=request.stamp().day)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        parted = carried_out(
            form,
            lambda: register.undo_joining(stamp=request.stamp(), actor=request.viewer, joining=joining_id),
            CHANGED,
        )
        if parted:
            return go(request, reverse("household", args=[home.id]), say="parted")
    who = names_by_number([spot.joined_by]).get(spot.joined_by, "")
    when = wording.when(spot.joined_at, wording.now(), zone())
    facts = {"name": called(spot.name), "who": who, "when": when}
    if spot.what == "residents":
        question = _("Part the two rows of %(name)s again?") % facts
    else:
        question = _("Part the two households again?")
    asked = Question(
        question=question,
        say=_("Joined %(when)s by %(who)s. Both become exactly what they were before.") % facts,
        act=_("Part them"),
        keep=_("Leave them joined"),
    )
    return ask(request, "plain", home, asked, form)
