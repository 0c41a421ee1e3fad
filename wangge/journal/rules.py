"""Pure decisions of the journal: digests, the chain, and what a correction posts."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

GENESIS = bytes(32)
_canonical = msgspec.json.Encoder(order="sorted")


def canonical(value: Any) -> bytes:
    """Return the one byte form of a JSON-safe value."""
    return _canonical.encode(value)


def facts_digest(salt: bytes, facts: bytes) -> bytes:
    """Return SHA-256 over salt and canonical facts: without the salt the facts cannot be guessed from it."""
    return hashlib.sha256(salt + facts).digest()


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
        fields = (self.seq, self.kind, self.actor, self.path, self.hour, self.received_hour, self.tallies)
        return b"".join(str(field).encode() + b"\0" for field in fields) + bytes(self.facts_digest)


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
