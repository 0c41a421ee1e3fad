"""Finding who stands in two lists, or twice in one: ``wangge match``."""

from collections.abc import Sequence
from typing import Any

import click

from wangge.cli.acting import readable
from wangge.cli.speaking import answering, say


@click.command("match")
@click.argument("file_a")
@click.argument("file_b", required=False)
@click.option(
    "--key-columns",
    help="Headings of the columns to compare, parted by commas; all that are of use when left out. HEADING=FIELD says "
    "what a column holds: name, number, birth, sex, phones, door, building, unit, room, group or house.",
)
@click.option("--id-column", help="Heading of the column whose value names a row in the answer, instead of its number.")
@click.option("--profile", type=click.Choice(["chinese", "plain"]), default="chinese", show_default=True)
@answering
def match(
    file_a: str, file_b: str | None, key_columns: str | None, id_column: str | None, profile: str
) -> dict[str, Any]:
    """Find the rows of FILE_A and FILE_B that are one person, or within FILE_A alone; nothing is kept or changed.

    The files are tables (.csv, .xlsx, .xls) with headings. Each pair has "a", a row of FILE_A, and "b", a row of
    FILE_B (of FILE_A when there is no FILE_B, below a); rows are counted below the headings, from 1, or named by
    --id-column. "score" is the probability that the two are one, "verdict" is same or ask.

    The profile chinese knows names, document numbers and doors, and never joins two good numbers; a column that
    was named and that it does not know counts to the place of a door. The profile plain compares any columns as text.

    Example: wangge match 名册.xlsx 体检.csv --key-columns 姓名,身份证号,出生日期,住址,电话 --json
    """
    from wangge.cli.starting import start, today

    start()
    from wangge.cli import tables as tabled
    from wangge.planning.matching import pair_people, pair_records

    tables = []
    for file in filter(None, (file_a, file_b)):
        path = readable(file)
        say(f"Reading {path.name} ...")
        tables.append(tabled.read_table(path, tabled.named(key_columns), id_column or ""))
    second = tables[1] if file_b else None
    if profile == "plain":
        wanted = tabled.compared(tables)
        records = [tabled.records_of(table, wanted) for table in tables]
        pairs = pair_records(records[0], records[1] if second else None)
    else:
        people = tabled.subjects_of(tables, today())
        pairs = pair_people(people[0], people[1] if second else None)
    return {"pairs": [_pair(one, tables) for one in pairs]}


def _pair(pair: Any, tables: Sequence[Any]) -> dict[str, Any]:
    return {
        "a": tables[0].names[pair.first],
        "b": tables[-1].names[pair.second],
        "score": round(pair.score, 4),
        "verdict": str(pair.verdict),
        "reason": pair.reason,
    }
