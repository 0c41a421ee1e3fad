"""Lists are sorted and paged by their address, and survive any address."""

import pytest
from django.http import QueryDict

from wangge.office.listing import PAGE_SIZE, Column, Listing, listing

ROWS = [("b", 2), ("c", 3), ("a", 1)]
COLUMNS = (
    Column[tuple[str, int]](key="name", label="Name", by=lambda row: row[0]),
    Column[tuple[str, int]](key="open", label="Open", by=lambda row: row[1], number=True),
    Column[tuple[str, int]](key="note", label="Note"),
)


def shown(query: str) -> Listing[tuple[str, int]]:
    return listing(QueryDict(query), ROWS, COLUMNS, sort="open", descending=True)


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", "cba"),
        ("sort=name", "abc"),
        ("sort=name&dir=desc", "cba"),
        ("sort=open&dir=asc", "abc"),
        ("sort=note", "cba"),
        ("sort=nonsense&dir=sideways", "cba"),
    ],
)
def test_rows_stand_in_the_order_that_the_address_asks_for(query: str, order: str) -> None:
    assert [row[0] for row in shown(query).rows] == list(order)


def test_the_heading_of_the_sorted_column_turns_the_order_around() -> None:
    heads = {head.key: head for head in shown("sort=name&dir=asc&flag=sick").heads}
    assert heads["name"].order == "ascending"
    assert heads["name"].href == "?sort=name&dir=desc&flag=sick"
    assert heads["open"].order == "none"
    assert heads["open"].href == "?sort=open&dir=desc&flag=sick"
    assert heads["note"].href == ""


@pytest.mark.parametrize(
    ("page", "first", "last"),
    [("", 1, 50), ("2", 51, 100), ("3", 101, 101), ("9", 101, 101), ("-1", 1, 50), ("x", 1, 50)],
)
def test_a_page_outside_the_list_is_brought_back_into_it(page: str, first: int, last: int) -> None:
    rows = [(f"{n:03d}", n) for n in range(2 * PAGE_SIZE + 1)]
    part = listing(QueryDict(f"page={page}"), rows, COLUMNS, sort="open")
    assert (part.first, part.last, part.total, part.pages) == (first, last, 101, 3)
    assert bool(part.earlier) == (first > 1)
    assert bool(part.later) == (last < 101)


def test_an_empty_list_has_one_page_without_rows() -> None:
    none = listing(QueryDict(""), [], COLUMNS, sort="open")
    assert (none.first, none.last, none.pages, none.earlier, none.later) == (0, 0, 1, "", "")
