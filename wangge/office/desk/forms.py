"""The forms of the area tree."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.places import rules
from wangge.places.rules import BuildingPlan, Level
from wangge.words import label

# What people add by hand; stairwells and doors come with their building.
ADDED_BY_HAND = (
    Level.PREFECTURE, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE, Level.COMMUNITY, Level.GRID, Level.BUILDING
)  # fmt: skip
MOST_BUILDINGS = 60
MOST_DOORS = 2000


def name_field(words: Any = None) -> forms.CharField:
    """Return the field of an area's name."""
    return forms.CharField(
        label=words or pgettext_lazy("area", "Name"), max_length=100, widget=forms.TextInput({"autocomplete": "off"})
    )


def code_field() -> forms.CharField:
    """Return the field of an area's code."""
    widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
    help_text = _("Left empty, it gets the next free one.")
    return forms.CharField(label=_("Code"), max_length=40, required=False, help_text=help_text, widget=widget)


class AddForm(forms.Form):
    """A new area below this one."""

    level = forms.ChoiceField(label=_("Level"))
    name = name_field()
    code = code_field()

    def __init__(self, *args: Any, rank: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(level.value, label("places.level", level.value)) for level in ADDED_BY_HAND if level.rank > rank]
        level = self.fields["level"]
        assert isinstance(level, forms.ChoiceField)
        level.choices = choices


class RenameForm(forms.Form):
    """Another name for this area."""

    name = name_field()


class SplitForm(forms.Form):
    """A new area beside this one, and what goes into it."""

    name = name_field(_("Name of the new area"))
    code = code_field()
    children = forms.TypedMultipleChoiceField(
        label=_("What goes into it"),
        coerce=int,
        error_messages={"required": _("Choose what goes into the new area.")},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, children: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["children"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = children


def _number(words: Any, least: int, most: int, first: int) -> forms.IntegerField:
    widget = forms.NumberInput({"inputmode": "numeric"})
    return forms.IntegerField(label=words, min_value=least, max_value=most, initial=first, widget=widget)


class BuildingsForm(forms.Form):
    """Buildings that are alike: names, stairwells, floors, doors on each floor of each stairwell."""

    names = forms.CharField(
        label=_("Buildings"),
        max_length=400,
        help_text=_("One number or several: 3 · 1-12 · 5号楼, 6号楼"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    units = _number(_("Stairwells"), 0, rules.MOST_UNITS, 2)
    floors = _number(_("Floors"), 1, rules.MOST_FLOORS, 6)
    doors = _number(_("Doors on a floor of each stairwell"), 1, rules.MOST_DOORS_PER_FLOOR, 2)

    def clean(self) -> dict[str, Any]:
        """Spell the names out, and refuse more than one form should make."""
        given = super().clean() or {}
        names = rules.spelled_names(given.get("names", ""))
        if "names" in given and not names:
            self.add_error("names", _("Give at least one building."))
        if again := rules.twice(names):
            self.add_error("names", _("%(name)s stands there twice.") % {"name": again[0]})
        if len(names) > MOST_BUILDINGS:
            self.add_error("names", _("At most %(most)s buildings at once.") % {"most": MOST_BUILDINGS})
        if not self.errors and sum(plan.doors for plan in self.plans()) > MOST_DOORS:
            self.add_error(None, _("At most %(most)s doors at once. Do it in parts.") % {"most": MOST_DOORS})
        return given

    def plans(self) -> list[BuildingPlan]:
        """Return the buildings that a valid form asks for."""
        given = self.cleaned_data
        return [
            BuildingPlan(name, given["units"], given["floors"], given["doors"])
            for name in rules.spelled_names(given["names"])
        ]
