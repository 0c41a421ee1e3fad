"""Lists of many rows, sorted and paged by the address (``?sort=open&dir=desc&page=2``): a list can be sent on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.http import QueryDict
from django.utils.functional import Promise

Row = TypeVar("Row")
PAGE_SIZE = 50


@dataclass(frozen=True, kw_only=True)
class Column(Generic[Row]):
    """One column: its key in the address, its heading, and what its rows are sorted by (not sortable without)."""

    key: str
    label: str | Promise
    by: Callable[[Row], Any] | None = None
    number: bool = False


@dataclass(frozen=True)
class Head:
    """A column's heading as it is drawn: where its link leads and how it is sorted now."""

    label: str | Promise
    number: bool
    href: str
    order: str
    key: str


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """One page of a sorted list."""

    rows: Sequence[Row]
    heads: tuple[Head, ...]
    total: int
    page: int
    pages: int
    asked: Mapping[str, str] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The number of the first row on this page, counted from 1; 0 in an empty list."""
        return (self.page - 1) * PAGE_SIZE + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row on this page."""
        return self.first + len(self.rows) - 1 if self.total else 0

    @property
    def earlier(self) -> str:
        """The address of the page before, empty on the first."""
        return _query(self.asked, page=str(self.page - 1)) if self.page > 1 else ""

    @property
    def later(self) -> str:
        """The address of the page after, empty on the last."""
        return _query(self.asked, page=str(self.page + 1)) if self.page < self.pages else ""


def listing(
    asked: QueryDict, rows: Sequence[Row], columns: Sequence[Column[Row]], *, sort: str, descending: bool = False
) -> Listing[Row]:
    """Sort ``rows`` and cut out the page that the address asks for; ``sort`` is the order when it asks for none."""
    known = {name: str(asked[name]) for name in asked if asked[name]}
    by_key = {column.key: column for column in columns if column.by}
    asked_for = by_key.get(known.get("sort", ""))
    key = asked_for.key if asked_for else sort
    down = known.get("dir", "desc" if asked_for.number else "asc") == "desc" if asked_for else descending
    column = by_key.get(key)
    if column and column.by:
        rows = sorted(rows, key=column.by, reverse=down)
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    wanted = known.get("page", "")
    number = min(max(int(wanted), 1), pages) if wanted.isdecimal() and len(wanted) < 9 else 1
    heads = tuple(_head(one, known, key, down) for one in columns)
    return Listing(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], heads, len(rows), number, pages, known)


def _head(column: Column[Row], asked: Mapping[str, str], key: str, down: bool) -> Head:
    if not column.by:
        return Head(column.label, column.number, "", "", column.key)
    sorted_now = column.key == key
    turn = ("asc" if down else "desc") if sorted_now else ("desc" if column.number else "asc")
    href = _query(asked, sort=column.key, dir=turn, page="")
    order = ("descending" if down else "ascending") if sorted_now else "none"
    return Head(column.label, column.number, href, order, column.key)


def _query(asked: Mapping[str, str], **changes: str) -> str:
    query = QueryDict(mutable=True)
    for name, value in {**asked, **changes}.items():
        if value:
            query[name] = value
    return "?" + query.urlencode()
