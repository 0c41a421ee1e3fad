"""Taking a handed-down list in: read, matched with the register, dealt, kept in small steps, then opened."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.flows.handed_down_list.contents import person_index, told_of
from wangge.flows.handed_down_list.dealing import Spot, deal, doors_of, home_of, survey_ground
from wangge.flows.handed_down_list.exposure import is_exposed
from wangge.flows.handed_down_list.matching import Matched, match_list
from wangge.flows.handed_down_list.register import people_like
from wangge.flows.handed_down_list.sheet import ListRow, read_list
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area
from wangge.surveys import commands
from wangge.surveys.contents import seal_cells, seal_layout, seal_rows
from wangge.surveys.models import HandedDownList
from wangge.surveys.rules import lists as rules
from wangge.surveys.rules.lists import BATCH_LIMIT, MANAGE, PERIOD_DAYS, EntryTerms, ListHead, ListState, NewEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody says about a list when they bring it: whose it is, until when, on what basis, what it is about."""

    name: str
    source: str
    deadline: datetime
    basis: str = ""
    as_of: date | None = None
    risk_areas: tuple[str, ...] = ()
    period_days: int = PERIOD_DAYS


def stage_list(*, stamp: Stamp, actor: Viewer, area: int, file_name: str, content: bytes, wanted: Wanted) -> UUID:
    """Read a list and match it with the register; return it, staged: nobody is asked yet. The file is not kept.

    The same file under the same name, when it is open already, is returned as it is. Refused outside the actor's
    areas, for a day ahead, for a sheet without the headings of persons, and as ``surveys.commands.begin_list``.
    """
    home = Area.objects.filter(id=area, retired_at=None).first()
    if home is None:
        raise Refused("access.forbidden")
    require(actor, MANAGE, home.path)
    as_of = wanted.as_of or stamp.day
    if as_of > stamp.day:
        raise Refused("lists.day_in_future", on=as_of.isoformat())
    digest = hashlib.sha256(content).digest()
    name = " ".join(wanted.name.split())
    there = HandedDownList.objects.filter(area=home, digest=digest, name=name, state=ListState.OPEN).first()
    if there is not None:
        return there.id
    read = read_list(content, as_of)
    head = ListHead(
        id=uuid7(),
        area=home.id,
        name=wanted.name,
        source=wanted.source,
        basis=wanted.basis,
        deadline=wanted.deadline,
        as_of=as_of,
        period_days=wanted.period_days,
        risk_areas=tuple(text for risk in wanted.risk_areas if (text := risk.strip())),
        file_name=file_name,
        digest=digest,
        layout=seal_layout(read.layout),
        dropped=read.dropped,
        reports=[list(one) for one in read.reports],
        total=len(read.rows),
    )
    entries = _entries(actor, home, read.rows, head)
    commands.begin_list(stamp=_step(stamp, head.id, "begin"), actor=actor, head=head)
    for start in range(0, len(entries), BATCH_LIMIT):
        part = entries[start : start + BATCH_LIMIT]
        commands.add_entries(stamp=_step(stamp, head.id, f"rows {start}"), actor=actor, handed=head.id, entries=part)
    commands.end_reading(stamp=_step(stamp, head.id, "read"), actor=actor, handed=head.id)
    return head.id


def bring_list(*, stamp: Stamp, actor: Viewer, area: int, file_name: str, content: bytes, wanted: Wanted) -> UUID:
    """Read a list and hand it out at once, as ``stage_list`` and then ``surveys.commands.open_list``."""
    handed = stage_list(stamp=stamp, actor=actor, area=area, file_name=file_name, content=content, wanted=wanted)
    if HandedDownList.objects.filter(id=handed, state=ListState.STAGED).exists():
        commands.open_list(stamp=_step(stamp, handed, "open"), actor=actor, handed=handed)
    return handed


def _step(stamp: Stamp, handed: UUID, part: str) -> Stamp:
    """Return the stamp of one step of a list: sent once under the list's own key."""
    return replace(stamp, source="list", key=f"{handed}:{part}", base={})


def _entries(actor: Viewer, area: Area, rows: Sequence[ListRow], head: ListHead) -> list[NewEntry]:
    """Match and deal the rows, and return them as they are kept."""
    ground = survey_ground(area)
    homes = [home_of(ground, row) for row in rows]
    doors = doors_of(ground, rows, homes)
    known = people_like(viewer=actor, area=area, rows=rows, doors={door for door in doors if door})
    matched = match_list(rows, doors, known)
    spots = deal(ground, rows, homes, doors, [one.known for one in matched])
    sealed = seal_rows([told_of(row, door) for row, door in zip(rows, doors, strict=True)])
    cells = seal_cells([row.cells for row in rows])
    return [
        _entry(row, one, spot, head, both)
        for row, one, spot, both in zip(rows, matched, spots, zip(sealed, cells, strict=True), strict=True)
    ]


def _entry(row: ListRow, matched: Matched, spot: Spot, head: ListHead, sealed: tuple[bytes, bytes]) -> NewEntry:
    days = rules.days_since(row.left, head.as_of)
    terms = EntryTerms(
        match=matched.match,
        differs=matched.differs,
        exposed=is_exposed(row.source, head.risk_areas),
        left_again=row.left_again,
        days=days,
        period_days=head.period_days,
        repeats=matched.repeats,
    )
    codes = list(row.codes)
    if rules.flag_conflicts(row.flag, days, head.period_days):
        codes.append((row.flag_column, "flag_conflict"))
    return NewEntry(
        id=uuid7(),
        sheet=row.sheet[:100],
        row=row.row,
        sealed=sealed[0],
        original=sealed[1],
        person=person_index(row),
        resident=matched.known.resident if matched.known else None,
        match=matched.match.value,
        differs=matched.differs,
        proposal=rules.propose(terms),
        codes=tuple(codes),
        path=spot.path,
        grid_path=spot.grid_path or spot.path,
    )
