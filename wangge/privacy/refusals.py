"""The codes with which privacy says no, and the facts each carries."""

CODES: dict[str, tuple[str, ...]] = {
    "privacy.keys_missing": ("folder",),
    "privacy.keys_unreadable": ("folder",),
    "privacy.key_version_unknown": ("field",),
    "privacy.value_broken": ("field",),
    "privacy.looks_kept_too_short": ("days", "least"),
}
