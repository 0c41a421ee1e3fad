"""The forms as offices printed them, to compare with."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

FORMS = Path(__file__).parents[2] / "data" / "forms"
SHIPPED = ("building-sheet", "grid-platform-buildings", "grid-platform-people", "liuzhou-01", "sanya-01")


def original(code: str) -> dict[str, Any]:
    """Return a form of tests/data/forms."""
    found: dict[str, Any] = json.loads((FORMS / f"{code}.json").read_text("utf-8"))
    return found


def opened(content: bytes) -> Worksheet:
    """Return the first sheet of a workbook as a spreadsheet program reads it."""
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def merged(sheet: Worksheet) -> set[str]:
    """Return the merged ranges of a sheet."""
    return {str(one) for one in sheet.merged_cells.ranges}


def values(sheet: Worksheet, row: int, columns: int) -> list[object]:
    """Return what stands in the first columns of a row."""
    return [sheet.cell(row, column).value for column in range(1, columns + 1)]


def width(sheet: Worksheet, column: int) -> float:
    """Return how wide a column is; neighbours of one width stand in the file as one."""
    spans = [(one.min or 0, one.max or 0, one.width) for one in sheet.column_dimensions.values()]
    (found,) = (wide for first, last, wide in spans if first <= column <= last)
    return float(found)
