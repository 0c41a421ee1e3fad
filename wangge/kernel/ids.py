"""Identities made where the thing is made."""

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7(at_ms: int | None = None) -> UUID:
    """Return a UUID version 7 (RFC 9562): 48 bits of milliseconds since 1970, then random bits.

    Without ``at_ms`` two calls in one process never go backwards, so rows made together stay in order.
    It tells its time, so it is never a secret.
    """
    global _last
    random = int.from_bytes(os.urandom(10), "big")
    if at_ms is None:
        with _lock:
            # 60 bits: milliseconds and 12 bits of sub-millisecond order, as RFC 9562 section 6.2, method 3
            ticks = max(time.time_ns() * 4096 // 1_000_000, _last + 1)
            _last = ticks
        at_ms, order = ticks >> 12, ticks & 0xFFF
    else:
        order = random >> 68
    value = (at_ms & 0xFFFFFFFFFFFF) << 80 | 0x7 << 76 | order << 64 | 0b10 << 62 | random & (1 << 62) - 1
    return UUID(int=value)
