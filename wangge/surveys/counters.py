"""What surveys count, and the kinds of line they write."""

from wangge.journal.counters import FLOW, PERSONS, Counter, register_counter, register_flow_recount
from wangge.journal.kinds import Kind, register_kind
from wangge.surveys import rules


def register() -> None:
    """Tell the journal this room's counters, kinds of line and recounts."""
    from wangge.surveys import recounting

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
