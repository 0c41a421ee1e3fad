"""Why a person must look at an address before it is believed."""

from enum import StrEnum


class Doubt(StrEnum):
    """One reason to ask."""

    NO_ADDRESS = "no_address"
    AS_ABOVE = "as_above"
    INCOMPLETE = "incomplete"
    SEVERAL = "several"
    JOINED = "joined"
    LETTER = "letter"
    FLOOR_DIFFERS = "floor_differs"
    STAIRWELL_OPEN = "stairwell_open"
    UNCLEAR = "unclear"
    WORDS = "words"
    PLACE_UNKNOWN = "place_unknown"
