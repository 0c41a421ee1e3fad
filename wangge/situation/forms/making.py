"""Taking a form out: asked for with a purpose, agreed to, logged for everybody in it, made, and kept for a day."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import DatabaseError

from wangge.access.exporting import agreed, exportable_area, look_purpose
from wangge.access.queries import read_viewer
from wangge.access.viewing import Viewer
from wangge.journal.commanding import command
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.privacy.looks import log_looks
from wangge.situation.forms import kinds, queries
from wangge.situation.forms.composing import Line, Wish, people_of, rows_of, sheets
from wangge.situation.forms.keeping import keep_file, note
from wangge.situation.forms.models import Export
from wangge.situation.forms.rules.exports import (
    AT_ONCE_MOST,
    ROWS_MOST,
    ExportState,
    FileKind,
    day_fault,
    mark_of,
    mark_words,
    rows_fault,
)
from wangge.situation.forms.rules.profiles import Layout, read_body, sources, stored_body
from wangge.situation.forms.sheets.drawing import Drawn, Spool
from wangge.situation.forms.sheets.excel import xlsx
from wangge.situation.forms.sheets.paper import ROWS_MOST as PAPER_MOST
from wangge.situation.forms.sheets.paper import pdf
from wangge.situation.forms.sheets.text import csv_text

log = logging.getLogger(__name__)
LOOKS_AT_ONCE = 500
LEFT_ALONE = timedelta(minutes=20)
WRITERS: dict[str, Callable[[Sequence[tuple[Drawn, Spool]]], bytes]] = {
    FileKind.XLSX: xlsx, FileKind.CSV: csv_text, FileKind.PDF: pdf,
}  # fmt: skip
Told = Callable[[int, int], None]


@command
def request_export(
    *,
    stamp: Stamp,
    actor: Viewer,
    area: int,
    profile: str,
    on: date | None = None,
    purpose: str,
    approval: str = "",
    kind: str = "xlsx",
    masked: bool = False,
    by_worker: bool = False,
) -> UUID:
    """Use up what taking a form out needs, write down that it is taken, and return its number; it is made afterwards.

    With ``by_worker`` one of more than 500 rows is left to the worker. Refused outside the actor's areas, without a
    purpose, above 500 people without a fitting approval code, for a day of which nothing is known, and where it would
    become too long.
    """
    home = exportable_area(actor, area)
    if kind not in set(FileKind):
        raise Refused("forms.kind_unknown", kind=kind)
    form = queries.profile(viewer=actor, area=home, code=profile)
    day = on or stamp.day
    if fault := day_fault(form.body, day, stamp.day):
        raise Refused(fault)
    people = people_of(viewer=actor, area=home, body=form.body)
    rows = rows_of(viewer=actor, area=home, body=form.body)
    if fault := rows_fault(kind, rows, PAPER_MOST):
        raise Refused(fault, rows=rows, most=ROWS_MOST if fault == "forms.too_many_rows" else PAPER_MOST)
    used = agreed(stamp=stamp, actor=actor, area=home.id, purpose=purpose, approval=approval, people=people)
    id_ = uuid7()
    state = ExportState.WAITING if by_worker and rows > AT_ONCE_MOST else ExportState.MAKING
    row = Export.objects.create(
        id=id_, mark=mark_of(id_), area=home, path=home.path, account=actor.account_id, made_by=actor.number,
        profile=form.code, profile_name=form.name, version=form.version, body=stored_body(form.body),
        purpose=" ".join(purpose.split()), kind=kind, masked=masked, on=day, people=people, rows=rows, state=state,
        made_at=stamp.received_at,
    )  # fmt: skip
    facts = {"export": str(row.id), "profile": form.code, "version": form.version, "area": home.id, "people": people}
    facts |= {"kind": kind, "masked": masked, "approval": str(used) if used else None}
    note(stamp, actor, kinds.REQUESTED, row, facts)
    return row.id


def make(*, stamp: Stamp, actor: Viewer, export: UUID, told: Told | None = None) -> bytes:
    """Make the file of an export that was asked for, and return it; everybody in it has their look first.

    Its rows are read a few hundred at a time, and nothing of it ever lies in a file of its own.
    """
    row = Export.objects.select_related("area").filter(id=export, account=actor.account_id).first()
    if row is None or row.state not in (ExportState.MAKING, ExportState.WAITING):
        raise Refused("forms.export_unknown")
    wish = wish_of(row, actor, stamp.zone)
    return WRITERS[row.kind]([(drawn, _spooled(row, stamp, lines, told)) for drawn, lines in sheets(wish)])


def wish_of(row: Export, actor: Viewer, zone: str) -> Wish:
    """Return what an export asks for, with its marks."""
    said = mark_words(actor.name, actor.login, row.made_at, zone, row.purpose)
    return Wish(
        viewer=actor, area=row.area, body=read_body(row.body), name=row.profile_name, on=row.on, now=row.made_at,
        zone=zone, masked=row.masked, mark=f"{row.mark} {said}", row_mark=row.mark,
    )  # fmt: skip


def _spooled(row: Export, stamp: Stamp, lines: Iterable[Line], told: Told | None) -> Spool:
    """Write the looks at everybody in the lines, five hundred rows at a time, and keep the lines."""
    spool, waiting = Spool(), list[Line]()
    for line in lines:
        waiting.append(line)
        if len(waiting) >= LOOKS_AT_ONCE:
            _looked(row, stamp, waiting)
            waiting = _kept(spool, waiting, row, told)
    _looked(row, stamp, waiting)
    _kept(spool, waiting, row, told)
    return spool


def _kept(spool: Spool, waiting: list[Line], row: Export, told: Told | None) -> list[Line]:
    for line in waiting:
        spool.add(line.cells)
    Export.objects.filter(id=row.id).update(done=spool.count)
    if told:
        told(spool.count, row.rows)
    return []


def _looked(row: Export, stamp: Stamp, lines: Sequence[Line]) -> None:
    subjects = dict.fromkeys(subject for line in lines for subject in line.subjects)
    log_looks(
        at=row.made_at,
        viewer_number=row.made_by,
        subjects=subjects,
        fields=sorted(_fields(row)),
        purpose=look_purpose(row.purpose),
        channel=stamp.channel,
    )


def _fields(row: Export) -> frozenset[str]:
    """Return what the access log says was shown."""
    body = read_body(row.body)
    return frozenset({"door", "people", "marks"}) if body.layout == Layout.MATRIX else sources(body)


def make_waiting(*, stamp: Stamp) -> list[UUID]:
    """Make and keep every export that waits for the worker, and those somebody began and did not finish; return which.

    One whose maker may no longer take it out, or that breaks, is marked with why; its maker sees that and asks anew.
    """
    left_alone = Export.objects.filter(state=ExportState.MAKING, made_at__lt=stamp.received_at - LEFT_ALONE)
    waiting = Export.objects.filter(state=ExportState.WAITING) | left_alone
    finished = []
    for row in list(waiting.order_by("made_at").only("id", "account")):
        viewer = read_viewer(row.account, on=stamp.day)
        try:
            if viewer is None:
                raise Refused("access.forbidden")
            content = make(stamp=stamp, actor=viewer, export=row.id)
            keep_file(stamp=stamp, actor=viewer, export=row.id, content=content)
        except Refused as refused:
            _fail(row.id, refused.code)
        except DatabaseError:
            raise  # it waits on, until the database answers
        except Exception as error:
            # only the kind of error goes into the log: its text may hold what stands in the register
            log.error("forms: export %s raised %s", row.id, type(error).__name__)
            _fail(row.id, "forms.export_broken")
        finished.append(row.id)
    return finished


def _fail(export: UUID, code: str) -> None:
    """Say why an export could not be made; nothing of it is kept."""
    Export.objects.filter(id=export).update(state=ExportState.FAILED, failed=code, sealed=None)


def make_now(*, stamp: Stamp, actor: Viewer, export: UUID) -> None:
    """Make a short export while its maker waits, and keep it; a defect is marked on it and raised on."""
    try:
        keep_file(stamp=stamp, actor=actor, export=export, content=make(stamp=stamp, actor=actor, export=export))
    except Refused as refused:
        _fail(export, refused.code)
        raise
    except Exception:
        _fail(export, "forms.export_broken")
        raise
