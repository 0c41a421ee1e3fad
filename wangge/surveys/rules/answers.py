"""Answers side by side: what one filling brings, which questions are compared, and when two answers cannot both be.

Pure decisions; what a questionnaire asks is read by ``rules.questionnaires``.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from msgspec import structs

from wangge.surveys.rules.questionnaires import UNKNOWN, Definition, Question, walk

RESPONSES = "responses"
CONTRADICTIONS = "contradictions_open"
READ, SETTLE, RECORD = "answer.read", "answer.settle", "visit.record"
REASON_MOST = 200
HELPER_MOST = 60
LATE_SOURCES = frozenset({"paper", "import"})
"""Sources that bring what happened earlier: what breaks a wish of the questionnaire is kept all the same."""
SOFT_FAULTS = frozenset({"constraint", "required", "unknown_not_allowed", "question_unknown"})


class Compare(StrEnum):
    """When two answers to a question cannot both be: never, on one day, within a round or a day, or at any time."""

    NEVER = "never"
    DAY = "day"
    ROUND = "round"
    ALWAYS = "always"


LASTING = frozenset({"resident.name", "resident.birth_on", "resident.sex", "resident.relation"})
"""What does not change from one round to the next; everything else may, so that only a round's answers are compared."""
NOT_COMPARED = frozenset({"household.note"})
COMPARED_TYPES = frozenset({"select_one", "date", "integer", "acknowledge"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """One filling of a questionnaire at a door, as somebody brings it; ``id`` is made where it is filled.

    ``answers`` are by question, repeats as lists of objects. ``observer`` is who asked, when somebody else records it;
    ``helper`` who wrote for somebody who could not; ``visit`` the visit it was filled at.
    """

    id: UUID
    questionnaire: UUID
    household: UUID
    at: datetime
    source: str
    answers: Mapping[str, Any]
    round: UUID | None = None
    campaign: UUID | None = None
    visit: UUID | None = None
    observer: UUID | None = None
    helper: str = ""
    read_aloud: bool = False


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """An answer that does not fit its question; ``index`` is its place in a repeat, None outside of one."""

    name: str
    index: int | None
    code: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class FillingOutcome:
    """What became of a filling: ``applied``, ``again`` (the same id was known), ``rejected`` or ``forbidden``.

    ``faults`` say why answers were turned away, or what was kept although it breaks a rule of the questionnaire.
    ``contradictions`` is how many were found.
    """

    id: UUID
    outcome: str
    code: str = ""
    faults: tuple[WrongAnswer, ...] = ()
    contradictions: int = 0


def filling_fault(filling: Filling) -> str:
    """Return the code of what is wrong with a filling as such, empty when its answers may be looked at."""
    return "answers.helper_too_long" if len(filling.helper) > HELPER_MOST else ""


def without_wishes(definition: Definition) -> Definition:
    """Return a questionnaire that takes every answer of the right type: what it wishes for besides is left out."""
    return structs.replace(definition, questions=tuple(_lenient(one) for one in definition.questions))


def _lenient(one: Question) -> Question:
    inside = tuple(_lenient(inner) for inner in one.questions)
    return structs.replace(one, required=False, required_when="", constraint="", unknown=True, questions=inside)


def turned_away(source: str, faults: Iterable[WrongAnswer]) -> bool:
    """Tell whether faults turn a filling away; what comes late from paper is kept where it can be read at all."""
    return any(source not in LATE_SOURCES or fault.code not in SOFT_FAULTS for fault in faults)


def split_members(
    definition: Definition, answers: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[UUID, dict[str, Any]]]:
    """Return what was answered about the household, and about each resident, flat by question.

    Somebody of a member repeat who is nobody in the register stays with the household's answers.
    """
    home = dict(answers)
    people: dict[UUID, dict[str, Any]] = {}
    for question in member_repeats(definition):
        asked = {one.name for one in walk(question.questions)}
        left = []
        for one in home.pop(question.name, None) or ():
            if one.get("resident"):
                said = {
                    name: value
                    for name, value in one.items()
                    if name != "resident" and (name != "name" or name in asked)
                }
                people.setdefault(UUID(str(one["resident"])), {}).update(said)
            else:
                left.append(dict(one))
        if left:
            home[question.name] = left
    return home, people


def member_repeats(definition: Definition) -> list[Question]:
    """Return the questions that repeat for each member of the household."""
    return [one for one in walk(definition.questions) if one.type == "repeat" and one.repeat == "members"]


@dataclass(frozen=True, slots=True)
class Compared:
    """How a question is compared: under which key, when, and the register's field that it is bound to."""

    key: str
    when: Compare
    bind: str = ""


def compared(code: str, definition: Definition) -> dict[str, Compared]:
    """Return the questions of a questionnaire that are compared, by name, free repeats left out.

    Answers that are bound to one field of the register are compared across questionnaires, others within one.
    """
    found: dict[str, Compared] = {}
    for one in _once_asked(definition.questions):
        when = when_compared(one)
        if when != Compare.NEVER:
            found[one.name] = Compared(one.bind or f"{code}/{one.name}", when, one.bind)
    return found


def _once_asked(questions: Iterable[Question]) -> Iterable[Question]:
    for one in questions:
        if one.type == "repeat" and one.repeat != "members":
            continue
        yield one
        yield from _once_asked(one.questions)


def when_compared(question: Question) -> Compare:
    """Return when two answers to a question are compared: as it says itself, else by its binding, class and type."""
    if question.compare:
        return Compare(question.compare)
    if question.bind in NOT_COMPARED:
        return Compare.NEVER
    if question.bind in LASTING:
        return Compare.ALWAYS
    if question.bind:
        return Compare.ROUND
    if question.type not in COMPARED_TYPES:
        return Compare.NEVER
    return Compare.DAY if question.klass == "health" else Compare.ROUND


@dataclass(frozen=True, slots=True)
class Observation:
    """One answer to one question about one subject, with what comparing it needs."""

    response: UUID
    sheet: UUID
    round: UUID | None
    day: date
    at: datetime
    received_at: datetime
    value: Any = field(hash=False)


def same_answer(one: Any, other: Any, bind: str = "") -> bool:
    """Tell whether two answers say the same: width, case, blanks and order make no difference.

    Two sets of telephones say the same when they share a number.
    """
    if bind == "resident.phone":
        return not _numbers(one).isdisjoint(_numbers(other))
    return bool(_normal(one) == _normal(other))


def _normal(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return frozenset(str(_normal(part)) for part in value)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return str(value).lower()
    text = unicodedata.normalize("NFKC", str(value)).casefold()
    try:
        return float(text)
    except ValueError:
        return "".join(text.split())


def _numbers(value: Any) -> set[str]:
    listed = value if isinstance(value, list | tuple) else str(value).replace("、", ",").replace("\n", ",").split(",")
    digits = {"".join(sign for sign in unicodedata.normalize("NFKC", str(one)) if sign.isdigit()) for one in listed}
    return {one[-11:] for one in digits if one}


def is_known(value: Any) -> bool:
    """Tell whether an answer says anything: neither left out nor "don't know"."""
    return value not in (None, "", UNKNOWN, [], ())


def comparable(how: Compared, one: Observation, other: Observation) -> bool:
    """Tell whether two answers from different sheets speak about the same time."""
    if one.sheet == other.sheet or not (is_known(one.value) and is_known(other.value)):
        return False
    same_day = one.day == other.day
    same_round = one.round is not None and one.round == other.round
    return (
        how.when == Compare.ALWAYS
        or (same_day and how.when != Compare.NEVER)
        or (same_round and how.when == Compare.ROUND)
    )


@dataclass(frozen=True, slots=True)
class Settled:
    """How a contradiction was settled: when, and the answer that was chosen; None when both held at their time."""

    at: datetime
    chosen: UUID | None


def against(
    how: Compared, new: Observation, others: Iterable[Observation], settled: Settled | None = None
) -> Observation | None:
    """Return the earlier answer that a new one contradicts: the one nearest in time; None when there is none.

    What was settled is not asked again: of the answers until then only the chosen one still speaks, or the last.
    """
    known = [one for one in others if comparable(how, new, one)]
    if settled is not None:
        before = [one for one in known if one.received_at <= settled.at]
        spoken = [one for one in before if one.response == settled.chosen]
        known = [one for one in known if one.received_at > settled.at]
        known += spoken or sorted(before, key=_order)[-1:]
    nearest = min(known, key=lambda one: (abs(one.at - new.at), _order(one)), default=None)
    return nearest if nearest is not None and not same_answer(nearest.value, new.value, how.bind) else None


def _order(one: Observation) -> tuple[datetime, bytes]:
    return one.at, one.response.bytes
