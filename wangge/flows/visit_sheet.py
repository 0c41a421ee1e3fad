"""Visits written down on paper or in a sheet and recorded afterwards."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from wangge.access.queries import viewer_by_login
from wangge.access.viewing import Viewer, require, scoped
from wangge.kernel.paths import upper
from wangge.kernel.periods import zone_of
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.models import Household
from wangge.people.rules.codes import HouseholdState
from wangge.places.models import Area
from wangge.places.rules import GRID_RANK, parse_door
from wangge.surveys.commands import record_visits
from wangge.surveys.rules import BATCH_LIMIT, REMARKS_LIMIT, DoorState, VisitOutcome, VisitSeen

RECORD = "visit.record"
HEADERS = ("area", "door", "state", "at", "by", "remarks", "answers")
CHINESE = {
    "社区": "area", "社區": "area", "网格": "area", "網格": "area", "辖区": "area", "轄區": "area",
    "门牌": "door", "門牌": "door", "状态": "state", "狀態": "state", "时间": "at", "時間": "at",
    "走访人": "by", "走訪人": "by", "备注": "remarks", "備註": "remarks", "答案": "answers",
}  # fmt: skip
STATES = {
    "已查": "done", "家中无人": "nobody_home", "无人": "nobody_home", "拒访": "refused", "空户": "vacant",
    "已搬走": "moved_away", "单元门锁": "gate_locked", "待回访": "revisit",
}  # fmt: skip
TIMES = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a sheet that was not recorded: the row (from 1, the heading counts), the column, a code."""

    row: int
    column: str
    code: str
    value: str = ""


@dataclass(slots=True)
class SheetRecorded:
    """What became of a sheet: rows recorded now, rows recorded before, rows not recorded with the reasons."""

    recorded: int = 0
    again: int = 0
    rejected: int = 0
    reported: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A row that could be read, with a visit for each household behind its door, and what it says was answered."""

    row: int
    visits: tuple[VisitSeen, ...]
    answers: Mapping[str, Any] = field(default_factory=dict)


class _Unread(Exception):
    """A row that cannot be read."""

    def __init__(self, column: str, code: str, value: str) -> None:
        super().__init__(code)
        self.column, self.code, self.value = column, code, value


def record_visit_sheet(*, stamp: Stamp, actor: Viewer, area: int, text: str) -> SheetRecorded:
    """Record the visits of a csv (door, state, at, by, remarks), at most 500 in a transaction.

    The same row twice, in this sheet or in a later one, is one visit. Times without a zone are local. A door that
    stands in several communities needs a column ``area`` with the code or name of one. Refused when the area is out
    of reach or the heading cannot be read; single rows that cannot be read are reported.
    """
    home = Area.objects.filter(id=area, retired_at=None).first()
    if home is None:
        raise Refused("access.forbidden")
    require(actor, RECORD, home.path)
    result = SheetRecorded()
    record_lines(stamp, actor, read_lines(stamp, actor, home.path, text, result), result)
    return result


def read_lines(stamp: Stamp, actor: Viewer, path: str, text: str, result: SheetRecorded) -> list[SheetLine]:
    """Return the rows of a csv about doors of an area; those that cannot be read are reported in ``result``."""
    reader = _Reader(stamp, actor, _doors(actor, path), _places(path), {})
    lines: list[SheetLine] = []
    for number, row in list(_rows(text)):
        try:
            lines.append(SheetLine(number, reader.read(row), _answers(row["answers"])))
        except _Unread as unread:
            turn_away(result, Problem(number, unread.column, unread.code, unread.value[:60]))
    return lines


def turn_away(result: SheetRecorded, problem: Problem) -> None:
    """Report a row that is not recorded."""
    result.rejected += 1
    result.reported.append(problem)
    result.reported.sort(key=lambda one: one.row)


def _answers(text: str) -> Mapping[str, Any]:
    """Return the answers of a row; nothing where the cell is empty."""
    if not text:
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        raise _Unread("answers", "answers_unreadable", text) from None
    if not isinstance(found, dict):
        raise _Unread("answers", "answers_unreadable", text)
    return found


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (row number, cells by English heading) of the rows that hold anything."""
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    heads = next(reader, [])
    names = [CHINESE.get(head.strip(), head.strip().lower()) for head in heads]
    if missing := [name for name in ("door", "state") if name not in names]:
        raise Refused("visits.heading_missing", column=missing[0])
    for row in reader:
        if any(cell.strip() for cell in row):
            cells = dict(zip(names, (cell.strip() for cell in row), strict=False))
            yield reader.line_num, {name: cells.get(name, "") for name in HEADERS}


def _doors(actor: Viewer, path: str) -> dict[str, list[tuple[UUID, str]]]:
    """Return the households (id, path) behind each door of the area."""
    found: dict[str, list[tuple[UUID, str]]] = {}
    homes = scoped(Household, actor, RECORD).filter(path__gte=path, path__lt=upper(path), state=HouseholdState.OPEN)
    rows = homes.filter(dwelling__isnull=False).order_by("opened_at", "id")
    for id_, where, door in rows.values_list("id", "path", "dwelling__door"):
        found.setdefault(door, []).append((id_, where))
    return found


