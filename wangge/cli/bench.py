"""Measuring: ``wangge bench``."""

import difflib
from typing import Any

import click

from wangge.cli.benches.ground.options import Database, Options
from wangge.cli.speaking import answering


@click.command()
@click.argument("name")
@click.option("--db", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--residents", type=click.IntRange(min=200), help="How many people to invent; each bench has its own.")
@click.option("--people", type=click.IntRange(min=100, max=300_000), help="How many people stand in an invented sheet.")
@answering
def bench(name: str, db: Database, residents: int | None, people: int | None) -> dict[str, Any]:
    """Measure one path in a storage of its own and print one object; ends within eight minutes.

    Example: wangge bench journal --db postgres --json
    """
    from wangge.cli import benches
    from wangge.cli.benches.ground.storage import own_storage

    known = benches.names()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(known)}."
        raise click.UsageError(f"There is no bench '{name}'. {hint}")
    options = Options(db, residents, people)
    with own_storage(db):
        return benches.run(name, options)
