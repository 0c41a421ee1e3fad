"""The desk's components for templates: icons, states, bars, fields, tables, local times."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wangge.kernel.ids import uuid7
from wangge.kernel.periods import local_day as day_in_zone
from wangge.office import wording
from wangge.office.frame import Frame, frame_of, zone
from wangge.office.listing import Head, Listing

register = template.Library()

SYMBOLS = {
    "done": "s-done", "due": "s-due", "wait": "s-wait", "shut": "s-shut", "stop": "s-stop", "gone": "s-gone",
    "none": "s-none", "part": "s-part",
}  # fmt: skip
LIKE = {"part": "none"}


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Draw a symbol of ``office/icons.html``; it always stands beside a word, so it is hidden from readers."""
    return format_html('<svg class="i {}" aria-hidden="true"><use href="#i-{}"/></svg>', extra, name)


@register.simple_tag
def state(kind: str, words: object, look: str = "tag", symbol: str = "") -> SafeString:
    """Draw a state: symbol, word and tint; ``look`` empty draws it without the tint."""
    drawn = icon(symbol or SYMBOLS[kind])
    return format_html('<span class="st is-{} {}">{}{}</span>', LIKE.get(kind, kind), look, drawn, words)


@register.simple_tag
def bar(total: int, done: int, again: int = 0, stop: int = 0) -> SafeString:
    """Draw a coverage bar of ``total``: done, to come again, refused, the rest as track. Numbers stand beside it."""
    start, parts = 0.0, []
    for kind, share in (("done", done), ("open", again), ("stop", stop)):
        width = 100 * min(share, total) / total if total else 0
        if width:
            parts.append((kind, f"{start:.2f}%", f"{width:.2f}%"))
            start += width
    drawn = format_html_join("", '<rect class="{}" x="{}" width="{}"/>', parts)
    return format_html('<svg class="bar" aria-hidden="true">{}</svg>', drawn)


@register.simple_tag
def progress(value: int, total: int, label: object) -> SafeString:
    """Draw how far a long job is."""
    share = f"{100 * min(value, total) / total if total else 0:.1f}%"
    return format_html(
        '<svg class="progress" role="progressbar" aria-label="{}" aria-valuemin="0" aria-valuemax="{}"'
        ' aria-valuenow="{}"><rect width="{}"/></svg>',
        label, total, value, share,
    )  # fmt: skip


@register.inclusion_tag("office/parts/field.html")
def field(bound: BoundField, wide: str = "", aside: object = "") -> dict[str, Any]:
    """Draw a form's field: label above, help below, the error in place of the help."""
    errors = [str(error) for error in bound.errors]
    described = f"{bound.id_for_label}-say" if errors or bound.help_text else ""
    attributes: dict[str, str | bool] = {"class": "input", **({"aria-describedby": described} if described else {})}
    if errors:
        attributes["aria-invalid"] = "true"
    return {"bound": bound, "drawn": bound.as_widget(attrs=attributes), "errors": errors,
            "described": described, "wide": wide, "aside": aside}  # fmt: skip


@register.inclusion_tag("office/parts/choices.html")
def choices(bound: BoundField) -> dict[str, Any]:
    """Draw a field of few choices as radio buttons with their own targets."""
    return {"bound": bound, "errors": [str(error) for error in bound.errors], "name": bound.id_for_label}


@register.simple_tag
def form_attributes(identity: str) -> SafeString:
    """Return the attributes of a form that stays on the page with all that was typed until it is really saved."""
    return format_html(
        'id="{0}" method="post" hx-post="" hx-target="#{0}" hx-select="#{0}" hx-swap="outerHTML" data-guard', identity
    )


@register.simple_tag
def form_key() -> SafeString:
    """Return the hidden key that makes a form count once, however often it is sent; each drawing has its own."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid7())


@register.inclusion_tag("office/parts/column.html")
def column(head: Head) -> dict[str, Any]:
    """Draw one column's heading, a link when the table can be sorted by it."""
    return {"head": head}


@register.inclusion_tag("office/parts/pager.html")
def pager(rows: Listing[Any]) -> dict[str, Any]:
    """Draw which rows are shown and the way to the others."""
    return {"rows": rows}


@register.simple_tag(takes_context=True)
def frame(context: Mapping[str, Any]) -> Frame:
    """Return what the frame around a page shows: menu, area, authority, language."""
    return frame_of(context["request"], context.get("area"))


@register.simple_tag
def now_words() -> str:
    """Return the day and hour of now with its year, for paper."""
    at = wording.now()
    return f"{wording.day(day_in_zone(at, zone()))} {wording.hour(at, zone())}"


@register.simple_tag
def html_lang() -> str:
    """Return the language tag of the page."""
    return wording.language_tag()


@register.filter
def number(value: float | None) -> str:
    """Write a number with commas."""
    return wording.number(value)


@register.filter
def local_time(at: datetime) -> str:
    """Write the hour of an instant in the installation's zone: 18:30."""
    return wording.hour(at, zone())


@register.filter
def local_day(value: datetime | date) -> str:
    """Write the day of an instant or a date, without the year when it is this one."""
    today = day_in_zone(wording.now(), zone())
    return wording.day(day_in_zone(value, zone()) if isinstance(value, datetime) else value, today)


@register.filter
def local_when(at: datetime) -> SafeString:
    """Write an instant as people say it, inside a ``time`` element."""
    return format_html(
        '<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), wording.when(at, wording.now(), zone())
    )


@register.filter
def plain_when(at: datetime) -> str:
    """Write an instant as people say it."""
    return wording.when(at, wording.now(), zone())


@register.filter
def full_day(value: date | None) -> str:
    """Write a date with its year, for births and papers: 2002-06-14."""
    return value.isoformat() if value else _("not known")


@register.filter
def years(birth: date | None) -> int | None:
    """Return the age today."""
    return wording.age_on(birth, day_in_zone(wording.now(), zone())) if birth else None


@register.filter
def known(value: object) -> object:
    """Show the value, or say that none is recorded: a blank cell could mean anything."""
    return value if value not in (None, "", (), []) else format_html('<span class="note">{}</span>', _("none"))
