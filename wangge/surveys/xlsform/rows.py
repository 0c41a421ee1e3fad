"""The rows of a form with their words by language, and what there is to say about its columns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wangge.kernel.simplifying import simplified
from wangge.surveys.rules.questionnaires import LANGUAGES, Report
from wangge.surveys.xlsform.headings import WORDY, Heading, headings, language_of
from wangge.surveys.xlsform.opening import Row

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(slots=True)
class Told:
    """What an import has to say, gathered while it reads."""

    reports: list[Report] = field(default_factory=list)

    def say(
        self, code: str, sheet: str = "survey", row: int | None = None, column: str = "", *, question: str = "",
        kept: bool = False, **facts: str | int,
    ) -> None:  # fmt: skip
        """Note one thing about one place."""
        self.reports.append(
            Report(code=code, sheet=sheet, row=row, column=column, question=question, facts=facts, kept=kept)
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the sheet, its cells by field, its words by field and heading's language, other cells."""

    row: int
    cells: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    rest: Mapping[str, str]

    def get(self, name: str) -> str:
        """Return a cell, empty when there is none."""
        return self.cells.get(name, "")

    @property
    def blank(self) -> bool:
        """Whether nothing at all stands in the row."""
        return not any(self.cells.values()) and not any(map(any, (words.values() for words in self.words.values())))


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as lines, with its headings and the number of their row."""

    head: int
    headings: Sequence[Heading]
    lines: Sequence[Line]


def read_table(rows: Sequence[Row], known: Mapping[str, str]) -> Table:
    """Return the lines of a sheet below its first row that is not empty."""
    place = next((number for number, row in enumerate(rows) if any(row)), None)
    if place is None:
        return Table(1, [], [])
    found = headings(rows[place], known)
    lines = [_line(number, row, found) for number, row in enumerate(rows[place + 1 :], start=place + 2)]
    return Table(place + 1, found, lines)


def _line(number: int, row: Row, found: Iterable[Heading]) -> Line:
    cells: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    rest: dict[str, str] = {}
    for one in found:
        text = row[one.place].strip() if one.place < len(row) else ""
        if one.field in WORDY:
            words.setdefault(one.field, {})[one.language] = text
        elif one.field:
            cells[one.field] = text
        elif text:
            rest[one.text] = text
    return Line(number, cells, words, rest)


def unused_columns(table: Table, told: Told, sheet: str, skip: Iterable[str] = ()) -> None:
    """Say which columns hold something that is not used."""
    for one in table.headings:
        if not one.field and one.text not in skip and any(one.text in line.rest for line in table.lines):
            told.say("column_unused", sheet, table.head, one.text, name=one.text)


@dataclass(frozen=True, slots=True)
class Tongues:
    """Which of our languages each heading's language stands for; those that stand for none are left out."""

    by_heading: Mapping[str, str]

    def words(self, line: Line, column: str) -> dict[str, str]:
        """Return the words of a column by language, those of a named language before those without a name."""
        found: dict[str, str] = {}
        given = line.words.get(column, {})
        for named in (True, False):
            for heading, text in given.items():
                language = self.by_heading.get(heading, "")
                if language and text and bool(heading) is named:
                    found.setdefault(language, text)
        return {language: found[language] for language in LANGUAGES if language in found}


def tongues(tables: Mapping[str, Table], default: str, told: Told) -> Tongues:
    """Return what the languages of the headings stand for; a strange one is taken only when no other tells the labels.

    Words without a language are in the form's default language, or in that in which they look to be written.
    """
    texts: dict[str, list[str]] = {}
    labelled: set[str] = set()
    for table in tables.values():
        for line in table.lines:
            for column, words in line.words.items():
                for heading, text in words.items():
                    if text:
                        texts.setdefault(heading, []).append(text)
                        labelled |= {heading} if column == "label" else set()
    found = {heading: language_of(heading) for heading in texts if heading}
    if "" in texts:
        found[""] = language_of(default) or written_in(texts[""])
    strange = [heading for heading, language in found.items() if not language]
    if strange and not any(found[heading] for heading in labelled):
        taken = next((one for one in strange if one == default and one in labelled), None)
        taken = taken or next((one for one in strange if one in labelled), strange[0])
        found[taken] = written_in(texts[taken])
        facts: dict[str, str | int | float] = {"language": taken, "as": found[taken]}
        told.reports.append(Report(code="language_taken", sheet="survey", row=1, column=taken, facts=facts, kept=True))
        strange.remove(taken)
    for one in strange:
        told.say("language_unused", "survey", 1, one, language=one)
    return Tongues(found)


def written_in(texts: Sequence[str]) -> str:
    """Return the language in which texts look to be written."""
    whole = "".join(texts)
    if not _HAN.search(whole):
        return "en"
    return "zh-hans" if simplified(whole) == whole else "zh-hant"


def without_tags(words: Mapping[str, str]) -> dict[str, str]:
    """Return words without marks of layout."""
    return {language: _TAG.sub("", text).strip() for language, text in words.items()}
