"""What tables may point to, and that each is declared and named."""

import inspect
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tools.house.source import ROOT, Fault

# The storeys from the ground up; rooms of one storey do not know each other.
STOREYS: tuple[frozenset[str], ...] = (
    frozenset({"kernel"}),
    frozenset({"journal"}),
    frozenset({"privacy"}),
    frozenset({"agenda", "gateways"}),
    frozenset({"places"}),
    frozenset({"access"}),
    frozenset({"people", "workforce"}),
    frozenset({"surveys", "checkpoints", "health", "supplies", "outreach", "premises"}),
    frozenset({"cases"}),
    frozenset({"planning"}),
    frozenset({"flows", "imports", "situation"}),
    frozenset({"words"}),
    frozenset({"api"}),
    frozenset({"office", "field", "resident", "cli"}),
)
HEIGHT = {room: height for height, storey in enumerate(STOREYS) for room in storey}
ROOMS = STOREYS[HEIGHT["surveys"]] | STOREYS[HEIGHT["cases"]]
NOUN = re.compile(r"`([A-Z]\w+)")


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a table: its place, the room and column it stands in, the room it points to, its way back."""

    path: str
    line: int
    room: str
    column: str
    target_room: str
    related_name: str | None


def keys_upward(keys: Iterable[Key]) -> Iterator[Fault]:
    """Yield keys that point up or sideways: they would carry what one room knows to another without any import."""
    for key in keys:
        if key.room == key.target_room:
            continue
        here, there = HEIGHT.get(key.room), HEIGHT.get(key.target_room)
        if here is None:
            yield Fault(
                key.path, key.line, f"room {key.room} has no storey; add it to STOREYS of tools/house/tables.py"
            )
        elif there is None or there >= here or {key.room, key.target_room} <= ROOMS:
            told = f"{key.column} points from {key.room} to {key.target_room}; keep a UUID column named ..._ref instead"
            yield Fault(key.path, key.line, told)


def ways_back(keys: Iterable[Key]) -> Iterator[Fault]:
    """Yield keys that let the table below reach up."""
    for key in keys:
        if key.related_name != "+":
            yield Fault(key.path, key.line, f'{key.column} can be followed backwards; give it related_name="+"')


def generic_relations(relations: Iterable[Key]) -> Iterator[Fault]:
    """Yield every generic relation: none is allowed."""
    for one in relations:
        yield Fault(one.path, one.line, f"{one.column} is a generic relation; keep a kind and a UUID instead")


def nouns_of(glossary: str) -> set[str]:
    """Return the code names that a glossary explains: those in backticks inside its tables."""
    return {noun for line in glossary.splitlines() if line.startswith("|") for noun in NOUN.findall(line)}


def unnamed(models: Mapping[str, tuple[str, int]], nouns: Collection[str]) -> Iterator[Fault]:
    """Yield models whose noun is not in the glossary."""
    for name, (path, line) in sorted(models.items()):
        if name not in nouns:
            yield Fault(path, line, f"{name} is not in docs/glossary.md; add it to the table there first")


def our_models() -> list[type]:
    """Return the models of the house."""
    from django.apps import apps

    return [model for model in apps.get_models() if model.__module__.startswith("wangge.")]


def place_of(model: type) -> tuple[str, int]:
    """Return the file below the checkout and the line in which a model is written."""
    lines = inspect.getsourcelines(model)[1]
    file = inspect.getsourcefile(model) or ""
    return (file[len(str(ROOT)) + 1 :] if file.startswith(str(ROOT)) else file), lines


def keys_of(models: Sequence[type]) -> tuple[list[Key], list[Key]]:
    """Return the keys of models, and their generic relations."""
    from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation

    keys, generic = [], []
    for model in models:
        path, line = place_of(model)
        meta = model._meta  # type: ignore[attr-defined]
        home = _room(model)
        for field in meta.private_fields:
            if isinstance(field, GenericForeignKey | GenericRelation):
                generic.append(Key(path, line, home, field.name, "", None))
        for field in (*meta.local_fields, *meta.local_many_to_many):
            if field.remote_field is not None and not isinstance(field, GenericRelation):
                back = field.remote_field.related_name
                back = "+" if back and back.endswith("+") else back
                keys.append(
                    Key(path, line, home, f"{model.__name__}.{field.name}", _room(field.remote_field.model), back)
                )
    return keys, generic


def _room(model: type) -> str:
    """Return the package of the house in which a model is written, empty for a stranger's."""
    return model.__module__.split(".")[1] if model.__module__.startswith("wangge.") else ""
