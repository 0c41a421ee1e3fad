"""The hybrid logical clock that orders edits of phones and server.

Source: Kulkarni et al., "Logical Physical Clocks", 2014. A value is text that sorts in time order:
12 hex digits of milliseconds since 1970, 4 of the logical part, then the node that made it.
"""

from dataclasses import dataclass

MOST_AHEAD_MS = 10 * 60 * 1000


@dataclass(frozen=True, slots=True, order=True)
class HybridClock:
    """One reading of a hybrid clock: physical milliseconds, logical counter, node."""

    ms: int
    logical: int
    node: str

    def __str__(self) -> str:
        return f"{self.ms:012x}-{self.logical:04x}-{self.node}"

    @classmethod
    def parse(cls, text: str) -> "HybridClock":
        """Read the text form; ``ValueError`` when it is not one."""
        ms, logical, node = text.split("-", 2)
        return cls(int(ms, 16), int(logical, 16), node)

    def tick(self, now_ms: int) -> "HybridClock":
        """Return the next reading for something made at ``now_ms``."""
        if now_ms > self.ms:
            return HybridClock(now_ms, 0, self.node)
        return HybridClock(self.ms, self.logical + 1, self.node)

    def receive(self, other: "HybridClock", now_ms: int) -> "HybridClock":
        """Return the next reading after seeing ``other``, whose lead is clamped to ten minutes before ``now_ms``."""
        seen = min(other.ms, now_ms + MOST_AHEAD_MS)
        top = max(self.ms, seen, now_ms)
        logical = -1
        if top == self.ms:
            logical = self.logical
        if top == other.ms:
            logical = max(logical, other.logical)
        return HybridClock(top, logical + 1, self.node)
