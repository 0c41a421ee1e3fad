"""The access log: who looked at whom, when and what for; to be narrowed, sorted, paged and taken along."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.office.frame import zone
from wangge.office.listing import PAGE_SIZE, Column, Listing, listing
from wangge.office.register.surroundings import saw_list
from wangge.office.rights import terms
from wangge.office.rights.sheets import CSV, TYPES, csv_lines
from wangge.office.viewing import Desk, chosen_area, page
from wangge.places.models import Area
from wangge.situation import who_looked
from wangge.situation.who_looked import READ, Asked, ListRow, LookRow

LOOKS, LISTS = "looks", "lists"
MOST_ROWS = 50_000
ROWS_AT_ONCE = 1_000


def _by_database(row: object) -> int:
    """Mark a column that the database sorts."""
    return 0


AT: Column[Any] = Column(key="at", label=gettext_lazy("When"), by=_by_database)
WHO: Column[Any] = Column(key="who", label=gettext_lazy("Who"), by=_by_database)
PURPOSE: Column[Any] = Column(key="purpose", label=gettext_lazy("What for"))
CHANNEL: Column[Any] = Column(key="channel", label=gettext_lazy("How"))
COLUMNS: dict[str, tuple[Column[Any], ...]] = {
    LOOKS: (
        AT, WHO, Column(key="about", label=gettext_lazy("About whom")),
        Column(key="fields", label=gettext_lazy("What was shown")), PURPOSE, CHANNEL,
    ),
    LISTS: (
        AT, WHO, Column(key="what", label=gettext_lazy("Which list")), Column(key="area", label=gettext_lazy("Area")),
        Column(key="count", label=gettext_lazy("Rows"), number=True), PURPOSE, CHANNEL,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the log with the words of the columns behind time and account."""

    row: LookRow | ListRow
    cells: tuple[str, ...]


Rows = tuple[Sequence[LookRow] | Sequence[ListRow], int]


@page(READ)
def looks(request: Desk) -> HttpResponse:
    """Show the looks at people of an area, or with ``?kind=lists`` the masked lists; narrowed by who, whom and day."""
    here = chosen_area(request, READ)
    kind, asked = _kind(request), _asked(request, here)
    order = _order(request)
    rows, total = _cut(request, lambda start: _read(request, asked, order, start, PAGE_SIZE))
    saw_list(request, "looks", here.path, [row.subject for row in rows if isinstance(row, LookRow)], "audit")
    known = {name: str(request.GET[name]) for name in request.GET if request.GET[name]}
    pages = max(1, -(-total // PAGE_SIZE))
    heads = listing(request.GET, (), COLUMNS[kind], sort="at", descending=True).heads
    plain = f"{reverse('looks')}?area={here.pk}" + ("&kind=lists" if kind == LISTS else "")
    context = {
        "area": here,
        "kind": kind,
        "rows": Listing([_line(row) for row in rows], heads, total, min(_number(request), pages), pages, known),
        "asked": asked,
        "day": asked.day.isoformat() if asked.day else "",
        "narrowed": bool(asked.who or asked.day or asked.subject),
        "plain": plain,
        "looks": f"{reverse('looks')}?area={here.pk}",
        "csv": f"{reverse('looks_csv')}?{request.GET.urlencode()}",
    }
    return render(request, "office/rights/looks.html", context)


@page(READ)
def looks_csv(request: Desk) -> HttpResponse:
    """Hand out the part of the log that is asked for as csv, at most 50,000 rows, the latest first."""
    here = chosen_area(request, READ)
    kind, asked = _kind(request), _asked(request, here)
    saw_list(request, "looks", here.path, [], "audit")
    head = [str(column.label) for column in COLUMNS[kind]]
    head.insert(1, _("Login"))
    lines = csv_lines(head, _all(request, asked))
    answer: Any = StreamingHttpResponse((line.encode() for line in lines), content_type=TYPES[CSV])
    answer["Content-Disposition"] = f'attachment; filename="wangge-{kind}-{request.stamp().day.isoformat()}.csv"'
    return answer  # type: ignore[no-any-return]


def _all(request: Desk, asked: Asked) -> Iterator[list[str]]:
    for start in range(0, MOST_ROWS, ROWS_AT_ONCE):
        rows, _total = _read(request, asked, "-at", start, ROWS_AT_ONCE)
        for row in rows:
            yield [row.at.isoformat(timespec="seconds"), row.login, row.name, *_line(row).cells]
        if len(rows) < ROWS_AT_ONCE:
            return


def _kind(request: Desk) -> str:
    return LISTS if request.GET.get("kind") == LISTS else LOOKS


def _asked(request: Desk, here: Area) -> Asked:
    """Return the part of the log that the address asks for; ``Http404`` when it cannot be read."""
    told = request.GET
    try:
        subject = UUID(told["subject"]) if told.get("subject") else None
        day = date.fromisoformat(told["day"]) if told.get("day") else None
    except ValueError:
        raise Http404 from None
    return Asked(path=here.path, zone=zone(), who=told.get("who", "").strip()[:60], subject=subject, day=day)


def _order(request: Desk) -> str:
    key = request.GET.get("sort", "")
    if key not in ("at", "who"):
        return "-at"
    return f"-{key}" if request.GET.get("dir") == "desc" else key


def _number(request: Desk) -> int:
    asked = request.GET.get("page", "")
    return max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1


def _cut(request: Desk, read: Callable[[int], Rows]) -> Rows:
    """Return the page that the address asks for, the last one when there is none such."""
    rows, total = read((_number(request) - 1) * PAGE_SIZE)
    return read((total - 1) // PAGE_SIZE * PAGE_SIZE) if total and not rows else (rows, total)


def _read(request: Desk, asked: Asked, order: str, start: int, limit: int) -> Rows:
    read = who_looked.lists if _kind(request) == LISTS else who_looked.looks
    return read(viewer=request.viewer, asked=asked, order=order, offset=start, limit=limit)


def _line(row: LookRow | ListRow) -> Line:
    channel = str(terms.CHANNELS.get(row.channel, row.channel))
    purpose = terms.looked_for(row.purpose)
    if isinstance(row, LookRow):
        return Line(row, (row.about or _("somebody who was deleted"), terms.fields_words(row.fields), purpose, channel))
    return Line(row, (str(terms.LISTS.get(row.what, row.what)), row.area, str(row.count), purpose, channel))
