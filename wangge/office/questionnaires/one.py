"""One questionnaire: what it asks and what for, its versions, what differs between them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from wangge.office.questionnaires import reported
from wangge.office.questionnaires.listed import STATE_LOOKS, title_of
from wangge.office.viewing import Desk, home_area, page
from wangge.places import queries as places
from wangge.situation.questionnaires.differences import Difference, differences
from wangge.situation.questionnaires.queries import rounds_of_codes
from wangge.surveys.queries.questionnaires import QuestionnaireLine, QuestionnaireSeen, questionnaire_page
from wangge.surveys.queries.questionnaires import versions as versions_of
from wangge.surveys.rules.questionnaires import MANAGE, READ
from wangge.surveys.rules.questionnaires import label as said
from wangge.words import label

LANGUAGES = {"zh-hans": "简体中文", "zh-hant": "繁體中文", "en": "English"}


@page(READ)
def questionnaire(request: Desk, questionnaire_id: UUID) -> HttpResponse:
    """Show one version: every question with its class, purpose, how long it is kept and where it goes."""
    one = questionnaire_page(viewer=request.viewer, questionnaire=questionnaire_id)
    line = one.line
    versions = versions_of(viewer=request.viewer, code=line.code)
    draft = line.state == "draft"
    address = reverse("question_edit", args=[line.id, "NAME"]).replace("NAME", "{name}") if line.mine else ""
    shown = about(request, one)
    context = {
        **shown,
        "copies": shown["area"] is not None and request.viewer.holds_at(MANAGE, shown["area"].path),
        "lines": reported.lines(one.definition),
        "asked": line.questions,
        "notice": said(one.definition.notice, language()),
        "reports": reported.report_lines(one.reports),
        "rounds": rounds_of_codes().get(line.code, 0),
        "manages": line.mine,
        "faults": reported.fault_lines(one.definition, one.faults, address) if draft else (),
        "advice": reported.fault_lines(one.definition, one.advice, address) if draft else (),
        "versions": version_lines(versions),
        "draft_id": next((row.id for row in versions if row.state == "draft" and row.id != line.id), None),
    }
    return render(request, "office/questionnaires/one.html", context)


def about(request: Desk, one: QuestionnaireSeen) -> dict[str, Any]:
    """Return what every page about a questionnaire shows of it; one of an area above is shown in one's own area."""
    own = request.viewer.holds_at(READ, one.path)
    return {
        "area": places.area(one.line.area) if own else home_area(request.viewer, READ),
        "one": Shown(one.line),
        "look": STATE_LOOKS[one.line.state],
        "state": label("questionnaires.state", one.line.state),
        "origin": label("questionnaires.origin", one.line.origin),
    }


class Shown:
    """A questionnaire with its title in the language of the page."""

    def __init__(self, one: QuestionnaireLine) -> None:
        self.id, self.code, self.version, self.state = one.id, one.code, one.version, one.state
        self.area_name = one.area_name
        self.shown_title = title_of(one)


def language() -> str:
    """Return the language of the page."""
    return get_language() or "zh-hans"


def version_lines(versions: list[QuestionnaireLine]) -> list[dict[str, Any]]:
    """Return the versions as they are listed, each with the one before it."""
    before = [*versions[1:], None]
    return [
        {
            "id": row.id,
            "version": row.version,
            "look": STATE_LOOKS[row.state],
            "words": label("questionnaires.state", row.state),
            "changed_at": row.changed_at,
            "before_id": earlier.id if earlier else None,
            "before_version": earlier.version if earlier else None,
        }
        for row, earlier in zip(versions, before, strict=True)
    ]


@page(READ)
def questionnaire_differences(request: Desk, questionnaire_id: UUID) -> HttpResponse:
    """Say in words what differs from another version, the one before unless another is asked for."""
    one = questionnaire_page(viewer=request.viewer, questionnaire=questionnaire_id)
    versions = versions_of(viewer=request.viewer, code=one.line.code)
    earlier = [row for row in versions if row.version < one.line.version]
    asked = request.GET.get("old", "")
    chosen = next((row for row in versions if str(row.id) == asked), earlier[0] if earlier else None)
    if asked and (chosen is None or str(chosen.id) != asked):
        raise Http404
    old = questionnaire_page(viewer=request.viewer, questionnaire=chosen.id) if chosen else one
    context = {
        **about(request, one),
        "old": old.line,
        "versions": version_lines(versions),
        "changes": [worded(line) for line in differences(old.definition, one.definition, language())],
    }
    return render(request, "office/questionnaires/differences.html", context)


def worded(line: Difference) -> dict[str, str]:
    """Return a difference in words."""
    texts = [_value(line.what, text) for text in (line.before, line.after)]
    return {
        "name": line.name,
        "label": line.words,
        "kind": label("asking.kind", line.kind),
        "what": label("asking.what", line.what) if line.what else "",
        "language": LANGUAGES.get(line.language, line.language),
        "before": texts[0],
        "after": texts[1],
    }


def _value(what: str, text: str) -> str:
    if what == "bind":
        return reported.bind_words(text)
    if what in ("required", "unknown", "other", "read_only"):
        return label("asking.yes", text)
    return (
        label(f"asking.{what}", text)
        if what in ("type", "klass", "purpose", "retention", "repeat", "compare")
        else text
    )
