"""When failed work is tried again."""

from datetime import timedelta

LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)


def pause_after(attempts: int) -> timedelta | None:
    """Return the wait after so many failed tries: 30 s, doubled each time up to an hour; nothing after eight."""
    if attempts >= MOST_ATTEMPTS:
        return None
    doublings: int = 2 ** (attempts - 1)
    return min(FIRST_PAUSE * doublings, LONGEST_PAUSE)
