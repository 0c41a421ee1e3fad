"""What a workbook (.xlsx) hides, strikes out or computes: a second pass over its XML, which values do not tell."""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from xml.parsers import expat

from wangge.flows.import_roster.reading import MOST_COLUMNS
from wangge.flows.import_roster.workbooks import Marks
from wangge.kernel.refused import Refused

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
_TRUE = frozenset({"1", "true", "on"})
# each begins with plain signs, which are found ten times quicker than choices
_MAY_MARK = tuple(
    re.compile(pattern)
    for pattern in (
        rb"<f[ >/]",
        rb":f[ >/]",
        rb"""hidden\s*=\s*["'](?:1|true|on)""",
        rb"""ht\s*=\s*["']0["']""",
        rb"""width\s*=\s*["']0["']""",
    )
)
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")


def read_marks(content: bytes, names: Sequence[str]) -> Mapping[str, Marks]:
    """Return the marks of the sheets with these names; refused when the archive is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            book = _Book(archive)
            return {name: book.marks(name) for name in names if name in book.parts}
    except (zipfile.BadZipFile, KeyError, expat.ExpatError, ValueError, NotImplementedError, EOFError):
        raise Refused("imports.not_a_table") from None


def _parse(archive: zipfile.ZipFile, part: str, start: Start, end: Callable[[str], None] | None = None,
           text: Callable[[str], None] | None = None) -> None:  # fmt: skip
    """Read one part of the archive; a document type of its own, which could unfold without end, is refused."""
    parser = expat.ParserCreate(namespace_separator=None)
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise ValueError(part)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, given: start(name.rpartition(":")[2], given)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    with archive.open(part) as stream:
        parser.ParseFile(stream)


class _Book:
    """The parts of a workbook that tell how its sheets look."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = set(archive.namelist())
        self.days_from_1904 = False
        self.parts = self._sheets()
        self.struck_formats = self._struck_formats()
        self.struck_texts = self._struck_texts()

    def _sheets(self) -> dict[str, str]:
        """Return the part of the archive of each sheet by its name."""
        links: dict[str, str] = {}
        sheets: dict[str, str] = {}

        def link(name: str, given: Attributes) -> None:
            if name == "Relationship":
                target = given.get("Target", "")
                links[given.get("Id", "")] = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
                )

        def sheet(name: str, given: Attributes) -> None:
            if name == "workbookPr":
                self.days_from_1904 = given.get("date1904", "") in _TRUE
            elif name == "sheet":
                key = next((value for key, value in given.items() if key.rpartition(":")[2] == "id"), "")
                sheets[given.get("name", "")] = links.get(key, "")

        if "xl/_rels/workbook.xml.rels" in self.names:
            _parse(self.archive, "xl/_rels/workbook.xml.rels", link)
        _parse(self.archive, "xl/workbook.xml", sheet)
        return {name: part for name, part in sheets.items() if part in self.names}

    def _struck_formats(self) -> set[str]:
        """Return the numbers of the cell formats whose font is struck out."""
        fonts: list[bool] = []
        formats: list[int] = []
        inside: list[str] = []

        def start(name: str, given: Attributes) -> None:
            inside.append(name)
            if name == "font" and "fonts" in inside:
                fonts.append(False)
            elif name == "strike" and fonts and "fonts" in inside:
                fonts[-1] = given.get("val", "1") in _TRUE
            elif name == "xf" and "cellXfs" in inside:
                formats.append(int(given.get("fontId", "0")))

        if "xl/styles.xml" in self.names:
            _parse(self.archive, "xl/styles.xml", start, lambda _: inside.__delitem__(-1))
        return {str(at) for at, font in enumerate(formats) if font < len(fonts) and fonts[font]}

    def _struck_texts(self) -> dict[str, str]:
        """Return what is left of shared texts of which a part is struck out, by number."""
        if "xl/sharedStrings.xml" not in self.names or b"strike" not in self.archive.read("xl/sharedStrings.xml"):
            return {}
        reader = _Texts()
        _parse(self.archive, "xl/sharedStrings.xml", reader.start, reader.end, reader.text)
        return reader.found

    def marks(self, name: str) -> Marks:
        """Return the marks of one sheet; most sheets have none, which is seen without taking them apart."""
        if not self.struck_formats and not self.struck_texts and not self._may_have_marks(self.parts[name]):
            return Marks(days_from_1904=self.days_from_1904)
        reader = _SheetMarks(self.struck_formats, self.struck_texts)
        watched = reader.end if self.struck_texts else None
        _parse(self.archive, self.parts[name], reader.start, watched, reader.text if self.struck_texts else None)
        reader.marks.days_from_1904 = self.days_from_1904
        return reader.marks

    def _may_have_marks(self, part: str) -> bool:
        kept = b""
        with self.archive.open(part) as stream:
            while piece := stream.read(1 << 20):
                if any(pattern.search(kept + piece) for pattern in _MAY_MARK):
                    return True
                kept = piece[-64:]
        return False


