"""A questionnaire of a round, and families who answer it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

import msgspec

from tests.conftest import NOON
from tests.people.world import World, fresh
from wangge.access.viewing import Viewer
from wangge.kernel.ids import uuid7
from wangge.surveys.commands import record_responses
from wangge.surveys.models import Questionnaire, SurveyRound
from wangge.surveys.rules.answers import Filling, FillingOutcome

YES_NO = [{"value": "yes", "label": {"en": "Yes", "zh-hans": "是"}}, {"value": "no", "label": {"en": "No"}}]
DEFINITION: dict[str, Any] = {
    "format": 1,
    "subject": "household",
    "languages": ["zh-hans", "en"],
    "title": {"zh-hans": "入户", "en": "At the door"},
    "notice": {"en": "We ask for the community. It is kept for a year."},
    "choices": {"yes_no": YES_NO},
    "questions": [
        {"name": "rooms", "type": "integer", "label": {"en": "Rooms"}, "constraint": ". < 20"},
        {"name": "remark", "type": "text", "label": {"en": "Remark"}, "bind": "household.note"},
        {
            "name": "people", "type": "repeat", "repeat": "members", "label": {"en": "Members"},
            "questions": [
                {"name": "away", "type": "select_one", "choices": "yes_no", "label": {"en": "Away"}},
                {"name": "fever", "type": "select_one", "choices": "yes_no", "label": {"en": "Fever"},
                 "klass": "health", "purpose": "health"},
                {"name": "born", "type": "date", "label": {"en": "Born"}, "bind": "resident.birth_on"},
                {"name": "phone", "type": "text", "label": {"en": "Telephone"}, "bind": "resident.phone"},
                {"name": "back", "type": "select_one", "choices": "yes_no", "label": {"en": "Came back lately"},
                 "bind": "flag.returnee"},
            ],
        },
    ],
}  # fmt: skip


@dataclass
class Asking:
    """The world, a round in its east with a published questionnaire, and what was typed."""

    world: World
    round: SurveyRound
    paper: Questionnaire

    def filling(self, household: UUID, people: Mapping[UUID, Mapping[str, Any]] | None = None, **more: Any) -> Filling:
        """Return a filling of a household, with what was answered about its members."""
        given: dict[str, Any] = {name: more.pop(name) for name in ("rooms", "remark") if name in more}
        if people:
            given["people"] = [{"resident": str(id_), **said} for id_, said in people.items()]
        chosen: dict[str, Any] = {
            "id": uuid7(), "questionnaire": self.paper.id, "household": household, "at": NOON, "source": "door",
            "round": self.round.id, "answers": given,
        } | more  # fmt: skip
        return Filling(**chosen)

    def record(self, *fillings: Filling, actor: Viewer | None = None) -> list[FillingOutcome]:
        """Record fillings at noon."""
        return record_responses(stamp=fresh(), actor=actor or self.world.clerk, fillings=fillings)


def ask(world: World, definition: Mapping[str, Any] = DEFINITION, code: str = "door") -> Asking:
    """Publish a questionnaire in the east of a world and begin a round with it."""
    area = world.house.east
    paper = Questionnaire.objects.create(
        id=uuid7(), code=code, version=1, area=area, path=area.path, title=dict(definition["title"]),
        definition=dict(definition), digest=sha256(msgspec.json.encode(definition)).digest(), state="published",
        origin="editor", made_at=NOON, changed_at=NOON, published_at=NOON,
    )  # fmt: skip
    return Asking(world, begin_round(world, paper), paper)


def begin_round(
    world: World, paper: Questionnaire, *, name: str = "第一轮", from_on: date = date(2020, 2, 9)
) -> SurveyRound:
    """Begin a round of three days in the east."""
    area = world.house.east
    return SurveyRound.objects.create(
        id=uuid7(), area=area, path=area.path, name=name, purpose="排查", basis="县指令第3号", questionnaire=paper,
        from_on=from_on, until_on=from_on + timedelta(days=3), deadline=NOON + timedelta(days=2),
        opened_by_id=world.clerk.account_id, opened_at=NOON,
    )  # fmt: skip


def later(minutes: int = 0, *, days: int = 0) -> datetime:
    """Return an instant after noon."""
    return NOON + timedelta(minutes=minutes, days=days)


def row_about(sheet: UUID, resident: UUID) -> UUID:
    """Return the id of what a filling says about a resident."""
    return uuid5(sheet, str(resident))
