"""Visits written down on paper or in a sheet and recorded afterwards."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
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
from wangge.places.rules import parse_door
from wangge.surveys.commands import record_visits
from wangge.surveys.rules import BATCH_LIMIT, REMARKS_LIMIT, DoorState, VisitOutcome, VisitSeen

RECORD = "visit.record"
HEADERS = ("door", "state", "at", "by", "remarks")
CHINESE = {"门牌": "door", "状态": "state", "时间": "at", "走访人": "by", "备注": "remarks"}
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
class _Line:
    """A row that could be read, with the households behind its door."""

    row: int
    visits: tuple[VisitSeen, ...]


class _Unread(Exception):
    """A row that cannot be read."""

    def __init__(self, column: str, code: str, value: str) -> None:
        super().__init__(code)
        self.column, self.code, self.value = column, code, value


def record_visit_sheet(*, stamp: Stamp, actor: Viewer, area: int, text: str) -> SheetRecorded:
    """Record the visits of a csv (door, state, at, by, remarks), at most 500 in a transaction.

    The same row twice, in this sheet or in a later one, is one visit. Times without a zone are local. Refused when the
    area is out of reach or the heading cannot be read; single rows that cannot be read are reported.
    """
    home = Area.objects.filter(id=area, retired_at=None).first()
    if home is None:
        raise Refused("access.forbidden")
    require(actor, RECORD, home.path)
    result = SheetRecorded()
    rows = list(_rows(text))
    reader = _Reader(stamp, actor, _doors(actor, home.path), {})
    lines: list[_Line] = []
    for number, row in rows:
        try:
            lines.append(_Line(number, reader.read(row)))
        except _Unread as unread:
            result.rejected += 1
            result.reported.append(Problem(number, unread.column, unread.code, unread.value[:60]))
    _record(stamp, actor, lines, result)
    result.reported.sort(key=lambda one: one.row)
    return result


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


@dataclass(slots=True)
class _Reader:
    """Reads rows into visits."""

    stamp: Stamp
    actor: Viewer
    doors: Mapping[str, Sequence[tuple[UUID, str]]]
    workers: dict[str, Viewer | None]

    def read(self, row: Mapping[str, str]) -> tuple[VisitSeen, ...]:
        """Return one visit for each household behind the door."""
        homes = self._homes(row["door"])
        state = self._state(row["state"])
        at = self._time(row["at"])
        if len(row["remarks"]) > REMARKS_LIMIT:
            raise _Unread("remarks", "text_too_long", row["remarks"])
        worker = self._worker(row["by"], homes[0][1])
        visit = VisitSeen(
            id=homes[0][0], household=homes[0][0], state=state, at=at, remarks=row["remarks"], worker=worker
        )
        return tuple(
            replace(visit, household=home, id=_identity(home, at, state, worker or self.actor.account_id))
            for home, _ in homes
        )

    def _homes(self, text: str) -> Sequence[tuple[UUID, str]]:
        homes = self.doors.get(text)
        if homes:
            return homes
        key = parse_door(text)
        if key is None:
            raise _Unread("door", "door_unreadable", text)
        homes = self.doors.get(str(key))
        if not homes:
            raise _Unread("door", "door_unknown", text)
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


def _identity(household: UUID, at: datetime, state: DoorState, worker: UUID) -> UUID:
    """Return the same id for the same row of any sheet, so that it is recorded once."""
    said = f"{household}|{at.timestamp():.0f}|{state}|{worker}"
    return UUID(bytes=sha256(said.encode()).digest()[:16], version=5)


def _record(stamp: Stamp, actor: Viewer, lines: Iterable[_Line], result: SheetRecorded) -> None:
    """Send the visits in runs of whole rows, and count what became of each row."""
    part: list[_Line] = []
    number = 0
    for line in [*lines, None]:
        if line is None or sum(len(one.visits) for one in part) + len(line.visits) > BATCH_LIMIT:
            _send(replace(stamp, key=f"{stamp.key}/{number}"[:64]), actor, part, result)
            part, number = [], number + 1
        if line is not None:
            part.append(line)


def _send(stamp: Stamp, actor: Viewer, part: Sequence[_Line], result: SheetRecorded) -> None:
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
            result.rejected += 1
            result.reported.append(Problem(line.row, "door", turned.code))
        elif all(one.outcome == "again" or one.id in seen for one in found):
            result.again += 1
        else:
            result.recorded += 1
        seen.update(one.id for one in found)
