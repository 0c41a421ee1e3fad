"""The cells of many rows, kept compressed until they are written: a file is matched long before that."""

from collections.abc import Iterable
from zlib import compress, decompress

PART = 500
"""Rows that are kept, and written, together."""
_LINE = b"\n"


class Packed:
    """Lines of bytes without a line break in them, in parts of five hundred."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._open: list[bytes] = []

    def add(self, lines: Iterable[bytes]) -> None:
        """Put lines behind those that are there."""
        for line in lines:
            self._open.append(line)
            if len(self._open) == PART:
                self._parts.append(compress(_LINE.join(self._open), 1))
                self._open = []

    def part(self, number: int) -> list[bytes]:
        """Return one part, counted from 0; the last may be shorter."""
        if number < len(self._parts):
            return decompress(self._parts[number]).split(_LINE)
        return list(self._open)

    def __len__(self) -> int:
        return PART * len(self._parts) + len(self._open)
