"""The codes with which the switch says no, and the facts each carries."""

CODES: dict[str, tuple[str, ...]] = {
    "comparison.reason_missing": (),
    "comparison.end_outside": ("days",),
    "comparison.on_already": (),
    "comparison.off_already": (),
}
