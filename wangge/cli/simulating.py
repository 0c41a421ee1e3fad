"""An invented town to try things on: ``wangge simulate``."""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from typing import Any

import click

from wangge.cli.simulation.towns import SHAPES
from wangge.cli.speaking import answering, say

TELL_EVERY = 5.0
MOST_RESIDENTS, MOST_DAYS = 2_000_000, 60


@click.command()
@click.option("--residents", type=click.IntRange(10, MOST_RESIDENTS), default=2_000, show_default=True)
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=2, show_default=True, help="Days of visits.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same town.")
@click.option(
    "--from", "first", type=click.DateTime(["%Y-%m-%d"]), default="2020-02-01", show_default=True, help="First day."
)
@click.option("--shape", type=click.Choice(SHAPES), help="By the number of residents when left out.")
@click.option(
    "--asked", type=click.IntRange(0, 100), help="How many of 100 households answer the survey; fewer in large towns."
)
@click.option(
    "--db",
    default="",
    help="URL of a database to fill; 'postgres' or 'sqlite' for one of its own that is gone afterwards.",
)
@answering
def simulate(**given: Any) -> dict[str, Any]:
    """Fill an empty installation with an invented town and play days in it.

    Nobody in it is real. Opens the response when nothing is here yet; refused when anything is.
    Example: wangge simulate --residents 67000 --days 2 --seed 1 --json
    """
    from wangge.cli import starting
    from wangge.cli.simulation.running import Wish, run

    wish = Wish(
        given["residents"], given["days"], given["seed"], given["first"].date(), given["shape"], given["asked"]
    )  # fmt: skip
    if wish.first + timedelta(days=wish.days) > starting.today():
        raise click.UsageError("The last day must lie before today.")
    with _storage(given["db"]):
        began = time.monotonic()
        try:
            made = run(wish, _Progress(wish.residents))
        except KeyboardInterrupt:
            say("Stopped. What is there is whole, but the town is not: begin again with another, empty WANGGE_DATA.")
            raise
        return {**made, "seconds": round(time.monotonic() - began, 1)}


@contextmanager
def _storage(db: str) -> Iterator[None]:
    """Bring Django up on the storage that is asked for: the installation's own, a URL's, or a temporary one."""
    from wangge.cli import starting

    with ExitStack() as stack:
        if db in ("postgres", "sqlite"):
            from wangge.cli.benches.ground.storage import own_storage

            stack.enter_context(own_storage("postgres" if db == "postgres" else "sqlite"))
        else:
            if db:
                os.environ["DATABASE_URL"] = db
            starting.start()
            starting.make_storage()
        yield


class _Progress:
    """Says every few seconds how far it is."""

    def __init__(self, residents: int) -> None:
        self.residents = residents
        self.said_at = 0.0

    def moved_in(self, number: int) -> None:
        """Hear how many residents have moved in."""
        self._say(f"  {number:,} of {self.residents:,} residents have moved in", last=number == self.residents)

    def visited(self, day: date, number: int) -> None:
        """Hear how many visits were recorded up to a moment of a day."""
        self._say(f"  {day}: {number:,} visits")

    def _say(self, text: str, *, last: bool = False) -> None:
        if last or time.monotonic() - self.said_at >= TELL_EVERY:
            self.said_at = time.monotonic()
            say(text)
