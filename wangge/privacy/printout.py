"""All that is held about one subject, and who looked: for a page and for paper."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wangge.privacy.fields import fields_of
from wangge.privacy.holdings import Facts, held_about
from wangge.privacy.looks import LookLine, looks_at
from wangge.privacy.rules import PERIODS, Retention

LOOK_TABLE = "privacy.Look"


@dataclass(frozen=True, slots=True)
class FieldPurpose:
    """Why one column is held and of which class it is."""

    field: str
    klass: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Section:
    """What one table holds: the reasons per column, how long (``days`` where it ends by a count), and the rows."""

    model: str
    retention: str
    days: int | None
    fields: tuple[FieldPurpose, ...]
    rows: tuple[Facts, ...]


@dataclass(frozen=True, slots=True)
class Printout:
    """Everything held about the subject at the instant, and the looks at it, the latest first."""

    subject: UUID
    at: datetime
    sections: tuple[Section, ...]
    looks: tuple[LookLine, ...]


def what_is_held(subject: UUID, at: datetime, most_looks: int = 1000) -> Printout:
    """Return the subject's own printout, unmasked, as codes and values; words and layout belong to the door.

    The door logs this look before it answers, like any other.
    """
    sections = tuple(
        _section(held.model, held.retention, held.rows) for held in held_about(subject) if held.model != LOOK_TABLE
    )
    return Printout(subject, at, sections, tuple(looks_at(subject, most_looks)))


def _section(model: str, retention: str, rows: tuple[Facts, ...]) -> Section:
    table = fields_of(model)
    personal = sorted(table.personal.items()) if table else []
    period = PERIODS.get(Retention(retention))
    return Section(
        model=model,
        retention=retention,
        days=period.days if period else None,
        fields=tuple(FieldPurpose(name, field.klass, field.purpose) for name, field in personal),
        rows=rows,
    )
