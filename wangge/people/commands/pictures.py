"""A picture of the rows around some residents and households, so that a change can be undone to the byte."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import models
from django.db.models import Q

from wangge.journal.rules import canonical
from wangge.people.models import Household, Phone, PriorityFlag, Resident, Stay
from wangge.privacy import vault

Picture = Mapping[str, Any]
FIELD = "people.Joining.before"
TABLES: dict[str, type[models.Model]] = {
    "household": Household,
    "resident": Resident,
    "phone": Phone,
    "flag": PriorityFlag,
    "stay": Stay,
}
LEAVES = ("phone", "flag", "stay")


def take(residents: Collection[UUID], households: Collection[UUID]) -> dict[str, Any]:
    """Return the rows of residents and households, with telephones, flags, stays and wards, by table and key."""
    people, homes = list(residents), list(households)
    queries: dict[str, models.QuerySet[Any]] = {
        "household": Household.objects.filter(id__in=homes),
        "resident": Resident.objects.filter(Q(id__in=people) | Q(guardian__in=people)),
        "phone": Phone.objects.filter(resident__in=people),
        "flag": PriorityFlag.objects.filter(resident__in=people),
        "stay": Stay.objects.filter(Q(resident__in=people) | Q(household__in=homes)),
    }
    rows = {name: {str(row["pk"]): _plain(row) for row in _values(query)} for name, query in queries.items()}
    return rows | {"people": sorted(map(str, people)), "homes": sorted(map(str, homes))}


def rows_of(query: models.QuerySet[Any]) -> list[dict[str, Any]]:
    """Return the rows of a query by column, as they stand in a picture."""
    return [_plain(row) for row in _values(query)]


def _values(query: models.QuerySet[Any]) -> list[dict[str, Any]]:
    columns = [column.attname for column in query.model._meta.concrete_fields]
    return [{"pk": row["id"], **row} for row in query.order_by("pk").values(*columns)]


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _json(value) for name, value in row.items() if name != "pk"}


def _json(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, UUID | date | datetime):
        return value.isoformat() if not isinstance(value, UUID) else str(value)
    return value


def sealed(picture: Picture) -> bytes:
    """Return a picture encrypted."""
    return vault.seal(FIELD, canonical(picture).decode())


def opened(blob: bytes) -> dict[str, Any]:
    """Return the picture of an encrypted one."""
    found: dict[str, Any] = msgspec.json.decode(vault.unseal(FIELD, blob))
    return found


def digest(picture: Picture) -> bytes:
    """Return a keyed digest of a picture, by which a later change is seen."""
    return vault.blind(FIELD, canonical(picture).decode())


def named(picture: Picture) -> tuple[list[UUID], list[UUID]]:
    """Return the residents and households a picture was taken of."""
    return [UUID(text) for text in picture["people"]], [UUID(text) for text in picture["homes"]]


def paths(picture: Picture) -> set[str]:
    """Return the paths of the rows in a picture."""
    return {row["path"] for name in ("household", "resident") for row in picture[name].values()}


def restore(before: Picture, now: Picture) -> None:
    """Bring every row of the picture back to what it was, and delete rows that were not there."""
    changed = {
        name: [key for key, values in before[name].items() if now[name].get(key) != values]
        + [key for key in now[name] if key not in before[name]]
        for name in TABLES
    }
    # rows that nobody points to are written anew, and heads are chosen anew: uniqueness holds at every step
    for name in LEAVES:
        TABLES[name]._default_manager.filter(pk__in=changed[name]).delete()
    Resident.objects.filter(pk__in=changed["resident"]).update(is_head=False)
    for name, model in TABLES.items():
        for key in changed[name]:
            if key in before[name]:
                _row(model, before[name][key]).save(force_insert=name in LEAVES)


def _row(model: type[models.Model], values: Mapping[str, Any]) -> models.Model:
    row = model()
    for column in model._meta.concrete_fields:
        value = values[column.attname]
        if isinstance(column, models.BinaryField):
            value = bytes.fromhex(value) if value is not None else None
        elif value is not None and not isinstance(column, models.JSONField):
            value = column.to_python(value)
        setattr(row, column.attname, value)
    return row
