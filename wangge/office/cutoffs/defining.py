"""Indicators: what each counts, who asks for it and what for; another outbreak edits them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from wangge.kernel.refused import Refused
from wangge.office.cutoffs.words import indicator_words, set_words
from wangge.office.listing import Column, listing
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.people.rules.codes import FLAG_REASONS
from wangge.people.rules.origins import normal_origin, origin_name
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.situation.cutoffs.commands import edit_indicator
from wangge.situation.cutoffs.commands.opening import MANAGE
from wangge.situation.cutoffs.indicators import all_of_them, countable, versions
from wangge.situation.cutoffs.rules import FLOW, STOCK, UNITS, Indicator, said_source
from wangge.situation.inhabitants import names_by_number
from wangge.words import label, say

READ = "board.read"
FIELD_OF = {"cutoffs.code_unreadable": "code", "cutoffs.source_missing": "counter", "cutoffs.counted_elsewhere": "kind",
            "cutoffs.prefix_unreadable": "origins"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator as the table shows it."""

    one: Indicator
    name: str
    counts: str
    unit: str
    sets: str
    use: str
    owner: str


COLUMNS = (
    Column[Line](key="name", label=pgettext_lazy("indicator", "Name"), by=lambda line: line.name),
    Column[Line](key="code", label=gettext_lazy("Code"), by=lambda line: line.one.code),
    Column[Line](key="counts", label=gettext_lazy("What it counts")),
    Column[Line](key="sets", label=gettext_lazy("Reported in"), by=lambda line: line.sets),
    Column[Line](key="owner", label=gettext_lazy("Who asks for it"), by=lambda line: line.owner),
    Column[Line](key="use", label=pgettext_lazy("indicator", "Use"), by=lambda line: line.use),
    Column[Line](key="version", label=gettext_lazy("Version"), by=lambda line: line.one.version, number=True),
)


@page(READ)
def indicators(request: Desk) -> HttpResponse:
    """List every indicator with its owner and its use."""
    whole = _whole()
    lines = [_line(one) for one in all_of_them().values()]
    context = {
        "rows": listing(request.GET, lines, COLUMNS, sort="sets"),
        "edits": request.viewer.holds_at(MANAGE, whole.path),
    }
    return render(request, "office/cutoffs/indicators.html", context)


def _whole() -> Area:
    opened = places.installation()
    if opened is None:
        raise Http404
    return opened.area


def _line(one: Indicator) -> Line:
    return Line(
        one,
        indicator_words(one),
        _counts(one),
        label("cutoffs.unit", one.unit),
        pgettext("in a list", ", ").join(set_words(code) for code in one.sets),
        label("cutoffs.use", one.use),
        label("cutoffs.owner", one.owner),
    )


def _counts(one: Indicator) -> str:
    """Return in words what an indicator counts."""
    comma = pgettext("in a list", ", ")
    if one.source is None:
        return ""
    if one.source.counter:
        return label("cutoffs.counter", one.source.counter)
    said = comma.join(label("people.flag", reason) for reason in one.source.flags)
    include, exclude = (
        comma.join(origin_name(normal_origin(prefix.ljust(6, "0"))) for prefix in prefixes)
        for prefixes in (one.source.include, one.source.exclude)
    )
    if include and exclude:
        return _("%(flags)s from %(places)s without %(others)s") % {
            "flags": said, "places": include, "others": exclude,
        }  # fmt: skip
    if include:
        return _("%(flags)s from %(places)s") % {"flags": said, "places": include}
    if exclude:
        return _("%(flags)s not from %(others)s") % {"flags": said, "others": exclude}
    return said


