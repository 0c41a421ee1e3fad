"""The menu entries of self-declaration campaigns."""

from datetime import UTC, datetime

from django.utils.translation import pgettext_lazy

from wangge.access.viewing import Viewer
from wangge.office.menu import Entry
from wangge.surveys.queries import campaigns as queries


def _waiting(viewer: Viewer, _path: str) -> int:
    return sum(team.left - team.tried for team in queries.teams_near(viewer=viewer, at=datetime.now(UTC)))


ENTRIES = (
    Entry(
        name="campaigns",
        label=pgettext_lazy("menu", "Self-declaration"),
        heading="monitoring",
        verb="campaign.read",
        icon="horn",
        order=44,
        by_area=True,
        within=(
            "campaign_start", "campaign_one", "campaign_close", "campaign_doors", "campaign_codes", "campaign_teams",
            "campaign_send",
        ),
    ),
    Entry(
        name="campaign_work",
        label=pgettext_lazy("menu", "Evening visits"),
        heading="monitoring",
        verb="visit.record",
        icon="team",
        order=27,
        within=("campaign_team", "campaign_door", "campaign_fill", "campaign_team_withdraw"),
        count=_waiting,
    ),
)  # fmt: skip
