"""The menu entry of the map."""

from django.utils.translation import pgettext_lazy

from wangge.office.menu import TOP, Entry

ENTRIES = (
    Entry(
        name="map",
        label=pgettext_lazy("menu", "Map"),
        heading=TOP,
        verb="board.read",
        icon="map",
        order=3,
        by_area=True,
        within=(
            "map_shapes",
            "map_draw",
            "map_shape_remove",
            "map_plan",
            "map_plan_remove",
            "map_point_add",
            "map_point",
            "map_point_remove",
        ),
    ),
)
