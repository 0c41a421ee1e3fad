"""The menu entry of survey rounds."""

from django.utils.translation import pgettext_lazy

from wangge.office.menu import Entry

ENTRIES = (
    Entry(
        name="sweeps",
        label=pgettext_lazy("menu", "Survey rounds"),
        heading="monitoring",
        verb="visit.read",
        icon="sync",
        order=15,
        by_area=True,
        within=("sweep_add", "sweep", "sweep_doors", "sweep_changed", "sweep_deal", "sweep_close"),
    ),
)
