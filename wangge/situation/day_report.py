"""The day on one page: A4 set by Typst from words and numbers that are given, their definitions at its foot."""

import json
from dataclasses import asdict, dataclass
from typing import Literal

import typst

from wangge.situation.forms.sheets.paper import fonts

ROWS_MOST = 16
"""Areas on the page; the others are added up in one row, so that it stays one page."""
NAMES_MOST, LISTS_MOST = 12, 4
Script = Literal["SC", "TC"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its words; ``unit`` stands behind it."""

    words: str
    number: str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReport:
    """Everything that stands on the page, in the reader's language.

    ``done``, ``again`` and ``refused`` are hundredths of the bar. ``rows`` are areas with hundredths done and to come
    to again, then one text for each of ``heads``. ``trend`` holds days with the height of their bar in hundredths and
    their number; ``signed`` is who signs at the foot.
    """

    script: Script
    language: str
    authority: str
    title: str
    under: str
    round: str
    lead: Figure
    figures: tuple[Figure, ...]
    done: float
    again: float
    refused: float
    heads: tuple[str, ...]
    rows: tuple[tuple[float, float, tuple[str, ...]], ...]
    lists: tuple[tuple[str, str], ...]
    gaps: tuple[Figure, ...]
    trend_title: str
    trend: tuple[tuple[str, float, str], ...]
    signed: tuple[str, ...]
    means_title: str
    means: tuple[tuple[str, str], ...]
    page: str
    mark: str


SOURCE = """
#let told = json(bytes(sys.inputs.report))
#set document(title: told.title)
#set text(font: "Noto Sans CJK " + told.script, size: 9.5pt, lang: told.language.slice(0, 2))
#set par(leading: 0.55em, spacing: 0.7em)
#set page("a4", margin: (x: 16mm, top: 14mm, bottom: 15mm),
  footer: grid(columns: (1fr, auto), text(9pt, luma(60))[#told.mark], text(9pt)[#told.page]))
#let bar(done, again, refused, height) = box(width: 100%, height: height, stroke: 0.4pt + luma(120), {
  place(left, rect(width: done * 1%, height: 100%, fill: luma(150)))
  place(left, dx: done * 1%, rect(width: again * 1%, height: 100%, fill: luma(60)))
  place(left, dx: (done + again) * 1%, rect(width: refused * 1%, height: 100%, fill: black))
})
#text(9pt)[#told.authority]
#v(-2pt)
#text(19pt, weight: "bold")[#told.title]
#v(-4pt)
#text(10pt)[#told.under]
#if told.round != "" [ #v(-3pt) #text(10pt)[#told.round] ]
#v(4pt)
#grid(columns: (auto, 1fr), column-gutter: 9mm, align: bottom,
  [#text(38pt, weight: "bold")[#told.lead.number] #text(11pt)[#told.lead.words]],
  grid(columns: told.figures.map(_ => 1fr), row-gutter: 3pt,
    ..told.figures.map(one => text(9pt)[#one.words]),
    ..told.figures.map(one => [#text(13pt, weight: "bold")[#one.number] #text(9pt)[#one.unit]])))
#v(2pt)
#bar(told.done, told.again, told.refused, 4mm)
#v(4pt)
#if told.rows.len() > 0 {
  table(columns: (auto, 1fr) + told.heads.slice(1).map(_ => auto), stroke: none, inset: (x: 4pt, y: 3.2pt),
    align: (column, row) => if column < 2 { left + horizon } else { right + horizon },
    table.hline(stroke: 0.6pt),
    text(9pt)[#told.heads.at(0)], [], ..told.heads.slice(1).map(one => text(9pt)[#one]),
    table.hline(stroke: 0.4pt),
    ..told.rows.map(row => {
      let (done, again, texts) = row
      (texts.at(0), bar(done, again, 0, 2mm), ..texts.slice(1).map(one => [#one]))
    }).flatten(),
    table.hline(stroke: 0.6pt))
}
#v(2pt)
#grid(columns: (1.6fr, 1fr), column-gutter: 10mm,
  [#for one in told.lists [ #text(weight: "bold")[#one.at(0)] #h(0.5em) #one.at(1) #parbreak() ]],
  grid(columns: (1fr, auto), row-gutter: 5pt,
    ..told.gaps.map(one => ([#one.words], [*#one.number* #one.unit])).flatten()))
#v(1fr)
#if told.trend.len() > 0 {
  text(9pt, weight: "bold")[#told.trend_title]
  v(-2pt)
  grid(columns: told.trend.map(_ => 1fr), row-gutter: 2pt, column-gutter: 2pt, align: center + bottom,
    ..told.trend.map(one => text(9pt)[#one.at(2)]),
    ..told.trend.map(one => box(height: 14mm,
      align(bottom, rect(width: 5mm, height: one.at(1) * 0.14mm, fill: luma(150))))),
    ..told.trend.map(one => text(9pt)[#one.at(0)]))
}
#v(1fr)
#grid(columns: told.signed.map(_ => 1fr), column-gutter: 8mm,
  ..told.signed.map(one => grid(columns: (auto, 1fr), column-gutter: 4pt, align: bottom,
    [#one], line(length: 100%, stroke: 0.4pt))))
#v(6pt)
#line(length: 100%, stroke: 0.4pt)
#text(9pt, weight: "bold")[#told.means_title]
#v(-3pt)
#set text(9pt)
#set par(leading: 0.45em, spacing: 0.45em)
#let half = calc.ceil(told.means.len() / 2)
#let meaning(part) = [#for one in part [ *#one.at(0)*#h(0.5em)#one.at(1) #parbreak() ]]
#grid(columns: (1fr, 1fr), column-gutter: 8mm, meaning(told.means.slice(0, half)), meaning(told.means.slice(half)))
"""


def pdf(report: DayReport) -> bytes:
    """Return the page as a PDF."""
    told = json.dumps(asdict(report), ensure_ascii=False)
    return typst.compile(SOURCE.encode(), format="pdf", font_paths=fonts(), sys_inputs={"report": told})
