"""The codes with which the agenda says no, and the facts each carries."""

CODES: dict[str, tuple[str, ...]] = {
    "agenda.kind_unknown": ("kind",),
    "agenda.not_failed": ("number",),
    "agenda.broken": (),
}
