"""From a definition and answers to what is drawn: which questions show, with which words, values and faults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wangge.situation.filling.asked import ROWS_MOST, Asked
from wangge.situation.filling.conditions import SPOKEN_OF
from wangge.situation.filling.names import AGAIN, SEEN, id_of, joined, rows_name
from wangge.situation.filling.options import drawn_options, takes_unknown
from wangge.situation.filling.reading import Sent
from wangge.situation.filling.shapes import Field, FillingSeen, Group, Part, Repeat, Row, Wrong
from wangge.surveys.rules.questionnaires import (
    CHOOSING,
    UNKNOWN,
    AnswerFault,
    Context,
    Definition,
    Question,
    label,
    walk,
)

FORMS = {
    "text": "text", "integer": "number", "decimal": "number", "range": "number", "date": "date", "time": "time",
    "datetime": "datetime", "select_one": "one", "select_multiple": "many", "rank": "order", "acknowledge": "tick",
    "note": "note",
}  # fmt: skip
LANGUAGE_TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}


def draw(
    definition: Definition,
    answers: Mapping[str, Any],
    context: Context,
    *,
    language: str,
    names: Mapping[str, str] | None = None,
    faults: Sequence[AnswerFault] = (),
    sent: Sent | None = None,
    prefix: str = "a",
) -> FillingSeen:
    """Return the questions as they stand with these answers, for ``shared/filling.html``.

    ``names`` says how each member is called on this page (masked as the viewer may see them); ``sent`` is what
    ``read_posted`` returned, when the page comes back; ``faults`` are those of ``check_answers``.
    """
    adds = sent.adds.rpartition(":")[2] if sent else ""
    asked = Asked(definition, answers, context, adds=adds, fresh=sent is None)
    drawer = _Drawer(asked, language, dict(names or {}), {(one.name, one.index): one for one in reversed(faults)})
    parts = drawer.parts(definition.questions, prefix, asked.answers, NOWHERE)
    shown = frozenset(one.id for one in fields_shown(parts))
    return FillingSeen(
        id=f"{prefix}-filling",
        language=LANGUAGE_TAGS.get(language, language),
        title=label(definition.title, language),
        notice=label(definition.notice, language),
        parts=parts,
        seen_name=joined(prefix, SEEN),
        seen=" ".join(sorted(shown)),
        wrong=tuple(drawer.wrong),
        more=sent is not None and not sent.looks and not shown <= sent.seen,
    )


def fields_shown(parts: Sequence[Part]) -> list[Field]:
    """Return the questions that wait for an answer now, those in groups and repeats too."""
    found: list[Field] = []
    for part in parts:
        if not part.shown:
            continue
        if isinstance(part, Field):
            if part.form not in ("note", "told"):
                found.append(part)
        elif isinstance(part, Group):
            found += fields_shown(part.parts)
        else:
            for row in part.rows:
                found += fields_shown(row.parts)
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where questions stand: outside of repeats, or in a row of one; ``who`` is how the row is called."""

    index: int | None = None
    who: str = ""


NOWHERE = _Place()


