"""The menu entries of the access log and of exports."""

from django.utils.translation import pgettext_lazy

from wangge.office.menu import BOTTOM, Entry

ENTRIES = (
    Entry(
        name="looks",
        label=pgettext_lazy("menu", "Who looked"),
        heading=BOTTOM,
        verb="looks.read",
        icon="eye",
        order=60,
    ),
    Entry(
        name="register_export",
        label=pgettext_lazy("menu", "Export the register"),
        heading="reporting",
        verb="register.export",
        order=60,
        by_area=True,
    ),
)
