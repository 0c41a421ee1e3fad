"""A questionnaire on paper: numbered questions with boxes to tick and lines to write on; members stand side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wangge.situation.filling.conditions import GAP, SPOKEN_OF, Only, condition_said
from wangge.situation.filling.options import takes_unknown
from wangge.surveys.rules.questionnaires import Definition, Question, label, walk

PEOPLE = 5
TICKS_IN_A_CELL = 4
FORMS = {
    "text": "line", "integer": "digits", "range": "digits", "decimal": "digits", "date": "date", "time": "time",
    "datetime": "line", "select_one": "boxes", "select_multiple": "boxes", "rank": "order", "acknowledge": "tick",
    "note": "note",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAsk:
    """One question on paper; ``number`` is 0 for what only informs."""

    number: int
    form: str
    label: str
    hint: str = ""
    options: tuple[str, ...] = ()
    other: bool = False
    unknown: bool = False
    only: Only | None = None
    many: bool = False

    @property
    def in_cells(self) -> bool:
        """Whether its boxes are few enough to stand in the cell of every person."""
        return self.form == "boxes" and len(self.options) + self.other + self.unknown <= TICKS_IN_A_CELL


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPart:
    """A stretch of the form: questions one below the other, or (``people``) a table with a column for each person."""

    heading: str = ""
    only: Only | None = None
    asks: tuple[PaperAsk, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(slots=True)
class _Count:
    number: int = 0


@dataclass(frozen=True, slots=True)
class _Sheet:
    definition: Definition
    language: str
    names: Sequence[str]
    questions: Mapping[str, Question]
    count: _Count = field(default_factory=_Count)

    def parts(self, questions: Sequence[Question], heading: str = "", only: Only | None = None) -> Iterator[PaperPart]:
        asks: list[PaperAsk] = []
        for one in questions:
            if one.type not in ("group", "repeat"):
                asks += self.ask(one)
                continue
            if asks or heading:
                yield PaperPart(heading=heading, only=only, asks=tuple(asks))
                heading, only, asks = "", None, []
            title, inner = (
                label(one.label, self.language),
                condition_said(self.definition, one, self.language, self.questions),
            )
            if one.type == "group":
                yield from self.parts(one.questions, title, inner)
            else:
                people = tuple(self.names) or ("",) * PEOPLE
                yield PaperPart(heading=title, only=inner, asks=tuple(self.asks(one.questions)), people=people)
        if asks or heading:
            yield PaperPart(heading=heading, only=only, asks=tuple(asks))

    def asks(self, questions: Sequence[Question]) -> Iterator[PaperAsk]:
        for one in walk(tuple(questions)):
            yield from self.ask(one)

    def ask(self, one: Question) -> list[PaperAsk]:
        if one.type not in FORMS or (one.read_only and one.type != "note"):
            return []
        if one.type != "note":
            self.count.number += 1
        offered = self.definition.choices.get(one.choices, ()) if one.choices else ()
        return [
            PaperAsk(
                number=self.count.number if one.type != "note" else 0,
                form="long" if one.type == "text" and "multiline" in one.appearance else FORMS[one.type],
                label=self.words(one.label),
                hint=self.words(one.hint),
                options=tuple(label(choice.label, self.language) or choice.value for choice in offered),
                other=one.other,
                unknown=takes_unknown(one),
                only=condition_said(self.definition, one, self.language, self.questions),
                many=one.type == "select_multiple",
            )
        ]

    def words(self, words: Mapping[str, str]) -> str:
        """Return words with a gap where an answer would stand."""
        return SPOKEN_OF.sub(GAP, label(words, self.language))


def paper(definition: Definition, language: str, names: Sequence[str] = ()) -> tuple[PaperPart, ...]:
    """Return a blank form for ``shared/filling/paper.html``; ``names`` stand above the columns of the members."""
    questions = {one.name: one for one in walk(definition.questions)}
    return tuple(_Sheet(definition, language, names, questions).parts(definition.questions))
