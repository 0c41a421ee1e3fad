"""The kinds of line: one registry, filled by the rooms when they start."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind ``room.noun_verbed``: how long its facts stay, and the coarse name it has in the permanent envelope.

    A kind of a sensitive room gives a coarse ``envelope``; its tallies then stand with the facts.
    """

    code: str
    retention: str = "response"
    envelope: str = ""


KINDS: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Make a kind known; ``ValueError`` when another one has its code."""
    if KINDS.setdefault(kind.code, kind) != kind:
        raise ValueError(f"kind {kind.code} is registered twice")
