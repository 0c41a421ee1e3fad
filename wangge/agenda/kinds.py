"""The kinds of work that can fall due, and who does each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wangge.kernel.refused import Refused


@dataclass(frozen=True, slots=True)
class DueWork:
    """One piece of due work as its handler gets it; ``attempts`` counts this try."""

    id: int
    kind: str
    due_at: datetime
    subject: UUID | None
    payload: Mapping[str, object]
    attempts: int


Handler = Callable[[DueWork, datetime], None]
"""Called with the work and the instant of the run, inside a transaction that also marks the work done."""

_handlers: dict[str, Handler] = {}


def register_handler(kind: str, handler: Handler) -> None:
    """Name the function that does work of the kind; it must be safe to repeat."""
    _handlers[kind] = handler


def handler_of(kind: str) -> Handler:
    """Return the function for the kind; refused when nobody registered one."""
    try:
        return _handlers[kind]
    except KeyError:
        raise Refused("agenda.kind_unknown", kind=kind) from None
