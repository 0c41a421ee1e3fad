"""Every column of the cut-offs' tables: counts, hours and areas, nothing about a person."""

from wangge.privacy.fields import register_fields

COLUMNS: dict[str, tuple[str, ...]] = {
    "IndicatorVersion": (
        "id", "code", "version", "name", "unit", "kind", "sets", "source", "use", "owner", "active", "edited_at",
        "edited_by",
    ),
    "Snapshot": (
        "id", "profile", "area", "path", "on", "cutoff_at", "taken_at", "taken_by", "seq", "open_lines", "previous",
        "versions", "late", "silent",
    ),
    "SnapshotRow": ("id", "snapshot", "area", "path", "numbers", "changes", "late"),
    "ZeroReport": ("id", "profile", "area", "path", "on", "declared_at", "declared_by", "withdrawn_at"),
    "CutoffTimes": ("id", "area", "times", "profiles", "set_at", "set_by"),
}  # fmt: skip


def register() -> None:
    """Register every column."""
    for name, columns in COLUMNS.items():
        register_fields(f"cutoffs.{name}", personal={}, plain=columns)
