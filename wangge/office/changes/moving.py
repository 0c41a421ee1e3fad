"""A household that moves, members that go to another household, members that found one of their own."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.access.viewing import Viewer
from wangge.flows import register
from wangge.kernel.ids import uuid7
from wangge.kernel.paths import ancestors
from wangge.office.changes.asking import Question, ask, called, carried_out, home_for, relations
from wangge.office.changes.finding import Finding, find_households
from wangge.office.register.household import title_of
from wangge.office.register.surroundings import WRITE
from wangge.office.viewing import Desk, go, page
from wangge.people.queries import HouseholdPage, Member
from wangge.people.rules.codes import ADDRESS_LIMIT
from wangge.people.rules.wishes import Mover, NewHouseholdSplit
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK, Level

SAME, OTHER = "same", "other"
DOOR_FAULTS = {
    "register.door_unreadable": "door", "people.already_there": "door", "people.area_too_high": "patch",
    "access.forbidden": "patch", "people.text_too_long": "address",
}  # fmt: skip


class PlaceForm(forms.Form):
    """A door in a community or grid, or a place without one."""

    patch = forms.ChoiceField(label=gettext_lazy("Community, village or grid"))
    door = forms.CharField(
        label=gettext_lazy("Door"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Written as 3-2-501 or 4/12. Left empty: a household without a door."),
    )
    address = forms.CharField(
        label=gettext_lazy("Where they are found, without a door"),
        required=False,
        max_length=ADDRESS_LIMIT,
        help_text=gettext_lazy("A boat, a site hut, an address that cannot be read."),
    )

    def __init__(self, *args: Any, patches: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        patch = self.fields["patch"]
        assert isinstance(patch, forms.ChoiceField)
        patch.choices = list(patches)
        for name in ("door", "address"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


class SplitForm(PlaceForm):
    """Where the new household lives: at the same door, or somewhere else."""

    where = forms.ChoiceField(
        label=gettext_lazy("Where does the new household live?"),
        widget=forms.RadioSelect,
        choices=((SAME, gettext_lazy("At the same door")), (OTHER, gettext_lazy("Somewhere else"))),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["patch"].required = False


def patches_for(viewer: Viewer, path: str) -> list[tuple[str, str]]:
    """Return the communities, villages and grids to choose from: those of the township that the viewer may change."""
    above = [one for one in ancestors(path) if viewer.permits(WRITE, one)]
    rows = places.areas(ancestors(path))
    top = next((one for one in above if one in rows and rows[one].rank >= Level.TOWNSHIP.rank), "")
    found = [area for area in places.grids_of(top) if viewer.permits(WRITE, area.path)] if top else []
    names = {area.path: area.name for area in places.areas(one.path[: _cut(one.path)] for one in found).values()}
    return [(str(area.pk), _patch_words(area, names)) for area in found]


def _cut(path: str) -> int:
    """Return where the path of the area above ends."""
    return path[:-1].rfind(".") + 1


def _patch_words(area: Area, names: dict[str, str]) -> str:
    above = names.get(area.path[: _cut(area.path)], "") if area.rank > COMMUNITY_RANK else ""
    return f"{above} · {area.name}" if above else area.name


def _patch_of(home: HouseholdPage, patches: Sequence[tuple[str, str]]) -> str:
    """Return the choice in which the household lives now."""
    here = {str(area.pk) for area in places.areas(ancestors(home.path)).values()}
    return next((value for value, _words in patches if value in here), patches[0][0] if patches else "")


@page(WRITE, methods=("GET", "POST"))
def household_move(request: Desk, household_id: UUID) -> HttpResponse:
    """Move a household with everybody in it."""
    home = home_for(request, household_id)
    patches = patches_for(request.viewer, home.path)
    form = PlaceForm(request.POST or None, patches=patches, initial={"patch": _patch_of(home, patches)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        moved = carried_out(
            form,
            lambda: register.move_household_to_door(
                stamp=request.stamp(),
                actor=request.viewer,
                household=home.id,
                area=int(given["patch"]),
                door=given["door"],
                address="" if given["door"].strip() else given["address"],
            ),
            DOOR_FAULTS,
        )
        if moved:
            return go(request, reverse("household", args=[home.id]), say="household_moved")
    question = Question(
        question=_("Where does this household move?"),
        say=_("Everybody in it goes along, with flags, guests and what was found at the door today."),
        act=_("Move the household"),
    )
    return ask(request, "move", home, question, form)


class MembersForm(forms.Form):
    """Who goes, and what each is to the head of the household that they go to."""

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        for one in members:
            self.fields[f"goes-{one.id}"] = forms.BooleanField(required=False)
            self.fields[f"relation-{one.id}"] = forms.ChoiceField(choices=relations(), required=False)

    def rows(self) -> list[dict[str, Any]]:
        """Return each member with the two cells of the table."""
        return [
            {
                "member": one,
                "name": called(one.name),
                "goes": f"goes-{one.id}",
                "ticked": bool(self[f"goes-{one.id}"].value()),
                "relation": f"relation-{one.id}",
                "options": relations(),
                "chosen": self[f"relation-{one.id}"].value() or "unknown",
            }
            for one in self.members
        ]

    def movers(self) -> tuple[Mover, ...]:
        """Return those who were ticked."""
        given = self.cleaned_data
        return tuple(
            Mover(one.id, given[f"relation-{one.id}"] or "unknown", given[f"relation-{one.id}"] == "head")
            for one in self.members
            if given[f"goes-{one.id}"]
        )

    def clean(self) -> dict[str, Any]:
        """Ask for at least one who goes."""
        given: dict[str, Any] = super().clean() or {}
        if not any(given.get(f"goes-{one.id}") for one in self.members):
            self.add_error(None, _("Tick who goes."))
        return given


@page(WRITE, methods=("GET", "POST"))
def residents_move(request: Desk, household_id: UUID) -> HttpResponse:
    """Move some members to a household that is there already."""
    home = home_for(request, household_id)
    looking = request.method != "POST" or "find" in request.POST
    form = MembersForm(request.POST or None, members=home.members)
    finding = find_households(request, without=home.id) if request.method == "POST" else Finding()
    goal = _uuid(request.POST.get("to", ""))
    if not looking and form.is_valid():
        if goal is None:
            form.add_error(None, _("Search for the household and choose it."))
        elif _move(request, form, goal):
            return go(request, reverse("household", args=[goal]), say="residents_moved", people=str(len(form.movers())))
    question = Question(
        question=_("Who moves to another household?"),
        say=_("Their flags go along. A household in which nobody is left is closed."),
        act=_("Move them"),
    )
    more = {"rows": form.rows(), "finding": finding, "chosen": goal, "title": title_of(home)}
    drawn = form if not looking else _without_faults(form)
    return ask(request, "members", home, question, drawn, **more)


def _without_faults(form: MembersForm) -> MembersForm:
    """Return the form as it is while somebody still searches: nothing is wrong yet."""
    form.errors.clear()
    return form


def _move(request: Desk, form: MembersForm, goal: UUID) -> bool:
    return carried_out(
        form,
        lambda: register.move_residents(
            stamp=request.stamp(), actor=request.viewer, movers=form.movers(), household=goal
        ),
        {"people.household_unknown": ""},
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@page(WRITE, methods=("GET", "POST"))
def household_split(request: Desk, household_id: UUID) -> HttpResponse:
    """Let some members found a household of their own."""
    home = home_for(request, household_id)
    patches = patches_for(request.viewer, home.path)
    initial = {"where": SAME, "patch": _patch_of(home, patches)}
    who = MembersForm(request.POST or None, members=home.members)
    form = SplitForm(request.POST or None, patches=patches, initial=initial)
    identity = _uuid(request.POST.get("id", "")) or uuid7()
    if request.method == "POST":
        if not who.is_valid():
            form.add_error(None, who.non_field_errors())
        elif form.is_valid() and _split(request, home, form, who.movers(), identity):
            return go(request, reverse("household", args=[identity]), say="household_split")
    question = Question(
        question=_("Who founds a household of their own?"),
        say=_("The others stay as they are. Visits and history stay with the old household."),
        act=_("Split the household"),
    )
    return ask(request, "split", home, question, form, rows=who.rows(), identity=identity)


def _split(request: Desk, home: HouseholdPage, form: SplitForm, movers: tuple[Mover, ...], identity: UUID) -> bool:
    given = form.cleaned_data
    elsewhere = given["where"] == OTHER
    into = NewHouseholdSplit(
        id=identity,
        members=movers,
        area=int(given["patch"]) if elsewhere and given["patch"] else None,
        address=given["address"] if elsewhere and not given["door"].strip() else "",
    )
    return carried_out(
        form,
        lambda: register.split_household_to_door(
            stamp=request.stamp(), actor=request.viewer, household=home.id, into=into, door=given["door"]
        ),
        DOOR_FAULTS,
    )
