"""Questionnaires in every area of the world: one in use, and a draft of its next version."""

from typing import TYPE_CHECKING
from uuid import UUID

from wangge.surveys.commands.questionnaires import publish_questionnaire, save_draft

if TYPE_CHECKING:
    from tests.authz.world import World

NO_ID = UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0001)
ASKED = {
    "format": 1,
    "languages": ["zh-hans"],
    "title": {"zh-hans": "问卷"},
    "notice": {"zh-hans": "只用于演练。"},
    "questions": [{"name": "count", "type": "integer", "label": {"zh-hans": "几个人？"}}],
}


def questionnaires(world: "World") -> dict[str, object]:
    """Publish a questionnaire in each area, and write a draft of its next version."""
    found: dict[str, dict[str, object]] = {
        "questionnaire": {"missing": NO_ID},
        "draft questionnaire": {"missing": NO_ID},
    }
    for relation, area in world.areas.items():
        code = f"walk-{relation}"
        first = save_draft(stamp=world.stamp(), actor=world.admin, area=area.id, code=code, definition=ASKED)
        publish_questionnaire(stamp=world.stamp(), actor=world.admin, questionnaire=first.id)
        draft = save_draft(stamp=world.stamp(), actor=world.admin, area=area.id, code=code, definition=ASKED)
        found["questionnaire"][relation], found["draft questionnaire"][relation] = first.id, draft.id
    world.things |= found
    return found["questionnaire"]
