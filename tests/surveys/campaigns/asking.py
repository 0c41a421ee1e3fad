"""A campaign in the community of the register's tests, and what is sent to it."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from tests.people.world import World, fresh
from wangge.kernel.ids import uuid7
from wangge.surveys.commands.campaigns import make_codes, start_campaign
from wangge.surveys.models import Questionnaire
from wangge.surveys.queries.campaigns import codes
from wangge.surveys.rules.campaigns import CampaignHead

WORDS = {"zh-hans": "字", "zh-hant": "字", "en": "words"}
YES_NO = [
    {"value": "yes", "label": {"en": "Yes", "zh-hans": "有", "zh-hant": "有"}},
    {"value": "no", "label": {"en": "No", "zh-hans": "没有", "zh-hant": "沒有"}},
]
DEFINITION: dict[str, Any] = {
    "format": 1,
    "subject": "household",
    "languages": ["zh-hans", "zh-hant", "en"],
    "title": {"zh-hans": "申报", "zh-hant": "申報", "en": "Declaration"},
    "notice": {"zh-hans": "为了防疫", "zh-hant": "為了防疫", "en": "Why we ask"},
    "choices": {"yes_no": YES_NO},
    "questions": [
        {
            "name": "people", "type": "repeat", "repeat": "members",
            "label": {"en": "Everybody at home", "zh-hans": "家里每个人", "zh-hant": "家裡每個人"},
            "questions": [
                {"name": "fever", "type": "select_one", "choices": "yes_no", "klass": "health", "purpose": "care",
                 "label": {"en": "Fever?", "zh-hans": "发热吗？", "zh-hant": "發燒嗎？"}},
                {"name": "away", "type": "text", "label": {"en": "Back from where?", "zh-hans": "从哪里回来？"}},
            ],
        },
        {"name": "needs", "type": "text", "label": {"en": "What do you need?", "zh-hans": "需要什么？"}},
    ],
}  # fmt: skip


def questionnaire(world: World, *, state: str = "published", area: Any = None, **changes: Any) -> UUID:
    """Return a questionnaire that is in use in the whole installation, or as asked for."""
    home = area or world.house.east
    path = home.path if area else home.path.split(".")[0] + "."
    row = Questionnaire.objects.create(
        id=uuid7(), code=f"declaration-{uuid7()}", version=1, area=home, path=path, title=DEFINITION["title"],
        definition={**DEFINITION, **changes}, digest=b"d" * 32, state=state, origin="shipped",
        made_at=fresh().at, changed_at=fresh().at,
    )  # fmt: skip
    return row.id


def head(world: World, **changes: Any) -> CampaignHead:
    """Return a campaign of the eastern community in the week of the tests."""
    one = CampaignHead(
        id=uuid7(), area=world.house.east.id, name="二月申报", purpose="防控", basis="防指〔2020〕1号",
        questionnaire=UUID(int=0), telephone="6555 0120", from_on=date(2020, 2, 9), until_on=date(2020, 2, 16),
    )  # fmt: skip
    if "questionnaire" not in changes:
        changes["questionnaire"] = questionnaire(world)
    return replace(one, **changes)


def begin(world: World, **changes: Any) -> UUID:
    """Start a campaign and return it."""
    return start_campaign(stamp=fresh(), actor=world.clerk, head=head(world, **changes)).campaign


def code(world: World, campaign: UUID, household: UUID) -> str:
    """Return the code of a door, made if it has none."""
    make_codes(stamp=fresh(), actor=world.clerk, campaign=campaign, area=world.house.east.id)
    lines = codes(viewer=world.clerk, campaign=campaign, area=world.house.east.id)
    return next(line.code for line in lines if line.household == household)
