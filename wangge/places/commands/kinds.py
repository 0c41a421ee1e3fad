"""The kinds of line that places write; their facts are codes and names of places, and are kept."""

from wangge.journal.kinds import Kind, register_kind

OPENED = "places.installation_opened"
AREA_ADDED = "places.area_added"
AREA_RENAMED = "places.area_renamed"
AREA_SPLIT = "places.area_split"
AREAS_MERGED = "places.areas_merged"
AREA_MOVED = "places.area_moved"
AREA_RETIRED = "places.area_retired"
AREA_RESTORED = "places.area_restored"
BUILDING_ENLARGED = "places.building_enlarged"
SHAPE_SET = "places.shape_set"
SHAPE_REMOVED = "places.shape_removed"
SHAPES_PLACED = "places.shapes_placed"
PLAN_SET = "places.plan_set"
PLAN_REMOVED = "places.plan_removed"
POINT_SET = "places.point_set"
POINT_REMOVED = "places.point_removed"

ALL = (
    OPENED, AREA_ADDED, AREA_RENAMED, AREA_SPLIT, AREAS_MERGED, AREA_MOVED, AREA_RETIRED, AREA_RESTORED,
    BUILDING_ENLARGED, SHAPE_SET, SHAPE_REMOVED, SHAPES_PLACED, PLAN_SET, PLAN_REMOVED, POINT_SET, POINT_REMOVED,
)  # fmt: skip


def register() -> None:
    """Tell the journal this room's kinds of line."""
    for kind in ALL:
        register_kind(Kind(kind, retention="aggregate"))
