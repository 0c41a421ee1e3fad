"""Judging a filling: what is kept of it, and what is wrong with which answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wangge.surveys.rules.questionnaires.definition import (
    ASKING,
    MEMBERS,
    OTHER_END,
    UNKNOWN,
    Definition,
    Question,
    Spot,
)
from wangge.surveys.rules.questionnaires.expressions import number_of
from wangge.surveys.rules.questionnaires.filling import ENTRIES_MOST, Context, Filling
from wangge.surveys.rules.questionnaires.reading import Unfit, cleaned, is_blank

GROUP = "questionnaires.answer"
"""Labels with the words for the codes of answers."""
NAME_MOST = 60


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """What is wrong with one answer: the question, the entry of its repeat from 0 on, a code, the group of its words.

    ``constraint`` is said in the question's own ``constraint_message`` where it has one.
    """

    name: str
    index: int | None
    code: str
    message_key: str = GROUP


@dataclass(frozen=True, slots=True)
class Checked:
    """Answers as they are kept, in the order of the questions, and what is wrong with those that were given."""

    answers: dict[str, Any]
    faults: tuple[AnswerFault, ...] = ()


def relevant_names(
    definition: Definition, answers: Mapping[str, Any], context: Context, *, index: int | None = None
) -> set[str]:
    """Return the questions that are asked; those of a repeat when they are in any entry, or in that of ``index``."""
    filling = Filling(definition, answers, context)
    found = set()
    for name, spot in filling.spots.items():
        places = [index] if spot.repeat and index is not None else filling.places(spot)
        if any(filling.relevant(name, place) for place in places):
            found.add(name)
    return found


def check_answers(definition: Definition, answers: Mapping[str, Any], context: Context) -> Checked:
    """Return a filling as it is kept: what is not asked is dropped, values are brought into their types.

    An answer with a fault is not among those that are kept.
    """
    return _Check(Filling(definition, answers, context), answers).run()


class _Check:
    """Goes through the questions once, and gathers what is kept and what is wrong."""

    def __init__(self, filling: Filling, given: Mapping[str, Any]) -> None:
        self.filling, self.given = filling, given
        self.faults: list[AnswerFault] = []

    def run(self) -> Checked:
        kept = self.level(self.filling.definition.questions, None)
        self.strangers(self.given, "", None)
        return Checked(kept, tuple(self.faults))

    def level(self, questions: tuple[Question, ...], index: int | None) -> dict[str, Any]:
        """Return what is kept of some questions and the groups among them."""
        kept: dict[str, Any] = {}
        for one in questions:
            if not self.filling.relevant(one.name, index):
                continue
            if one.type == "group":
                kept |= self.level(one.questions, index)
            elif one.type == "repeat":
                if entries := self.repeat(one):
                    kept[one.name] = entries
            elif one.type == "calculate":
                value = self.filling.value(one.name, index)
                if value != "":
                    kept[one.name] = int(value) if isinstance(value, float) and value.is_integer() else value
            elif one.type in ASKING:
                kept |= self.answer(self.filling.spots[one.name], index)
        return kept

    def answer(self, spot: Spot, index: int | None) -> dict[str, Any]:
        """Return what is kept of one answer, with the words for "other"."""
        one, given = spot.question, self.filling.given(spot.question.name, index)
        if one.read_only and one.calculation.strip():
            given = self.filling.value(one.name, index)
        if is_blank(given):
            if one.required or self.filling.holds(one.required_when, spot, index, empty=False):
                self.fault(one.name, index, "required")
            return {}
        if given in (UNKNOWN, [UNKNOWN]):
            if not one.unknown:
                self.fault(one.name, index, "unknown_not_allowed")
                return {}
            return {one.name: UNKNOWN}
        try:
            value = cleaned(one, given, self.filling.offered(one.name, index) if one.choices else ())
        except Unfit as unfit:
            self.fault(one.name, index, unfit.code)
            return {}
        if not self.filling.holds(one.constraint, spot, index):
            self.fault(one.name, index, "constraint")
            return {}
        return {one.name: value} | self.other(one, index)

    def other(self, one: Question, index: int | None) -> dict[str, Any]:
        """Return the words for the choice "other", where it was chosen."""
        name = one.name + OTHER_END
        if not one.other or name in self.filling.spots or not self.filling.chose_other(one.name, index):
            return {}
        words = str(self.filling.given(name, index) or "").strip()
        if words == UNKNOWN or not words:
            return {}
        if len(words) > 200:
            self.fault(name, index, "text_long")
            return {}
        return {name: words}

    def repeat(self, one: Question) -> list[dict[str, Any]]:
        """Return the entries of a repeat as they are kept."""
        given = self.given.get(one.name)
        if given is not None and not isinstance(given, list):
            self.fault(one.name, None, "not_entries")
            return []
        entries = self.filling.entries(one.name)
        if given and len(entries) != len(given):
            self.fault(one.name, None, "entries_many" if len(given) > ENTRIES_MOST else "not_entries")
        spot = self.filling.spots[one.name]
        if one.repeat_count.strip():
            most = number_of(self.filling.worked_out(one.repeat_count, spot, None))
            if len(entries) > most:
                self.fault(one.name, None, "entries_many")
        kept = []
        for index, entry in enumerate(entries):
            self.strangers(entry, one.name, index)
            kept.append(self.who(one, entry, index) | self.level(one.questions, index))
        return kept

    def who(self, one: Question, entry: Mapping[str, Any], index: int) -> dict[str, Any]:
        """Return of whom an entry of a repeat per member tells."""
        if one.repeat != MEMBERS:
            return {}
        resident, name = entry.get("resident") or None, str(entry.get("name") or "").strip()
        if resident is not None:
            if str(resident) not in {member.id for member in self.filling.context.members}:
                self.fault(one.name, index, "resident_unknown")
            return {"resident": str(resident)}
        if "name" in self.filling.spots and self.filling.spots["name"].repeat == one.name:
            return {"resident": None}  # the questionnaire itself asks for the name
        if not name or len(name) > NAME_MOST:
            self.fault(one.name, index, "member_nameless" if not name else "text_long")
        return {"resident": None, "name": name[:NAME_MOST]}

    def strangers(self, given: Mapping[str, Any], repeat: str, index: int | None) -> None:
        """Note answers to questions that are not there; what belongs to an entry is no answer outside of it."""
        inside = self.filling.spots
        known = {name for name, spot in inside.items() if spot.repeat == repeat}
        known |= {name + OTHER_END for name in known if inside[name].question.other}
        if repeat and inside[repeat].question.repeat == MEMBERS:
            known |= {"resident", "name"}
        for name in given:
            if name not in known:
                self.fault(str(name)[:60], index, "question_unknown")

    def fault(self, name: str, index: int | None, code: str) -> None:
        self.faults.append(AnswerFault(name, index, code))
