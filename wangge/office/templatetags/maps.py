"""Drawing maps in templates: numbers of a drawing never follow the language."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wangge.office.maps.looking import Part
from wangge.office.wording import number
from wangge.situation.maps import Drawn, Sheet

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


@register.simple_tag
def patches(parts: Iterable[Part]) -> SafeString:
    """Draw the parts of a map, then their names and numbers above all of them; a map has thousands."""
    unknown, silent = _("nobody registered"), _("nothing recorded")
    shapes, labels = [], []
    for part in parts:
        if part.drawn is None:
            continue
        value = unknown if part.patch.value is None else number(part.patch.value)
        told = f"{part.name} · {value}" + (f" · {silent}" if part.patch.silent else "")
        look = f"p{part.look} is-silent" if part.patch.silent else f"p{part.look}"
        shape = format_html('<path class="patch {}" d="{}"><title>{}</title></path>', look, part.drawn.d, told)
        shapes.append(format_html('<a href="{}" tabindex="-1">{}</a>', part.href, shape) if part.href else shape)
        if part.patch.value is not None:
            labels.append(_label(part, part.drawn, value))
    return mark_safe("\n".join(shapes) + "".join(labels))  # noqa: S308  every piece was escaped above


def _label(part: Part, drawn: Drawn, value: str) -> SafeString:
    return format_html(
        '<g class="map-label t{} {}" data-fit="{}" data-name="{}" transform="translate({} {})">'
        '<text class="nm">{}</text><text class="nu">{}</text></g>',
        part.look, part.sizes, unit(drawn.fit), unit(drawn.name_fit), unit(drawn.x), unit(drawn.y), part.name, value,
    )  # fmt: skip
