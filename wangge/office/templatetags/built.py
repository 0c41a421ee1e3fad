"""The scripts that ``tools/ui.py`` builds: a page asks for one by name, and goes without where it was not built."""

import json
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def built_style(name: str) -> SafeString:
    """Link the style sheets of a built script; nothing where it was not built."""
    rows = [(static(f"built/{file}"),) for file in _entry(name).get("css", ())]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', rows)


@register.simple_tag
def built_script(name: str) -> SafeString:
    """Load a built script; nothing where it was not built."""
    file = _entry(name).get("file")
    return format_html('<script type="module" src="{}"></script>', static(f"built/{file}")) if file else SafeString()


def _entry(name: str) -> dict[str, Any]:
    for entry in _manifest().values():
        if entry.get("isEntry") and entry.get("name") == name:
            return dict(entry)
    return {}


@cache
def _manifest() -> dict[str, dict[str, Any]]:
    """Read what was built, once a process: a new build comes with a new start."""
    try:
        return dict(json.loads((settings.PACKAGE / "static" / "built" / "manifest.json").read_text("utf-8")))
    except FileNotFoundError:
        return {}
