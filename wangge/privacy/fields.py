"""The registry of every column of every table: plain, or personal with class, purpose, retention, roles, merge rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalField:
    """One column that tells something about a person.

    ``klass``, ``retention`` and ``merge`` are words of ``privacy.rules``; ``purpose`` is one word such as
    ``register``; ``roles`` are the role codes that may see it unmasked; ``mask`` is a rule of ``privacy.masks``.
    """

    klass: str
    purpose: str
    retention: str
    roles: frozenset[str]
    merge: str = "soft"
    mask: str = "hidden"


@dataclass(frozen=True, slots=True)
class TableFields:
    """All columns of one table: the personal ones and the names of the plain ones."""

    label: str
    personal: Mapping[str, PersonalField]
    plain: frozenset[str]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One line of the reference table of personal fields."""

    model: str
    field: str
    klass: str
    purpose: str
    retention: str
    roles: tuple[str, ...]
    merge: str
    mask: str


_tables: dict[str, TableFields] = {}


def register_fields(label: str, *, personal: Mapping[str, PersonalField], plain: Iterable[str]) -> None:
    """Declare every concrete column of the model ``label`` (``people.Resident``); a later call replaces an earlier."""
    _tables[label.lower()] = TableFields(label, dict(personal), frozenset(plain))


def fields_of(label: str) -> TableFields | None:
    """Return what is declared for the model, or nothing."""
    return _tables.get(label.lower())


def registered_tables() -> list[TableFields]:
    """Return all declared tables, by name."""
    return sorted(_tables.values(), key=lambda table: table.label)


def visible_fields(label: str, role: str) -> frozenset[str]:
    """Return the columns of the model that the role may see unmasked: none at all of an undeclared model."""
    table = fields_of(label)
    if table is None:
        return frozenset()
    return table.plain | {name for name, field in table.personal.items() if role in field.roles}


def mask_of(label: str, field: str) -> str:
    """Return the mask rule of a column, empty for a plain one; ``KeyError`` for an undeclared model or column."""
    table = _tables[label.lower()]
    return "" if field in table.plain else table.personal[field].mask


def document() -> list[FieldRow]:
    """Return one row per personal field of the whole house, by model and field."""
    return [
        FieldRow(
            model=table.label,
            field=name,
            klass=field.klass,
            purpose=field.purpose,
            retention=field.retention,
            roles=tuple(sorted(field.roles)),
            merge=field.merge,
            mask=field.mask,
        )
        for table in registered_tables()
        for name, field in sorted(table.personal.items())
    ]
