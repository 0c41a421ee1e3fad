"""A newborn, with who looks after them."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wangge.kernel.identity import years_old
from wangge.kernel.ids import uuid7
from wangge.office.changes.asking import Question, ask, called, carried_out, day_field, home_for
from wangge.office.register.surroundings import WRITE
from wangge.office.viewing import Desk, go, page
from wangge.people.commands import add_residents
from wangge.people.queries import Member
from wangge.people.rules.codes import ADULT
from wangge.people.rules.wishes import Joiner, NewResident
from wangge.words import label

RELATIONS = ("child", "grandchild", "other_relative", "non_relative", "unknown")
FAULTS = {
    "people.name_unreadable": "name", "people.birth_in_future": "birth_on", "people.guardian_gone": "guardian",
    "people.guardian_under_age": "guardian", "people.resident_unknown": "guardian", "people.id_used": "",
}  # fmt: skip


class BirthForm(forms.Form):
    """What is known of a newborn; a name may come later."""

    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("May stay empty until there is one."),
    )
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), required=False)
    birth_on = day_field(gettext_lazy("Born on"))
    relation = forms.ChoiceField(label=gettext_lazy("Relation to head"))
    guardian = forms.ChoiceField(
        label=gettext_lazy("Guardian"),
        required=False,
        help_text=gettext_lazy("Who decides for the child. The law asks for one under fourteen."),
    )

    def __init__(self, *args: Any, members: list[Member], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grown = [one for one in members if one.birth_on is None or years_old(one.birth_on, today) >= ADULT]
        self._choose("sex", [(code, label("people.sex", code)) for code in ("", "F", "M")])
        self._choose("relation", [(code, label("people.relation", code)) for code in RELATIONS])
        self._choose("guardian", [("", _("not known yet")), *((str(one.id), called(one.name)) for one in grown)])
        self.fields["birth_on"].initial = today
        self.fields["birth_on"].widget.attrs["max"] = today.isoformat()
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


@page(WRITE, methods=("GET", "POST"))
def birth_add(request: Desk, household_id: UUID) -> HttpResponse:
    """Register a newborn in a household."""
    home = home_for(request, household_id)
    form = BirthForm(request.POST or None, members=list(home.members), today=request.stamp().day)
    identity = _identity(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        new = NewResident(
            id=identity,
            name=given["name"],
            sex=given["sex"],
            birth_on=given["birth_on"],
            relation=given["relation"],
            guardian=UUID(given["guardian"]) if given["guardian"] else None,
        )
        born = carried_out(
            form,
            lambda: add_residents(stamp=request.stamp(), actor=request.viewer, residents=[Joiner(home.id, new)]),
            FAULTS,
        )
        if born:
            return go(request, reverse("household", args=[home.id]), say="born")
    question = Question(
        question=_("Who was born here?"),
        say=_("The child is counted from now on. Document and name can be added later."),
        act=_("Register the child"),
    )
    return ask(request, "birth", home, question, form, identity=identity)


def _identity(request: Desk) -> UUID:
    """Return the child's own id, made when the form was first shown, so that a form sent twice is one child."""
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        return uuid7()
