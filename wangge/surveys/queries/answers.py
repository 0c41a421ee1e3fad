"""Reads of answers: those of a household side by side, and what was said last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.refused import Refused
from wangge.people.models import Household
from wangge.people.rules.codes import ResidentState
from wangge.surveys.answered import answers_of, definition_of
from wangge.surveys.models import Contradiction, Questionnaire, Response
from wangge.surveys.rules.answers import READ, is_known, member_repeats, same_answer
from wangge.surveys.rules.questionnaires import OTHER_END, Definition, Question, label, walk
from wangge.surveys.rules.questionnaires import said as in_words

SHEETS_SHOWN = 4
SILENT = frozenset({"note", "group", "repeat", "calculate"})
"""Types of question that nobody answers; what a repeat holds stands under its questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetHead:
    """One filling: when, how and by whom, on which questionnaire, in which round."""

    id: UUID
    at: datetime
    source: str
    observer: str
    helper: str
    title: str
    version: int
    round: str
    voided_at: datetime | None
    void_reason: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What one subject said to one question: a cell for each filling shown, empty where it was not asked there."""

    subject: UUID
    who: str
    question: str
    cells: tuple[str, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class HouseholdAnswers:
    """The answers of a household side by side, the latest filling first; ``more`` fillings are not shown."""

    household: UUID
    path: str
    door: str
    sheets: tuple[SheetHead, ...]
    lines: tuple[AnswerLine, ...]
    more: int
    open: tuple[UUID, ...]
    subjects: tuple[UUID, ...]


def household_answers(*, viewer: Viewer, household: UUID, language: str, most: int = SHEETS_SHOWN) -> HouseholdAnswers:
    """Return what a household answered; refused as unknown outside the viewer's areas. Six statements."""
    home = scoped(Household, viewer, READ).select_related("dwelling").filter(id=household).first()
    if home is None:
        raise Refused("surveys.household_unknown")
    rows = [row for row in _rows_of(home) if row.resident is None or viewer.permits(READ, row.resident.path)]
    sheets = list(dict.fromkeys(row.sheet for row in rows))
    shown = sheets[:most]
    kept = [row for row in rows if row.sheet in shown]
    heads = {row.sheet: _head(row, language) for row in kept}
    opened = Contradiction.objects.filter(
        Q(household=home) | Q(subject__in=[row.resident_id for row in kept if row.resident_id]), settled_at=None
    )
    return HouseholdAnswers(
        household=home.id,
        path=home.path,
        door=home.dwelling.door if home.dwelling else home.address,
        sheets=tuple(heads[sheet] for sheet in shown),
        lines=tuple(_lines(kept, shown, language)),
        more=len(sheets) - len(shown),
        open=tuple(opened.order_by("found_at", "id").values_list("id", flat=True)),
        subjects=tuple(dict.fromkeys(row.resident_id for row in kept if row.resident_id)),
    )


def _rows_of(home: Household) -> QuerySet[Response]:
    """Return the answers about a household, those merged into it and everybody who lives there, the latest first."""
    here = Q(household=home) | Q(household__merged_into=home)
    people = Q(resident__household=home, resident__state=ResidentState.LIVING)
    people |= Q(resident__merged_into__household=home, resident__merged_into__state=ResidentState.LIVING)
    rows = Response.objects.filter(here | people).select_related("questionnaire", "round", "observer", "resident")
    return rows.order_by("-at", "sheet", "id")


def _head(row: Response, language: str) -> SheetHead:
    return SheetHead(
        id=row.sheet,
        at=row.at,
        source=row.source,
        observer=row.observer.name if row.observer else "",
        helper=row.helper,
        title=label(row.questionnaire.title, language) or row.questionnaire.code,
        version=row.questionnaire.version,
        round=row.round.name if row.round else "",
        voided_at=row.voided_at,
        void_reason=row.void_reason,
    )


