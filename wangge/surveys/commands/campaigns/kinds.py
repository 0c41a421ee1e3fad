"""The kinds of line that campaigns write; their facts are ids and counts."""

from wangge.journal.counters import FLOW, Counter, register_counter
from wangge.journal.kinds import Kind, register_kind
from wangge.surveys.rules.campaigns import DECLARED

STARTED = "campaigns.campaign_started"
CLOSED = "campaigns.campaign_closed"
REOPENED = "campaigns.campaign_reopened"
CODES_MADE = "campaigns.codes_made"
CODE_REPLACED = "campaigns.code_replaced"
DECLARATION = "campaigns.household_declared"
TEAM_SENT = "campaigns.team_sent"
TEAM_WITHDRAWN = "campaigns.team_withdrawn"
DOOR_TRIED = "campaigns.door_tried"

ALL = (STARTED, CLOSED, REOPENED, CODES_MADE, CODE_REPLACED, DECLARATION, TEAM_SENT, TEAM_WITHDRAWN, DOOR_TRIED)


def register() -> None:
    """Tell the journal these kinds of line, and what they count."""
    register_counter(Counter(DECLARED, FLOW, unit="households"))
    for kind in ALL:
        register_kind(Kind(kind, retention="response"))
