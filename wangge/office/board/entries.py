"""The menu entry of the board."""

from django.utils.translation import pgettext_lazy

from wangge.office.menu import TOP, Entry

ENTRIES = (
    Entry(
        name="board",
        label=pgettext_lazy("menu", "Board"),
        heading=TOP,
        verb="board.read",
        icon="board",
        order=1,
        by_area=True,
        within=("silent", "definitions", "unowned", "overdue_lists", "comparison", "comparison_end"),
    ),
)
