"""From a profile and an area to sheets: what stands on each, and its rows, one after the other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.kernel.periods import zone_of
from wangge.kernel.refused import Refused
from wangge.places.models import Area
from wangge.places.queries import installation
from wangge.situation.cutoffs.models import SnapshotRow
from wangge.situation.cutoffs.queries import figures
from wangge.situation.forms.rows.buildings import building_rows
from wangge.situation.forms.rows.doors import Storeys, buildings_below, storeys
from wangge.situation.forms.rows.homes import Asked, household_rows, living, open_homes, person_rows
from wangge.situation.forms.rows.places import building_words
from wangge.situation.forms.rules.exports import BUILDINGS_MOST, about_people
from wangge.situation.forms.rules.layout import Box, head_boxes
from wangge.situation.forms.rules.profiles import Body, Layout, sources
from wangge.situation.forms.rules.readable import CountRow, Grain, HouseholdRow, Kind, PersonRow, Value
from wangge.situation.forms.rules.values import Row, cells, choices_of, kind_of, width_of
from wangge.situation.forms.sheets.drawing import Drawn

STOREY_WIDTH, DOOR_WIDTH = 8, 10
STOREYS = "楼层"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which form of which area for which day, by whom and when; ``masked`` hides what the profile would show."""

    viewer: Viewer
    area: Area
    body: Body
    name: str
    on: date
    now: datetime
    zone: str
    masked: bool = False
    mark: str = ""
    row_mark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet, and the people or households of whom it tells."""

    cells: list[Value]
    subjects: tuple[UUID, ...] = ()


def sheets(wish: Wish, *, limit: int = 0) -> Iterator[tuple[Drawn, Iterable[Line]]]:
    """Yield the sheets of a form with their rows; with ``limit`` only so many rows, or the first building."""
    if wish.body.layout == Layout.MATRIX:
        buildings = buildings_below(wish.area)
        if not buildings:
            raise Refused("forms.no_building")
        if len(buildings) > BUILDINGS_MOST and not limit:
            raise Refused("forms.too_many_buildings", most=BUILDINGS_MOST)
        for building in buildings[:1] if limit else buildings:
            yield _matrix(wish, storeys(viewer=wish.viewer, building=building, on=wish.on))
        return
    yield _table(wish), _lines(wish, limit)


def people_of(*, viewer: Viewer, area: Area, body: Body) -> int:
    """Return of how many people a form would tell: nobody in one of numbers."""
    if not about_people(body):
        return 0
    return living(viewer, area.path, body.flags).count()


def rows_of(*, viewer: Viewer, area: Area, body: Body) -> int:
    """Return how many rows a form would have, so that somebody who waits is told how far it is."""
    match body.grain:
        case Grain.PERSON:
            return living(viewer, area.path, body.flags).count()
        case Grain.HOUSEHOLD:
            return open_homes(viewer, area.path).count()
        case Grain.BUILDING:
            return len(buildings_below(area))
    return 1


def _table(wish: Wish) -> Drawn:
    body = wish.body
    words = _placeholders(wish)
    return Drawn(
        name=_filled(body.sheet or wish.name, words),
        title=_filled(body.title, words),
        above=tuple(_filled(one, words) for one in body.above),
        heads=tuple(head_boxes(body.columns, body.header_rows)),
        header_rows=body.header_rows,
        kinds=tuple(Kind.TEXT if wish.masked else kind_of(column) for column in body.columns),
        widths=tuple(width_of(column) for column in body.columns),
        choices=tuple(() if wish.masked else choices_of(column) for column in body.columns),
        footer=tuple(_filled(one, words) for one in body.footer),
        mark=wish.mark,
        row_mark=wish.row_mark if body.row_mark else "",
        zero_row=body.zero_row,
    )


def _placeholders(wish: Wish, building: Storeys | None = None) -> dict[str, str]:
    opened = installation()
    words = {
        "area": building_words(wish.area.name, wish.area.kind),
        "authority": opened.authority if opened else "",
        "on": wish.on.isoformat(),
        "printed": f"{wish.now.astimezone(zone_of(wish.zone)):%Y-%m-%d %H:%M}",
    }
    if building is not None:
        words |= {"community": building.community, "building": building.name, "worker": building.worker or "未指定"}
    return words


def _filled(text: str, words: Mapping[str, str]) -> str:
    """Return a text of the profile with what is known put in; braces around anything else stay as they are."""
    for name, word in words.items():
        text = text.replace("{" + name + "}", word)
    return text


def _lines(wish: Wish, limit: int) -> Iterator[Line]:
    for number, row in enumerate(_rows(wish, limit), start=1):
        yield Line(cells(wish.body.columns, row, number=number, on=wish.on, masked=wish.masked), _subjects(row))


def _rows(wish: Wish, limit: int) -> Iterator[Row]:
    body, path = wish.body, wish.area.path
    asked = Asked(sources(body), wish.on, wish.zone)
    match body.grain:
        case Grain.PERSON:
            yield from person_rows(
                viewer=wish.viewer, path=path, asked=asked, flags=body.flags, sort=body.sort, limit=limit
            )
        case Grain.HOUSEHOLD:
            yield from household_rows(viewer=wish.viewer, path=path, asked=asked, limit=limit)
        case Grain.BUILDING:
            yield from building_rows(viewer=wish.viewer, path=path, on=wish.on, limit=limit)
        case Grain.COUNT:
            yield count_row(wish)


def count_row(wish: Wish) -> CountRow:
    """Return the figures of the area on the day, as the last cut-off says or as they stand now."""
    wanted = sorted({column.indicator for column in wish.body.columns if column.indicator})
    today = wish.now.astimezone(zone_of(wish.zone)).date()
    found = figures(viewer=wish.viewer, path=wish.area.path, indicators=wanted, on=wish.on, today=today)
    numbers: dict[tuple[str, str], int | None] = {}
    for code, figure in found.items():
        numbers["count.stock", code] = figure.stock
        numbers["count.change", code] = figure.change
    return CountRow(area=building_words(wish.area.name, wish.area.kind), on=wish.on, figures=numbers)


def cutoff_of(path: str, on: date) -> datetime | None:
    """Return the last cut-off of an area on a day, from which its figures are; None where they are as things stand."""
    rows = SnapshotRow.objects.filter(area__path=path, snapshot__on=on).order_by("-snapshot__cutoff_at", "-id")
    return rows.values_list("snapshot__cutoff_at", flat=True).first()


def _subjects(row: Row) -> tuple[UUID, ...]:
    """Return whom a row tells of: a person and their head, or everybody of a household."""
    if isinstance(row, PersonRow):
        both = (row.who.id, row.home.head.id)
        return tuple(dict.fromkeys(one for one in both if one is not None))
    return (row.id, *row.members) if isinstance(row, HouseholdRow) else ()


def _matrix(wish: Wish, building: Storeys) -> tuple[Drawn, Iterator[Line]]:
    """Return the sheet of one building: stairwells over their doors, the top storey first."""
    words = _placeholders(wish, building)
    heads, at = [Box(0, 0, 1, 1, STOREYS)], 1
    for name, width in building.stairwells:
        heads.append(Box(0, at, 1, width, _stairwell(name, building.name)))
        at += width
    drawn = Drawn(
        name=building.name,
        title=_filled(wish.body.title, words),
        above=tuple(_filled(one, words) for one in wish.body.above),
        heads=tuple(heads),
        header_rows=1,
        kinds=(Kind.TEXT,) * at,
        widths=(STOREY_WIDTH, *(DOOR_WIDTH,) * (at - 1)),
        choices=((),) * at,
        footer=tuple(_filled(one, words) for one in wish.body.footer),
        mark=wish.mark,
        wraps=True,
    )
    told = building.households
    return drawn, (Line(list(row), () if place else told) for place, row in enumerate(building.rows))


def _stairwell(name: str, building: str) -> str:
    if not name:
        return building
    return f"{name}单元" if name.isalnum() and name.isascii() else name
