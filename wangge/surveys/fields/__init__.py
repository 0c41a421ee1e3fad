"""What surveys hold about people: one registration per model, and how it is shown and erased."""

from wangge.surveys.fields import campaigns, lists, rounds, visits


def register() -> None:
    """Register every field of this room's tables, and what erases them: the ground first."""
    visits.register()
    rounds.register()
    campaigns.register()
    lists.register()
