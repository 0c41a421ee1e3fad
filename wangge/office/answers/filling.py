"""Filling in a round's questionnaire at a door: the visit and the answers are saved together."""

from typing import Any
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.shortcuts import render

from wangge.flows.door_visit import DoorRecorded, DoorSeen, record_doors
from wangge.kernel.refused import Refused
from wangge.office.answers.asked import ask, asking_of, back_from, identity, languages
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.places import queries as places
from wangge.situation.answering import Asking
from wangge.surveys.queries.visits import visit_line
from wangge.surveys.rules import DoorState, VisitSeen
from wangge.surveys.rules.answers import RECORD, Filling
from wangge.words import label, say


@page(RECORD, methods=("GET", "POST"))
def round_fill(request: Desk, round_id: UUID, household_id: UUID) -> HttpResponse:
    """Fill in a round's questionnaire at a door; ``?visit=`` belongs to a visit that is recorded already."""
    asking = asking_of(request, round_id, household_id)
    visit = _visit(request, asking)
    asked = ask(request, asking)
    refusal, status = "", asked.status
    if asked.answers is not None:
        try:
            done = _record(request, asking, asked.answers, visit)
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal, status = say(refused), 422
        else:
            return _gone(request, asking, done)
    context = {
        "asking": asking,
        "filling": asked.drawn,
        "begun": asked.begun,
        "refusal": refusal,
        "languages": languages(request, asking),
        "identity": identity(request, "filling"),
        "visit": visit,
        "seen": [(id_, name, str(id_) in request.POST.getlist("seen")) for id_, name in asking.door.members],
        "read_aloud": bool(request.POST.get("read_aloud")),
        "back": back_from(request, asking),
        "state_words": label("surveys.state", asking.door.state),
        "area": places.area_by_path(asking.door.grid_path),
    }
    return render(request, "office/answers/fill.html", context, status=status)


def _visit(request: Desk, asking: Asking) -> UUID | None:
    """Return the recorded visit that the answers belong to, None when the page records one itself."""
    asked = request.POST.get("visit") or request.GET.get("visit") or ""
    try:
        line = visit_line(viewer=request.viewer, visit=UUID(asked))
    except ValueError:
        return None
    return UUID(asked) if line is not None and line.household == asking.door.household else None


def _record(request: Desk, asking: Asking, answers: Any, visit: UUID | None) -> DoorRecorded:
    stamp, id_ = request.stamp(), identity(request, "filling")
    members = {str(one) for one, _ in asking.door.members}
    new = VisitSeen(
        id=uuid5(id_, "visit"),
        household=asking.door.household,
        state=DoorState.DONE,
        at=stamp.at,
        seen=tuple(UUID(one) for one in request.POST.getlist("seen") if one in members),
    )
    filling = Filling(
        id=id_,
        questionnaire=asking.questionnaire,
        household=asking.door.household,
        at=stamp.at,
        source="door",
        answers=answers,
        round=asking.round.id,
        visit=visit or new.id,
        read_aloud=bool(request.POST.get("read_aloud")),
    )
    door = DoorSeen(visit=None if visit else new, filling=filling)
    done = record_doors(stamp=stamp, actor=request.viewer, doors=[door])[0]
    for outcome in (done.visit, done.filling):
        if outcome is not None and outcome.code:
            raise Refused(outcome.code)
    return done


def _gone(request: Desk, asking: Asking, done: DoorRecorded) -> HttpResponse:
    """Go back to the doors, and say there what is open."""
    number = done.filling.contradictions if done.filling else 0
    to = back_from(request, asking)
    if number or done.left_open:
        return go(request, to, say="answers_recorded_open", door=asking.door.door)
    return go(request, to, say="answers_recorded", door=asking.door.door)
