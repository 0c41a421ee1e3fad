"""Bringing in places from sheets: the villages of a county, the buildings of a community.

What can be read for certain is applied, in transactions of at most 500 rows; the rest is reported by row and column,
and nothing is lost in silence. The same sheet again changes nothing.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wangge.access.viewing import Viewer, require
from wangge.flows import areas as flow
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places import divisions, queries, rules
from wangge.places.commands import NewArea, Placing
from wangge.places.divisions import Division
from wangge.places.models import Area
from wangge.places.rules import BuildingPlan, Level

ROWS_AT_ONCE = 500
MOST_BYTES = 20 * 1024 * 1024
# Said once for information: the row was used all the same.
INFORMATION = frozenset({"name_differs", "retired", "parent_added", "level_differs", "smaller"})

DIVISION_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "代码", "区划代码", "行政区划代码", "统计用区划代码", "12位代码", "編碼", "代碼", "區劃代碼"),
    "name": ("name", "名称", "区划名称", "行政区划名称", "单位名称", "名稱", "區劃名稱"),
    "level": ("level", "级别", "层级", "級別", "層級"),
    "parent": ("parent", "上级", "上级代码", "父级代码", "上級", "上級代碼"),
    "class": ("class", "城乡分类", "城乡分类代码", "城鄉分類", "城鄉分類代碼"),
}
BUILDING_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "building": ("building", "楼号", "楼栋", "楼栋号", "幢号", "栋号", "樓號", "樓棟"),
    "units": ("units", "单元数", "单元", "單元數"),
    "floors": ("floors", "层数", "楼层数", "層數", "樓層數"),
    "doors_per_floor": ("doors_per_floor", "每层户数", "每层每单元户数", "每層戶數"),
}
_NUMBER = re.compile(r"(\d{1,5})(?:\.0+)?(?:个单元|单元|个|层|户)?\Z")


@dataclass(frozen=True, slots=True)
class Reported:
    """Something about a row that somebody should know: its number in the file, its column by letter, and a code."""

    row: int
    column: str | None
    code: str


@dataclass(slots=True)
class PlacesImported:
    """What became of a sheet: ``rows`` = created + enlarged + unchanged + rejected; ``doors`` are new dwellings."""

    rows: int = 0
    created: int = 0
    enlarged: int = 0
    unchanged: int = 0
    doors: int = 0
    reported: list[Reported] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        """How many rows were not used."""
        return len({said.row for said in self.reported if said.code not in INFORMATION})


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row with its number in the file and its cells by our name of the column."""

    number: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]

    def fault(self, column: str, code: str) -> Reported:
        """Return a report about a cell."""
        return Reported(self.number, self.letters.get(column), code)


def read_sheet(
    content: bytes, columns: Mapping[str, tuple[str, ...]], needed: Sequence[str], *, file: str
) -> list[SheetRow]:
    """Read a text sheet in UTF-8 or GB18030 with a header; blank rows are left out.

    Refused when it is no text, too large, or a needed column is missing.
    """
    text = _decoded(content, file)
    first = text.lstrip("\n\r").partition("\n")[0]
    sign = max(",\t;", key=first.count)
    lines = [
        (number, [unicodedata.normalize("NFKC", cell).strip() for cell in line])
        for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign), start=1)
    ]
    filled = [(number, line) for number, line in lines if any(line)]
    header = [re.sub(r"\s", "", cell).lower() for cell in filled[0][1]] if filled else []
    places = {ours: at for ours, names in columns.items() for at, cell in enumerate(header) if cell in names}
    if missing := [ours for ours in needed if ours not in places]:
        raise Refused("places.header_missing", columns=", ".join(columns[ours][1] for ours in missing))
    letters = {ours: chr(ord("A") + at) for ours, at in places.items() if at < 26}
    return [
        SheetRow(number, {ours: line[at] if at < len(line) else "" for ours, at in places.items()}, letters)
        for number, line in filled[1:]
    ]


def _decoded(content: bytes, file: str) -> str:
    if len(content) > MOST_BYTES or b"\0" in content[:4096] or content.startswith(b"PK"):
        raise Refused("places.file_unreadable", file=file)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("places.file_unreadable", file=file)


