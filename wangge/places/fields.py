"""Places hold nothing about people; every column is declared all the same."""

from wangge.privacy.fields import register_fields


def register() -> None:
    """Register every column of this room's tables."""
    register_fields(
        "places.Area",
        personal={},
        plain=(
            "id", "uid", "parent", "path", "grid_path", "level", "rank", "name", "kind", "code", "external_code",
            "hidden", "order", "units", "floors", "doors_per_floor", "unit", "floor", "room", "door", "opened_at",
            "retired_at",
        ),
    )  # fmt: skip
    register_fields(
        "places.Installation",
        personal={},
        plain=(
            "id", "uid", "epoch", "authority", "legal_basis", "response", "area", "zone", "language", "demonstration",
            "opened_at", "only",
        ),
    )  # fmt: skip
    register_fields(
        "places.AreaPlan",
        personal={},
        plain=("id", "uid", "area", "width", "height", "media", "sealed", "changed_at"),
    )
    register_fields(
        "places.AreaShape",
        personal={},
        plain=(
            "id",
            "area",
            "plan",
            "polygons",
            "drawn",
            "west",
            "south",
            "east",
            "north",
            "x",
            "y",
            "wide",
            "high",
            "changed_at",
        ),
    )
    register_fields(
        "places.MapPoint",
        personal={},
        plain=("id", "uid", "area", "plan", "kind", "name", "note", "x", "y", "changed_at"),
    )
    register_fields(
        "places.ShapeFile",
        personal={},
        plain=("id", "uid", "area", "name", "features", "faults", "account", "uploaded_at"),
    )
