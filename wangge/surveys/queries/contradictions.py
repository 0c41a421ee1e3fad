"""Reads of contradictions: those of an area, and one with everything that was said to its question."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.paths import upper
from wangge.kernel.refused import Refused
from wangge.people.models import Resident
from wangge.surveys.answered import answers_of, definition_of
from wangge.surveys.models import Contradiction, Response
from wangge.surveys.queries.answers import question_words
from wangge.surveys.rules.answers import READ, SETTLE, compared, is_known
from wangge.surveys.rules.questionnaires import said as in_words

ORDERS: Mapping[str, tuple[str, ...]] = {
    "found": ("found_at", "id"),
    "-found": ("-found_at", "id"),
    "door": ("path", "found_at", "id"),
    "-door": ("-path", "found_at", "id"),
    "question": ("question", "path", "id"),
    "-question": ("-question", "path", "id"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as it is shown: in words, when, how and by whom; ``source`` is ``register`` for the register's."""

    response: UUID | None
    sheet: UUID | None
    words: str
    at: datetime | None
    source: str
    observer: str
    helper: str = ""
    value: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContradictionLine:
    """A contradiction in a list; ``subject`` is the resident's id or the household's, ``who`` a name or empty."""

    id: UUID
    household: UUID
    subject: UUID
    who: str
    door: str
    path: str
    question: str
    first: Said
    second: Said
    round: str
    found_at: datetime
    settled_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContradictionPage:
    """One contradiction: every answer that stands to its question, and what it is bound to in the register."""

    line: ContradictionLine
    sides: tuple[Said, ...]
    bind: str
    chosen: UUID | None
    settled_by: str
    settles: bool


def contradictions_in(
    *,
    viewer: Viewer,
    path: str,
    language: str,
    settled: bool = False,
    round: UUID | None = None,
    text: str = "",
    order: str = "found",
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[ContradictionLine], int]:
    """Return the contradictions of an area, open ones unless settled ones are asked for, and how many there are.

    ``text`` is looked for in doors, names and questions. Five statements.
    """
    rows = _reachable(viewer).filter(path__gte=path, path__lt=upper(path), settled_at__isnull=not settled)
    if round is not None:
        rows = rows.filter(round=round)
    if text:
        named = Resident.objects.filter(name__contains=text).values("id")
        rows = rows.filter(Q(household__dwelling__door__contains=text) | Q(subject__in=named))
    part = list(_whole(rows).order_by(*ORDERS[order])[offset : offset + limit])
    return _drawn(part, language), rows.count()


def lines_of_household(*, viewer: Viewer, ids: Sequence[UUID], language: str) -> list[ContradictionLine]:
    """Return open contradictions by id, as a list shows them."""
    return _drawn(list(_whole(_reachable(viewer)).filter(id__in=ids).order_by("found_at", "id")), language)


def count_open(*, viewer: Viewer, path: str, round: UUID | None = None) -> int:
    """Return how many contradictions of an area, or of a round there, nobody has settled."""
    rows = _reachable(viewer).filter(path__gte=path, path__lt=upper(path), settled_at=None)
    return rows.filter(round=round).count() if round is not None else rows.count()


def _reachable(viewer: Viewer) -> QuerySet[Contradiction]:
    return scoped(Contradiction, viewer, READ)


def _whole(rows: QuerySet[Contradiction]) -> QuerySet[Contradiction]:
    return rows.select_related(
        "household__dwelling", "round", "settled_by", "first__questionnaire", "second__questionnaire",
        "first__observer", "second__observer",
    )  # fmt: skip


def _drawn(rows: Sequence[Contradiction], language: str) -> list[ContradictionLine]:
    names = dict(Resident.objects.filter(id__in=[row.subject for row in rows]).values_list("id", "name"))
    return [_line(row, names.get(row.subject, ""), language) for row in rows]


def _line(row: Contradiction, who: str, language: str) -> ContradictionLine:
    home = row.household
    name = name_asked(row.second, row.question)
    register = Said(None, None, "", None, "register", "")
    return ContradictionLine(
        id=row.id,
        household=home.id,
        subject=row.subject,
        who=who,
        door=home.dwelling.door if home.dwelling else home.address,
        path=row.path,
        question=question_words(row.second.questionnaire, name, language)[2] if name else row.question,
        first=said_by(row.first, row.question, language) if row.first else register,
        second=said_by(row.second, row.question, language),
        round=row.round.name if row.round else "",
        found_at=row.found_at,
        settled_at=row.settled_at,
        reason=row.reason,
    )


def name_asked(row: Response, key: str) -> str:
    """Return the name under which a response's questionnaire asks what a contradiction is about; empty when not."""
    asked = compared(row.questionnaire.code, definition_of(row.questionnaire))
    said = answers_of(row)
    names = [name for name, how in asked.items() if how.key == key]
    return next((name for name in names if name in said), names[0] if names else "")


def said_by(row: Response, key: str, language: str) -> Said:
    """Return what a response says to the question of a contradiction."""
    name = name_asked(row, key)
    definition, question, _words = question_words(row.questionnaire, name, language)
    value = answers_of(row).get(name)
    words = in_words(definition, question, value, language) if question is not None else ""
    observer = row.observer.name if row.observer else ""
    return Said(row.id, row.sheet, words, row.at, row.source, observer, row.helper, value)


def contradiction_page(*, viewer: Viewer, contradiction: UUID, language: str) -> ContradictionPage:
    """Return one contradiction with every answer to its question that stands; refused as unknown out of reach."""
    row = _whole(_reachable(viewer)).filter(id=contradiction).first()
    if row is None:
        raise Refused("answers.contradiction_unknown")
    line = _drawn([row], language)[0]
    about = Q(household=row.subject, resident=None) | Q(resident=row.subject) | Q(resident__merged_into=row.subject)
    about |= Q(id__in=[row.first_id, row.second_id])
    rows = Response.objects.filter(about, voided_at=None).select_related("questionnaire", "observer")
    return ContradictionPage(
        line=line,
        sides=tuple(_sides(rows.order_by("at", "id"), row.question, language)),
        bind=bind_of(row.question),
        chosen=row.chosen_id,
        settled_by=row.settled_by.name if row.settled_by else "",
        settles=row.settled_at is None and viewer.permits(SETTLE, row.path),
    )


def _sides(rows: Iterable[Response], key: str, language: str) -> Iterable[Said]:
    for row in rows:
        said = said_by(row, key, language)
        if is_known(said.value):
            yield said


def bind_of(question: str) -> str:
    """Return the register's field that a contradiction's question is bound to, empty for none."""
    return question if "/" not in question else ""


def next_open(*, viewer: Viewer, path: str, after: UUID | None = None) -> UUID | None:
    """Return the open contradiction of an area that was found first, another than ``after``."""
    rows = _reachable(viewer).filter(path__gte=path, path__lt=upper(path), settled_at=None)
    return rows.exclude(id__in=[after]).order_by("found_at", "id").values_list("id", flat=True).first()
