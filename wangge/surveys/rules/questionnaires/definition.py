"""What a questionnaire says: its questions, choices, words and conditions, and how it is stored."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

import msgspec

from wangge.kernel.refused import Refused

UNKNOWN = "?"
"""The answer "don't know": allowed wherever a question does not forbid it, and never counted as an answer."""

OTHER = "other"
"""The value of the choice that a question with ``other`` offers last; its words are in ``<name>_other``."""

OTHER_END = "_other"
FORMAT = 1
LANGUAGES = ("zh-hans", "zh-hant", "en")
SUBJECTS = ("household", "place")
ASKING = (
    "text", "integer", "decimal", "date", "time", "datetime", "select_one", "select_multiple", "acknowledge", "range",
    "rank",
)  # fmt: skip
"""Types that ask for an answer."""
CHOOSING = ("select_one", "select_multiple", "rank")
NESTING = ("group", "repeat")
TYPES = (*ASKING, "note", "calculate", *NESTING)
MEMBERS, FREE = "members", "free"
OF_MEMBER = ("member_name", "member_born", "member_age", "member_sex")
"""Names that expressions may use inside a repeat per member. Name and birth date are what the register knows; age and
sex are what this filling says where the register knows nothing."""
RESERVED = frozenset({"resident", *OF_MEMBER})
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,59}\Z")

Words = dict[str, str]
"""A text by language."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One choice of a list; ``filter`` is what a choice filter compares."""

    value: str
    label: Words = {}
    filter: dict[str, str] = {}


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a questionnaire; a group or repeat holds others in ``questions``.

    ``required_when`` is an expression that makes it required, ``parameters`` the start, end and step of a range,
    ``compare`` when two answers contradict each other: never, day, round or always; by its kind when left out.
    """

    name: str
    type: str
    label: Words = {}
    hint: Words = {}
    required: bool = False
    required_when: str = ""
    unknown: bool = True
    relevant: str = ""
    constraint: str = ""
    constraint_message: Words = {}
    choices: str = ""
    choice_filter: str = ""
    other: bool = False
    default: str = ""
    calculation: str = ""
    read_only: bool = False
    appearance: str = ""
    parameters: dict[str, str] = {}
    bind: str = ""
    compare: Literal["", "never", "day", "round", "always"] = ""
    klass: str = "survey"
    purpose: str = "survey"
    retention: str = "response"
    questions: tuple["Question", ...] = ()
    repeat: str = ""
    repeat_count: str = ""


class Definition(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a questionnaire as it is stored; ``notice`` is read aloud before the first question."""

    format: int = FORMAT
    subject: str = "household"
    languages: tuple[str, ...] = ("zh-hans",)
    title: Words = {}
    notice: Words = {}
    choices: dict[str, tuple[Choice, ...]] = {}
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a questionnaire: a code, the question and its column (empty for the whole), and facts."""

    code: str
    question: str = ""
    column: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def read_definition(data: Mapping[str, Any]) -> Definition:
    """Return a questionnaire from what is stored; refused as ``questionnaires.unreadable`` when it is none."""
    try:
        read = msgspec.convert(data, Definition)
    except (msgspec.ValidationError, RecursionError) as wrong:
        raise Refused("questionnaires.unreadable", what=str(wrong)[:200]) from None
    if read.format != FORMAT:
        raise Refused("questionnaires.unreadable", what=f"format {read.format}")
    return read


def stored_definition(definition: Definition) -> dict[str, Any]:
    """Return a questionnaire as it is stored: plain mappings, lists and texts, the same for all that say the same."""
    return {name: _stored(getattr(definition, name)) for name in definition.__struct_fields__}


def _stored(value: Any) -> Any:
    """Return a part as it is stored, without what is usual."""
    if isinstance(value, Choice | Question):
        usual = _usual(type(value))
        every = {name: getattr(value, name) for name in value.__struct_fields__}
        return {name: _stored(one) for name, one in every.items() if name not in usual or one != usual[name]}
    if isinstance(value, tuple):
        return [_stored(one) for one in value]
    return {key: _stored(one) for key, one in value.items()} if isinstance(value, dict) else value


@cache
def _usual(kind: type[Choice] | type[Question]) -> dict[str, Any]:
    """Return what the parts of a question or choice say when nothing is written."""
    bare = Choice(value="") if kind is Choice else Question(name="", type="")
    return {name: getattr(bare, name) for name in bare.__struct_fields__ if name not in ("name", "type", "value")}


def walk(questions: tuple[Question, ...]) -> Iterator[Question]:
    """Yield questions with those inside groups and repeats, in the order in which they are asked."""
    for one in questions:
        yield one
        yield from walk(one.questions)


def question(definition: Definition, name: str) -> Question:
    """Return the question of that name; ``KeyError`` when there is none."""
    for one in walk(definition.questions):
        if one.name == name:
            return one
    raise KeyError(name)


def label(words: Mapping[str, str], language: str) -> str:
    """Return a text in a language, else in simplified Chinese, else in English, else in any; empty without words."""
    ordered = (words.get(one, "") for one in (language, "zh-hans", "en"))
    return next((text for text in (*ordered, *words.values()) if text.strip()), "")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a question stands: the groups and repeats around it from outside, and the repeat it belongs to."""

    question: Question
    around: tuple[str, ...] = ()
    repeat: str = ""


def spots(definition: Definition) -> dict[str, Spot]:
    """Return where every question stands, by name; of two with one name the first."""
    found: dict[str, Spot] = {}

    def enter(questions: tuple[Question, ...], around: tuple[str, ...], repeat: str) -> None:
        for one in questions:
            found.setdefault(one.name, Spot(one, around, repeat))
            inner = one.name if one.type == "repeat" else repeat
            enter(one.questions, (*around, one.name), inner)

    enter(definition.questions, (), "")
    return found
