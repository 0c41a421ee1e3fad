"""The menu entries of answers."""

from django.utils.translation import pgettext_lazy

from wangge.access.viewing import Viewer
from wangge.office.menu import Entry
from wangge.surveys.queries.contradictions import count_open


def _open(viewer: Viewer, path: str) -> int:
    return count_open(viewer=viewer, path=path)


ENTRIES = (
    Entry(
        name="contradictions",
        label=pgettext_lazy("menu", "Contradictions"),
        heading="monitoring",
        verb="answer.settle",
        icon="s-stop",
        order=44,
        by_area=True,
        within=("contradiction",),
        count=_open,
    ),
    Entry(
        name="keying",
        label=pgettext_lazy("menu", "Key paper in"),
        heading="monitoring",
        verb="visit.record",
        icon="key",
        order=46,
        within=("keying_row", "paper", "paper_pages"),
    ),
)
