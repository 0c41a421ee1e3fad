"""Recording what households and residents answer, and voiding a mistake."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Q

from wangge.access.models import Account
from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.journal.recording import Count, Entry, record
from wangge.kernel.periods import local_day, zone_of
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.models import Household, Resident
from wangge.people.rules.codes import ResidentState
from wangge.places.stillness import hold_still
from wangge.surveys import kinds
from wangge.surveys.answered import definition_of, seal_answers
from wangge.surveys.commands.comparing import close_contradictions, find_contradictions, home_of, subject_of
from wangge.surveys.commands.homes import homes_of
from wangge.surveys.models import Contradiction, Questionnaire, Response
from wangge.surveys.rules import BATCH_LIMIT
from wangge.surveys.rules.answers import (
    CONTRADICTIONS,
    READ,
    RECORD,
    RESPONSES,
    Filling,
    FillingOutcome,
    WrongAnswer,
    filling_fault,
    member_repeats,
    split_members,
    turned_away,
    without_wishes,
)
from wangge.surveys.rules.questionnaires import Context, Definition, Member, check_answers, split_by_class


@dataclass(slots=True)
class _Batch:
    """What one batch of fillings writes, and what it reads them against."""

    stamp: Stamp
    actor: Viewer
    homes: Mapping[UUID, Household]
    papers: Mapping[UUID, Questionnaire]
    people: Mapping[UUID, Resident]
    members: Mapping[UUID, Sequence[Resident]]
    accounts: set[UUID]
    rows: list[Response] = field(default_factory=list)
    outcomes: dict[UUID, FillingOutcome] = field(default_factory=dict)


@command
def record_responses(*, stamp: Stamp, actor: Viewer, fillings: Sequence[Filling]) -> list[FillingOutcome]:
    """Keep what was answered at doors, one outcome per filling in the order given; at most 500 a call.

    One row is about the household, one about each resident who was asked about. Turned away alone are an unknown or
    unreachable door, an unknown questionnaire or person, and answers that do not fit their questions; what comes from
    paper is kept where it breaks a rule but can be read, and reported. Contradictions are opened in the same breath.
    """
    if len(fillings) > BATCH_LIMIT:
        raise Refused("surveys.batch_too_large", limit=BATCH_LIMIT)
    hold_still()
    batch = _load(stamp, actor, fillings)
    known = set(Response.objects.filter(id__in=[one.id for one in fillings]).values_list("id", flat=True))
    for one in fillings:
        if one.id in known:
            batch.outcomes.setdefault(one.id, FillingOutcome(one.id, "again"))
            continue
        known.add(one.id)
        batch.outcomes[one.id] = _judge(batch, one)
    _write(batch)
    return [batch.outcomes[one.id] for one in fillings]


def _load(stamp: Stamp, actor: Viewer, fillings: Sequence[Filling]) -> _Batch:
    """Read doors (locked, so that two clerks with one sheet come one after the other), questionnaires and people."""
    doors = homes_of([one.household for one in fillings])
    fresh = {home.id for home in doors.values()}
    papers = {
        row.id: row
        for row in Questionnaire.objects.filter(id__in={one.questionnaire for one in fillings}).exclude(state="draft")
    }
    named = {id_ for one in fillings if one.questionnaire in papers for id_ in _named(papers[one.questionnaire], one)}
    people = _people(named)
    members: dict[UUID, list[Resident]] = defaultdict(list)
    for row in Resident.objects.filter(household__in=fresh, state=ResidentState.LIVING).order_by("added_at", "id"):
        members[row.household_id].append(row)
    asked = {one.observer for one in fillings if one.observer is not None}
    accounts = set(Account.objects.filter(id__in={*asked, actor.account_id}).values_list("id", flat=True))
    return _Batch(stamp, actor, doors, papers, people, members, accounts)


def _named(paper: Questionnaire, filling: Filling) -> list[UUID]:
    """Return the residents that a filling names; what cannot be read as an id is found when it is checked."""
    found = []
    for question in member_repeats(definition_of(paper)):
        listed = filling.answers.get(question.name)
        for one in listed if isinstance(listed, list | tuple) else ():
            text = one.get("resident") if isinstance(one, Mapping) else None
            if text:
                found.append(_id(str(text)))
    return [id_ for id_ in found if id_ is not None]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _people(ids: set[UUID]) -> dict[UUID, Resident]:
    """Return residents by the id that was asked for; of a merged row the one that is left."""
    rows = Resident.objects.select_related("household", "merged_into__household").filter(id__in=ids)
    return {row.id: row.merged_into or row for row in rows}


def _judge(batch: _Batch, one: Filling) -> FillingOutcome:
    """Put a filling into the batch, or say why not."""
    home, paper = batch.homes.get(one.household), batch.papers.get(one.questionnaire)
    if home is None:
        return FillingOutcome(one.id, "rejected", "surveys.household_unknown")
    if not batch.actor.permits(RECORD, home.path):
        return FillingOutcome(one.id, "forbidden", "access.forbidden")
    if paper is None:
        return FillingOutcome(one.id, "rejected", "answers.questionnaire_unknown")
    if not all(_reachable(batch, home, id_) for id_ in _named(paper, one)):
        return FillingOutcome(one.id, "rejected", "answers.resident_elsewhere")
    return _check(batch, one, paper, home)


def _check(batch: _Batch, one: Filling, paper: Questionnaire, home: Household) -> FillingOutcome:
    """Put a filling of a known door into the batch when its answers fit their questions."""
    if fault := filling_fault(one):
        return FillingOutcome(one.id, "rejected", fault)
    definition = definition_of(paper)
    context = _context(batch, one, paper, home)
    checked = check_answers(definition, one.answers, context)
    faults = tuple(WrongAnswer(wrong.name, wrong.index, wrong.code) for wrong in checked.faults)
    if turned_away(one.source, faults):
        return FillingOutcome(one.id, "rejected", "answers.do_not_fit", faults)
    answers = check_answers(without_wishes(definition), one.answers, context).answers if faults else checked.answers
    batch.rows += _rows(batch, one, paper, home, answers)
    return FillingOutcome(one.id, "applied", faults=faults)


def _reachable(batch: _Batch, home: Household, resident: UUID) -> bool:
    """Tell whether somebody may be answered for at a door: a member, or somebody of another door in reach."""
    row = batch.people.get(resident)
    return row is not None and (row.household_id == home.id or batch.actor.permits(RECORD, row.path))


def _context(batch: _Batch, one: Filling, paper: Questionnaire, home: Household) -> Context:
    """Return what answers are judged against; whoever is named counts as a member, also after they have moved."""
    known = {row.id: row for row in batch.members.get(home.id, ())}
    known |= {id_: batch.people[id_] for id_ in _named(paper, one)}
    members = tuple(_member(id_, row) for id_, row in known.items())
    return Context(today=_day(batch, one), now=one.at.astimezone(zone_of(batch.stamp.zone)), members=members)


def _day(batch: _Batch, one: Filling) -> date:
    return local_day(batch.stamp.counted_at(one.at), batch.stamp.zone)


def _member(id_: UUID, row: Resident) -> Member:
    return Member(id=str(id_), name=row.name, birth_on=row.birth_on, sex=row.sex)


def _rows(
    batch: _Batch, one: Filling, paper: Questionnaire, home: Household, answers: Mapping[str, Any]
) -> list[Response]:
    """Return the row of the household and one for each resident who was asked about."""
    definition = definition_of(paper)
    about_home, about_people = split_members(definition, answers)
    whole = _row(batch, one, paper, home)
    whole.answers, whole.sealed = _kept(definition, about_home)
    rows = [whole]
    for id_, said in about_people.items():
        row = _row(batch, one, paper, home)
        row.id, row.resident = uuid5(one.id, str(batch.people[id_].id)), batch.people[id_]
        row.answers, row.sealed = _kept(definition, said)
        rows.append(row)
    return rows


def _kept(definition: Definition, answers: Mapping[str, Any]) -> tuple[dict[str, Any], bytes | None]:
    plain, sensitive = split_by_class(definition, answers)
    return dict(plain), seal_answers(sensitive)


def _row(batch: _Batch, one: Filling, paper: Questionnaire, home: Household) -> Response:
    asker = one.observer if one.observer in batch.accounts else batch.actor.account_id
    return Response(
        id=one.id,
        sheet=one.id,
        round_id=one.round,
        campaign=one.campaign,
        questionnaire=paper,
        household=home,
        visit_id=one.visit,
        observer_id=None if one.source == "self" or asker not in batch.accounts else asker,
        helper=one.helper.strip(),
        source=one.source,
        channel=batch.stamp.channel,
        path=home.path,
        grid_path=home.grid_path,
        day=_day(batch, one),
        at=one.at,
        received_at=batch.stamp.received_at,
        claim_clamped=batch.stamp.counted_at(one.at) != one.at,
        read_aloud=one.read_aloud,
    )


def _write(batch: _Batch) -> None:
    """Save the batch, the contradictions it opens, and its lines, in a fixed number of statements."""
    if not batch.rows:
        return
    where = {subject_of(row): home_of(row) for row in batch.rows}
    found = find_contradictions(batch.stamp, batch.rows, where)
    Response.objects.bulk_create(batch.rows)
    Contradiction.objects.bulk_create(found)
    by_sheet: dict[UUID, list[Contradiction]] = defaultdict(list)
    for one in found:
        by_sheet[one.second.sheet].append(one)
    heads = [row for row in batch.rows if row.id == row.sheet]
    people: dict[UUID, int] = defaultdict(int)
    for row in batch.rows:
        people[row.sheet] += row.resident_id is not None
    for row in heads:
        before = batch.outcomes[row.id]
        batch.outcomes[row.id] = FillingOutcome(
            row.id, before.outcome, before.code, before.faults, len(by_sheet[row.id])
        )
    entries = [_line(row, people[row.sheet], by_sheet[row.sheet]) for row in heads]
    record(stamp=batch.stamp, actor=batch.actor, entries=entries)


def _line(row: Response, people: int, opened: Sequence[Contradiction]) -> Entry:
    facts = {
        "sheet": str(row.sheet),
        "household": str(row.household_id),
        "questionnaire": str(row.questionnaire_id),
        "residents": people,
        "contradictions": [str(one.id) for one in opened],
    }
    counts = (Count(RESPONSES, row.grid_path, 1, row.day), *(Count(CONTRADICTIONS, one.grid_path, 1) for one in opened))
    return Entry(kinds.ANSWERS_GIVEN, row.grid_path, facts, counts, subject=row.household_id, at=row.at)


@command
def void_response(*, stamp: Stamp, actor: Viewer, response: UUID, reason: str) -> list[UUID]:
    """Take mistaken answers out; of the row about the household the whole filling. The rows stay, with who and why.

    What they contradicted is closed along. Refused for unknown answers, those voided already, a missing reason, or
    outside the actor's reach.
    """
    hold_still()
    row = Response.objects.select_related("household", "resident").filter(id=response).first()
    if row is None or not actor.permits(READ, home_of(row).path):
        raise Refused("answers.response_unknown")
    require(actor, RECORD, home_of(row).path)
    if row.voided_at is not None:
        raise Refused("answers.already_voided")
    if not reason.strip():
        raise Refused("answers.reason_missing")
    about = Q(sheet=row.sheet) if row.id == row.sheet else Q(id=row.id)
    rows = list(Response.objects.select_for_update().filter(about, voided_at=None).order_by("id"))
    for one in rows:
        one.voided_at, one.voided_by_id, one.void_reason = stamp.received_at, actor.account_id, reason.strip()[:200]
    Response.objects.bulk_update(rows, ["voided_at", "voided_by", "void_reason"])
    counts = [Count(RESPONSES, one.grid_path, -1, one.day) for one in rows if one.id == one.sheet]
    counts += [Count(CONTRADICTIONS, path, -1) for path in close_contradictions(stamp, actor, rows)]
    facts = {"sheet": str(row.sheet), "household": str(row.household_id), "responses": [str(one.id) for one in rows]}
    entry = Entry(kinds.ANSWERS_VOIDED, row.grid_path, facts, tuple(counts), subject=row.household_id)
    record(stamp=stamp, actor=actor, entries=[entry])
    return [one.id for one in rows]
