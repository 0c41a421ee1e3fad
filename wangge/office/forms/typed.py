"""A form as it is typed in the editor: fields of the page to a profile and back, keeping whatever was typed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from wangge.people.rules.codes import FLAG_REASONS
from wangge.situation.cutoffs.indicators import current
from wangge.situation.forms.queries import ProfileSeen
from wangge.situation.forms.rules.profiles import (
    COLUMNS_MOST,
    COUNTED,
    FORMULAS,
    HEADER_ROWS_MOST,
    MASKS,
    SORTS,
    Body,
    Column,
    Layout,
    stored_body,
)
from wangge.situation.forms.rules.readable import FIELDS
from wangge.words import label

Options = tuple[tuple[str, str], ...]
TEXTS = ("name", "title", "sheet", "audience", "zero_row")
BETWEEN_HEADINGS = re.compile(r"\s+[/／]\s+")
BETWEEN_PARTS = re.compile(r"[+＋、,，;；\n]+")
PAIR = re.compile(r"\s*([^=＝]+?)\s*[=＝]\s*(.*?)\s*\Z")
CELLS = ("header", "source", "detail", "between", "width", "mask", "codes")


@dataclass(frozen=True, slots=True)
class Typed:
    """One column as it stands in the editor; every value is text."""

    header: str = ""
    source: str = ""
    detail: str = ""
    between: str = ""
    width: str = ""
    mask: str = ""
    codes: str = ""

    @property
    def more(self) -> bool:
        """Whether something is set that the row shows only when it is opened."""
        return bool(self.between or self.width or self.mask or self.codes)


@dataclass(slots=True)
class Editor:
    """The editor with everything that was typed; what the page cannot change stands in ``base``."""

    base: Body
    revision: int
    texts: dict[str, str]
    above: str
    footer: str
    header_rows: str
    sort: str
    flags: tuple[str, ...]
    row_mark: bool
    columns: list[Typed] = field(default_factory=list)

    @property
    def numbered(self) -> Iterator[tuple[int, Typed, Options]]:
        """The columns with their places from 0 on, and the choices of which number where one counts."""
        return ((place, one, _indicators() if one.source in COUNTED else ()) for place, one in enumerate(self.columns))

    @property
    def full(self) -> bool:
        """Whether there is no room for another column."""
        return len(self.columns) >= COLUMNS_MOST

    @property
    def matrix(self) -> bool:
        """Whether the form is a building's sheet, which has no columns of its own."""
        return self.base.layout == Layout.MATRIX

    def turned(self, deed: str, place: int) -> None:
        """Move a column up or down, take it out, or add one behind it."""
        if deed == "add":
            self.columns.insert(place + 1, Typed())
        elif deed == "remove" and place < len(self.columns):
            self.columns.pop(place)
        elif deed in ("up", "down"):
            other = place + (-1 if deed == "up" else 1)
            if 0 <= place < len(self.columns) and 0 <= other < len(self.columns):
                self.columns[place], self.columns[other] = self.columns[other], self.columns[place]

    def body(self) -> dict[str, Any]:
        """Return the profile that was typed, as a command takes it."""
        kept = stored_body(self.base)
        rows = int(self.header_rows) if self.header_rows.isdecimal() else 0
        said: dict[str, Any] = {
            "title": self.texts["title"], "sheet": self.texts["sheet"], "audience": self.texts["audience"],
            "zero_row": self.texts["zero_row"], "above": _lines(self.above), "footer": _lines(self.footer),
            "header_rows": rows, "sort": self.sort, "flags": list(self.flags), "row_mark": self.row_mark,
            "columns": [_column(one) for one in self.columns if one != Typed()],
        }  # fmt: skip
        return kept | said


def opened(one: ProfileSeen) -> Editor:
    """Return the editor of a version as it stands."""
    body = one.body
    return Editor(
        base=body,
        revision=one.revision if one.state == "draft" else 0,
        texts={"name": one.name, **{key: getattr(body, key) for key in TEXTS if key != "name"}},
        above="\n".join(body.above),
        footer="\n".join(body.footer),
        header_rows=str(body.header_rows),
        sort=body.sort,
        flags=body.flags,
        row_mark=body.row_mark,
        columns=[_typed(column) for column in body.columns],
    )


def sent(given: QueryDict, base: Body) -> Editor:
    """Return the editor as somebody sent it."""
    most = given.get("columns", "")
    count = min(int(most), COLUMNS_MOST) if most.isdecimal() and len(most) < 4 else 0
    revision = given.get("revision", "")
    return Editor(
        base=base,
        revision=int(revision) if revision.isdecimal() and len(revision) < 9 else 0,
        texts={key: given.get(key, "").strip() for key in TEXTS},
        above=given.get("above", ""),
        footer=given.get("footer", ""),
        header_rows=given.get("header_rows", "1"),
        sort=given.get("sort", base.sort),
        flags=tuple(flag for flag in given.getlist("flags") if flag in FLAG_REASONS),
        row_mark="row_mark" in given,
        columns=[
            Typed(**{cell: given.get(f"c{place}-{cell}", "").strip() for cell in CELLS}) for place in range(count)
        ],
    )


def _typed(column: Column) -> Typed:
    detail = column.indicator or column.text
    if column.parts:
        detail = " + ".join(label("forms.field", code) for code in column.parts)
    return Typed(
        header=" / ".join(column.header),
        source=column.source,
        detail=detail,
        between=column.text if column.parts else "",
        width=str(column.width or ""),
        mask=column.mask,
        codes="，".join(f"{value}={word}" for value, word in column.codes.items()),
    )


def _column(one: Typed) -> dict[str, Any]:
    """Return a column as a profile holds it."""
    column: dict[str, Any] = {
        "header": [part.strip() for part in BETWEEN_HEADINGS.split(one.header)],
        "source": one.source,
        "width": int(one.width) if one.width.isdecimal() and len(one.width) < 5 else 0,
        "mask": one.mask,
        "codes": _codes(one.codes),
    }
    if one.source in COUNTED:
        column["indicator"] = one.detail
    elif one.source in ("formula.join", "formula.filled"):
        named = {label("forms.field", code): code for code in FIELDS}
        parts = [part.strip() for part in BETWEEN_PARTS.split(one.detail) if part.strip()]
        column |= {"parts": [named.get(part, part) for part in parts], "text": one.between}
    elif one.source == "formula.constant":
        column["text"] = one.detail
    return column


def _codes(text: str) -> Mapping[str, str]:
    """Return the words for values of a text such as M=男，F=女; what is no pair is left out."""
    found = (PAIR.match(part) for part in BETWEEN_PARTS.split(text))
    return {pair[1]: pair[2] for pair in found if pair}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def choices(grain: str) -> dict[str, Options]:
    """Return what can be chosen in the editor of a form with such rows."""
    fields = [code for code, one in FIELDS.items() if grain in one.grains]
    return {
        "fields": tuple((code, label("forms.field", code)) for code in fields),
        "formulas": tuple((code, label("forms.field", code)) for code in FORMULAS),
        "masks": tuple((code, label("forms.mask", code)) for code in ("", *MASKS)),
        "sorts": tuple((code, label("forms.sort", code)) for code in SORTS),
        "flags": tuple((code, label("people.flag", code)) for code in FLAG_REASONS),
        "header_rows": tuple((str(one), str(one)) for one in range(1, HEADER_ROWS_MOST + 1)),
    }


def _indicators() -> Options:
    return tuple((code, one.name or label("cutoffs.indicator", code)) for code, one in current().items())
