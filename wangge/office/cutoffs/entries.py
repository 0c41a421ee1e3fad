"""The menu entry of cut-offs."""

from django.utils.translation import pgettext_lazy

from wangge.office.menu import Entry

ENTRIES = (
    Entry(
        name="cutoffs",
        label=pgettext_lazy("menu", "Cut-offs"),
        heading="reporting",
        verb="board.read",
        icon="report",
        order=30,
        by_area=True,
        within=(
            "snapshot", "cutoff_hours", "behind_indicator", "indicators", "indicator_add", "indicator_edit",
        ),
    ),
)  # fmt: skip
