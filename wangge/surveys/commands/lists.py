"""Taking a handed-down list in, opening it for answers, closing, withdrawing and forgetting it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count as Number

from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.journal.recording import Count, Entry, record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area
from wangge.places.stillness import hold_still
from wangge.surveys import kinds
from wangge.surveys.models import HandedDownList, ListEntry, ListFinding
from wangge.surveys.rules.lists import BATCH_LIMIT, MANAGE, OPEN_ENTRIES, ListHead, ListState, NewEntry, head_fault


@command
def begin_list(*, stamp: Stamp, actor: Viewer, head: ListHead) -> UUID:
    """Note a list whose rows follow with ``add_entries``; nothing of it is asked of anybody before ``open_list``.

    What was read from the same sheet before and never opened goes. Refused outside the actor's areas, without a name
    and source, and for a name that an open list of the area has already.
    """
    hold_still()
    area = Area.objects.filter(id=head.area, retired_at=None).first()
    if area is None:
        raise Refused("access.forbidden")
    require(actor, MANAGE, area.path)
    if fault := head_fault(head):
        raise Refused(fault[0], **fault[1])
    refuse_taken_name(area, head.name)
    same = HandedDownList.objects.filter(area=area, digest=head.digest, account=actor.account_id)
    same.filter(state__in=(ListState.READING, ListState.STAGED)).delete()
    row = HandedDownList.objects.create(
        id=head.id,
        area=area,
        path=area.path,
        name=" ".join(head.name.split()),
        source=" ".join(head.source.split()),
        basis=" ".join(head.basis.split()),
        deadline=head.deadline,
        as_of=head.as_of,
        period_days=head.period_days,
        risk_areas=list(head.risk_areas),
        file_name=head.file_name[:200],
        digest=head.digest,
        layout=head.layout,
        dropped=list(head.dropped),
        reports=head.reports,
        total=head.total,
        state=ListState.READING,
        account=actor.account_id,
        received_at=stamp.received_at,
    )
    _note(stamp, actor, row, kinds.READ_IN, rows=head.total)
    return row.id


def refuse_taken_name(area: Area, name: str) -> None:
    """Refuse a name that another open list of the area has: its answers would be mistaken for this one's."""
    if HandedDownList.objects.filter(area=area, name=" ".join(name.split()), state=ListState.OPEN).exists():
        raise Refused("lists.name_taken", name=" ".join(name.split()))


@command
def add_entries(*, stamp: Stamp, actor: Viewer, handed: UUID, entries: Sequence[NewEntry]) -> int:
    """Keep rows of a list that is being read, at most 500 a call; return how many."""
    if len(entries) > BATCH_LIMIT:
        raise Refused("lists.batch_too_large", limit=BATCH_LIMIT)
    row = locked_list(actor, handed)
    _expect(row, ListState.READING)
    ListEntry.objects.bulk_create(
        ListEntry(
            id=one.id,
            list=row,
            sheet=one.sheet,
            row=one.row,
            sealed=one.sealed,
            original=one.original,
            person=one.person,
            resident=one.resident,
            match=one.match,
            differs=list(one.differs),
            proposal=one.proposal,
            codes=[list(code) for code in one.codes],
            path=one.path,
            grid_path=one.grid_path,
        )
        for one in entries
    )
    return len(entries)


@command
def end_reading(*, stamp: Stamp, actor: Viewer, handed: UUID) -> UUID:
    """Declare a list read to its end."""
    row = locked_list(actor, handed)
    _expect(row, ListState.READING)
    row.state = ListState.STAGED
    row.save(update_fields=["state"])
    return row.id


@command
def open_list(*, stamp: Stamp, actor: Viewer, handed: UUID) -> UUID:
    """Hand a list that was read to those to whom its rows are dealt; from now on its rows count as open."""
    row = locked_list(actor, handed)
    _expect(row, ListState.STAGED)
    refuse_taken_name(row.area, row.name)
    _turn(stamp, actor, row, ListState.OPEN, kinds.OPENED)
    return row.id


@command
def close_list(*, stamp: Stamp, actor: Viewer, handed: UUID) -> UUID:
    """Close a list whose answer has gone back; rows without an answer are asked no more.

    What is known of its people is kept for thirty more days.
    """
    row = locked_list(actor, handed)
    _expect(row, ListState.OPEN)
    _turn(stamp, actor, row, ListState.CLOSED, kinds.CLOSED)
    return row.id


