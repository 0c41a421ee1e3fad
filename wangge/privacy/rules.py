"""The words with which every personal field is described, and how long records of a kind are kept."""

from datetime import timedelta
from enum import StrEnum
from itertools import pairwise


class Klass(StrEnum):
    """What a personal field tells about somebody."""

    IDENTITY = "identity"
    CONTACT = "contact"
    ADDRESS = "address"
    FAMILY = "family"
    CARE = "care"
    HEALTH = "health"
    WHEREABOUTS = "whereabouts"
    MONEY = "money"
    SURVEY = "survey"
    WORK = "work"
    NOTE = "note"
    CREDENTIAL = "credential"
    RECORD = "record"


SENSITIVE = frozenset({Klass.HEALTH, Klass.WHEREABOUTS, Klass.MONEY})
"""Classes of article 28 of the Personal Information Protection Law that fields of ours may hold."""


class Merge(StrEnum):
    """What happens when two people write one field without knowing of each other.

    event: insert only, both stay; soft: the later clock wins; protected: the edit waits for a leader;
    delta: signed amounts add up; step: a guarded change of state; fixed: written once and never edited.
    """

    EVENT = "event"
    SOFT = "soft"
    PROTECTED = "protected"
    DELTA = "delta"
    STEP = "step"
    FIXED = "fixed"


class Retention(StrEnum):
    """How long a record is kept; the table of periods is ``PERIODS``.

    passage: gate passages; visitor: visitor register; reading: temperatures and daily reports, after release or
    report; contact_file: after release; order: orders and messages; ledger: as the law on accounts says;
    list: rows of a handed-down list, after it was closed;
    response: to the end of the response; duty: to the end of duty; look: the access log; receipt: answers kept for
    devices that ask again; kind: as the kind of each journal line says; aggregate: counts without persons, kept.
    """

    PASSAGE = "passage"
    VISITOR = "visitor"
    READING = "reading"
    CONTACT_FILE = "contact_file"
    ORDER = "order"
    LEDGER = "ledger"
    LIST = "list"
    RESPONSE = "response"
    DUTY = "duty"
    LOOK = "look"
    RECEIPT = "receipt"
    KIND = "kind"
    AGGREGATE = "aggregate"


PERIODS: dict[Retention, timedelta] = {
    Retention.PASSAGE: timedelta(days=21),
    Retention.VISITOR: timedelta(days=30),
    Retention.READING: timedelta(days=30),
    Retention.CONTACT_FILE: timedelta(days=90),
    Retention.ORDER: timedelta(days=30),
    Retention.LIST: timedelta(days=30),
    Retention.LOOK: timedelta(days=180),
    Retention.RECEIPT: timedelta(days=120),
}
"""Default periods of the classes that end by a count of days; the others end with an event."""

LOOKS_AT_LEAST = timedelta(days=180)

FORBIDDEN_WORDS = frozenset(
    {
        "belief",
        "biometric",
        "ethnic",
        "ethnicity",
        "face",
        "gps",
        "party",
        "petition",
        "political",
        "politics",
        "race",
        "religion",
        "religious",
        "track",
        "tracks",
    }
)
FORBIDDEN_PHRASES = frozenset({"cell_location", "cell_tower", "code_colour", "colour_code", "phone_cell"})
"""What no column may have in its name: what Wangge never asks, and never works out."""


def forbidden_words(field_name: str) -> list[str]:
    """Return what is forbidden in a column's name: whole words (``track``, not ``tracker``) and pairs of words."""
    words = field_name.lower().split("_")
    pairs = [f"{first}_{second}" for first, second in pairwise(words)]
    return [word for word in words if word in FORBIDDEN_WORDS] + [pair for pair in pairs if pair in FORBIDDEN_PHRASES]
