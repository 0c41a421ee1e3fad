"""How places are named on pages."""

from django import template
from django.utils.html import format_html

from wangge.office import wording

register = template.Library()


@register.filter
def building_name(area: object) -> str:
    """Name a building or villagers' group: ``3`` becomes 3栋 or 3组, any other name stays."""
    return wording.building(str(getattr(area, "name", "")), str(getattr(area, "kind", "")))


@register.simple_tag
def figure(value: int, href: str) -> str:
    """Write a number, as a link where a list stands behind it and there is something in it."""
    shown = wording.number(value)
    return format_html('<a class="figure" href="{}">{}</a>', href, shown) if href and value else shown
