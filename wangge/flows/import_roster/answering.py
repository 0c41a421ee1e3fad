"""Answers to what an import asked: the rows that waited go in, as somebody known or as somebody new."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.flows.import_roster import kinds
from wangge.flows.import_roster.applying import Work, bring_in
from wangge.flows.import_roster.contents import Contents, contents_of
from wangge.flows.import_roster.models import Import, ImportAsk, ImportRow
from wangge.flows.import_roster.reaching import locked_import, own_clock
from wangge.flows.import_roster.states import Action, Answer, AskKind, ImportState, Outcome, RowState
from wangge.flows.import_roster.undoing import take_people_back, take_values_back
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.commands.writing import phones_of
from wangge.people.models import Household, Resident
from wangge.people.rules.codes import HouseholdState, ResidentState

Candidate = dict[str, Any]
ROW = ["state", "outcome", "action", "household", "resident", "founds", "codes", "before", "after"]
"""Columns of a row that an answer changes."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of the rows that waited: [sheet, row] and outcome of each, and how many questions are still open."""

    ask: UUID
    answer: str
    rows: list[tuple[str | None, int, str]]
    open: int


@command
def answer_ask(
    *, stamp: Stamp, actor: Viewer, imported: UUID, ask: UUID, answer: str, candidate: int | None = None
) -> Answered:
    """Answer one question of an applied import with ``same``, ``different`` or ``later``.

    After ``same`` the values of the person who is there stay, and telephones are added; ``candidate`` says which of
    several it is, else it is the first who is there. Refused when it was answered before, or when whom the row may be
    is no longer there or waits too.
    """
    if answer not in set(Answer):
        raise Refused("imports.answer_unknown", answer=answer[:20])
    row, question = _asked(actor, imported, ask)
    if question.answer:
        raise Refused("imports.ask_answered", answer=question.answer)
    if answer == Answer.LATER:
        question.later += 1
        question.save(update_fields=["later"])
        return _end(stamp, actor, question, kinds.PUT_OFF, [])
    rows = list(ImportRow.objects.filter(id__in=question.waiting, state=RowState.WAITING).order_by("id"))
    work = Work(own_clock(stamp, row.id), actor, row, rows, _contents(rows), confirmed=True)
    question.undo = [[one.id, one.action, _text(one.household), _text(one.resident)] for one in rows]
    _act(work, question, Answer(answer), _chosen(question, candidate))
    for one in rows:
        one.state = RowState.APPLIED
    ImportRow.objects.bulk_update(rows, ROW)
    question.answer, question.answered_at, question.answered_by = answer, stamp.received_at, actor.account_id
    question.save(update_fields=["answer", "answered_at", "answered_by", "undo"])
    return _end(stamp, actor, question, kinds.ANSWERED, rows)


@command
def take_answer_back(*, stamp: Stamp, actor: Viewer, imported: UUID, ask: UUID) -> Answered:
    """Open a question again, with the register exactly as it was before the answer.

    Refused when it was not answered, and when somebody has changed since whom it made or completed.
    """
    row, question = _asked(actor, imported, ask)
    if not question.answer:
        raise Refused("imports.answer_unknown", answer="")
    rows = list(ImportRow.objects.filter(id__in=question.waiting).order_by("id"))
    others = ImportRow.objects.filter(imported=row, state=RowState.APPLIED).exclude(id__in=question.waiting)
    made = [one.resident for one in rows if one.resident and one.outcome == Outcome.CREATED]
    if others.filter(resident__in=made).exists():
        raise Refused("imports.answer_stuck")
    own = own_clock(stamp, row.id, letter="u")
    if take_values_back(own, actor, row, rows) | take_people_back(own, actor, row, rows):
        raise Refused("imports.answer_stuck")
    before = {one[0]: one for one in question.undo}
    for one in rows:
        _, one.action, home, resident = before[one.id]
        one.household, one.resident = _uuid(home), _uuid(resident)
        one.state, one.outcome, one.founds, one.before, one.after = RowState.WAITING, Outcome.ASKED, False, None, None
    ImportRow.objects.bulk_update(rows, ROW)
    question.answer, question.answered_at, question.answered_by, question.undo = "", None, None, []
    question.save(update_fields=["answer", "answered_at", "answered_by", "undo"])
    return _end(stamp, actor, question, kinds.TAKEN_BACK, rows)


def _asked(actor: Viewer, imported: UUID, ask: UUID) -> tuple[Import, ImportAsk]:
    row = locked_import(actor, imported)
    if row.state != ImportState.APPLIED:
        raise Refused("imports.not_applied", state=row.state)
    question = ImportAsk.objects.select_for_update().filter(id=ask, imported=row).first()
    if question is None:
        raise Refused("imports.ask_unknown")
    question.imported = row
    return row, question


