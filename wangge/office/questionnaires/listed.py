"""The list of questionnaires that an area may use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from wangge.office.listing import Column, listing
from wangge.office.viewing import Desk, area_or_404, page
from wangge.situation.questionnaires.queries import rounds_of_codes
from wangge.surveys.queries.questionnaires import QuestionnaireLine
from wangge.surveys.queries.questionnaires import questionnaires as found
from wangge.surveys.rules.questionnaires import MANAGE, READ
from wangge.surveys.rules.questionnaires import label as said
from wangge.words import label

STATE_LOOKS = {"draft": "wait", "published": "done", "withdrawn": "gone"}


@dataclass(frozen=True, slots=True)
class Line:
    """A questionnaire as it is drawn in a list."""

    id: UUID
    title: str
    code: str
    version: int
    look: str
    words: str
    area: int
    area_name: str
    questions: int
    rounds: int
    changed_at: datetime
    draft_id: UUID | None


COLUMNS: tuple[Column[Line], ...] = (
    Column(key="title", label=gettext_lazy("Questionnaire"), by=lambda one: (one.title, one.code)),
    Column(key="code", label=gettext_lazy("Code"), by=lambda one: one.code),
    Column(key="state", label=gettext_lazy("State"), by=lambda one: (one.look, one.code)),
    Column(key="version", label=pgettext_lazy("questionnaire", "Version"), by=lambda one: one.version, number=True),
    Column(
        key="questions", label=pgettext_lazy("questionnaire", "Questions"), by=lambda one: one.questions, number=True
    ),
    Column(key="rounds", label=pgettext_lazy("questionnaire", "Rounds"), by=lambda one: one.rounds, number=True),
    Column(key="changed", label=pgettext_lazy("questionnaire", "Changed"), by=lambda one: one.changed_at),
)


@page(READ)
def questionnaires(request: Desk, area_id: int) -> HttpResponse:
    """List the questionnaires that an area may use; ``?q=`` searches, ``?sort=`` sorts."""
    here = area_or_404(request.viewer, READ, area_id)
    text = request.GET.get("q", "").strip()[:60]
    rows = found(viewer=request.viewer, path=here.path, text=text, every_version=True)
    context: dict[str, Any] = {
        "area": here,
        "rows": listing(request.GET, drawn(rows, rounds_of_codes()), COLUMNS, sort="title"),
        "text": text,
        "manages": request.viewer.holds_at(MANAGE, here.path),
    }
    return render(request, "office/questionnaires/list.html", context)


def drawn(rows: Sequence[QuestionnaireLine], used: Mapping[str, int]) -> list[Line]:
    """Return one line for each questionnaire: the version in use, else its draft, which is named beside it.

    ``rows`` are all versions, the latest first.
    """
    drafts: dict[str, QuestionnaireLine] = {}
    standing: dict[str, QuestionnaireLine] = {}
    for row in rows:
        kept = drafts if row.state == "draft" else standing
        if row.code not in kept or (row.state, kept[row.code].state) == ("published", "withdrawn"):
            kept[row.code] = row
    return [_line(row, drafts.get(row.code), used) for row in ({**drafts, **standing}).values()]


def _line(row: QuestionnaireLine, draft: QuestionnaireLine | None, used: Mapping[str, int]) -> Line:
    return Line(
        id=row.id,
        title=title_of(row),
        code=row.code,
        version=row.version,
        look=STATE_LOOKS[row.state],
        words=label("questionnaires.state", row.state),
        area=row.area,
        area_name=row.area_name,
        questions=row.questions,
        rounds=used.get(row.code, 0),
        changed_at=row.published_at or row.changed_at,
        draft_id=draft.id if draft else None,
    )


def title_of(row: QuestionnaireLine) -> str:
    """Return the title in the language of the page; one without a title goes by its code."""
    return said(row.title, get_language() or "zh-hans") or row.code
