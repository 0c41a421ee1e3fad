"""QR codes drawn into pages."""

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def qr(text: str, label: str, *, size: int = 0) -> SafeString:
    """Return a QR code as inline SVG on white, named for readers; ``size`` in CSS pixels, else the sheet's."""
    made = segno.make(text, error="m", micro=False)
    side = made.symbol_size(border=2)[0]
    path = made.svg_inline(border=2, light=None, omitsize=True, svgclass=None, lineclass=None)
    path = path[path.index("<path") : path.index("</svg>")]
    sized = format_html(' width="{0}" height="{0}"', size) if size else ""
    return format_html(
        '<svg role="img" aria-label="{}" viewBox="0 0 {} {}" shape-rendering="crispEdges"{}>'
        '<rect width="100%" height="100%" fill="#fff"/>{}</svg>',
        label, side, side, sized,
        mark_safe(path),  # noqa: S308 - made of numbers by segno
    )  # fmt: skip