class IndicatorForm(forms.Form):
    """What an indicator counts, in which sets it is reported, who asks and what for."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("Small letters, digits and dots, such as visitor.from_shanghai. Forms name it."),
    )
    name = forms.CharField(
        label=pgettext_lazy("indicator", "Name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Left empty, the name that is shipped."),
    )
    flags = forms.MultipleChoiceField(
        label=gettext_lazy("Counts people flagged as"), required=False, widget=forms.CheckboxSelectMultiple
    )
    origins = forms.CharField(
        label=gettext_lazy("Only from"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Beginnings of division codes: 42 is Hubei, 420100 Wuhan. Empty counts every origin."),
    )
    not_origins = forms.CharField(label=gettext_lazy("But not from"), max_length=200, required=False)
    counter = forms.ChoiceField(
        label=gettext_lazy("Or counts"),
        required=False,
        help_text=gettext_lazy("Neither flags nor this: it cannot be attained yet and is reported as not asked."),
    )
    unit = forms.ChoiceField(label=pgettext_lazy("indicator", "Unit"))
    kind = forms.ChoiceField(label=gettext_lazy("The number says"))
    sets = forms.CharField(
        label=gettext_lazy("Reported in"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Codes of sets with blanks between them, such as liuzhou-01. A new code begins a set."),
    )
    owner = forms.CharField(label=gettext_lazy("Who asks for it"), max_length=200)
    use = forms.CharField(label=pgettext_lazy("indicator", "Use"), max_length=200)
    active = forms.BooleanField(label=gettext_lazy("In use"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counters = sorted((label("cutoffs.counter", code), code) for code in countable() if "." not in code)
        choices: dict[str, list[tuple[str, Any]]] = {
            "flags": [(code, label("people.flag", code)) for code in FLAG_REASONS],
            "counter": [("", _("nothing else")), *((code, words) for words, code in counters)],
            "unit": [(code, label("cutoffs.unit", code)) for code in UNITS],
            "kind": [(code, label("cutoffs.kind", code)) for code in (STOCK, FLOW)],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered
        if not new:
            self.fields["code"].widget = forms.HiddenInput()

    def indicator(self) -> dict[str, Any]:
        """Return what was typed with the keys of the shipped files."""
        given = self.cleaned_data
        source: dict[str, Any] | None = None
        if given["flags"] or given["counter"]:
            source = {
                "flags": given["flags"],
                "from": given["origins"].replace(",", " ").split(),
                "not_from": given["not_origins"].replace(",", " ").split(),
                "counter": given["counter"],
            }
        plain = {name: given[name] for name in ("code", "name", "unit", "kind", "owner", "use", "active")}
        return {**plain, "sets": given["sets"].replace(",", " ").split(), "source": source}


@page(MANAGE, methods=("GET", "POST"))
def indicator_add(request: Desk) -> HttpResponse:
    """Define a new indicator."""
    return _form(request, None)


@page(MANAGE, methods=("GET", "POST"))
def indicator_edit(request: Desk, code: str) -> HttpResponse:
    """Define an indicator anew; snapshots that were taken keep what they counted."""
    one = all_of_them().get(code)
    if one is None:
        raise Http404
    return _form(request, one)


def _form(request: Desk, one: Indicator | None) -> HttpResponse:
    if not request.viewer.holds_at(MANAGE, _whole().path):
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = IndicatorForm(sent, initial=_started(one), new=one is None)
    if sent is not None and form.is_valid():
        try:
            edit_indicator(
                stamp=request.stamp(),
                actor=request.viewer,
                indicator=_typed(form, one),
                seen=form.cleaned_data["seen"],
            )
        except Refused as refused:
            if hides_existence(refused):
                raise
            form.add_error(FIELD_OF.get(refused.code), say(refused))
        else:
            return go(request, reverse("indicators"), say="saved")
    older = versions(one.code) if one else []
    who = names_by_number(row.edited_by for row in older)
    context = {
        "form": form,
        "title": indicator_words(one) if one else "",
        "one": one,
        "versions": [(row, _counts(row.terms()), who.get(row.edited_by, "")) for row in older],
        "back": reverse("indicators"),
    }
    return render(request, "office/cutoffs/indicator.html", context, status=422 if form.errors else 200)


def _typed(form: IndicatorForm, one: Indicator | None) -> dict[str, Any]:
    """Return what was typed; words of ours that nobody touched stay codes, which every language can say."""
    said = form.indicator()
    if one is None:
        return said
    kept = {
        name: getattr(one, name)
        for name in ("owner", "use")
        if said[name] == label(f"cutoffs.{name}", getattr(one, name))
    }
    return {**said, **kept, "code": one.code}


def _started(one: Indicator | None) -> Mapping[str, Any]:
    """Return what the form begins with."""
    if one is None:
        return {"kind": STOCK, "unit": UNITS[0], "active": True, "seen": 0}
    source = said_source(one.source) or {}
    return {
        "code": one.code,
        "name": one.name,
        "flags": source.get("flags", []),
        "origins": " ".join(source.get("from", [])),
        "not_origins": " ".join(source.get("not_from", [])),
        "counter": source.get("counter", ""),
        "unit": one.unit,
        "kind": one.kind,
        "sets": " ".join(one.sets),
        "owner": label("cutoffs.owner", one.owner),
        "use": label("cutoffs.use", one.use),
        "active": one.active,
        "seen": one.version,
    }