@command
def reopen_list(*, stamp: Stamp, actor: Viewer, handed: UUID) -> UUID:
    """Open a closed list again; refused when its rows have been erased since."""
    row = locked_list(actor, handed)
    _expect(row, ListState.CLOSED)
    if row.layout is None:
        raise Refused("lists.erased")
    refuse_taken_name(row.area, row.name)
    _turn(stamp, actor, row, ListState.OPEN, kinds.REOPENED)
    return row.id


@command
def withdraw_list(*, stamp: Stamp, actor: Viewer, handed: UUID) -> UUID:
    """Take back a list that should not have come: what is known of its people is erased at once.

    Findings that were made stay counted; one that was never opened leaves nothing.
    """
    row = locked_list(actor, handed)
    if row.state in (ListState.READING, ListState.STAGED):
        _note(stamp, actor, row, kinds.WITHDRAWN, rows=row.total)
        row.delete()
        return handed
    if row.state == ListState.WITHDRAWN:
        raise Refused("lists.wrong_state", state=row.state)
    if row.state == ListState.OPEN:
        _turn(stamp, actor, row, ListState.WITHDRAWN, kinds.WITHDRAWN)
    else:
        row.state = ListState.WITHDRAWN
        row.save(update_fields=["state"])
        _note(stamp, actor, row, kinds.WITHDRAWN, rows=row.total)
    _erase(row)
    return row.id


@command
def erase_old_lists(*, stamp: Stamp, actor: Viewer, before: datetime) -> int:
    """Erase what is known of the people of one list that was closed before an instant; return how many rows."""
    row = (
        HandedDownList.objects.select_for_update(of=("self",))
        .filter(state__in=(ListState.CLOSED, ListState.WITHDRAWN), ended_at__lt=before, layout__isnull=False)
        .order_by("ended_at", "id")
        .first()
    )
    if row is None:
        return 0
    gone = _erase(row)
    _note(stamp, actor, row, kinds.ERASED, rows=gone)
    return max(gone, 1)


def _erase(row: HandedDownList) -> int:
    """Empty everything personal of a list; its rows stay as counts."""
    row.layout = None
    row.save(update_fields=["layout"])
    ListFinding.objects.filter(entry__list=row).update(words="", note="")
    return empty_entries(ListEntry.objects.filter(list=row))


def empty_entries(rows: "object") -> int:
    """Empty what rows say about people, and return how many they are."""
    return rows.update(  # type: ignore[attr-defined, no-any-return]
        sealed=None, original=None, person=None, resident=None, differs=[], codes=[]
    )


def locked_list(actor: Viewer, handed: UUID) -> HandedDownList:
    """Return a list that the actor manages, locked; refused alike when it is unknown and out of reach."""
    hold_still()
    row = HandedDownList.objects.select_for_update(of=("self",)).select_related("area").filter(id=handed).first()
    if row is None or not actor.holds_at(MANAGE, row.path):
        raise Refused("lists.list_unknown")
    require(actor, MANAGE, row.path)
    return row


def _expect(row: HandedDownList, state: ListState) -> None:
    if row.state != state:
        raise Refused("lists.wrong_state", state=row.state)


def _turn(stamp: Stamp, actor: Viewer, row: HandedDownList, state: ListState, kind: str) -> None:
    """Change the state of a list, and with it how many rows are open in each grid."""
    unanswered = ListEntry.objects.filter(list=row, outcome="").order_by()
    by_grid = sorted(unanswered.values_list("grid_path").annotate(number=Number("id")))
    sign = (state == ListState.OPEN) - (row.state == ListState.OPEN)
    row.state = state
    row.ended_at = None if state == ListState.OPEN else stamp.received_at
    row.save(update_fields=["state", "ended_at"])
    counts = tuple(Count(OPEN_ENTRIES, path, sign * number) for path, number in by_grid)
    _note(stamp, actor, row, kind, counts, rows=row.total)


def _note(
    stamp: Stamp, actor: Viewer, row: HandedDownList, kind: str, counts: tuple[Count, ...] = (), *, rows: int
) -> None:
    facts = {"list": str(row.id), "rows": rows}
    path = row.area.grid_path or row.area.path
    record(stamp=stamp, actor=actor, entries=[Entry(kind, path, facts, counts, subject=row.id)])
