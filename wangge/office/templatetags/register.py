"""Words of the register for templates: flags, relations, sex and age."""

from collections.abc import Mapping
from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wangge.kernel.periods import local_day
from wangge.office import wording
from wangge.office.frame import zone
from wangge.office.register import surroundings
from wangge.office.templatetags.office import SYMBOLS, icon, state
from wangge.people.rules.codes import HEALTH_REASONS
from wangge.words import label

register = template.Library()


@register.simple_tag
def flag_tag(reason: str) -> SafeString:
    """Draw a flag's reason; what tells of somebody's health looks like something to watch."""
    kind = "wait" if reason in HEALTH_REASONS else "part"
    return state(kind, label("people.flag", reason))


@register.simple_tag
def relation_words(relation: str) -> str | SafeString:
    """Write what somebody is to the head of the household; one that is not known is said."""
    if relation == "unknown":
        return format_html('<span class="note">{}</span>', _("not known"))
    return label("people.relation", relation)


@register.simple_tag
def sex_and_age(sex: str, birth_on: date | None) -> str | SafeString:
    """Write sex and age as people say them: 男，51岁; what is not known is said once."""
    today = local_day(wording.now(), zone())
    age = _("%(years)s years") % {"years": wording.age_on(birth_on, today)} if birth_on else ""
    parts = [part for part in (label("people.sex", sex) if sex else "", age) if part]
    if not parts:
        return format_html('<span class="note">{}</span>', _("not known"))
    return pgettext("between parts of a sentence", ", ").join(parts)


@register.simple_tag
def symbol(kind: str) -> SafeString:
    """Draw the symbol of a door's state alone; its word stands beside it."""
    return icon(SYMBOLS[kind])


@register.simple_tag
def optional_link(name: str, *args: object) -> str:
    """Return the address of a page that another package brings, empty as long as it does not."""
    return surroundings.link(name, *args)


@register.inclusion_tag("office/register/day_field.html")
def day_field(
    name: str, words: str, values: Mapping[str, str], faults: Mapping[str, str], proposed: str = ""
) -> dict[str, str]:
    """Draw a field for a day; ``proposed`` names which day of a reason it takes over."""
    return {
        "name": name,
        "words": words,
        "value": values.get(name, ""),
        "fault": faults.get(name, ""),
        "proposed": proposed,
    }


@register.simple_tag
def building_words(name: str, is_group: bool) -> str:
    """Write what people call a building or villagers' group."""
    return surroundings.building_words(name, is_group=is_group)