def import_divisions(*, stamp: Stamp, actor: Viewer, content: bytes, file: str = "") -> PlacesImported:
    """Add the divisions of a sheet that are not there, each below its parent, as far as the actor manages them.

    A division that stands already is left alone, also under another name: the office's own word counts. A missing
    township is taken from the shipped list. Refused for an account that manages no area, and for an unreadable file.
    """
    reach = actor.reaches(flow.MANAGE)
    if not reach:
        raise Refused("access.forbidden")
    sheet = read_sheet(content, DIVISION_COLUMNS, ("code", "name"), file=file)
    done = PlacesImported(rows=len(sheet))
    wanted = _divisions(sheet, done)
    known = queries.areas_by_code({*wanted, *(code for row in wanted.values() for code in _above(row))})
    wanted = _leave_standing(wanted, known, done)
    wanted = _with_missing_parents(wanted, known)
    number = 0
    for rank in sorted({row.level.rank for row in wanted.values()}):
        of_rank = [row for row in wanted.values() if row.level.rank == rank]
        placings = _placings(of_rank, known, actor, done)
        for start in range(0, len(placings), ROWS_AT_ONCE):
            number += 1
            part = replace(stamp, key=f"{stamp.key[:56]}:{number}")
            chunk = placings[start : start + ROWS_AT_ONCE]
            flow.place_areas(stamp=part, actor=actor, placings=[placing for _, placing in chunk])
            done.created += sum(not row.added for row, _ in chunk)
            done.reported += [row.source.fault("code", "parent_added") for row, _ in chunk if row.added]
            known |= queries.areas_by_code(row.code for row, _ in chunk)
    return done


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A division to be there; ``added`` because ``source``, a row of the sheet, hangs on it."""

    source: SheetRow
    code: str
    name: str
    level: Level
    parent: str
    kind: str = ""
    added: bool = False


def _divisions(sheet: Sequence[SheetRow], done: PlacesImported) -> dict[str, _Wanted]:
    """Return the rows that can be read for certain, by code, and report the others."""
    found: dict[str, _Wanted] = {}
    for row in sheet:
        code, name = rules.normal_code(row.cells["code"]), row.cells["name"]
        if code is None:
            done.reported.append(row.fault("code", "code_malformed" if row.cells["code"] else "code_missing"))
        elif not name or len(name) > 100:
            done.reported.append(row.fault("name", "name_too_long" if name else "name_missing"))
        elif code in found:
            done.reported.append(row.fault("code", "code_repeated"))
        else:
            found[code] = _wanted(row, code, name, done)
    return found


def _wanted(row: SheetRow, code: str, name: str, done: PlacesImported) -> _Wanted:
    level = rules.level_of_division(code, name)
    said = row.cells.get("level", "")
    if said in (Level.COMMUNITY.value, "社区") and level.rank == rules.COMMUNITY_RANK:
        level = Level.COMMUNITY
    elif said in set(Level) and Level(said).rank != level.rank:
        done.reported.append(row.fault("level", "level_differs"))
    parent = rules.normal_code(row.cells.get("parent", "")) or ""
    return _Wanted(row, code, name, level, parent, kind=row.cells.get("class", "")[:12])


def _above(row: _Wanted) -> list[str]:
    """Return the codes under which a division may hang, the nearest first."""
    codes = [*rules.codes_above(row.code), row.parent]
    return list(dict.fromkeys(code for code in reversed(codes) if code))


def _leave_standing(
    wanted: Mapping[str, _Wanted], known: Mapping[str, Area], done: PlacesImported
) -> dict[str, _Wanted]:
    """Count what is there already, and return the rest."""
    for code in wanted.keys() & known.keys():
        done.unchanged += 1
        row, area = wanted[code], known[code]
        if area.retired_at is not None:
            done.reported.append(row.source.fault("code", "retired"))
        elif area.name != row.name:
            done.reported.append(row.source.fault("name", "name_differs"))
    return {code: row for code, row in wanted.items() if code not in known}


def _with_missing_parents(wanted: Mapping[str, _Wanted], known: Mapping[str, Area]) -> dict[str, _Wanted]:
    """Add from the shipped list whatever stands between a row and the nearest area that is there."""
    found = dict(wanted)
    for row in wanted.values():
        for division in reversed(divisions.chain(_above(row)[0]) if _above(row) else []):
            if division.code in known or division.code in found:
                break
            level = Level(division.level)
            found[division.code] = _Wanted(row.source, division.code, division.name, level, division.parent, added=True)
    return found


def _placings(
    rows: Sequence[_Wanted], known: Mapping[str, Area], actor: Viewer, done: PlacesImported
) -> list[tuple[_Wanted, Placing]]:
    """Return each division with its place, and report those that have none the actor manages."""
    found = []
    for row in sorted(rows, key=lambda one: one.code):
        above = _above(row)
        parent = known.get(above[0]) if above else None
        if parent is None or parent.retired_at is not None:
            fault = "outside" if not above or _elsewhere(above, known, actor) else "parent_unknown"
        elif not actor.permits(flow.MANAGE, parent.path):
            fault = "outside"
        else:
            hidden = Division(row.code, row.name, row.level.value, "").is_filler
            new = NewArea(level=row.level, name=row.name, code=row.code, kind=row.kind, hidden=hidden)
            found.append((row, Placing(parent.id, new)))
            continue
        if not row.added:
            done.reported.append(row.source.fault("code", fault))
    return found


def _elsewhere(above: Sequence[str], known: Mapping[str, Area], actor: Viewer) -> bool:
    """Tell whether a division without parent lies outside what the actor manages."""
    nearest = next((known[code] for code in above if code in known), None)
    return nearest is None or not actor.permits(flow.MANAGE, nearest.path)


def import_buildings(*, stamp: Stamp, actor: Viewer, area: int, content: bytes, file: str = "") -> PlacesImported:
    """Make the buildings of a sheet with their stairwells and doors; a larger number adds doors, a smaller none away.

    Refused for an area the actor does not manage, and for an unreadable file.
    """
    home = queries.area(area)
    if home is None:
        raise Refused("access.forbidden")
    require(actor, flow.MANAGE, home.path)
    if home.rank not in (rules.COMMUNITY_RANK, rules.GRID_RANK):
        raise Refused("places.level_order", level=Level.BUILDING.value, parent_level=home.level)
    sheet = read_sheet(content, BUILDING_COLUMNS, tuple(BUILDING_COLUMNS), file=file)
    done = PlacesImported(rows=len(sheet))
    elsewhere = queries.buildings_of(queries.home_of_buildings(home)).keys() - queries.buildings_of(home.path).keys()
    plans = list(_plans(sheet, elsewhere, done))
    for start in range(0, len(plans), ROWS_AT_ONCE):
        part = plans[start : start + ROWS_AT_ONCE]
        key = f"{stamp.key[:50]}:b{start // ROWS_AT_ONCE}"
        outcomes, doors = flow.build(
            stamp=replace(stamp, key=key), actor=actor, area=area, plans=[plan for _, plan in part]
        )
        done.doors += doors
        for (row, _), outcome in zip(part, outcomes, strict=True):
            done.created += outcome.outcome == "made"
            done.enlarged += outcome.outcome == "enlarged"
            done.unchanged += outcome.outcome in ("same", "smaller")
            if outcome.outcome == "smaller":
                done.reported.append(row.fault("building", "smaller"))
    return done


def _plans(
    sheet: Sequence[SheetRow], elsewhere: set[str], done: PlacesImported
) -> Iterator[tuple[SheetRow, BuildingPlan]]:
    """Yield the rows that can be read for certain, and report the others."""
    seen: set[str] = set()
    for row in sheet:
        numbers = {name: _NUMBER.match(row.cells[name]) for name in ("units", "floors", "doors_per_floor")}
        faults = [row.fault(name, "number_malformed") for name, found in numbers.items() if found is None]
        values = {name: int(found[1]) for name, found in numbers.items() if found}
        key = rules.building_key(row.cells["building"])
        if not key or len(key) > 40:
            faults.append(row.fault("building", "name_missing" if not key else "name_too_long"))
        elif key in seen:
            faults.append(row.fault("building", "building_repeated"))
        elif key in elsewhere:
            faults.append(row.fault("building", "building_elsewhere"))
        seen.add(key)
        plan = BuildingPlan(row.cells["building"], **values) if len(values) == 3 else None
        if plan and not faults and rules.plan_fault(plan):
            faults.append(row.fault("floors", "number_impossible"))
        if faults or plan is None:
            done.reported += faults
        else:
            yield row, plan
