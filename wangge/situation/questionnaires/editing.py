"""Changes to a questionnaire: put a question in, move it, take it out, give it another name. Nothing is stored here."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from wangge.surveys.rules.questionnaires import Choice, Definition, Question, question, walk

EXPRESSIONS = ("relevant", "constraint", "calculation", "choice_filter", "required_when", "repeat_count", "default")
Questions = tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A question in the list of the editor: how deep it lies, and whether it can go up or down."""

    question: Question
    depth: int
    first: bool
    last: bool
    within: str


def listed(definition: Definition) -> list[Spot]:
    """Return all questions in their order, with groups and repeats before what they hold."""
    found: list[Spot] = []

    def enter(questions: Questions, depth: int, within: str) -> None:
        for turn, one in enumerate(questions):
            found.append(Spot(one, depth, turn == 0, turn == len(questions) - 1, within))
            enter(one.questions, depth + 1, one.name)

    enter(definition.questions, 0, "")
    return found


def has(definition: Definition, name: str) -> bool:
    """Tell whether there is a question of that name."""
    return any(one.name == name for one in walk(definition.questions))


def free_name(definition: Definition, wanted: str) -> str:
    """Return a name that no question has: the wanted one, or with a number behind it."""
    taken = {one.name.lower() for one in walk(definition.questions)}
    if wanted.lower() not in taken:
        return wanted
    number = 2
    while f"{wanted}_{number}".lower() in taken:
        number += 1
    return f"{wanted}_{number}"


def put_in(definition: Definition, new: Question, *, within: str = "", after: str = "") -> Definition:
    """Return the questionnaire with a question more: after another, else as the last of a group or of the whole."""
    if after:
        return _mapped(definition, lambda row: _after(row, after, new))
    if not within:
        return _with(definition, (*definition.questions, new))
    return changed(definition, within, lambda one: msgspec.structs.replace(one, questions=(*one.questions, new)))


def _after(row: Questions, after: str, new: Question) -> Questions:
    found: list[Question] = []
    for one in row:
        found.append(one)
        if one.name == after:
            found.append(new)
    return tuple(found)


def take_out(definition: Definition, name: str) -> Definition:
    """Return the questionnaire without a question, what it holds, and lists of choices that nobody else uses."""
    there = _mapped(definition, lambda row: tuple(one for one in row if one.name != name))
    gone = _used(definition) - _used(there)
    return msgspec.structs.replace(there, choices={key: rows for key, rows in there.choices.items() if key not in gone})


def placed(definition: Definition, name: str, within: str) -> Definition:
    """Return the questionnaire with a question as the last of a group, or (empty) of the whole."""
    one = question(definition, name)
    if within and (within == name or any(inner.name == within for inner in walk(one.questions))):
        return definition
    without = _mapped(definition, lambda row: tuple(other for other in row if other.name != name))
    return put_in(without, one, within=within)


def moved(definition: Definition, name: str, by: int) -> Definition:
    """Return the questionnaire with a question one place up (-1) or down (1), as far as its group goes."""

    def swap(row: Questions) -> Questions:
        at = next((turn for turn, one in enumerate(row) if one.name == name), None)
        if at is None or not 0 <= at + by < len(row):
            return row
        turned = list(row)
        turned[at], turned[at + by] = turned[at + by], turned[at]
        return tuple(turned)

    return _mapped(definition, swap)


def changed(definition: Definition, name: str, change: Callable[[Question], Question]) -> Definition:
    """Return the questionnaire with one question changed."""
    return _mapped(definition, lambda row: tuple(change(one) if one.name == name else one for one in row))


def replaced(definition: Definition, name: str, new: Question, choices: Mapping[str, tuple[Choice, ...]]) -> Definition:
    """Return the questionnaire with another question in the place of one; other questions know it by its new name."""
    there = changed(definition, name, lambda one: msgspec.structs.replace(new, questions=one.questions))
    if new.name != name:
        there = _renamed(there, name, new.name)
    lists = {**there.choices, **choices}
    used = {one.choices for one in walk(there.questions)} | (definition.choices.keys() - _used(definition))
    return msgspec.structs.replace(there, choices={key: rows for key, rows in lists.items() if key in used})


def _used(definition: Definition) -> set[str]:
    return {one.choices for one in walk(definition.questions) if one.choices}


def _renamed(definition: Definition, old: str, new: str) -> Definition:
    """Return the questionnaire with a name changed wherever conditions and words speak of it."""
    spoken = re.compile(r"\$\{\s*" + re.escape(old) + r"(_other)?\s*\}")

    def text(before: str) -> str:
        return spoken.sub(lambda found: "${" + new + (found[1] or "") + "}", before)

    def words(before: Mapping[str, str]) -> dict[str, str]:
        return {language: text(one) for language, one in before.items()}

    def change(one: Question) -> Question:
        columns: dict[str, Any] = {column: text(getattr(one, column)) for column in EXPRESSIONS}
        for column in ("label", "hint", "constraint_message"):
            columns[column] = words(getattr(one, column))
        return msgspec.structs.replace(one, **columns)

    return _mapped(definition, lambda row: tuple(change(one) for one in row))


def dependents(definition: Definition, name: str) -> list[Question]:
    """Return the questions whose conditions or words speak of one, or of what lies in it."""
    gone = {one.name for one in walk((question(definition, name),))}
    spoken = re.compile(r"\$\{\s*(?:" + "|".join(re.escape(one) for one in sorted(gone)) + r")(?:_other)?\s*\}")
    return [
        one
        for one in walk(definition.questions)
        if one.name not in gone and any(spoken.search(text) for text in _texts(one))
    ]


def _texts(one: Question) -> list[str]:
    return [
        *(getattr(one, column) for column in EXPRESSIONS),
        *one.label.values(),
        *one.hint.values(),
        *one.constraint_message.values(),
    ]


def users_of(definition: Definition, choices: str, without: str) -> list[Question]:
    """Return the other questions that use a list of choices."""
    return [one for one in walk(definition.questions) if choices and one.choices == choices and one.name != without]


def print_of(value: object) -> str:
    """Return a short digest of a part of a questionnaire, by which one sees whether somebody else changed it."""
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()[:24]


def question_print(definition: Definition, name: str) -> str:
    """Return the digest of a question as it stands alone, with its choices; empty when there is none."""
    if not has(definition, name):
        return ""
    one = question(definition, name)
    return print_of([msgspec.structs.replace(one, questions=()), definition.choices.get(one.choices, ())])


def _with(definition: Definition, questions: Questions) -> Definition:
    return msgspec.structs.replace(definition, questions=questions)


def _mapped(definition: Definition, change: Callable[[Questions], Questions]) -> Definition:
    """Return the questionnaire with a change made to the questions of every level."""

    def enter(row: Questions) -> Questions:
        inner = tuple(
            msgspec.structs.replace(one, questions=enter(one.questions)) if one.questions else one for one in row
        )
        return change(inner)

    return _with(definition, enter(definition.questions))


def free_list(definition: Definition, wanted: str) -> str:
    """Return a name for a list of choices that none has."""
    name, number = wanted, 2
    while name in definition.choices:
        name, number = f"{wanted}_{number}", number + 1
    return name
