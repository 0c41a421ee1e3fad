"""Every column of the switch: an area, days and a reason, nothing about a person."""

from wangge.privacy.fields import register_fields

COLUMNS = ("id", "area", "path", "reason", "until_on", "begun_by", "begun_at", "ended_by", "ended_at")


def register() -> None:
    """Register every column."""
    register_fields("comparison.Comparison", personal={}, plain=COLUMNS)
