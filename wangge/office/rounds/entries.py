"""The menu entries of the day's round."""

from django.utils.translation import pgettext_lazy

from wangge.office.menu import Entry

ENTRIES = (
    Entry(
        name="doors",
        label=pgettext_lazy("menu", "Doors today"),
        heading="monitoring",
        verb="visit.read",
        icon="doors",
        order=20,
        by_area=True,
        within=("visit_add", "visits", "seen", "visit_void"),
    ),
    Entry(
        name="duties",
        label=pgettext_lazy("menu", "Duties"),
        heading="monitoring",
        verb="duty.deal",
        icon="team",
        order=30,
        by_area=True,
    ),
)
