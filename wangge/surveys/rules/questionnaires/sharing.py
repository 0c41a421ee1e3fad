"""What becomes of answers: the sensitive apart from the others, and what is bound to the register."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wangge.privacy.rules import SENSITIVE
from wangge.surveys.rules.questionnaires.definition import (
    MEMBERS,
    OTHER_END,
    UNKNOWN,
    Definition,
    Question,
    spots,
    walk,
)

YES = frozenset({"yes", "y", "true", "1", "ok", "是", "有"})
FLAG = "flag."
OF_ENTRY = ("resident", "name")
"""What says in an entry of whom it tells; it is kept with every part of the entry."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One answer that goes to the register: where to, what it says, and whom it is about.

    ``resident`` is None for the household and for somebody new; ``index`` is then the entry, ``name`` the new name. A
    flag says True or False.
    """

    target: str
    value: Any
    resident: str | None = None
    index: int | None = None
    name: str = ""


def is_sensitive(one: Question) -> bool:
    """Tell whether answers to a question are kept sealed."""
    return one.klass in SENSITIVE


def split_by_class(definition: Definition, answers: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the answers that are not sensitive, and those that are; entries keep their places in both."""
    secret = {name for name, spot in spots(definition).items() if is_sensitive(spot.question)}
    secret |= {name + OTHER_END for name in secret}
    repeats = {one.name for one in walk(definition.questions) if one.type == "repeat"}
    return (
        _part(answers, repeats, lambda name: name not in secret),
        _part(answers, repeats, lambda name: name in secret),
    )


def _part(answers: Mapping[str, Any], repeats: set[str], wanted: Callable[[str], bool]) -> dict[str, Any]:
    part: dict[str, Any] = {}
    for name, value in answers.items():
        if name in repeats and isinstance(value, list):
            entries = [{key: one for key, one in entry.items() if key in OF_ENTRY or wanted(key)} for entry in value]
            if any(entry.keys() - set(OF_ENTRY) for entry in entries) or wanted(name):
                part[name] = entries
        elif wanted(name):
            part[name] = value
    return part


def joined(plain: Mapping[str, Any], sensitive: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers as they were before ``split_by_class``."""
    whole = dict(plain)
    for name, value in sensitive.items():
        before = whole.get(name)
        if isinstance(before, list) and isinstance(value, list) and all(isinstance(one, dict) for one in value):
            whole[name] = [{**one, **other} for one, other in zip(before, value, strict=True)]
        else:
            whole[name] = value
    return whole


def bound(definition: Definition, answers: Mapping[str, Any]) -> list[Bound]:
    """Return the answers that go to the register or to the visit; "don't know" goes nowhere."""
    found: list[Bound] = []
    for one in definition.questions:
        found += _bound(one, answers)
    return found


def _bound(one: Question, answers: Mapping[str, Any]) -> Iterator[Bound]:
    if one.type == "repeat":
        given = answers.get(one.name)
        for index, entry in enumerate(given if isinstance(given, list) else []):
            for inner in one.questions:
                for each in _bound(inner, entry):
                    yield _of_entry(each, entry, index) if one.repeat == MEMBERS else each
        return
    for inner in one.questions:
        yield from _bound(inner, answers)
    value = answers.get(one.name)
    if one.bind and value not in (None, "", UNKNOWN):
        yield Bound(one.bind, _said(one, value))


def _of_entry(each: Bound, entry: Mapping[str, Any], index: int) -> Bound:
    resident = entry.get("resident")
    name = "" if resident else str(entry.get("name") or "")
    return Bound(each.target, each.value, str(resident) if resident else None, index, name)


def _said(one: Question, value: Any) -> Any:
    """Return what an answer says of its target: of a flag, whether it stands."""
    if not one.bind.startswith(FLAG):
        return value
    if isinstance(value, bool | int | float):
        return bool(value)
    return str(value).lower() in YES