def _end(stamp: Stamp, actor: Viewer, question: ImportAsk, kind: str, rows: Sequence[ImportRow]) -> Answered:
    row, answer = question.imported, Answer.LATER.value if kind == kinds.PUT_OFF else question.answer
    facts = {"import": str(row.id), "ask": str(question.id), "answer": answer}
    path = row.area.grid_path or row.area.path
    record(stamp=stamp, actor=actor, entries=[Entry(kind, path, facts, subject=row.id)])
    left = ImportAsk.objects.filter(imported=row, answer="").count()
    return Answered(question.id, answer, [(one.sheet, one.row, one.outcome) for one in rows], left)


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _contents(rows: Sequence[ImportRow]) -> dict[int, Contents]:
    return {one.id: found for one in rows if (found := contents_of(one))}


def _chosen(question: ImportAsk, candidate: int | None) -> list[Candidate]:
    """Return the candidate that was chosen, or all of them in order."""
    if candidate is None:
        return list(question.candidates)
    if not 0 <= candidate < len(question.candidates):
        raise Refused("imports.candidate_unclear")
    return [question.candidates[candidate]]


def _act(work: Work, question: ImportAsk, answer: Answer, candidates: Sequence[Candidate]) -> None:
    """Turn the waiting rows into what was answered, and bring them in."""
    if answer == Answer.SAME:
        {AskKind.PERSON: _become, AskKind.HOUSEHOLD: _move_in, AskKind.DOOR: _stand_at}[AskKind(question.kind)](
            work, candidates
        )
    for row in work.rows:
        if row.action == Action.NEW:
            row.outcome = Outcome.CREATED if row.id in work.contents else Outcome.SKIPPED
        elif row.action == Action.NONE:
            row.outcome = Outcome.UNCHANGED
    bring_in(work)


def _become(work: Work, candidates: Sequence[Candidate]) -> None:
    """Take the waiting rows for the first candidate who is there; only their telephones are added."""
    ids = _residents(work.imported, candidates)
    living = {one.id: one for one in Resident.objects.filter(id__in=ids, state=ResidentState.LIVING)}
    person = next((living[id_] for id_ in ids if id_ in living), None)
    if person is None:
        raise Refused("imports.candidate_gone")
    known = set(phones_of([person]).get(person.id, ()))
    for row in work.rows:
        found = work.contents.get(row.id)
        row.resident, row.household = person.id, person.household_id
        row.action, row.outcome = Action.NONE, Outcome.UNCHANGED
        new = tuple(phone for phone in found.person.phones if phone not in known) if found else ()
        if found and new:
            row.action, row.outcome = Action.FILL, Outcome.UPDATED
            work.contents[row.id] = Contents(found.person, {}, new)


def _residents(imported: Import, candidates: Sequence[Candidate]) -> list[UUID]:
    """Return whom candidates are by now: a row of the file may have become somebody else, or was joined since.

    Refused when the only candidate is a row that waits itself.
    """
    ids, waiting = [], 0
    for one in candidates:
        row = None
        if one["row"] is not None:
            row = ImportRow.objects.filter(imported=imported, sheet=one["sheet"], row=one["row"]).first()
        if row is not None and row.state == RowState.WAITING:
            waiting += 1
        elif resident := (row.resident if row is not None else _uuid(one["resident"])):
            ids.append(resident)
    if waiting and not ids:
        raise Refused("imports.candidate_waits")
    merged = Resident.objects.filter(id__in=ids, state=ResidentState.MERGED).values_list("id", "merged_into")
    into = {id_: kept for id_, kept in merged if kept}
    return [into.get(id_, id_) for id_ in ids]


def _move_in(work: Work, candidates: Sequence[Candidate]) -> None:
    """Let the waiting people belong to the first household that is still there."""
    ids = [UUID(str(one["household"])) for one in candidates if one["household"]]
    there = set(Household.objects.filter(id__in=ids, state=HouseholdState.OPEN).values_list("id", flat=True))
    home = next((id_ for id_ in ids if id_ in there), None)
    if home is None:
        raise Refused("imports.candidate_gone")
    for row in work.rows:
        row.household = home


def _stand_at(work: Work, candidates: Sequence[Candidate]) -> None:
    """Let the waiting people live at the first door that was offered, with its household where there is one."""
    one = candidates[0]
    if one.get("household"):
        _move_in(work, candidates)
        return
    door = str(one.get("door") or "")
    if not door:
        raise Refused("imports.candidate_gone")
    for id_, found in work.contents.items():
        work.contents[id_] = replace(found, person=replace(found.person, door=door))
