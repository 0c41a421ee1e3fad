"""Checks that the tables agree with each other."""

from dataclasses import asdict
from typing import Any

import click

from wangge.cli.acting import act
from wangge.cli.speaking import answering, say


@click.group()
def check() -> None:
    """Checks that what is kept in several places agrees."""


@check.command("areas")
@answering
def areas() -> dict[str, Any]:
    """Find areas whose path, level, code or doors disagree; exits 1 when there are any."""
    act()
    from wangge.places.checking import tree_faults
    from wangge.places.queries import count_areas

    say("Checking the areas ...")
    return {"checked": count_areas(), "bad": [asdict(fault) for fault in tree_faults()]}
