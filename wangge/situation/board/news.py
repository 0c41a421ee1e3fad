"""The latest things that happened, from the journal: never a name of a person."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from wangge.access.commands import kinds as access
from wangge.journal.models import LineFacts
from wangge.kernel.paths import upper
from wangge.places.models import Area
from wangge.situation.board.shapes import Change, Child, Patch
from wangge.surveys import kinds as lists
from wangge.surveys.models import HandedDownList, SurveyRound

WINDOW = 3_000
"""How many of the last sealed lines are looked through: what this costs does not grow with what has happened."""
READ_MOST = 200
SHOWN = 8
ROWS_APPLIED = "imports.rows_applied"
WORDS = {
    lists.OPENED: "list_opened",
    lists.CLOSED: "list_closed",
    access.DUTY_GRANTED: "duties_given",
    ROWS_APPLIED: "import_applied",
    lists.ROUND_STARTED: "round_started",
    lists.ROUND_CLOSED: "round_closed",
}


def news(*, path: str, seq: int, since: datetime) -> list[Change]:
    """Return what happened in an area since an instant, the latest first; two statements.

    Lines of one kind in one area are told once, with how many there were.
    """
    rows = LineFacts.objects.filter(
        line__seq__gt=seq - WINDOW, line__kind__in=WORDS, line__path__gte=path, line__path__lt=upper(path),
        received_at__gte=since,
    ).order_by("-line__seq")  # fmt: skip
    of_list = HandedDownList.objects.filter(id=OuterRef("subject")).values("name")[:1]
    of_round = SurveyRound.objects.filter(id=OuterRef("subject")).values("name")[:1]
    named = Coalesce(Subquery(of_list), Subquery(of_round), Value(""))
    found: dict[tuple[str, str, str], tuple[datetime, int]] = {}
    columns = ("line__kind", "line__path", "about", "received_at", "facts")
    for kind, where, name, at, facts in rows.annotate(about=named).values_list(*columns)[:READ_MOST]:
        last, number = found.get((kind, where, name), (at, 0))
        found[kind, where, name] = (last, number + _number(kind, msgspec.json.decode(facts)))
    patches = _patches({where for _, where, _ in found})
    return [
        Change(WORDS[kind], at, patches.get(where), number, name) for (kind, where, name), (at, number) in found.items()
    ]


def _number(kind: str, facts: dict[str, Any]) -> int:
    """Return how much a line is about: households of an import, rows of a list, else one."""
    if kind == ROWS_APPLIED:
        return int(facts.get("created", 0)) + int(facts.get("updated", 0))
    return int(facts.get("rows", 0)) if kind in (lists.OPENED, lists.CLOSED) else 1


def _patches(paths: Collection[str]) -> dict[str, Patch]:
    rows = Area.objects.filter(path__in=paths)
    return {row.path: Patch(row.id, row.code, row.name, row.path, row.level, row.kind) for row in rows}


def finished(children: Sequence[Child]) -> list[Change]:
    """Return the areas below in which the last doors were closed within the hour."""
    return [
        Change("area_finished", None, child.area, child.counters["doors_due"])
        for child in children
        if child.counters["doors_due"] and not child.counters["doors_open"] and child.hour.done > 0
    ]


def latest(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return what is shown: the latest first, what has no instant behind."""
    return tuple(sorted(changes, key=_order)[:SHOWN])


def _order(change: Change) -> tuple[bool, float]:
    return (change.at is None, -change.at.timestamp() if change.at else 0.0)
