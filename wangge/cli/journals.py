"""Checking the journal."""

from typing import Any

import click

from wangge.cli.acting import act
from wangge.cli.speaking import answering, say


@click.group()
def journal() -> None:
    """The append-only record of everything that was done."""


@journal.command("verify")
@click.option("--expect-head", default="", help="A head that was printed before: finds a journal cut off at its end.")
@answering
def verify(expect_head: str) -> dict[str, Any]:
    """Check chain, facts and tallies; exits 1 when anything is wrong."""
    act()
    from wangge.journal.verifying import verify as check

    say("Checking the journal ...")
    return check(expected_head=expect_head).document()
