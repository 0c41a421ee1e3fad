"""Reading addresses at the command line, without any register."""

import csv
import io
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from wangge.cli.acting import readable
from wangge.cli.speaking import answering
from wangge.cli.starting import start
from wangge.kernel.refused import Refused

if TYPE_CHECKING:
    from wangge.places.addresses import Address

HEADINGS = (
    "text", "address", "spelling", "住址", "地址", "家庭住址", "现住址", "居住地址", "详细地址", "门牌", "门牌号",
    "房号",
)  # fmt: skip
SCOPES = ("scope", "小区", "村")
PARTS = ("lane", "group", "quarter", "building", "stairwell", "floor", "room", "place", "rest")


@click.group()
def address() -> None:
    """Read addresses as offices write them."""


@address.command("parse")
@click.argument("file")
@click.option("--scope", default="", help="Name of the estate or village in whose list the addresses stand.")
@click.option("--known", multiple=True, help="Name of another place that may be named instead; may be repeated.")
@answering
def parse(file: str, scope: str, known: tuple[str, ...]) -> dict[str, Any]:
    """Tell building, stairwell, floor, room and villagers' group of every address in a file.

    The file is text in UTF-8 or GB18030, one address a line, or a csv with the addresses under a heading such as
    住址 or address, else in its first column; a column 小区 or scope names the place of each row. "-" reads from
    standard input.

    Example: wangge address parse 住址.csv --scope 阳光花园 --json
    """
    start()
    from wangge.places.addresses import parse_address

    lines = list(_lines(_text(file), scope, is_table=file.casefold().endswith(".csv")))
    places = tuple(dict.fromkeys((*known, *(place for _, place in lines if place))))
    return {"rows": [_row(text, parse_address(text, scope=place, known=places)) for text, place in lines]}


def _text(file: str) -> str:
    content = sys.stdin.buffer.read() if file == "-" else readable(file).read_bytes()
    if b"\0" not in content:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise Refused("cli.file_unreadable", file=file)


def _lines(text: str, scope: str, is_table: bool) -> Iterator[tuple[str, str]]:
    """Yield each address with the place in whose list it stands."""
    first = next(iter(text.splitlines()), "")
    delimiter = max(",\t;|", key=first.count)
    headings = [cell.strip().casefold() for cell in next(csv.reader([first], delimiter=delimiter), [])]
    column = next((headings.index(known) for known in HEADINGS if known in headings), None)
    if column is None and not is_table:
        yield from ((line, scope) for line in text.splitlines())
        return
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    if column is not None:
        next(rows)
    place = next((headings.index(known) for known in SCOPES if known in headings), None) if column is not None else None
    for row in rows:
        cells = dict(enumerate(row))
        yield cells.get(column or 0, ""), scope or (cells.get(place, "").strip() if place is not None else "")


def _row(text: str, read: "Address") -> dict[str, Any]:
    """Return what was read from an address; parts that are absent are null."""
    parts = {part: getattr(read, part) or None for part in PARTS}
    doubts = sorted(doubt.value for doubt in read.doubts)
    return {"text": text, **parts, "confidence": read.confidence, "ask": not read.certain, "doubts": doubts}