def _places(path: str) -> dict[str, list[str]]:
    """Return the paths of the communities and grids of an area, and of those above it, by code and by name."""
    rows = Area.objects.filter(path__gte=path, path__lt=upper(path), retired_at=None, rank__lte=GRID_RANK)
    found: dict[str, list[str]] = {}
    for code, name, where in rows.values_list("code", "name", "path"):
        for key in {code or "", name} - {""}:
            found.setdefault(key, []).append(where)
    return found


@dataclass(slots=True)
class _Reader:
    """Reads rows into visits."""

    stamp: Stamp
    actor: Viewer
    doors: Mapping[str, Sequence[tuple[UUID, str]]]
    places: Mapping[str, Sequence[str]]
    workers: dict[str, Viewer | None]

    def read(self, row: Mapping[str, str]) -> tuple[VisitSeen, ...]:
        """Return one visit for each household behind the door."""
        homes = self._homes(row["door"], row["area"])
        state = self._state(row["state"])
        at = self._time(row["at"])
        if len(row["remarks"]) > REMARKS_LIMIT:
            raise _Unread("remarks", "text_too_long", row["remarks"])
        worker = self._worker(row["by"], homes[0][1])
        visit = VisitSeen(
            id=homes[0][0], household=homes[0][0], state=state, at=at, remarks=row["remarks"], worker=worker
        )
        return tuple(
            replace(visit, household=home, id=visit_identity(home, at, state, worker or self.actor.account_id))
            for home, _ in homes
        )

    def _homes(self, text: str, area: str) -> Sequence[tuple[UUID, str]]:
        """Return the households behind the one door that is meant."""
        key = text if text in self.doors else str(parse_door(text) or "")
        if not key:
            raise _Unread("door", "door_unreadable", text)
        homes = self.doors.get(key, ())
        if area:
            inside = self.places.get(area, ())
            if not inside:
                raise _Unread("area", "area_unknown", area)
            homes = [home for home in homes if home[1].startswith(tuple(inside))]
        if not homes:
            raise _Unread("door", "door_unknown", text)
        if len({path for _, path in homes}) > 1:
            raise _Unread("door", "door_ambiguous", text)
        return homes

    def _state(self, text: str) -> DoorState:
        try:
            return DoorState(STATES.get(text, text.lower()))
        except ValueError:
            raise _Unread("state", "state_unknown", text) from None

    def _time(self, text: str) -> datetime:
        if not text:
            return self.stamp.at
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            at = self._spoken_time(text)
        return at if at.tzinfo else at.replace(tzinfo=zone_of(self.stamp.zone))

    def _spoken_time(self, text: str) -> datetime:
        for form in TIMES:
            try:
                return datetime.strptime(text, form)  # noqa: DTZ007  (local time; the zone is put in by the caller)
            except ValueError:
                continue
        raise _Unread("at", "time_unreadable", text)

    def _worker(self, login: str, path: str) -> UUID | None:
        """Return who went, when that is somebody else; they must be allowed to record visits there."""
        if not login or login == self.actor.login:
            return None
        if login not in self.workers:
            self.workers[login] = viewer_by_login(login, on=self.stamp.day)
        viewer = self.workers[login]
        if viewer is None or not viewer.permits(RECORD, path):
            raise _Unread("by", "worker_unknown", login)
        return viewer.account_id


def visit_identity(household: UUID, at: datetime, state: DoorState, worker: UUID) -> UUID:
    """Return the same id for the same row of any sheet, so that it is recorded once."""
    said = f"{household}|{at.timestamp():.0f}|{state}|{worker}"
    return UUID(bytes=sha256(said.encode()).digest()[:16], version=5)


def record_lines(stamp: Stamp, actor: Viewer, lines: Iterable[SheetLine], result: SheetRecorded) -> None:
    """Send the visits in runs of whole rows, and count what became of each row."""
    part: list[SheetLine] = []
    number = 0
    for line in [*lines, None]:
        if line is None or sum(len(one.visits) for one in part) + len(line.visits) > BATCH_LIMIT:
            _send(replace(stamp, key=f"{stamp.key}/{number}"[:64]), actor, part, result)
            part, number = [], number + 1
        if line is not None:
            part.append(line)


def _send(stamp: Stamp, actor: Viewer, part: Sequence[SheetLine], result: SheetRecorded) -> None:
    if not part:
        return
    visits = [visit for line in part for visit in line.visits]
    outcomes: dict[UUID, VisitOutcome] = {}
    for outcome in record_visits(stamp=stamp, actor=actor, visits=visits):
        outcomes.setdefault(outcome.id, outcome)
    seen: set[UUID] = set()
    for line in part:
        found = [outcomes[visit.id] for visit in line.visits]
        turned = next((one for one in found if one.outcome in ("rejected", "forbidden")), None)
        if turned is not None:
            turn_away(result, Problem(line.row, "door", turned.code))
        elif all(one.outcome == "again" or one.id in seen for one in found):
            result.again += 1
        else:
            result.recorded += 1
        seen.update(one.id for one in found)
