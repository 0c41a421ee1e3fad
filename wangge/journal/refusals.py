"""The codes with which the journal says no, and the facts each carries."""

CODES: dict[str, tuple[str, ...]] = {
    "journal.key_reused": ("key",),
}
