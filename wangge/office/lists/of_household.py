"""A household's page: every list its members were on and who asked; to others only that somebody was asked today."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wangge.office.viewing import Desk
from wangge.surveys.queries.entries import asked_on, lists_of_people
from wangge.surveys.rules.lists import ANSWER, READ
from wangge.words import label


def lists_context(request: Desk, path: str, people: Sequence[tuple[UUID, str]]) -> dict[str, Any]:
    """Return what ``office/lists/of_household.html`` shows."""
    viewer = request.viewer
    names: dict[UUID, str] = dict(people)
    if viewer.permits(READ, path):
        rows = lists_of_people(viewer=viewer, path=path, residents=names)
        answers = viewer.permits(ANSWER, path)
        drawn = [(one, names.get(one.resident, "") if one.resident else "", _outcome(one.outcome)) for one in rows]
        return {"list_lines": drawn, "list_answers": answers, "asked_today": ()}
    asked = asked_on(residents=names, day=request.stamp().day)
    return {"list_lines": (), "list_answers": False, "asked_today": [names[id_] for id_ in names if id_ in asked]}


def _outcome(code: str) -> str:
    return label("lists.outcome", code) if code else ""
