"""How places are named on pages."""

from django import template

from wangge.office import wording

register = template.Library()


@register.filter
def building_name(area: object) -> str:
    """Name a building or villagers' group: ``3`` becomes 3栋 or 3组, any other name stays."""
    return wording.building(str(getattr(area, "name", "")), str(getattr(area, "kind", "")))
