"""How much the writers of ``bench journal`` write at once, and about how many people."""

SIZES = (1, 250, 1, 5, 320, 1, 20, 1, 500, 10, 40, 1, 100)
"""Visits a command: a desk sends one, a phone what it has gathered, never more than 500. Their sum is 1,250."""

RESIDENTS = 67_000
RESIDENTS_A_GRID = 200


def sizes(cycles: int) -> list[int]:
    """Return how many visits each command carries, so many times over."""
    return list(SIZES) * cycles
