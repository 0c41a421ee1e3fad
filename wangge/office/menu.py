"""The left menu: the official headings as data, and the pages that stand below them.

A package of pages brings its own entries: a module ``entries.py`` beside its ``urls.py`` with
``ENTRIES = (Entry(...), ...)``. A heading without a page for this viewer is not shown at all.
Source of the seven headings: 民办发〔2020〕5号, March 2020.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TypeAlias

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from wangge.access.viewing import Viewer

Words: TypeAlias = str | Promise

# Icon and words of each heading, in the order of the guide; TOP and BOTTOM stand alone,
# without a heading; ACCOUNT is the menu of the person who is signed in.
TOP, BOTTOM, ACCOUNT = "top", "bottom", "account"
HEADINGS: dict[str, tuple[str, Words]] = {
    "monitoring": ("pulse", pgettext_lazy("menu", "Monitoring and priority groups")),
    "gates": ("gate", pgettext_lazy("menu", "Entry and exit")),
    "reporting": ("report", pgettext_lazy("menu", "Reporting")),
    "publicity": ("horn", pgettext_lazy("menu", "Public information")),
    "environment": ("broom", pgettext_lazy("menu", "Environment")),
    "hardship": ("hand", pgettext_lazy("menu", "Help in hardship")),
    "services": ("basket", pgettext_lazy("menu", "Community services")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One page in the menu.

    ``name`` is its URL name, ``by_area`` says that its address takes the id of the current area, ``verb`` what the
    viewer must be allowed somewhere, ``within`` further URL names during which the entry is the current one,
    ``count`` how many things wait there for this viewer below this path.
    """

    name: str
    label: Words
    heading: str
    verb: str | None = None
    icon: str = ""
    order: int = 50
    by_area: bool = False
    within: tuple[str, ...] = ()
    count: Callable[[Viewer, str], int] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu as it is drawn."""

    label: Words
    icon: str
    href: str
    current: bool
    waiting: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines, or a single line without heading (``label`` empty)."""

    label: Words
    icon: str
    items: tuple[Item, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class Menu:
    """The whole menu for one viewer."""

    top: tuple[Item, ...]
    sections: tuple[Section, ...]
    bottom: tuple[Item, ...]
    account: tuple[Item, ...]


def packages() -> list[str]:
    """Return the names of the packages of pages below ``wangge.office``, sorted."""
    office = import_module("wangge.office")
    return sorted(found.name for found in iter_modules(office.__path__, "wangge.office.") if found.ispkg)


@cache
def entries() -> tuple[Entry, ...]:
    """Return every entry that a package brings, in menu order."""
    found: list[Entry] = []
    for package in packages():
        if find_spec(f"{package}.entries"):
            found.extend(import_module(f"{package}.entries").ENTRIES)
    return tuple(sorted(found, key=lambda entry: entry.order))


def menu_for(viewer: Viewer, area_id: int | None, area_path: str, current: str) -> Menu:
    """Return the menu: only what this viewer may open, with the page named ``current`` marked."""
    by_heading: dict[str, list[Item]] = {}
    for entry in entries():
        if entry.verb is None or viewer.holds(entry.verb):
            by_heading.setdefault(entry.heading, []).append(_item(entry, viewer, area_id, area_path, current))
    sections = tuple(
        Section(label, icon, tuple(items), sum(item.waiting for item in items))
        for key, (icon, label) in HEADINGS.items()
        if (items := by_heading.get(key))
    )
    top, bottom, account = (tuple(by_heading.get(place, ())) for place in (TOP, BOTTOM, ACCOUNT))
    return Menu(top, sections, bottom, account)


def _item(entry: Entry, viewer: Viewer, area_id: int | None, area_path: str, current: str) -> Item:
    if entry.by_area and area_id is not None:
        href = reverse(entry.name, args=[area_id])
    else:
        href = reverse("home" if entry.by_area else entry.name)
        if area_id is not None:
            href += f"?area={area_id}"
    waiting = entry.count(viewer, area_path) if entry.count and area_path else 0
    return Item(entry.label, entry.icon, href, current == entry.name or current in entry.within, waiting)
