"""Cases that are run here and by whoever evaluates the same questionnaires elsewhere: data/questionnaires/*.json."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from wangge.surveys.rules.questionnaires import Context, Member

FOLDER = Path(__file__).parents[2] / "data" / "questionnaires"
TODAY = date(2020, 2, 10)
NOW = datetime(2020, 2, 10, 9, 30, tzinfo=UTC)


def table(file: str, name: str) -> list[Any]:
    """Return one table of a file."""
    rows: list[Any] = json.loads((FOLDER / file).read_text("utf-8"))[name]
    return rows


def context_of(members: list[dict[str, str]]) -> Context:
    """Return the context of a case: the household's members on the day of the tables."""
    return Context(
        today=TODAY,
        now=NOW,
        members=tuple(
            Member(
                id=one["id"],
                name=one["name"],
                birth_on=date.fromisoformat(one["birth_on"]) if "birth_on" in one else None,
                sex=one.get("sex", ""),
            )
            for one in members
        ),
    )
