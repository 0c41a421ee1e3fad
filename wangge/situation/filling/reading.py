"""What came back from a page of questions: names of fields to an answer set, with whatever was typed kept as it is."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from wangge.situation.filling.names import AGAIN, OTHER, SEEN, UNSURE, added_keys, joined, other_name, rows_name
from wangge.surveys.rules.questionnaires import UNKNOWN, Context, Definition, Question

WHOLE = re.compile(r"[-+]?\d{1,15}\Z")
DECIMAL = re.compile(r"[-+]?\d{1,15}(?:[.]\d{1,10})?\Z")
TEXT_MOST = 4_000
ROWS_MOST = 60
LOOKING = ("look", "add", "drop")


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: the answers, which questions had been shown, and whether it was only a look (nothing to save)."""

    answers: dict[str, Any]
    seen: frozenset[str]
    looks: bool
    adds: str = ""


def read_posted(definition: Definition, post: QueryDict, context: Context, *, prefix: str = "a") -> Sent:
    """Return what a page drawn by ``draw`` sent; what cannot be read as a number stays the text that was typed."""
    do, _colon, where = str(post.get("do", "")).partition(":")
    drops = where if do == "drop" else ""
    reader = _Reader(post, context, drops)
    seen = frozenset(str(post.get(joined(prefix, SEEN), "")).split())
    answers = reader.answers(definition.questions, prefix)
    return Sent(answers, seen, do in LOOKING, where if do == "add" else "")


@dataclass(frozen=True, slots=True)
class _Reader:
    post: QueryDict
    context: Context
    drops: str

    def answers(self, questions: Sequence[Question], at: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for question in questions:
            name = joined(at, question.name)
            if question.type == "group":
                found |= self.answers(question.questions, at)
            elif question.type == "repeat":
                found[question.name] = self.rows(question, name)
            elif not question.read_only:
                found |= self.answer(question, name)
        return found

    def answer(self, question: Question, name: str) -> dict[str, Any]:
        """Return the answer of one question, and the text beside "other"."""
        value = READING.get(question.type, _nothing)(self.post, name, question)
        unsure = question.unknown and self.post.get(joined(name, UNSURE), "") != ""
        if value in (None, "", []):
            value = UNKNOWN if unsure else None
        found = {} if value is None else {question.name: value}
        other = _text(self.post, joined(name, OTHER), question) if question.other else ""
        return {**found, other_name(question): other} if other else found

    def rows(self, question: Question, name: str) -> list[dict[str, Any]]:
        """Return the rows of a repeat: every member in their order, then those who were added and are not empty."""
        rows: list[dict[str, Any]] = []
        keys = str(self.post.get(rows_name(name), "")).split()[:ROWS_MOST]
        if question.repeat == "members":
            rows = [
                {"resident": one.id, **self.answers(question.questions, joined(name, one.id))}
                for one in self.context.members
            ]
        for key in added_keys(keys):
            at = joined(name, key)
            given = self.answers(question.questions, at)
            if at == self.drops:
                continue
            if question.repeat == "members":
                name_typed = _text(self.post, joined(at, AGAIN), question)
                given = {"resident": None, **({"name": name_typed} if name_typed else {}), **given}
            if question.repeat_count or any(value not in (None, "", []) for value in given.values()):
                rows.append(given)
        return rows


def _nothing(_post: QueryDict, _name: str, _question: Question) -> None:
    return None


def _text(post: QueryDict, name: str, _question: Question) -> str:
    return str(post.get(name, "")).replace("\r\n", "\n").strip()[:TEXT_MOST]


def _narrow(typed: str) -> str:
    """Return what was typed with full-width digits and signs made plain."""
    return unicodedata.normalize("NFKC", typed).replace(" ", "")


def _whole(post: QueryDict, name: str, question: Question) -> int | str:
    typed = _text(post, name, question)
    plain = _narrow(typed)
    return int(plain) if WHOLE.match(plain) else typed


def _decimal(post: QueryDict, name: str, question: Question) -> int | float | str:
    typed = _text(post, name, question)
    plain = _narrow(typed)
    if WHOLE.match(plain):
        return int(plain)
    return float(plain) if DECIMAL.match(plain) else typed


def _moment(post: QueryDict, name: str, question: Question) -> str:
    return unicodedata.normalize("NFKC", _text(post, name, question))


def _many(post: QueryDict, name: str, _question: Question) -> list[str] | str:
    chosen = list(dict.fromkeys(post.getlist(name)))
    known = [one for one in chosen if one != UNKNOWN]
    return known or (UNKNOWN if chosen else [])


def _order(post: QueryDict, name: str, question: Question) -> list[str] | str:
    """Return the choices by the places they were given; those without a place are left out."""
    if post.get(joined(name, UNSURE), ""):
        return ""
    placed = []
    for turn, value in enumerate(post.getlist(joined(name, "values"))):
        place = str(post.get(joined(name, str(turn)), ""))
        if place.isdecimal() and len(place) < 4:
            placed.append((int(place), turn, value))
    return [value for _place, _turn, value in sorted(placed)]


def _tick(post: QueryDict, name: str, _question: Question) -> str:
    return "OK" if post.get(name, "") else ""


READING: Mapping[str, Callable[[QueryDict, str, Question], Any]] = {
    "text": _text,
    "integer": _whole,
    "range": _decimal,
    "decimal": _decimal,
    "date": _moment,
    "time": _moment,
    "datetime": _moment,
    "select_one": _text,
    "select_multiple": _many,
    "rank": _order,
    "acknowledge": _tick,
}
