"""Recording and voiding visits."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.journal.recording import Count, Entry, record
from wangge.kernel.periods import local_day
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.models import Household, Resident
from wangge.places.stillness import hold_still
from wangge.surveys import round_doors, rules
from wangge.surveys.commands.homes import homes_of
from wangge.surveys.commands.quarters import note_quarter
from wangge.surveys.models import DoorDay, DoorVisit, Sighting
from wangge.surveys.rules import Knock, VisitOutcome, VisitSeen

DoorOnDay = tuple[UUID, date]


@dataclass(slots=True)
class _Batch:
    """What one batch of visits writes."""

    stamp: Stamp
    actor: Viewer
    visits: list[DoorVisit] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    outcomes: dict[UUID, VisitOutcome] = field(default_factory=dict)


@command
def record_visits(*, stamp: Stamp, actor: Viewer, visits: Sequence[VisitSeen]) -> list[VisitOutcome]:
    """Keep what workers found at doors, one outcome per visit in the order given.

    A visit has happened, so it is kept even where a later one stands; only an unknown door, a door out of the
    actor's reach or an unreadable visit is turned away, alone. At most 500 visits a call.
    """
    if len(visits) > rules.BATCH_LIMIT:
        raise Refused("surveys.batch_too_large", limit=rules.BATCH_LIMIT)
    hold_still()
    batch = _Batch(stamp, actor)
    doors = homes_of([visit.household for visit in visits])
    known = set(DoorVisit.objects.filter(id__in=[visit.id for visit in visits]).values_list("id", flat=True))
    homes = _homes(visits)
    for visit in visits:
        if visit.id in known:
            batch.outcomes.setdefault(visit.id, VisitOutcome(visit.id, "again"))
            continue
        known.add(visit.id)
        batch.outcomes[visit.id] = _judge(batch, visit, doors.get(visit.household), homes)
    _write(batch)
    return [batch.outcomes[visit.id] for visit in visits]


def _homes(visits: Sequence[VisitSeen]) -> set[UUID]:
    """Return which of the residents met are in the register."""
    met = {resident for visit in visits for resident in visit.seen}
    return set(Resident.objects.filter(id__in=met).values_list("id", flat=True)) if met else set()


def _judge(batch: _Batch, visit: VisitSeen, door: Household | None, residents: set[UUID]) -> VisitOutcome:
    """Put the visit into the batch, or say why not."""
    if door is None:
        return VisitOutcome(visit.id, "rejected", "surveys.household_unknown")
    if not batch.actor.permits("visit.record", door.path):
        return VisitOutcome(visit.id, "forbidden", "access.forbidden")
    if fault := rules.visit_fault(visit):
        return VisitOutcome(visit.id, "rejected", fault)
    if not residents.issuperset(visit.seen):
        return VisitOutcome(visit.id, "rejected", "surveys.resident_elsewhere")
    counted = batch.stamp.counted_at(visit.at)
    row = DoorVisit(
        id=visit.id,
        household=door,
        worker_id=visit.worker or batch.actor.account_id,
        path=door.path,
        grid_path=door.grid_path,
        day=local_day(counted, batch.stamp.zone),
        at=visit.at,
        received_at=batch.stamp.received_at,
        state=visit.state.value,
        persons_seen=len(set(visit.seen)),
        remarks=visit.remarks.strip(),
        revisit_at=visit.revisit_at,
        claim_clamped=counted != visit.at,
        claimed_on=local_day(visit.at, batch.stamp.zone) if visit.at < counted else None,
        channel=batch.stamp.channel,
    )
    batch.visits.append(row)
    batch.sightings += [Sighting(visit=row, resident_id=id_, at=visit.at) for id_ in dict.fromkeys(visit.seen)]
    return VisitOutcome(visit.id, "applied")


def _write(batch: _Batch) -> None:
    """Save the batch, the state of each door it touches, and its lines, in a fixed number of statements."""
    if not batch.visits:
        return
    standing = _door_days(batch.visits)
    changed: dict[DoorOnDay, DoorVisit] = {}
    differences: dict[UUID, Counter[tuple[str, str]]] = defaultdict(Counter)
    for visit in batch.visits:
        key = (visit.household_id, visit.day)
        old = standing.get(key)
        new = rules.standing([knock for knock in (old, visit.knock()) if knock is not None])
        if new is not None and new.visit == visit.id:
            differences[visit.id] = rules.door_difference(old, new)
            standing[key] = new
            changed[key] = visit
        else:
            batch.outcomes[visit.id] = VisitOutcome(visit.id, "superseded")
    DoorVisit.objects.bulk_create(batch.visits)
    Sighting.objects.bulk_create(batch.sightings)
    _save_door_days(changed.values())
    round_doors.count_visits(batch.visits)
    seen: dict[UUID, list[UUID]] = defaultdict(list)
    for sighting in batch.sightings:
        seen[sighting.visit_id].append(sighting.resident_id)
    entries = [_visit_entry(visit, differences[visit.id], seen[visit.id]) for visit in batch.visits]
    record(stamp=batch.stamp, actor=batch.actor, entries=entries)
    note_quarter(stamp=batch.stamp, entries=entries)


def _door_days(visits: Sequence[DoorVisit]) -> dict[DoorOnDay, Knock]:
    """Return the standing visit of every door and day in the batch."""
    rows = DoorDay.objects.select_for_update().filter(
        household__in={visit.household_id for visit in visits}, day__in={visit.day for visit in visits}
    )
    return {(row.household_id, row.day): row.knock() for row in rows.order_by("household_id", "day")}


def _save_door_days(visits: Iterable[DoorVisit]) -> None:
    """Let each of these visits stand for its door on its day."""
    DoorDay.objects.bulk_create(
        [
            DoorDay(
                household_id=visit.household_id,
                day=visit.day,
                visit_id=visit.id,
                state=visit.state,
                at=visit.at,
                revisit_at=visit.revisit_at,
                grid_path=visit.grid_path,
            )
            for visit in visits
        ],
        update_conflicts=True,
        unique_fields=["household", "day"],
        update_fields=["visit", "state", "at", "revisit_at", "grid_path"],
    )


def _visit_entry(visit: DoorVisit, difference: Counter[tuple[str, str]], seen: Sequence[UUID]) -> Entry:
    counts = [Count(rules.VISITS, visit.grid_path, 1, visit.day)]
    if seen:
        counts.append(Count(rules.PERSON_TIMES, visit.grid_path, len(seen), visit.day))
        counts += [Count(rules.PERSONS_SEEN, visit.grid_path, 1, visit.day, person=id_) for id_ in seen]
    counts += [Count(counter, path, delta, visit.day) for (counter, path), delta in sorted(difference.items())]
    return Entry(
        "surveys.door_visited",
        visit.grid_path,
        {"visit": str(visit.id), "household": str(visit.household_id), "state": visit.state, "seen": len(seen)},
        tuple(counts),
        subject=visit.household_id,
        at=visit.at,
    )


@command
def void_visit(*, stamp: Stamp, actor: Viewer, visit: UUID, reason: str) -> UUID:
    """Take a mistaken visit out of every count of its day; the row stays, with who, when and why.

    Refused for an unknown visit, one voided already, a missing reason, or one outside the actor's reach.
    """
    hold_still()
    Household.objects.select_for_update(no_key=True).filter(
        id__in=DoorVisit.objects.filter(id=visit).values("household")
    ).first()
    row = DoorVisit.objects.select_for_update(of=("self",)).select_related("household").filter(id=visit).first()
    if row is None or not actor.permits("visit.read", row.household.path):
        raise Refused("surveys.visit_unknown")
    require(actor, "visit.record", row.household.path)
    if row.voided_at is not None:
        raise Refused("surveys.already_voided")
    if not reason.strip():
        raise Refused("surveys.reason_missing")
    row.voided_at, row.voided_by_id, row.void_reason = stamp.received_at, actor.account_id, reason.strip()[:200]
    row.save(update_fields=["voided_at", "voided_by", "void_reason"])
    counts = [Count(rules.VISITS, row.grid_path, -1, row.day), *_unseen(row), *_stand_again(row)]
    round_doors.count_visits([row])
    facts = {"visit": str(row.id), "household": str(row.household_id)}
    entry = Entry("surveys.visit_voided", row.grid_path, facts, tuple(counts), subject=row.household_id)
    record(stamp=stamp, actor=actor, entries=[entry])
    note_quarter(stamp=stamp, entries=[entry])
    return row.id


def _unseen(row: DoorVisit) -> list[Count]:
    """Return what the voided visit's sightings take back; a person met again that day still counts once.

    Whoever was met again in other grids only counts in one of those.
    """
    met = list(Sighting.objects.filter(visit=row).values_list("resident_id", flat=True))
    if not met:
        return []
    others = Sighting.objects.filter(resident__in=met, visit__day=row.day, visit__voided_at=None).exclude(visit=row)
    again: dict[UUID, list[str]] = defaultdict(list)
    for who, path in others.order_by("at", "id").values_list("resident_id", "visit__grid_path"):
        again[who].append(path)
    counts = [Count(rules.PERSON_TIMES, row.grid_path, -len(met), row.day)]
    for who in met:
        if row.grid_path not in again[who]:
            counts.append(Count(rules.PERSONS_SEEN, row.grid_path, -1, row.day, person=who))
            counts += [Count(rules.PERSONS_SEEN, path, 1, row.day, person=who) for path in again[who][:1]]
    return counts


def _stand_again(row: DoorVisit) -> list[Count]:
    """Let the latest visit that is left stand for the door; return the difference."""
    day_row = DoorDay.objects.select_for_update().filter(household=row.household_id, day=row.day, visit=row).first()
    if day_row is None:
        return []
    left = DoorVisit.objects.filter(household=row.household_id, day=row.day, voided_at=None).order_by("at", "id")
    by_knock = {visit.id: visit for visit in left}
    new = rules.standing(visit.knock() for visit in by_knock.values())
    old = day_row.knock()
    if new is None:
        day_row.delete()
    else:
        # the counters of a door stay where the door was counted, also when it has moved since
        new = Knock(new.visit, new.at, new.state, day_row.grid_path)
        standing = by_knock[new.visit]
        DoorDay.objects.filter(id=day_row.id).update(
            visit=standing, state=standing.state, at=standing.at, revisit_at=standing.revisit_at
        )
    difference = rules.door_difference(old, new)
    return [Count(counter, path, delta, row.day) for (counter, path), delta in sorted(difference.items())]


@command
def follow_doors(*, stamp: Stamp, actor: Viewer, households: Sequence[UUID]) -> int:
    """Carry door states of today and of open rounds along when households move, close, open again or lose their
    dwelling; return how many of today's moved.

    So that on the current day and in open rounds due = done + open holds in every grid; earlier days stay where they
    happened.
    """
    round_doors.follow_households(households)
    rows = DoorDay.objects.select_for_update(of=("self",)).select_related("household")
    moved = 0
    entries = []
    for row in rows.filter(household__in=households, day=stamp.counted_day).order_by("household_id"):
        home = row.household
        due = home.closed_at is None and home.dwelling_id is not None
        if due and home.grid_path == row.grid_path:
            continue
        old = row.knock()
        new = Knock(old.visit, old.at, old.state, home.grid_path) if due else None
        difference = rules.door_difference(old, new)
        if new is None:
            row.delete()
        else:
            DoorDay.objects.filter(id=row.id).update(grid_path=home.grid_path)
        counts = tuple(Count(counter, path, delta, row.day) for (counter, path), delta in sorted(difference.items()))
        entries.append(Entry("surveys.door_followed", home.grid_path, {}, counts, subject=home.id))
        moved += 1
    if entries:
        record(stamp=stamp, actor=actor, entries=entries)
        note_quarter(stamp=stamp, entries=entries)
    return moved
