"""What was read in a row of a list, and the sheet around the rows, sealed as they are stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from wangge.privacy import vault
from wangge.surveys.models import HandedDownList, ListEntry

SEALED = "surveys.ListEntry.sealed"
ORIGINAL = "surveys.ListEntry.original"
PERSON = "surveys.ListEntry.person"
LAYOUT = "surveys.HandedDownList.layout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a list tells about a person; what it does not tell is empty or None."""

    name: str = ""
    number: str = ""
    number_doubt: str = ""
    birth: date | None = None
    sex: str = ""
    phones: tuple[str, ...] = ()
    address: str = ""
    door: str = ""
    registered: str = ""
    source: str = ""
    left: date | None = None
    arrived: date | None = None
    left_again: bool = False
    left_again_on: date | None = None
    left_again_to: str = ""
    remark: str = ""


def seal_rows(told: Sequence[Told]) -> list[bytes]:
    """Return what rows tell as it is stored."""
    return vault.seal_many(SEALED, [msgspec.json.encode(one).decode() for one in told])


def seal_cells(rows: Sequence[list[Any]]) -> list[bytes]:
    """Return the cells of rows as they are stored."""
    return vault.seal_many(ORIGINAL, [msgspec.json.encode(cells).decode() for cells in rows])


def seal_layout(layout: list[dict[str, Any]]) -> bytes:
    """Return the sheets around the rows as they are stored."""
    return vault.seal(LAYOUT, msgspec.json.encode(layout).decode())


def told(entry: ListEntry) -> Told | None:
    """Return what a stored row tells, None when it was erased."""
    if entry.sealed is None:
        return None
    return msgspec.json.decode(vault.unseal(SEALED, bytes(entry.sealed)), type=Told)


def cells_of(entry: ListEntry) -> list[Any]:
    """Return the cells of a stored row, none when it was erased."""
    if entry.original is None:
        return []
    return msgspec.json.decode(vault.unseal(ORIGINAL, bytes(entry.original)), type=list[Any])


def layout_of(row: HandedDownList) -> list[dict[str, Any]]:
    """Return the sheets around the rows of a list, none when they were erased."""
    if row.layout is None:
        return []
    return msgspec.json.decode(vault.unseal(LAYOUT, bytes(row.layout)), type=list[dict[str, Any]])
