"""A file as it is given and read: what whoever reads it is told, and what comes of it. Without Django.

The reading runs in a process apart (``apart``), or here for small texts, which cannot explode.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import msgspec

from wangge.flows.import_roster.cells import text_of
from wangge.flows.import_roster.columns import Column, plain_header
from wangge.flows.import_roster.file import ReadFile, read_opened
from wangge.flows.import_roster.packing import Packed
from wangge.flows.import_roster.reading import Sheet, column_letter
from wangge.flows.import_roster.rows import ReadRow, Report
from wangge.flows.import_roster.samples import samples_of

HEADINGS_WITHIN = 15
ROWS_A_FRAME = 1000
Chosen = tuple[str | None, str, str | None]
"""A column that somebody set right: sheet, letter, field or None for not taken."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A remembered way of taking columns: its key, and plain heading > field, None for a column that is not taken."""

    key: str
    aliases: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Job:
    """How a file is to be read; with ``forced`` the first profile is used whatever headings are there."""

    as_of: date
    chosen: tuple[Chosen, ...] = ()
    profiles: tuple[Profile, ...] = ()
    forced: bool = False


@dataclass(frozen=True, slots=True)
class SheetShape:
    """A sheet above its rows of people: [row, cells] of titles and headings."""

    name: str | None
    rows: tuple[tuple[int, tuple[str | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What a file says as a whole; ``profile`` is the key of the remembered profile that was used, or empty."""

    columns: tuple[Column, ...]
    dropped: tuple[Column, ...]
    reports: tuple[Report, ...]
    samples: tuple[tuple[str | None, str, tuple[str, ...]], ...]
    sheets: tuple[SheetShape, ...]
    profile: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A file that was read, with the cells of each row as JSON, to be given back with what became of it."""

    read: ReadFile
    head: Head
    cells: Packed


@dataclass(frozen=True, slots=True)
class Frame:
    """Some rows with their cells."""

    rows: tuple[ReadRow, ...]
    cells: tuple[bytes, ...]


def read_given(sheets: Sequence[Sheet], job: Job) -> tuple[Head, Iterator[Frame]]:
    """Read opened sheets, refused as ``read_opened``; rows come in frames, so that nobody holds a file twice."""
    profile = job.profiles[0] if job.forced and job.profiles else _fitting(sheets, job.profiles)
    chosen = {(sheet, column): field for sheet, column, field in job.chosen}
    read = read_opened(sheets, job.as_of, chosen=chosen, aliases=profile.aliases if profile else {})
    by_name = {sheet.name: sheet for sheet in sheets if not sheet.hidden}
    hidden = {(one.sheet, one.column) for one in read.dropped}
    people: dict[str | None, set[int]] = defaultdict(set)
    for row in read.rows:
        people[row.sheet].add(row.row)
    used = list(dict.fromkeys(one.sheet for one in (*read.columns, *read.dropped)))
    shapes = tuple(_shape(by_name[name], people[name]) for name in used if name in by_name)
    head = Head(
        read.columns, read.dropped, read.reports, tuple(samples_of(read, by_name)), shapes,
        profile.key if profile else "",
    )  # fmt: skip
    return head, _frames(read, by_name, hidden)


def _fitting(sheets: Sequence[Sheet], profiles: Sequence[Profile]) -> Profile | None:
    """Return the profile all of whose headings stand in one sheet, the one with the most of them."""
    best = None
    for sheet in sheets:
        words = {plain_header(cell) for row in sheet.rows[:HEADINGS_WITHIN] for cell in row.cells if cell}
        for one in profiles:
            fits = bool(one.aliases) and not sheet.hidden and one.aliases.keys() <= words
            if fits and (best is None or len(one.aliases) > len(best.aliases)):
                best = one
    return best


def _shape(sheet: Sheet, people: set[int]) -> SheetShape:
    """Return what stands above the rows of a sheet: titles, and headings also of columns that are never read."""
    first = min(people, default=0)
    above = [
        (row.number, tuple(text_of(cell) or None for cell in row.cells)) for row in sheet.rows if row.number < first
    ]
    return SheetShape(sheet.name, tuple(above))


def _frames(
    read: ReadFile, by_name: Mapping[str | None, Sheet], hidden: set[tuple[str | None, str]]
) -> Iterator[Frame]:
    """Yield the rows with their cells; cells of columns that are never read are left out."""
    encode = msgspec.json.Encoder().encode
    gone = {name: [at for at in range(300) if (name, column_letter(at)) in hidden] for name in by_name}
    numbered = {name: {row.number: row for row in sheet.rows} for name, sheet in by_name.items()}
    rows = iter(read.rows)
    while part := tuple(islice(rows, ROWS_A_FRAME)):
        cells = []
        for row in part:
            values = [text_of(cell) or None for cell in numbered[row.sheet][row.row].cells]
            for at in gone[row.sheet]:
                if at < len(values):
                    values[at] = None
            cells.append(encode(values))
        yield Frame(part, tuple(cells))


_NO_REPORTS: list[Report] = []


def gathered(head: Head, frames: Iterator[Frame]) -> Given:
    """Put a file together again from its head and its frames."""
    rows: list[ReadRow] = []
    cells = Packed()
    once: dict[str, str] = {}
    for frame in frames:
        for row in frame.rows:
            _share(row, once)
        rows += frame.rows
        cells.add(frame.cells)
    return Given(ReadFile(head.columns, head.dropped, head.reports, tuple(rows)), head, cells)


def _share(row: ReadRow, once: dict[str, str]) -> None:
    """Keep once what many rows say: coming from another process, each has a copy of its own, a third of the memory."""
    same = once.setdefault
    row.reports = row.reports or _NO_REPORTS
    if row.sheet is not None:
        row.sheet = same(row.sheet, row.sheet)
    person = row.person
    if person is not None:
        person.sheet, person.head_name = row.sheet, same(person.head_name, person.head_name)
        person.number_kind, person.sex = same(person.number_kind, person.number_kind), same(person.sex, person.sex)
        person.relation, person.door = same(person.relation, person.relation), same(person.door, person.door)
        person.address, person.remark = same(person.address, person.address), same(person.remark, person.remark)
