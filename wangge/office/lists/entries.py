"""The menu entries of handed-down lists."""

from django.utils.translation import pgettext_lazy

from wangge.access.viewing import Viewer
from wangge.office.menu import Entry
from wangge.surveys.queries.entries import count_waiting


def _waiting(viewer: Viewer, path: str) -> int:
    return count_waiting(viewer=viewer, path=path)


ENTRIES = (
    Entry(
        name="lists",
        label=pgettext_lazy("menu", "Handed-down lists"),
        heading="monitoring",
        verb="list.read",
        icon="file",
        order=42,
        by_area=True,
        within=("list_add", "list_one", "list_export", "list_close", "list_withdraw", "list_deal"),
    ),
    Entry(
        name="list_work",
        label=pgettext_lazy("menu", "People to check"),
        heading="monitoring",
        verb="list.answer",
        icon="flag",
        order=25,
        by_area=True,
        within=("list_entry", "list_entry_numbers"),
        count=_waiting,
    ),
)
