"""What surveys count, and the kinds of line they write."""

from wangge.journal.counters import (
    FLOW,
    PERSONS,
    STOCK,
    Counter,
    register_counter,
    register_flow_recount,
    register_kept_recount,
    register_stock_recount,
)
from wangge.journal.kinds import Kind, register_kind
from wangge.surveys import kinds, rules
from wangge.surveys.rules.answers import CONTRADICTIONS, RESPONSES
from wangge.surveys.rules.lists import ANSWERED, OPEN_ENTRIES


def register() -> None:
    """Tell the journal this room's counters, kinds of line and recounts."""
    from wangge.surveys import recounting
    from wangge.surveys.commands.campaigns import kinds as campaigns

    register_counter(Counter(rules.VISITS, FLOW, unit="visits"))
    register_counter(Counter(rules.PERSON_TIMES, FLOW, unit="person_times"))
    register_counter(Counter(rules.PERSONS_SEEN, PERSONS, unit="persons"))
    register_counter(Counter(rules.DOORS_DONE, FLOW, unit="doors"))
    register_counter(Counter(rules.DOORS_REFUSED, FLOW, unit="doors"))
    register_counter(Counter(rules.DOORS_AGAIN, FLOW, unit="doors"))
    register_flow_recount(rules.VISITS, recounting.visits)
    register_flow_recount(rules.DOORS_DONE, recounting.doors_done)
    for kind in ("surveys.door_visited", "surveys.visit_voided", "surveys.door_followed"):
        register_kind(Kind(kind, retention="response"))
    register_counter(Counter(ANSWERED, FLOW, unit="rows"))
    register_counter(Counter(OPEN_ENTRIES, STOCK, unit="rows"))
    register_flow_recount(ANSWERED, recounting.answers)
    register_stock_recount(OPEN_ENTRIES, recounting.open_entries)
    register_kept_recount("rounds.doors", recounting.round_counts)
    register_kept_recount("rounds.hours", recounting.round_hours)
    register_counter(Counter(RESPONSES, FLOW, unit="responses"))
    register_counter(Counter(CONTRADICTIONS, STOCK, unit="contradictions"))
    register_flow_recount(RESPONSES, recounting.responses)
    register_stock_recount(CONTRADICTIONS, recounting.open_contradictions)
    kinds.register()
    campaigns.register()
