"""Reading the sealed sequence."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from wangge.journal.models import Block, Line, LineFacts


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A sealed line; ``facts`` is None once they have been erased."""

    seq: int
    kind: str
    actor: int
    path: str
    facts: dict[str, Any] | None
    subject: UUID | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line about a subject, the way a page shows it."""

    at: datetime
    kind: str
    actor: int
    facts: dict[str, Any]


def head() -> int:
    """Return the number of the last sealed line, 0 when there is none."""
    return Block.objects.order_by("-number").values_list("last_seq", flat=True).first() or 0


def read(*, after: int, limit: int = 500) -> list[FeedLine]:
    """Return up to ``limit`` sealed lines after the number ``after``, in order."""
    lines = list(Line.objects.filter(seq__gt=after).order_by("seq")[:limit])
    facts = LineFacts.objects.in_bulk([line.id for line in lines])
    return [_feed_line(line, facts.get(line.id)) for line in lines]


def _feed_line(line: Line, facts: LineFacts | None) -> FeedLine:
    said = msgspec.json.decode(facts.facts) if facts else None
    return FeedLine(line.seq or 0, line.kind, line.actor, line.path, said, facts.subject if facts else None)


def history(*, subject: UUID, limit: int = 50) -> list[HistoryLine]:
    """Return the latest lines about a household, area or account, the newest first."""
    rows = LineFacts.objects.filter(subject=subject).select_related("line").order_by("-line")[:limit]
    return [HistoryLine(row.at, row.line.kind, row.line.actor, msgspec.json.decode(row.facts)) for row in rows]
