"""What was answered in the walk's areas: a round with questions, answers that contradict, a check, printed paper."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from wangge.kernel.ids import uuid7
from wangge.surveys.commands import record_responses, record_visits, start_round
from wangge.surveys.commands.paper import print_sheets
from wangge.surveys.commands.spotchecks import draw_checks
from wangge.surveys.models import Contradiction, PaperSheet, Questionnaire, SpotCheck
from wangge.surveys.rules import DoorState, VisitSeen
from wangge.surveys.rules.answers import Filling

if TYPE_CHECKING:
    from tests.authz.world import World

NO_ID = UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0001)
Ids = dict[str, object]
ASKED = {
    "format": 1, "subject": "household", "languages": ["zh-hans"], "title": {"zh-hans": "入户"},
    "questions": [{"name": "rooms", "type": "integer", "label": {"zh-hans": "几间房"}}],
}  # fmt: skip


def asked(world: "World") -> Ids:
    """Ask at one door of each area in a round with questions: twice with other answers, once again, and on paper."""
    kinds = ("asked round", "answers", "contradiction", "check", "paper", "sheet code")
    found: dict[str, Ids] = {kind: {"missing": NO_ID} for kind in kinds}
    found["sheet code"]["missing"] = "ZZZZZZZZ"
    for relation, area in world.lived_in.items():
        now, household = world.stamp(), world.id("household", relation)
        paper = Questionnaire.objects.create(
            id=uuid7(), code=f"asked-{relation}", version=1, area=area, path=area.path, definition=ASKED, digest=b"1",
            state="published", origin="editor", made_at=now.at, changed_at=now.at,
        )  # fmt: skip
        round_ = start_round(
            stamp=now, actor=world.admin, area=area.id, name=f"asked {relation}", purpose="演练", basis="演练",
            questionnaire=paper.id, from_on=now.day, until_on=now.day + timedelta(days=2),
        ).round  # fmt: skip
        found["asked round"][relation] = round_
        visit = VisitSeen(id=uuid7(), household=household, state=DoorState.DONE, at=world.stamp().at)
        record_visits(stamp=world.stamp(), actor=world.admin, visits=[visit])
        for rooms in (1, 2):
            told = Filling(
                id=uuid7(), questionnaire=paper.id, household=household, at=now.at, source="door",
                answers={"rooms": rooms}, round=round_, visit=visit.id,
            )  # fmt: skip
            record_responses(stamp=world.stamp(), actor=world.admin, fillings=[told])
            found["answers"][relation] = told.id
        found["contradiction"][relation] = Contradiction.objects.get(household=household).id
        draw_checks(stamp=world.stamp(), actor=world.admin, round=round_, path=area.path, number=1)
        found["check"][relation] = SpotCheck.objects.get(round=round_).id
        batch = print_sheets(stamp=world.stamp(), actor=world.admin, round=round_, area=area.id)
        found["paper"][relation] = batch
        found["sheet code"][relation] = PaperSheet.objects.filter(batch=batch)[0].code
    world.things |= found
    return found["asked round"]
