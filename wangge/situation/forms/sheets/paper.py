"""Forms as PDF, A4 across: set by Typst with the typeface that comes with Wangge, headings on every page."""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from importlib.util import find_spec

import typst

from wangge.situation.forms.rules.layout import Box, line_boxes
from wangge.situation.forms.rules.readable import Value
from wangge.situation.forms.sheets.drawing import Drawn, Spool, row_mark

ROWS_MOST = 1_000
"""Rows of one paper (ours): a thousand take about 300 MB while they are set; longer forms go out as Excel or text."""
TYPEFACE = "manimgx_fonts_cjk"
SOURCE = """
#let sheets = json(bytes(sys.inputs.sheets))
#set text(font: "Noto Sans CJK SC", size: 8pt, lang: "zh", region: "cn")
#for (place, sheet) in sheets.enumerate() [
  #set page("a4", flipped: true, margin: (x: 10mm, top: 15mm, bottom: 13mm),
    header: text(6.5pt, luma(110))[#sheet.mark],
    footer: context align(center, text(7pt)[第 #counter(page).display() 页 / 共 #counter(page).final().first() 页]))
  #align(center, text(13pt, weight: "bold")[#sheet.title])
  #if sheet.above.len() > 0 { grid(columns: sheet.above.map(_ => 1fr), ..sheet.above.map(one => [#one])) }
  #table(
    columns: sheet.widths.map(one => one * 1fr), stroke: 0.4pt, inset: 3pt, align: center + horizon,
    table.header(..sheet.heads.map(one => table.cell(x: one.column, y: one.row, colspan: one.columns,
      rowspan: one.rows, fill: luma(238), text(weight: "bold")[#one.text]))),
    ..sheet.rows.flatten().map(one => [#one]),
    ..if sheet.zero != "" { (table.cell(colspan: sheet.widths.len(), align: left)[#sheet.zero],) },
  )
  #if sheet.footer.len() > 0 { grid(columns: sheet.footer.map(_ => 1fr), ..sheet.footer.map(one => [#one])) }
]
"""


def pdf(sheets: Sequence[tuple[Drawn, Spool]]) -> bytes:
    """Return a document with these sheets, each on pages of its own."""
    told = json.dumps([_sheet(drawn, spool) for drawn, spool in sheets], ensure_ascii=False)
    return typst.compile(SOURCE.encode(), format="pdf", font_paths=fonts(), sys_inputs={"sheets": told})


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Return the typeface that comes with Wangge, and none of this computer's: paper looks the same everywhere."""
    found = find_spec(TYPEFACE)
    folders = list(found.submodule_search_locations or ()) if found else []
    return typst.Fonts(font_paths=folders, include_system_fonts=False)


def _sheet(drawn: Drawn, spool: Spool) -> dict[str, object]:
    rows = [[_said(value) for value in row] for row in spool]
    heads, widths = list(drawn.heads), list(drawn.widths)
    if drawn.row_mark:
        rows = [[*row, row_mark(drawn.row_mark, number)] for number, row in enumerate(rows, start=1)]
        heads.append(Box(0, drawn.columns, drawn.header_rows, 1, ""))
        widths.append(8)
    return {
        "title": drawn.title,
        "above": [box.text for box in line_boxes(drawn.above, 0, drawn.columns)],
        "heads": [
            {"row": one.row, "column": one.column, "rows": one.rows, "columns": one.columns, "text": one.text}
            for one in heads
        ],
        "widths": widths,
        "rows": rows,
        "zero": "" if rows else drawn.zero_row,
        "footer": list(drawn.footer),
        "mark": drawn.mark,
    }


def _said(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