def _lines(rows: Sequence[Response], sheets: Sequence[UUID], language: str) -> list[AnswerLine]:
    """Return a line for each subject and question that anybody answered, the household first."""
    cells: dict[tuple[UUID | None, str], dict[UUID, tuple[Any, str]]] = {}
    names: dict[tuple[UUID | None, str], tuple[str, str]] = {}
    for row in rows:
        definition = definition_of(row.questionnaire)
        said = answers_of(row)
        for question in walk(definition.questions):
            if question.name not in said or question.type in SILENT:
                continue
            key = (row.resident_id, question.name)
            words = in_words(definition, question, said[question.name], language)
            if other := said.get(question.name + OTHER_END):
                words = f"{words} ({other})"
            cells.setdefault(key, {})[row.sheet] = (None if row.voided_at else said[question.name], words)
            names.setdefault(key, (row.resident.name if row.resident else "", label(question.label, language)))
    ordered = sorted(cells, key=lambda key: (key[0] is not None, str(key[0])))
    return [
        AnswerLine(
            subject=subject or rows[0].household_id,
            who=names[subject, name][0],
            question=names[subject, name][1] or name,
            cells=tuple(cells[subject, name].get(sheet, (None, ""))[1] for sheet in sheets),
            differs=_differ([value for value, _ in cells[subject, name].values()]),
        )
        for subject, name in ordered
    ]


def _differ(values: Sequence[Any]) -> bool:
    known = [value for value in values if is_known(value)]
    return any(not same_answer(known[0], value) for value in known[1:])


@dataclass(frozen=True, slots=True)
class LastSaid:
    """What a household answered last to a questionnaire, as it was filled in: when, and in which round."""

    at: datetime
    round: UUID | None
    round_name: str
    answers: dict[str, Any]


def last_said(*, viewer: Viewer, household: UUID, code: str) -> LastSaid | None:
    """Return what a household answered last to a questionnaire, None if never or out of reach; only what stands."""
    home = scoped(Household, viewer, READ).filter(id=household).first()
    if home is None:
        return None
    rows = list(_rows_of(home).filter(questionnaire__code=code, voided_at=None).exclude(source="check"))
    latest = [row for row in rows if row.sheet == rows[0].sheet]
    if not latest:
        return None
    head = latest[0]
    return LastSaid(head.at, head.round_id, head.round.name if head.round else "", put_together(latest))


def put_together(rows: Sequence[Response]) -> dict[str, Any]:
    """Return the rows of one filling as they were filled in: repeats per member as lists again."""
    found: dict[str, Any] = {}
    for row in rows:
        if row.resident_id is None:
            found |= answers_of(row)
    for row in rows:
        if row.resident_id is None:
            continue
        said = answers_of(row)
        for repeat in member_repeats(definition_of(row.questionnaire)):
            inside = {one.name for one in walk(repeat.questions)}
            mine = {name: value for name, value in said.items() if name in inside}
            if mine:
                found.setdefault(repeat.name, []).append({"resident": str(row.resident_id), **mine})
    return found


def answers_by_sheet(sheets: Sequence[UUID]) -> dict[UUID, dict[tuple[UUID | None, str], Any]]:
    """Return the standing answers of fillings by (resident or None, question), for work the server does by itself."""
    found: dict[UUID, dict[tuple[UUID | None, str], Any]] = {}
    rows = Response.objects.filter(sheet__in=sheets, voided_at=None)
    for row in rows:
        cells = found.setdefault(row.sheet, {})
        cells.update({(row.resident_id, name): value for name, value in answers_of(row).items()})
    return found


def question_words(questionnaire: Questionnaire, name: str, language: str) -> tuple[Definition, Question | None, str]:
    """Return a version's definition, its question of that name, and the question in words."""
    definition = definition_of(questionnaire)
    for one in walk(definition.questions):
        if one.name == name:
            return definition, one, label(one.label, language) or name
    return definition, None, name


def sheet_spot(*, viewer: Viewer, sheet: UUID) -> UUID:
    """Return the household that a filling is about; refused as unknown outside the viewer's areas."""
    rows = scoped(Response, viewer, READ, path_field="household__path").filter(sheet=sheet, resident=None)
    found = rows.values_list("household", flat=True).first()
    if found is None:
        raise Refused("answers.response_unknown")
    return found
