"""What an export is made as, how long it is kept, and the marks that say whose it is."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from wangge.kernel.periods import zone_of
from wangge.situation.forms.rules.profiles import Body, Layout
from wangge.situation.forms.rules.readable import Grain

KEPT = timedelta(hours=24)
AT_ONCE_MOST = 500
"""Up to how many rows an export is made while its maker waits; longer ones are made by the worker."""
ROWS_MOST = 200_000
BUILDINGS_MOST = 200


class FileKind(StrEnum):
    """What kind of file a form becomes."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"


class ExportState(StrEnum):
    """Where an export stands; ``handed`` was given to the command line and never kept, ``gone`` is no longer kept."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    HANDED = "handed"
    FAILED = "failed"
    GONE = "gone"


def mark_of(export: UUID) -> str:
    """Return the short sign of an export that stands in each of its rows: nine signs, traced in the list of exports."""
    return f"W{export.hex[-8:].upper()}"


def mark_words(name: str, login: str, at: datetime, zone: str, purpose: str) -> str:
    """Return what stands on every page: who took it out, when, what for."""
    return f"{name}（{login}） {at.astimezone(zone_of(zone)):%Y-%m-%d %H:%M} 用途：{' '.join(purpose.split())}"


def rows_fault(kind: str, rows: int, paper_most: int) -> str:
    """Return the code of why so many rows cannot become such a file, empty when they can."""
    if rows > ROWS_MOST:
        return "forms.too_many_rows"
    return "forms.paper_too_long" if kind == FileKind.PDF and rows > paper_most else ""


def day_fault(body: Body, on: date, today: date) -> str:
    """Return the code of why a form cannot be made for a day: the register knows how things stand, not stood."""
    if on > today:
        return "forms.day_in_future"
    return "forms.day_over" if on < today and body.grain != Grain.COUNT else ""


def about_people(body: Body) -> bool:
    """Tell whether the rows of a form are about persons or doors, so that rows are marked and looks logged."""
    return body.grain in (Grain.PERSON, Grain.HOUSEHOLD) or body.layout == Layout.MATRIX
