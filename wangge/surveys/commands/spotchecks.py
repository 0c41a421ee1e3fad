"""Spot checks: drawing doors that a second person looks at again, and noting what they found."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wangge.access.queries import standing_duties
from wangge.access.rules import VERBS
from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.ids import uuid7
from wangge.kernel.paths import ancestors, upper
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.stillness import hold_still
from wangge.surveys import kinds
from wangge.surveys.models import DoorVisit, Response, RoundDoor, SpotCheck, SurveyRound
from wangge.surveys.queries.answers import answers_by_sheet
from wangge.surveys.rules import DoorState
from wangge.surveys.rules.answers import RECORD
from wangge.surveys.rules.spotchecks import MOST_AT_ONCE, NOTE_MOST, DoneDoor, agreement, draw, give_out, how_many

MANAGE = "round.manage"


@dataclass(frozen=True, slots=True)
class Drawn:
    """How many doors were drawn now, how many of them nobody else can look at, and how many could have been."""

    drawn: int
    without_checker: int
    doors: int


@command
def draw_checks(
    *, stamp: Stamp, actor: Viewer, round: UUID, path: str, share: int | None = None, number: int | None = None
) -> Drawn:
    """Draw done doors of a round by lot, in one area of it, and give each to somebody who was not there.

    The lot hangs on the round and the day: the same day draws the same doors first. A door is drawn once. Refused
    where the actor does not manage the round, and when neither share nor number says how many.
    """
    hold_still()
    row = SurveyRound.objects.filter(id=round).first()
    if row is None or not path.startswith(row.path):
        raise Refused("answers.round_unknown")
    require(actor, MANAGE, path)
    if not (share or number):
        raise Refused("answers.how_many_missing")
    doors = _done(row, path)
    taken = set(SpotCheck.objects.filter(round=row).values_list("household", flat=True))
    left = [one for one in doors if one.household not in taken]
    wanted = number if number is not None else how_many(len(doors), share=share or 0) - (len(doors) - len(left))
    chosen = draw(left, min(wanted, MOST_AT_ONCE), seed=f"{row.id}|{stamp.counted_day}")
    given = give_out(chosen, _checkers(stamp.counted_day, {one.path for one in chosen}))
    rows = _rows(stamp, actor, row, chosen, given)
    SpotCheck.objects.bulk_create(rows)
    if rows:
        facts = {"round": str(row.id), "doors": len(rows)}
        record(stamp=stamp, actor=actor, entries=[Entry(kinds.CHECKS_DRAWN, path, facts)])
    return Drawn(len(rows), sum(one.checker_id is None for one in rows), len(left))


def _done(row: SurveyRound, path: str) -> list[DoneDoor]:
    """Return the doors of a round that were done, in an area."""
    rows = RoundDoor.objects.filter(round=row, path__gte=path, path__lt=upper(path), state=DoorState.DONE)
    found = rows.order_by("household").values_list("household", "visit", "visit__worker", "path")
    return [DoneDoor(household, visit, worker, where) for household, visit, worker, where in found]


def _checkers(on: date, paths: Iterable[str]) -> dict[str, list[UUID]]:
    """Return who may record visits at each path: those whose duty lies nearest first, without administrators."""
    wanted = set(paths)
    above = {one for path in wanted for one in ancestors(path)}
    roles = [role.value for role, verbs in VERBS.items() if RECORD in verbs and role != "administrator"]
    duties = standing_duties(on).filter(path__in=above, role__in=roles, account__is_active=True)
    by_path: dict[str, set[UUID]] = defaultdict(set)
    for path, account in duties.values_list("path", "account"):
        by_path[path].add(account)
    return {path: _nearest([by_path[one] for one in reversed(ancestors(path)) if one in by_path]) for path in wanted}


def _nearest(rings: Sequence[set[UUID]]) -> list[UUID]:
    """Return those of the nearest duties, as far out as it takes to have two people to choose from."""
    found: set[UUID] = set()
    for ring in rings:
        found |= ring
        if len(found) > 1:
            break
    return sorted(found)


def _rows(
    stamp: Stamp, actor: Viewer, row: SurveyRound, chosen: Sequence[DoneDoor], given: dict[UUID, UUID | None]
) -> list[SpotCheck]:
    visits = DoorVisit.objects.select_related("household").in_bulk([one.visit for one in chosen])
    return [
        SpotCheck(
            id=uuid7(),
            round=row,
            household_id=one.household,
            path=one.path,
            grid_path=visits[one.visit].household.grid_path,
            visit_id=one.visit,
            checker_id=given[one.household],
            drawn_by_id=actor.account_id,
            drawn_at=stamp.received_at,
        )
        for one in chosen
    ]


@dataclass(frozen=True, slots=True)
class CheckDone:
    """What a second look found: how many answers could be compared and were equal, and whether the door agrees."""

    check: UUID
    compared: int
    equal: int
    agrees: bool


@command
def record_check(
    *, stamp: Stamp, actor: Viewer, check: UUID, state: str, at: datetime, note: str = "", sheet: UUID | None = None
) -> CheckDone:
    """Note what a second person found at a door; ``sheet`` are the answers they got, recorded before.

    The door's state in the round stays as it was. Refused for whoever made the visit that is checked, and for a check
    that is done.
    """
    row = SpotCheck.objects.select_for_update(of=("self",)).select_related("visit").filter(id=check).first()
    if row is None or not actor.permits(RECORD, row.path):
        raise Refused("answers.check_unknown")
    if row.done_at is not None:
        raise Refused("answers.check_done")
    if row.visit.worker_id == actor.account_id:
        raise Refused("answers.check_own_door")
    before = _sheet_before(row, sheet)
    found = answers_by_sheet([one for one in (before, sheet) if one is not None])
    judged = agreement(
        found.get(before, {}) if before else {},
        found.get(sheet, {}) if sheet else {},
        state_before=row.visit.state,
        state_again=state,
    )
    row.state, row.done_at, row.done_by_id = state, at, actor.account_id
    row.note = note.strip()[:NOTE_MOST]
    row.compared, row.equal, row.agrees = judged.compared, judged.equal, judged.agrees
    row.save(update_fields=["state", "done_at", "done_by", "note", "compared", "equal", "agrees"])
    facts = {"check": str(row.id), "household": str(row.household_id), "compared": judged.compared,
             "equal": judged.equal, "agrees": judged.agrees}  # fmt: skip
    record(stamp=stamp, actor=actor, entries=[Entry(kinds.CHECK_DONE, row.grid_path, facts, subject=row.household_id)])
    return CheckDone(row.id, judged.compared, judged.equal, judged.agrees)


def _sheet_before(row: SpotCheck, own: UUID | None) -> UUID | None:
    """Return the answers of the visit that is checked, else the last ones of the round by somebody else."""
    rows = Response.objects.filter(household=row.household_id, resident=None, voided_at=None).exclude(source="check")
    rows = rows.exclude(sheet=own) if own else rows
    at_visit = rows.filter(visit=row.visit_id).order_by("-at").values_list("sheet", flat=True).first()
    return at_visit or rows.filter(round=row.round_id).order_by("-at").values_list("sheet", flat=True).first()
