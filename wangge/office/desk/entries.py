"""The menu entries of the area tree."""

from django.utils.translation import pgettext_lazy

from wangge.office.menu import BOTTOM, Entry

ENTRIES = (
    Entry(
        name="area",
        label=pgettext_lazy("menu", "Areas"),
        heading=BOTTOM,
        verb="register.read",
        icon="gear",
        by_area=True,
        within=(
            "area_add",
            "area_rename",
            "area_split",
            "area_merge",
            "area_move",
            "area_retire",
            "buildings_add",
        ),
    ),
)
