"""Visits of a survey round written down on paper or in a sheet, with what was answered, and recorded afterwards."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from wangge.access.viewing import Viewer, require
from wangge.flows.door_visit import DoorRecorded, DoorSeen, record_doors
from wangge.flows.visit_sheet import RECORD, Problem, SheetLine, SheetRecorded, read_lines, turn_away
from wangge.journal.rules import canonical
from wangge.kernel.periods import local_day
from wangge.kernel.stamps import Stamp
from wangge.people.models import Resident
from wangge.people.rules.codes import ResidentState
from wangge.surveys.queries.rounds import RoundHead, round_of
from wangge.surveys.rules import BATCH_LIMIT
from wangge.surveys.rules.answers import Filling, WrongAnswer

TURNED = ("rejected", "forbidden")
KEPT = ("applied", "superseded")


def record_round_sheet(*, stamp: Stamp, actor: Viewer, round: UUID, text: str) -> SheetRecorded:
    """Record a csv of a round (door, state, at, by, answers), at most 500 visits in a transaction.

    As ``record_visit_sheet``; rows whose visit lies outside the round's days are turned away. Answers of a row are
    those of the one household behind its door; with several, of the one whose members they name. A row whose answers
    cannot be kept is recorded without them, and reported.
    """
    head = round_of(viewer=actor, round=round)
    require(actor, RECORD, head.path)
    result = SheetRecorded()
    lines = read_lines(stamp, actor, head.path, text, result)
    of_round = [line for line in lines if _belongs(stamp, head, line, result)]
    members = _members(line for line in of_round if line.answers and len(line.visits) > 1)
    seen: set[UUID] = set()
    for number, part in enumerate(_runs(of_round)):
        step = replace(stamp, key=f"{stamp.key}/{number}"[:64])
        _send(step, actor, [(line, _doors(head, line, members, result)) for line in part], result, seen)
    result.reported.sort(key=lambda one: one.row)
    return result


def _belongs(stamp: Stamp, head: RoundHead, line: SheetLine, result: SheetRecorded) -> bool:
    """Tell whether a row is of the round's days; report it otherwise."""
    at = line.visits[0].at
    if head.holds(local_day(stamp.counted_at(at), stamp.zone)):
        return True
    turn_away(result, Problem(line.row, "at", "outside_round", at.isoformat()))
    return False


def _members(lines: Iterable[SheetLine]) -> dict[UUID, set[str]]:
    """Return the names of those who live in the households of rows."""
    homes = {visit.household for line in lines for visit in line.visits}
    found: dict[UUID, set[str]] = {home: set() for home in homes}
    rows = Resident.objects.filter(household__in=homes, state=ResidentState.LIVING)
    for home, name in rows.values_list("household", "name"):
        found[home].add(name)
    return found


def _runs(lines: Sequence[SheetLine]) -> Iterator[list[SheetLine]]:
    """Yield whole rows in runs of at most 500 visits."""
    part: list[SheetLine] = []
    for line in lines:
        if part and sum(len(one.visits) for one in part) + len(line.visits) > BATCH_LIMIT:
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _doors(head: RoundHead, line: SheetLine, members: Mapping[UUID, set[str]], result: SheetRecorded) -> list[DoorSeen]:
    """Return what a row brings: a visit for each household behind its door, and the answers of one."""
    home = _answered(head, line, members, result) if line.answers else None
    return [
        DoorSeen(visit=visit, filling=_filling(head, line, number) if visit.household == home else None)
        for number, visit in enumerate(line.visits)
    ]


def _answered(head: RoundHead, line: SheetLine, members: Mapping[UUID, set[str]], result: SheetRecorded) -> UUID | None:
    """Return the household whose answers a row brings; reported where that is not certain."""
    if head.questionnaire is None:
        result.reported.append(Problem(line.row, "answers", "round_asks_nothing"))
        return None
    homes = [visit.household for visit in line.visits]
    if len(homes) > 1:
        named = set(_names(line.answers))
        homes = [home for home in homes if named & members[home]]
    if len(homes) == 1:
        return homes[0]
    result.reported.append(Problem(line.row, "answers", "answers_whose"))
    return None


def _names(answers: Mapping[str, Any]) -> Iterator[str]:
    for value in answers.values():
        for entry in value if isinstance(value, list) else ():
            if isinstance(entry, Mapping) and entry.get("name"):
                yield str(entry["name"]).strip()


def _filling(head: RoundHead, line: SheetLine, number: int) -> Filling:
    """Return the answers of a row; the same row of any sheet has the same id, so that it is kept once."""
    visit = line.visits[number]
    assert head.questionnaire is not None
    return Filling(
        id=uuid5(visit.id, canonical(dict(line.answers)).decode()),
        questionnaire=head.questionnaire,
        household=visit.household,
        at=visit.at,
        source="import",
        answers=line.answers,
        round=head.id,
        visit=visit.id,
        observer=visit.worker,
    )


def _send(
    stamp: Stamp,
    actor: Viewer,
    rows: Sequence[tuple[SheetLine, list[DoorSeen]]],
    result: SheetRecorded,
    seen: set[UUID],
) -> None:
    """Record a run of rows, and count what became of each."""
    done = iter(record_doors(stamp=stamp, actor=actor, doors=[door for _, doors in rows for door in doors]))
    for line, doors in rows:
        mine = [next(done) for _ in doors]
        _count(line, mine, result, seen)
        for one in mine:
            _report_answers(line, one, result)


def _count(line: SheetLine, mine: Sequence[DoorRecorded], result: SheetRecorded, seen: set[UUID]) -> None:
    ids = {one.visit.id for one in mine if one.visit is not None}
    turned = next((one.visit for one in mine if one.visit is not None and one.visit.outcome in TURNED), None)
    new = any(one.visit is not None and one.visit.outcome in KEPT and one.visit.id not in seen for one in mine)
    answered = [one.filling for one in mine if one.filling is not None and one.filling.id not in seen]
    if turned is not None:
        turn_away(result, Problem(line.row, "door", turned.code))
    elif new or any(one.outcome == "applied" for one in answered):
        result.recorded += 1
    else:
        result.again += 1
    seen |= ids | {one.id for one in answered}


def _report_answers(line: SheetLine, one: DoorRecorded, result: SheetRecorded) -> None:
    """Report answers that were turned away, or kept although they break a rule of the questionnaire."""
    if one.filling is None:
        return
    turned = one.filling.outcome in TURNED
    result.reported += [
        Problem(line.row, "answers", _code_of(fault, turned=turned), _where(fault)) for fault in one.filling.faults
    ]
    if turned and not one.filling.faults:
        result.reported.append(Problem(line.row, "answers", one.filling.code))


def _code_of(fault: WrongAnswer, *, turned: bool) -> str:
    if turned:
        return "answers_not_kept"
    return "question_left_out" if fault.code == "question_unknown" else "answers_kept_all_the_same"


def _where(fault: WrongAnswer) -> str:
    place = "" if fault.index is None else f"[{fault.index + 1}]"
    return f"{fault.name}{place}: {fault.code}"[:60]