class _Texts:
    """Reads the shared texts, and keeps those of which a part is struck out."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._number = -1
        self._parts: list[tuple[str, bool]] = []
        self._struck = self._in_text = False

    def start(self, name: str, given: Attributes) -> None:
        """Take up a text, one of its runs, or its strike."""
        if name == "si":
            self._number, self._parts = self._number + 1, []
        elif name == "r":
            self._struck = False
        elif name == "strike":
            self._struck = given.get("val", "1") in _TRUE
        elif name == "t":
            self._in_text = True

    def end(self, name: str) -> None:
        """Close what was taken up."""
        if name == "t":
            self._in_text = False
        elif name == "r":
            self._struck = False
        elif name == "si" and any(struck for _, struck in self._parts):
            self.found[str(self._number)] = "".join(part for part, struck in self._parts if not struck).strip()

    def text(self, part: str) -> None:
        """Add signs to the text that is open."""
        if self._in_text:
            self._parts.append((part, self._struck))


class _SheetMarks:
    """Reads one sheet for what is hidden, struck out or computed."""

    def __init__(self, formats: set[str], texts: Mapping[str, str]) -> None:
        self.marks = Marks()
        self._formats, self._texts = formats, texts
        self._row = self._column = 0
        self._shared = self._in_value = False
        self._value = ""

    def start(self, name: str, given: Attributes) -> None:
        """Take up a cell, a row, a column or a formula."""
        if name == "c":
            self._cell(given)
        elif name == "row":
            self._row = int(given.get("r") or self._row + 1)
            self._column = -1
            if given.get("hidden") in _TRUE or given.get("ht") == "0":
                self.marks.rows.add(self._row)
        elif name == "f":
            self.marks.formulas.add((self._row, self._column))
        elif name == "v":
            self._in_value, self._value = True, ""
        elif name == "col" and (given.get("hidden") in _TRUE or given.get("width") == "0"):
            last = min(int(given["max"]), MOST_COLUMNS)
            self.marks.columns |= set(range(int(given["min"]) - 1, last))

    def _cell(self, given: Attributes) -> None:
        found = _REFERENCE.fullmatch(given.get("r", ""))
        self._column = _index(found[1]) if found else self._column + 1
        self._shared = given.get("t") == "s"
        if given.get("s") in self._formats:
            self.marks.struck[self._row, self._column] = ""

    def text(self, part: str) -> None:
        """Add signs to the value that is open."""
        if self._in_value:
            self._value += part

    def end(self, name: str) -> None:
        """Close a value: a shared text of which a part is struck out is kept without it."""
        if name == "v":
            self._in_value = False
            if self._shared and self._value in self._texts:
                self.marks.struck[self._row, self._column] = self._texts[self._value]


def _index(letters: str) -> int:
    """Return a column counted from 0 by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
