"""The kinds of line that the register writes."""

from wangge.journal.kinds import Kind, register_kind

HOUSEHOLD_ADDED = "people.household_added"
RESIDENT_ADDED = "people.resident_added"
RESIDENT_CORRECTED = "people.resident_corrected"
HOUSEHOLD_CORRECTED = "people.household_corrected"
HOUSEHOLD_MOVED = "people.household_moved"
RESIDENTS_MOVED = "people.residents_moved"
HOUSEHOLD_SPLIT = "people.household_split"
RESIDENT_LEFT = "people.resident_left"
RESIDENT_DIED = "people.resident_died"
RESIDENT_REINSTATED = "people.resident_reinstated"
RESIDENTS_JOINED = "people.residents_joined"
HOUSEHOLDS_JOINED = "people.households_joined"
JOINING_UNDONE = "people.joining_undone"
FLAG_RAISED = "people.flag_raised"
FLAG_ENDED = "people.flag_ended"
FLAG_PLACED = "people.flag_placed"
STAY_BEGUN = "people.stay_begun"
STAY_ENDED = "people.stay_ended"
WITHDRAWN = "people.household_withdrawn"

ALL = (
    HOUSEHOLD_ADDED, RESIDENT_ADDED, RESIDENT_CORRECTED, HOUSEHOLD_CORRECTED, HOUSEHOLD_MOVED, RESIDENTS_MOVED,
    HOUSEHOLD_SPLIT, RESIDENT_LEFT, RESIDENT_DIED, RESIDENT_REINSTATED, RESIDENTS_JOINED, HOUSEHOLDS_JOINED,
    JOINING_UNDONE, FLAG_RAISED, FLAG_ENDED, FLAG_PLACED, STAY_BEGUN, STAY_ENDED, WITHDRAWN,
)  # fmt: skip


def register() -> None:
    """Tell the journal this room's kinds of line."""
    for kind in ALL:
        register_kind(Kind(kind, retention="response"))
