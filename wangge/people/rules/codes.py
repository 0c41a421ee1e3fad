"""The words of the register: relations, states, gaps, reasons of flags, limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Sex(StrEnum):
    """As the document's number tells it."""

    MALE = "M"
    FEMALE = "F"


class Relation(StrEnum):
    """What a resident is to the head of the household."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    SIBLING = "sibling"
    IN_LAW = "in_law"
    OTHER_RELATIVE = "other_relative"
    TENANT = "tenant"
    NON_RELATIVE = "non_relative"
    UNKNOWN = "unknown"


class Presence(StrEnum):
    """Whether a resident sleeps here: living here, away for now, or a guest who is registered nowhere else."""

    LIVING_HERE = "living_here"
    AWAY = "away"
    GUEST = "guest"


class ResidentState(StrEnum):
    """Where a resident stands in the register; ``merged`` points to the row that is left."""

    LIVING = "living"
    MOVED_OUT = "moved_out"
    DIED = "died"
    MERGED = "merged"


class HouseholdState(StrEnum):
    """Whether a household is kept; ``merged`` points to the household that is left."""

    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"


class Gap(StrEnum):
    """What the register does not know yet, or what has run out; a gap never blocks."""

    NAME = "name_missing"
    SEX = "sex_missing"
    BIRTH = "birth_missing"
    NUMBER = "number_missing"
    NUMBER_DOUBT = "number_doubtful"
    PHONE = "phone_missing"
    RELATION = "relation_unknown"
    GUARDIAN = "guardian_missing"
    GUARDIAN_GONE = "guardian_gone"
    FLAG_OVERDUE = "flag_overdue"
    NO_DWELLING = "no_dwelling"
    NO_HEAD = "no_head"
    NO_MEMBERS = "no_members"


RESIDENT_GAPS: tuple[Gap, ...] = (
    Gap.NAME, Gap.SEX, Gap.BIRTH, Gap.NUMBER, Gap.NUMBER_DOUBT, Gap.PHONE, Gap.RELATION, Gap.GUARDIAN,
    Gap.GUARDIAN_GONE, Gap.FLAG_OVERDUE,
)  # fmt: skip

ID_KINDS: tuple[str, ...] = (
    "citizen_18", "citizen_15", "hongkong_residence", "macao_residence", "taiwan_residence", "foreign_permanent_2023",
    "foreign_permanent_2017", "passport", "travel_permit", "birth_certificate", "other", "none",
)  # fmt: skip
"""Kinds of document; those before ``passport`` are read from the number itself, ``none`` is somebody without papers."""

READ_KINDS = frozenset(ID_KINDS[: ID_KINDS.index("passport")])

BATCH_LIMIT = 500
"""People, households or flags that one command takes: no transaction is larger than 500 rows of work."""
PHONE_LIMIT = 8
NOTE_LIMIT = 500
ADDRESS_LIMIT = 200
ADULT = 18

RESIDENTS = "residents"
HOUSEHOLDS = "households"
DOORS = "doors"
BIRTHS_MISSING = "births_missing"


@dataclass(frozen=True, slots=True)
class FlagReason:
    """A reason for a flag, the days it usually stands, and after how many days it is looked at again."""

    code: str
    days: int
    review_days: int


FLAG_REASONS: Mapping[str, FlagReason] = {
    reason.code: reason
    for reason in (
        FlagReason("returnee", 14, 7),
        FlagReason("visitor", 14, 7),
        FlagReason("still_away", 30, 7),
        FlagReason("contact", 14, 7),
        FlagReason("home_observation", 14, 7),
        FlagReason("alone_elderly", 90, 30),
        FlagReason("sick", 30, 14),
        FlagReason("disabled", 180, 60),
        FlagReason("pregnant", 120, 30),
        FlagReason("dialysis", 90, 30),
        FlagReason("under_14_alone", 30, 7),
        FlagReason("no_phone", 180, 60),
        FlagReason("other", 14, 7),
    )
}
"""The periods are what a form proposes (ours); the end itself is always asked."""

TRAVEL_REASONS = frozenset({"returnee", "visitor", "still_away"})
"""Who lives here and came back, who lives elsewhere and came here, who lives here and is not back yet: reasons that
may say from where."""

HEALTH_REASONS = frozenset({"contact", "home_observation", "sick", "pregnant", "dialysis", "disabled"})
"""Reasons that tell about somebody's health: never in a gate's fields, never in a group message."""


def flag_counter(reason: str) -> str:
    """Return the code of the stock that counts the flags of a reason."""
    return f"flags.{reason}"
