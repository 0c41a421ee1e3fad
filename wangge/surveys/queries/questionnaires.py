"""Reading questionnaires: those that may be used in an area or below, one version, and the versions of a code."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Q, QuerySet

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.paths import ancestors, upper
from wangge.kernel.refused import Refused
from wangge.surveys.models import Questionnaire
from wangge.surveys.rules.questionnaires import (
    MANAGE,
    READ,
    Definition,
    Fault,
    Report,
    advice,
    definition_faults,
    forbidden,
    questions_asked,
    read_definition,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireLine:
    """One version in a list; ``mine`` says that the viewer may change the questionnaire."""

    id: UUID
    code: str
    version: int
    title: dict[str, str]
    state: str
    origin: str
    area: int
    area_name: str
    subject: str
    questions: int
    changed_at: datetime
    published_at: datetime | None
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireSeen:
    """One version as a whole: what keeps it from being published, what could be better, what its import said."""

    line: QuestionnaireLine
    path: str
    definition: Definition
    digest: str
    faults: tuple[Fault, ...]
    advice: tuple[Fault, ...]
    reports: tuple[Report, ...]
    made_by: str
    made_at: datetime
    withdrawn_at: datetime | None


def questionnaires(
    *,
    viewer: Viewer,
    path: str = "",
    states: tuple[str, ...] = (),
    subject: str = "",
    text: str = "",
    every_version: bool = False,
) -> list[QuestionnaireLine]:
    """Return what the viewer may read, by code, the latest version first; of each code the latest unless all are asked.

    ``path`` narrows to what may be used in that area: made there, above or below. Two statements at most.
    """
    rows = _readable(viewer)
    if path:
        rows = rows.filter(Q(path__in=ancestors(path)) | Q(path__gte=path, path__lt=upper(path)))
    if states:
        rows = rows.filter(state__in=states)
    if subject:
        rows = rows.filter(definition__subject=subject)
    found = [_line(viewer, row) for row in rows.select_related("area").order_by("code", "-version")]
    if not every_version:
        found = list({line.code: line for line in reversed(found)}.values())[::-1]
    wanted = text.casefold().split()
    return [line for line in found if all(word in _words(line) for word in wanted)]


def questionnaire_page(*, viewer: Viewer, questionnaire: UUID) -> QuestionnaireSeen:
    """Return one version; refused alike when it is unknown and out of reach. One statement."""
    row = _readable(viewer).select_related("area", "made_by").filter(id=questionnaire).first()
    if row is None:
        raise Refused("questionnaires.unknown")
    definition = read_definition(row.definition)
    return QuestionnaireSeen(
        line=_line(viewer, row),
        path=row.path,
        definition=definition,
        digest=bytes(row.digest).hex(),
        faults=(*definition_faults(definition), *forbidden(definition)),
        advice=tuple(advice(definition)),
        reports=tuple(msgspec.convert(row.reports, list[Report])),
        made_by=row.made_by.name if row.made_by else "",
        made_at=row.made_at,
        withdrawn_at=row.withdrawn_at,
    )


def versions(*, viewer: Viewer, code: str) -> list[QuestionnaireLine]:
    """Return the versions of a code, the latest first; none when it is out of reach. One statement."""
    rows = _readable(viewer).filter(code=code).select_related("area").order_by("-version")
    return [_line(viewer, row) for row in rows]


def questionnaire_named(*, viewer: Viewer, name: str, version: int | None = None) -> UUID:
    """Return the version that a code or an id means: the one asked for, else the published, else the latest."""
    rows = _readable(viewer).order_by("-version")
    try:
        rows = rows.filter(id=UUID(name))
    except ValueError:
        rows = rows.filter(code=name.strip())
    if version is not None:
        rows = rows.filter(version=version)
    found = rows.filter(state="published").first() or rows.first()
    if found is None:
        raise Refused("questionnaires.unknown")
    return found.id


def definition_of(questionnaire: UUID) -> Definition:
    """Return what a version says, for commands that know already that it may be used; refused when it is unknown."""
    row: Any = Questionnaire.objects.filter(id=questionnaire).values_list("definition", flat=True).first()
    if row is None:
        raise Refused("questionnaires.unknown")
    return read_definition(row)


def _readable(viewer: Viewer) -> QuerySet[Questionnaire]:
    """Return what the viewer may read: that of their areas, and what holds there because it was made above."""
    above = {outer for reach in viewer.reaches(READ) for outer in ancestors(reach)}
    return scoped(Questionnaire, viewer, READ) | Questionnaire.objects.filter(path__in=above).exclude(state="draft")


def _line(viewer: Viewer, row: Questionnaire) -> QuestionnaireLine:
    definition = read_definition(row.definition)
    return QuestionnaireLine(
        id=row.id,
        code=row.code,
        version=row.version,
        title=row.title,
        state=row.state,
        origin=row.origin,
        area=row.area_id,
        area_name=row.area.name,
        subject=definition.subject,
        questions=questions_asked(definition),
        changed_at=row.changed_at,
        published_at=row.published_at,
        mine=viewer.holds_at(MANAGE, row.path),
    )


def _words(line: QuestionnaireLine) -> str:
    return " ".join((line.code, line.area_name, *line.title.values())).casefold()
