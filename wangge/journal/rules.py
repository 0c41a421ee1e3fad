"""Pure decisions of the journal: digests, the chain, and what a correction posts."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec

GENESIS = bytes(32)
NO_TALLIES = "[]"
"""What the envelope of a coarse kind says: its tallies stand with the facts."""
_canonical = msgspec.json.Encoder(order="sorted")


def canonical(value: Any) -> bytes:
    """Return the one byte form of a JSON-safe value."""
    return _canonical.encode(value)


def facts_digest(salt: bytes, facts: str, at: datetime, received_at: datetime, subject: UUID | None) -> bytes:
    """Return SHA-256 over salt, canonical facts, exact times (aware) and subject: without the salt it tells nothing.

    The retention class is left out: a rule on how long facts stay may change after they were written.
    """
    said = f"{facts}\0{_utc(at)}\0{_utc(received_at)}\0{subject or ''}"
    return hashlib.sha256(salt + said.encode()).digest()


@lru_cache(maxsize=1024)
def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


@dataclass(frozen=True, slots=True)
class Envelope:
    """The permanent part of a line, as it is chained; hours are counted since 1970."""

    seq: int
    kind: str
    actor: int
    path: str
    hour: int
    received_hour: int
    tallies: str
    facts_digest: bytes

    def encoded(self) -> bytes:
        """Return the bytes that are chained: fields ended by a zero byte, the digest last."""
        fields = (
            f"{self.seq}\0{self.kind}\0{self.actor}\0{self.path}\0{self.hour}\0{self.received_hour}\0{self.tallies}\0"
        )
        return fields.encode() + bytes(self.facts_digest)


def block_digest(previous: bytes, number: int, lines: Sequence[Envelope]) -> bytes:
    """Return the digest of a block: the block before, its own number, and the digests of its lines in order."""
    chain = hashlib.sha256(previous + number.to_bytes(8, "big"))
    for line in lines:
        chain.update(hashlib.sha256(line.encoded()).digest())
    return chain.digest()


def correction(old: Mapping[str, int], new: Mapping[str, int]) -> dict[str, int]:
    """Return ``counts(new) - counts(old)`` without zeros: what a correction posts to the old day."""
    difference = Counter(new)
    difference.subtract(old)
    return {counter: delta for counter, delta in difference.items() if delta}
