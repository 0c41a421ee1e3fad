"""Drawing maps in templates: numbers of a drawing never follow the language."""

from django import template

from wangge.situation.maps import Sheet

register = template.Library()
POINT_ICONS = {"gate": "gate", "closed_road": "closed", "office": "home"}


@register.filter
def unit(value: float) -> str:
    """Write a number of the drawing."""
    return f"{value:.1f}"


@register.filter
def point_icon(kind: str) -> str:
    """Return the symbol of a kind of point."""
    return POINT_ICONS[kind]


@register.simple_tag
def plane(sheet: Sheet) -> dict[str, str]:
    """Return how typed coordinates become units of the drawing, for the script."""
    return {
        "x0": f"{sheet.x0:.9f}",
        "y0": f"{sheet.y0:.9f}",
        "kx": f"{sheet.kx:.9f}",
        "ky": f"{sheet.ky:.9f}",
        "digits": str(sheet.digits),
    }
