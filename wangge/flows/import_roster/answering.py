"""Answers to what an import asked: the rows that waited go in, as somebody known or as somebody new."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.flows.import_roster import kinds
from wangge.flows.import_roster.applying import Work, bring_in
from wangge.flows.import_roster.contents import Contents, contents_of
from wangge.flows.import_roster.models import ImportAsk, ImportRow
from wangge.flows.import_roster.reaching import locked_import, own_clock
from wangge.flows.import_roster.states import Action, Answer, AskKind, ImportState, Outcome, RowState
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.commands.writing import phones_of
from wangge.people.models import Household, Resident
from wangge.people.rules.codes import HouseholdState, ResidentState


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of the rows that waited: [sheet, row] and outcome of each, and how many questions are still open."""

    ask: UUID
    answer: str
    rows: list[tuple[str | None, int, str]]
    open: int


@command
def answer_ask(*, stamp: Stamp, actor: Viewer, imported: UUID, ask: UUID, answer: str) -> Answered:
    """Answer one question of an applied import with ``same`` or ``different``.

    After ``same`` the values of the person who is there stay, and telephones are added. Refused when it was answered
    before, or when whom the row may be is no longer there.
    """
    if answer not in set(Answer):
        raise Refused("imports.answer_unknown", answer=answer[:20])
    row = locked_import(actor, imported)
    if row.state != ImportState.APPLIED:
        raise Refused("imports.not_applied", state=row.state)
    question = ImportAsk.objects.select_for_update().filter(id=ask, imported=row).first()
    if question is None:
        raise Refused("imports.ask_unknown")
    if question.answer:
        raise Refused("imports.ask_answered", answer=question.answer)
    rows = list(ImportRow.objects.filter(id__in=question.waiting, state=RowState.WAITING).order_by("id"))
    work = Work(own_clock(stamp, row.id), actor, row, rows, _contents(rows), confirmed=True)
    _act(work, question, Answer(answer))
    for one in rows:
        one.state = RowState.APPLIED
    fields = ["state", "outcome", "action", "household", "resident", "founds", "codes", "before"]
    ImportRow.objects.bulk_update(rows, fields)
    question.answer, question.answered_at = answer, stamp.received_at
    question.save(update_fields=["answer", "answered_at"])
    facts = {"import": str(row.id), "ask": str(question.id), "answer": answer}
    path = row.area.grid_path or row.area.path
    record(stamp=stamp, actor=actor, entries=[Entry(kinds.ANSWERED, path, facts, subject=row.id)])
    left = ImportAsk.objects.filter(imported=row, answer="").count()
    return Answered(question.id, answer, [(one.sheet, one.row, one.outcome) for one in rows], left)


def _contents(rows: Sequence[ImportRow]) -> dict[int, Contents]:
    return {one.id: found for one in rows if (found := contents_of(one))}


def _act(work: Work, question: ImportAsk, answer: Answer) -> None:
    """Turn the waiting rows into what was answered, and bring them in."""
    if answer == Answer.SAME and question.kind == AskKind.PERSON:
        _become(work, question.candidates)
    elif answer == Answer.SAME:
        _move_in(work.rows, question.candidates)
    for row in work.rows:
        if row.action == Action.NEW:
            row.outcome = Outcome.CREATED if row.id in work.contents else Outcome.SKIPPED
        elif row.action == Action.NONE:
            row.outcome = Outcome.UNCHANGED
    bring_in(work)


def _become(work: Work, candidates: Sequence[dict[str, Any]]) -> None:
    """Take the waiting rows for the first candidate who is there; only their telephones are added."""
    ids = [UUID(str(one["resident"])) for one in candidates if one["resident"]]
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


def _move_in(rows: Sequence[ImportRow], candidates: Sequence[dict[str, Any]]) -> None:
    """Let the waiting people belong to the first household that is still there."""
    ids = [UUID(str(one["household"])) for one in candidates if one["household"]]
    there = set(Household.objects.filter(id__in=ids, state=HouseholdState.OPEN).values_list("id", flat=True))
    home = next((id_ for id_ in ids if id_ in there), None)
    if home is None:
        raise Refused("imports.candidate_gone")
    for row in rows:
        row.household = home
