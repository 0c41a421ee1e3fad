"""How numbers of cut-offs are written, and where they lead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode

from wangge.access.viewing import Viewer
from wangge.situation.cutoffs.indicators import current, sets_of
from wangge.situation.cutoffs.rules import DEFAULT_SET, FLOW, Indicator
from wangge.words import label

LIST, VISITS = "register.read", "visit.read"


@dataclass(frozen=True, slots=True)
class Cell:
    """One number: None was not asked; ``change`` None has nothing to compare with; ``href`` opens its list."""

    value: int | None
    change: int | None
    late: int
    href: str
    words: str

    @property
    def signed(self) -> str:
        """The change with its sign, a true minus, and ±0 for none."""
        return "" if self.change is None else signed(self.change)

    @property
    def signed_late(self) -> str:
        """What of the change is late, with its sign; empty for none."""
        return signed(self.late) if self.late else ""


def signed(value: int) -> str:
    """Return a number with its sign: +3, −2, ±0."""
    return f"+{value:,}" if value > 0 else f"\u2212{-value:,}" if value < 0 else "\u00b10"


def indicator_words(one: Indicator) -> str:
    """Return what an indicator is called: as a county wrote it, or in the reader's language."""
    return one.name or label("cutoffs.indicator", one.code)


def set_words(code: str) -> str:
    """Return what a set of indicators is called."""
    return label("cutoffs.set", code)


def list_of(viewer: Viewer, area: int, path: str, one: Indicator, at: datetime | None = None) -> str:
    """Return the address of the list behind a number; empty where the viewer may not read it or nothing is asked."""
    if one.source is None or not viewer.permits(VISITS if one.kind == FLOW else LIST, path):
        return ""
    asked = "?" + urlencode({"at": at.isoformat(timespec="microseconds")}) if at else ""
    return reverse("behind_indicator", args=[area, one.code]) + asked


def cells(
    indicators: Iterable[Indicator],
    numbers: Mapping[str, int],
    changes: Mapping[str, int],
    late: Mapping[str, int],
    links: Mapping[str, str],
) -> list[Cell]:
    """Return one cell for each indicator."""
    return [
        Cell(
            numbers.get(one.code),
            changes.get(one.code),
            late.get(one.code, 0),
            links.get(one.code, ""),
            indicator_words(one),
        )
        for one in indicators
    ]


def chosen_set(asked: str) -> tuple[str, dict[str, list[Indicator]]]:
    """Return the set that the address asks for, the daily report when it asks for none known, and all sets."""
    known = sets_of(current().values())
    usual = DEFAULT_SET if DEFAULT_SET in known else next(iter(known), "")
    return (asked if asked in known else usual), known
