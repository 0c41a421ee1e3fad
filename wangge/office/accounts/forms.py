"""Forms of accounts, duties and approvals."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.access import rules
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.words import label

MOST_AREAS = 300


def area_choices(viewer: Viewer, verb: str, here: Area) -> list[tuple[str, str]]:
    """Return the current area, those above it and those below it in which the viewer may do ``verb``."""
    found = [*reversed(places.crumbs(here)), *places.children(here)[:MOST_AREAS]]
    return [
        (str(area.pk), f"{area.name} · {label('places.level', area.level)}")
        for area in found
        if viewer.permits(verb, area.path)
    ]


def role_choices(viewer: Viewer, here: Area) -> list[tuple[str, str]]:
    """Return the roles that the viewer may give in the area, the least first."""
    own = viewer.verbs_at(here.path)
    return [(role.value, label("access.role", role.value)) for role in reversed(Role) if rules.may_grant(own, role)]


def _days(required: bool, text: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=text,
        required=required,
        help_text=help_text,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


class DutyForm(forms.Form):
    """A role in an area, from a first to a last day."""

    role = forms.ChoiceField(label=_("Role"))
    area = forms.ChoiceField(label=_("Area"), help_text=_("Not listed? Choose another area at the top first."))
    from_on = _days(True, _("First day"))
    last_on = _days(False, _("Last day"), _("Left empty, it has no end."))

    def __init__(self, *args: Any, viewer: Viewer, here: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("role", role_choices(viewer, here)),
            ("area", area_choices(viewer, "account.manage", here)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def to_on(self) -> date | None:
        """Return the first day on which the duty no longer holds."""
        last: date | None = self.cleaned_data["last_on"]
        return last + timedelta(days=1) if last else None


class AccountForm(DutyForm):
    """A new account with its first duty."""

    login = forms.CharField(
        label=_("Login"),
        max_length=40,
        help_text=_("2 to 40 letters, digits, dots, hyphens or underscores, such as li.hua"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=rules.NAME_MOST,
        required=False,
        help_text=_("Left empty, the login is shown."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    field_order = ("login", "name", "role", "area", "from_on", "last_on")


class EndForm(forms.Form):
    """When a duty ends."""

    last_on = _days(False, _("Last day"), _("Left empty, it ends now."))


class ApprovalForm(forms.Form):
    """What is approved: a purpose, in an area, today."""

    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=rules.PURPOSE_MOST,
        help_text=_("In the words that the other person will use, such as: hand over to the township hospital"),
    )
    area = forms.ChoiceField(label=_("Area"), help_text=_("Not listed? Choose another area at the top first."))

    def __init__(self, *args: Any, viewer: Viewer, here: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        assert isinstance(area, forms.ChoiceField)
        area.choices = area_choices(viewer, "approval.give", here)