@dataclass(slots=True)
class _Drawer:
    asked: Asked
    language: str
    names: dict[str, str]
    faults: dict[tuple[str, int | None], AnswerFault]
    wrong: list[Wrong] = field(default_factory=list)

    def parts(
        self, questions: Sequence[Question], at: str, answers: Mapping[str, Any], place: _Place
    ) -> tuple[Part, ...]:
        drawn: list[Part] = []
        for one in questions:
            shown = self.asked.relevant(one, place.index)
            if one.type == "group":
                inside = self.parts(one.questions, at, answers, place)
                identity, words = id_of(joined(at, one.name)), self.words(one.label, place)
                drawn.append(Group(name=one.name, id=identity, label=words, parts=inside, shown=shown))
            elif one.type == "repeat":
                drawn.append(self.repeat(one, joined(at, one.name), shown=shown))
            elif one.type in FORMS:
                drawn.append(self.field(one, joined(at, one.name), answers, place, shown=shown))
        return tuple(drawn)

    def field(self, one: Question, name: str, answers: Mapping[str, Any], place: _Place, *, shown: bool) -> Field:
        value = self.asked.computed(one, place.index) if one.read_only else answers.get(one.name)
        fault = self.faults.get((one.name, place.index)) if shown else None
        drawn = Field(
            name=one.name,
            html_name=name,
            id=id_of(name),
            type=one.type,
            form=_form(one),
            label=self.words(one.label, place) or one.name,
            hint=self.words(one.hint, place),
            required=self.asked.must(one, place.index),
            unknown=takes_unknown(one),
            is_unknown=value == UNKNOWN,
            value="" if value in (None, UNKNOWN) or isinstance(value, list) else _typed(value, one.type),
            low=one.parameters.get("start", ""),
            high=one.parameters.get("end", ""),
            fault=fault.code if fault else "",
            fault_words=self.words(one.constraint_message, place) if fault and fault.code == "constraint" else "",
            shown=shown,
            alive=_alive(one),
        )
        if fault:
            self.wrong.append(Wrong(id=drawn.id, label=drawn.label, who=place.who))
        if one.type not in CHOOSING or one.read_only:
            return drawn
        return drawn_options(drawn, one, self.asked.choices(one, place.index), answers, self.language)

    def repeat(self, one: Question, name: str, *, shown: bool) -> Repeat:
        rows: list[Row] = []
        added: list[str] = []
        counted = bool(one.repeat_count) and one.repeat != "members"
        for index, given in enumerate(self.asked.rows(one)):
            member = str(given.get("resident") or "")
            key = member or f"n{len(added) + 1}"
            if not member:
                added.append(key)
            rows.append(self.row(one, joined(name, key), given, index, drops=not member and not counted))
        return Repeat(
            name=one.name,
            id=id_of(name),
            label=self.words(one.label, NOWHERE),
            rows=tuple(rows),
            of_members=one.repeat == "members",
            rows_name=rows_name(name),
            row_keys=" ".join(added),
            fault=self.at_row(one, None, id_of(name), self.words(one.label, NOWHERE)) if shown else "",
            add="" if counted or len(rows) >= ROWS_MOST else f"add:{name}",
            shown=shown,
        )

    def row(self, one: Question, at: str, given: Mapping[str, Any], index: int, *, drops: bool) -> Row:
        member = str(given.get("resident") or "")
        heading = self.names.get(member, "") if member else ""
        who = heading or str(given.get("name") or "")
        parts = self.parts(one.questions, at, given, _Place(index, who))
        new_name = None
        if one.repeat == "members" and not member and all(inner.name != "name" for inner in walk(one.questions)):
            name, typed = joined(at, AGAIN), str(given.get("name") or "")
            fault = self.at_row(one, index, id_of(name), "")
            new_name = Field(
                name="name",
                html_name=name,
                id=id_of(name),
                type="text",
                form="name",
                label="",
                value=typed,
                fault=fault,
            )
        return Row(
            key=at.rpartition(":")[2],
            heading=heading,
            parts=parts,
            new_name=new_name,
            drop=f"drop:{at}" if drops else "",
        )

    def at_row(self, one: Question, index: int | None, identity: str, words: str) -> str:
        """Return what is wrong with a repeat or one of its rows as a whole, and note it."""
        fault = self.faults.get((one.name, index))
        if fault:
            self.wrong.append(Wrong(id=identity, label=words))
        return fault.code if fault else ""

    def words(self, words: Mapping[str, str], place: _Place) -> str:
        """Return words in the language of the page, with the answers that they speak of."""
        text = label(words, self.language)
        return SPOKEN_OF.sub(lambda found: self.asked.said(found[1], place.index, self.language, place.who), text)


def _form(one: Question) -> str:
    if one.read_only and one.type != "note":
        return "told"
    if one.type == "text" and "multiline" in one.appearance:
        return "long"
    if one.type == "select_one" and "minimal" in one.appearance:
        return "list"
    return FORMS[one.type]


def _typed(value: Any, kind: str) -> str:
    """Return a value as it stands in its field."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return text.replace(" ", "T")[:16] if kind == "datetime" else text


def _alive(one: Question) -> bool:
    """Tell whether the words or choices of a question hang on other answers."""
    words = (*one.label.values(), *one.hint.values())
    return bool(one.choice_filter) or one.read_only or any("${" in text for text in words)
