"""What is to be done with each row of a file: decided here without touching the register."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from wangge.flows.import_roster.estates import settle_estates
from wangge.flows.import_roster.file import ReadFile
from wangge.flows.import_roster.homing import settle_homes
from wangge.flows.import_roster.judging import differences, doors_differ, is_closer
from wangge.flows.import_roster.planned import Index, Picture, Plan, PlannedAsk, PlannedRow
from wangge.flows.import_roster.rows import RosterRow, key_of
from wangge.flows.import_roster.states import Action, AskKind, Outcome
from wangge.kernel.ids import uuid7
from wangge.planning.matching import Found, Subject, match_rows


def make_plan(read: ReadFile, fingerprints: Sequence[Index | None], picture: Picture) -> Plan:
    """Decide for each row what it is: somebody new, somebody known, a question, or nothing; deterministic."""
    plan = Plan([], [], read.letter)
    for at, (row, fingerprint) in enumerate(zip(read.rows, fingerprints, strict=True)):
        codes = tuple((report.column, report.code) for report in row.reports)
        planned = PlannedRow(at, row.sheet, row.row, row.person, fingerprint, codes=codes)
        planned.outcome = Outcome.REJECTED if row.left == "rejected" else Outcome.SKIPPED
        plan.rows.append(planned)
    settle_estates(plan, picture)
    _check_units(plan, picture)
    _match(plan, picture)
    settle_homes(plan, picture)
    return plan


def _check_units(plan: Plan, picture: Picture) -> None:
    """Take the door from rows that leave out the unit in a building that has units: which door it is stays unknown."""
    keys = {row.at: key_of(row.person.door) for row in plan.rows if row.person and row.person.door}
    written = {key.building for key in keys.values() if key.unit not in ("", "0")}
    divided = picture.with_units | (written - picture.without_units)
    told: set[tuple[str | None, int]] = set()
    for at, key in keys.items():
        row = plan.rows[at]
        if key.unit == "0" and key.building in divided and row.person:
            row.person.door = ""
            if (row.sheet, row.person.block) not in told:
                told.add((row.sheet, row.person.block))
                plan.say(row, "address_incomplete", "door")


def _as_written(phone: str) -> str:
    return phone


def subject_of(person: RosterRow, index: Callable[[str], Index | str]) -> Subject:
    """Hand a row to the matcher; telephones go as the register knows them, by their keyed index."""
    return Subject(
        phones=person.phones if index is _as_written else tuple(map(index, person.phones)),
        name=person.name,
        number="" if person.number_doubt else person.number,
        doubtful=person.number if person.number_doubt else "",
        partial=person.partial,
        birth=person.birth,
        sex=person.sex,
        door=person.door or (f"? {person.address}" if person.address else ""),
    )


def _match(plan: Plan, picture: Picture) -> None:
    """Find out who of the rows is known, to the register or from a row before."""
    by_id = {one.resident: at for at, one in enumerate(picture.people)}
    rows, remembered = [], []
    for row in plan.rows:
        if row.person is None:
            continue
        memory = picture.remembered.get(row.fingerprint or b"")
        if memory is None:
            rows.append(row)
        elif memory.waiting:
            plan.say(row, "waits_already", "name")
        else:
            remembered.append((row, by_id.get(memory.resident) if memory.resident else None))
    known = len(picture.people)
    index: Callable[[str], Index | str] = picture.phone_index if known else _as_written
    subjects = [subject_of(row.person, index) for row in rows if row.person]
    found = match_rows([replace(one.subject, phones=one.phones) for one in picture.people], subjects)
    del subjects
    fillings: Fillings = {}
    results: dict[int, tuple[PlannedRow, Found | None]] = {
        row.at: (row, _the_head(picture, row, result)) for row, result in zip(rows, found, strict=True)
    }
    results |= {row.at: (row, Found(same=at, reason="")) if at is not None else (row, None) for row, at in remembered}
    for at in sorted(results):
        row, result = results[at]
        if result is None:
            plan.say(row, "person_gone", "name")
        elif result.same is not None:
            before = result.same - len(picture.people)
            if before >= 0:
                _repeat(plan, row, rows[before], result.reason)
            else:
                _add_to_known(plan, picture, row, result, fillings)
        elif result.asks:
            _ask(plan, picture, rows, row, result)
        else:
            row.action, row.outcome, row.resident = Action.NEW, Outcome.CREATED, uuid7()
    _ask_also(plan, known, rows, found)


def _the_head(picture: Picture, row: PlannedRow, found: Found) -> Found:
    """Settle which of two people of one name at one door a row is about: of a list of heads, the head."""
    if row.person is None or row.person.size is None or not found.asks:
        return found
    here = [at for at in found.asks if at < len(picture.people) and picture.people[at].door == row.person.door]
    heads = [at for at in here if picture.people[at].is_head]
    return replace(found, same=heads[0], asks=(), reason="") if len(heads) == 1 and len(here) > 1 else found


def _ask_also(plan: Plan, known: int, rows: Sequence[PlannedRow], found: Sequence[Found]) -> None:
    """Name in a question also later rows that it may be about, though they turned out to be somebody by themselves."""
    asks = {ask.waiting[0]: ask for ask in plan.asks if ask.kind == AskKind.PERSON}
    for row, result in zip(rows, found, strict=True):
        for at, _reason in result.also:
            waiting = rows[at - known]
            if waiting.at in asks and row.at not in asks:
                asks[waiting.at].candidates.append(plan.place(row))
                plan.say(row, "duplicate_suspect", "name")


@dataclass(slots=True)
class _Filling:
    """What rows of this file have brought for somebody in the register so far."""

    subject: Subject
    phones: set[Index]
    relation: str
    rows: int = 0


Fillings = dict[UUID, _Filling]


def _repeat(plan: Plan, row: PlannedRow, first: PlannedRow, reason: str) -> None:
    """Add what a row knows to the row before it that is about the same new person.

    Where the two stand at different doors, the person lives where they are of the family itself; else at the first.
    """
    while first.folded is not None:
        first = plan.rows[first.folded]
    if row.person is None or first.person is None:
        return
    plan.say(row, reason, "number" if reason == "duplicate_same_id" else "name")
    if doors_differ(first.person.door, row.person.door):
        closer = first.outcome == Outcome.CREATED and is_closer(row.person.relation, first.person.relation)
        plan.say(first if closer else row, "household_conflict", "name")
        if closer:
            row.action, row.outcome, row.resident = Action.NEW, Outcome.CREATED, first.resident
            _fold_into(plan, first, row)
            return
    _fold_into(plan, row, first)


def _fold_into(plan: Plan, row: PlannedRow, kept: PlannedRow) -> None:
    """Let a row, and those that were added to it, be added to another."""
    if row.person is None or kept.person is None:
        return
    for other in plan.rows[: max(row.at, kept.at)]:
        if other.folded == row.at:
            other.folded = kept.at
    row.folded, row.action, row.resident = kept.at, Action.NONE, kept.resident
    row.outcome = Outcome.UPDATED if _fold(kept.person, row.person) else Outcome.UNCHANGED


def _add_to_known(plan: Plan, picture: Picture, row: PlannedRow, found: Found, fillings: Fillings) -> None:
    """Plan what a row adds to somebody who is in the register."""
    if row.person is None or found.same is None:
        return
    known = picture.people[found.same]
    if not known.living:
        row.action, row.outcome = Action.LEFT, Outcome.SKIPPED
        plan.say(row, "person_gone", "name")
        return
    row.known, row.resident, row.household = known, known.resident, known.household
    filling = fillings.setdefault(known.resident, _Filling(known.subject, set(known.phones), known.relation))
    for code, name in differences(row.person, known, picture):
        plan.say(row, code, name)
    _fill(picture, row, row.person, filling)
    row.action = Action.FILL if row.fill or row.phones else Action.NONE
    row.outcome = Outcome.UPDATED if row.action == Action.FILL else Outcome.UNCHANGED
    filling.rows += 1
    if filling.rows > 1 and found.reason:
        plan.say(row, found.reason, "number" if found.reason == "duplicate_same_id" else "name")
    if doors_differ(known.door, row.person.door):
        plan.say(row, "household_conflict", "name")


def _fold(person: RosterRow, second: RosterRow) -> bool:
    """Add to a new person what only a later row says, and return whether that was anything."""
    before = replace(person)
    person.name = person.name or second.name
    if not person.number and second.number:
        person.number, person.number_kind = second.number, second.number_kind
        person.number_doubt = second.number_doubt
    person.birth = person.birth or second.birth
    person.sex = person.sex or second.sex
    person.phones = tuple(dict.fromkeys((*person.phones, *second.phones)))
    if person.return_on is None:
        person.return_on, person.return_from = second.return_on, second.return_from
    if person.relation == "unknown":
        person.relation, person.is_head = second.relation, second.is_head
    return person != before


def _fill(picture: Picture, row: PlannedRow, person: RosterRow, filling: _Filling) -> None:
    """Plan what the register lacks about somebody and the row says; a value that stands is never replaced."""
    known = filling.subject
    number = person.number if not (known.number or known.doubtful) else ""
    wanted: dict[str, str | bool] = {
        "name": person.name if not known.name else "",
        "id_number": number,
        "birth_on": _iso(person.birth) if known.birth is None and not number else "",
        "sex": person.sex if not known.sex and not number else "",
        "relation": person.relation if filling.relation == "unknown" and person.relation not in ("head",) else "",
    }
    fill = {name: value for name, value in wanted.items() if value and value != "unknown"}
    if number and person.number_kind:
        fill["id_kind"] = person.number_kind
    row.fill = fill
    new = {picture.phone_index(phone): phone for phone in person.phones}
    row.phones = tuple(phone for index, phone in new.items() if index not in filling.phones)
    if person.size is not None and filling.phones:
        row.phones = ()  # a list of heads is held against the register; what differs is reported, not added
    filling.phones |= set(new)
    filling.relation = str(row.fill.get("relation", filling.relation))
    filling.subject = replace(
        known,
        name=known.name or person.name,
        number=known.number or person.number,
        birth=known.birth or person.birth,
        sex=known.sex or person.sex,
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _ask(plan: Plan, picture: Picture, rows: Sequence[PlannedRow], row: PlannedRow, result: Found) -> None:
    """Let a row wait for somebody to say whether it is one of those it may be."""
    known = len(picture.people)
    candidates = [plan.place(rows[at - known]) if at >= known else picture.people[at].place() for at in result.asks]
    row.action, row.outcome, row.resident = Action.NEW, Outcome.ASKED, uuid7()
    plan.asks.append(PlannedAsk(AskKind.PERSON, result.reason, [row.at], candidates, result.score))
    for _ in candidates:
        plan.say(row, "duplicate_suspect", "name")
