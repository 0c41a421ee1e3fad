"""What a questionnaire says, what is wrong with it and what its import reported, in words for a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from wangge.people.rules.codes import FLAG_REASONS
from wangge.situation.filling.conditions import GAP, SPOKEN_OF, Only, condition_said
from wangge.situation.questionnaires.editing import listed
from wangge.surveys.rules.questionnaires import (
    ASKING,
    BINDINGS,
    Definition,
    Fault,
    Question,
    Report,
    advice,
    definition_faults,
    forbidden,
)
from wangge.surveys.rules.questionnaires import label as said
from wangge.words import label
from wangge.words.questionnaires import fault_words

OPTIONS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a line of a table."""

    name: str
    label: str
    depth: int
    nests: bool
    asks: bool
    type: str
    required: bool
    closed: bool
    options: str
    only: Only | None
    klass: str
    purpose: str
    retention: str
    bind: str
    first: bool = False
    last: bool = False
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class FaultLine:
    """Something that is wrong: where, what and what to do; ``href`` leads there."""

    where: str
    words: str
    href: str


def lines(definition: Definition, wrong: frozenset[str] = frozenset()) -> list[Asked]:
    """Return the questions in their order as lines of a table."""
    language = get_language() or "zh-hans"
    spots = listed(definition)
    known = {spot.question.name: spot.question for spot in spots}
    return [
        Asked(
            name=spot.question.name,
            label=plain(spot.question, language),
            depth=min(spot.depth, 3),
            nests=spot.question.type in ("group", "repeat"),
            asks=spot.question.type in ASKING,
            type=_type(spot.question),
            required=spot.question.required,
            closed=spot.question.type in ASKING and not spot.question.unknown and spot.question.type != "acknowledge",
            options=_options(definition, spot.question, language),
            only=condition_said(definition, spot.question, language, known),
            klass=label("asking.klass", spot.question.klass),
            purpose=label("asking.purpose", spot.question.purpose),
            retention=label("asking.retention", spot.question.retention),
            bind=bind_words(spot.question.bind),
            first=spot.first,
            last=spot.last,
            wrong=spot.question.name in wrong,
        )
        for spot in spots
    ]


def plain(one: Question, language: str) -> str:
    """Return the words of a question with a gap where an answer would stand; its name where it has none."""
    return SPOKEN_OF.sub(GAP, said(one.label, language)) or one.name


def _type(one: Question) -> str:
    words = label("asking.type", one.type)
    return f"{words} · {label('asking.repeat', one.repeat)}" if one.type == "repeat" else words


def _options(definition: Definition, one: Question, language: str) -> str:
    rows = definition.choices.get(one.choices, ()) if one.choices else ()
    words = [said(row.label, language) or row.value for row in rows[:OPTIONS_SHOWN]]
    return " / ".join([*words, *(["…"] if len(rows) > OPTIONS_SHOWN else [])])


def bind_words(bind: str) -> str:
    """Return where an answer goes, in words."""
    reason = bind.removeprefix("flag.")
    if bind.startswith("flag.") and reason in FLAG_REASONS:
        return label("asking.flag", "flag") % {"reason": label("people.flag", reason)}
    return label("asking.bind", bind) if bind else ""


def bindings() -> list[tuple[str, str]]:
    """Return every place an answer can go to."""
    return [(bind, bind_words(bind)) for bind in BINDINGS]


def hindrances(definition: Definition) -> list[Fault]:
    """Return everything that keeps a questionnaire from being published."""
    return [*definition_faults(definition), *forbidden(definition)]


def fault_lines(definition: Definition, faults: Sequence[Fault], address: str = "") -> list[FaultLine]:
    """Return what is wrong in words; ``address`` with ``{name}`` leads to the question."""
    language = get_language() or "zh-hans"
    labels = {spot.question.name: plain(spot.question, language) for spot in listed(definition)}
    return [
        FaultLine(
            labels.get(one.question) or one.question,
            fault_words(one.code, one.facts),
            address.replace("{name}", one.question) if address and one.question in labels else "",
        )
        for one in faults
    ]


def remarks(definition: Definition) -> list[Fault]:
    """Return what could be better, though it hinders nothing."""
    return advice(definition)


def report_lines(reports: Sequence[Report]) -> list[dict[str, object]]:
    """Return what an import reported, in words."""
    return [
        {"row": one.row, "column": one.column, "message": fault_words(one.code, one.facts, kept=one.kept)}
        for one in reports
    ]
