"""Settling contradictions, opening those with the register, and carrying them along when people move."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.journal.recording import Count, Entry, record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.models import Household, Resident
from wangge.places.stillness import hold_still
from wangge.surveys import kinds
from wangge.surveys.commands.comparing import home_of, register_contradictions
from wangge.surveys.models import Contradiction, Response, SpotCheck
from wangge.surveys.rules.answers import CONTRADICTIONS, READ, REASON_MOST, SETTLE


@command
def settle_contradiction(*, stamp: Stamp, actor: Viewer, contradiction: UUID, chosen: UUID | None, reason: str) -> UUID:
    """Say which of two answers holds, or with ``chosen`` None that each was true at its time, and why.

    Refused for one that is unknown or settled already, an answer that is about something else or was voided, and
    without a reason.
    """
    hold_still()
    row = Contradiction.objects.select_for_update(of=("self",)).filter(id=contradiction).first()
    if row is None or not actor.permits(READ, row.path):
        raise Refused("answers.contradiction_unknown")
    require(actor, SETTLE, row.path)
    if row.settled_at is not None:
        raise Refused("answers.already_settled")
    if not reason.strip():
        raise Refused("answers.reason_missing")
    if chosen is not None and not _about(row).filter(id=chosen).exists():
        raise Refused("answers.response_unknown")
    row.chosen_id, row.reason = chosen, reason.strip()[:REASON_MOST]
    row.settled_at, row.settled_by_id = stamp.received_at, actor.account_id
    row.save(update_fields=["chosen", "reason", "settled_at", "settled_by"])
    facts = {"contradiction": str(row.id), "household": str(row.household_id), "chosen": str(chosen or "")}
    counts = (Count(CONTRADICTIONS, row.grid_path, -1),)
    entry = Entry(kinds.CONTRADICTION_SETTLED, row.grid_path, facts, counts, subject=row.household_id)
    record(stamp=stamp, actor=actor, entries=[entry])
    return row.id


def _about(row: Contradiction) -> QuerySet[Response]:
    """Return the answers that stand about the subject of a contradiction."""
    about = Q(household=row.subject, resident=None) | Q(resident=row.subject)
    return Response.objects.filter(about | Q(id__in=[row.first_id, row.second_id]), voided_at=None)


@command
def open_against_register(*, stamp: Stamp, actor: Viewer, denied: Mapping[UUID, Sequence[str]]) -> int:
    """Note bound answers, by response, that the register denies by a later or a firmer entry; return how many opened.

    ``denied`` names the fields. Nothing is written to the register before somebody settles it.
    """
    hold_still()
    rows = Response.objects.select_related("household", "resident__household").filter(id__in=denied)
    pairs = [(row, field) for row in rows.order_by("at", "id") for field in denied[row.id]]
    if not pairs:
        return 0
    homes = {row.resident_id or row.household_id: home_of(row) for row, _ in pairs}
    found = register_contradictions(stamp, pairs, homes)
    Contradiction.objects.bulk_create(found)
    entries = [
        Entry(
            kinds.REGISTER_DENIES,
            one.grid_path,
            {"contradiction": str(one.id), "household": str(one.household_id), "field": one.question},
            (Count(CONTRADICTIONS, one.grid_path, 1),),
            subject=one.household_id,
        )
        for one in found
    ]
    record(stamp=stamp, actor=actor, entries=entries)
    return len(found)


@command
def follow_subjects(*, stamp: Stamp, actor: Viewer, households: Collection[UUID]) -> int:
    """Carry contradictions along when their subjects live elsewhere now; return how many moved.

    ``households`` are those that somebody left, joined or moved with. Doors to be looked at again go along.
    """
    hold_still()
    people = list(Resident.objects.filter(household__in=households).values_list("id", flat=True))
    home = Household.objects.filter(id=OuterRef("household"))
    SpotCheck.objects.filter(household__in=households).update(
        path=Subquery(home.values("path")[:1]), grid_path=Subquery(home.values("grid_path")[:1])
    )
    about = Q(household__in=households) | Q(subject__in=people)
    rows = list(Contradiction.objects.select_for_update().filter(about, settled_at=None).order_by("found_at", "id"))
    subjects = _subjects({row.subject for row in rows})
    changes: Counter[str] = Counter()
    moved = []
    for row in rows:
        now = subjects.get(row.subject)
        if now is None or (row.household_id, row.path, row.grid_path) == (now.id, now.path, now.grid_path):
            continue
        changes[row.grid_path] -= 1
        changes[now.grid_path] += 1
        row.household, row.path, row.grid_path = now, now.path, now.grid_path
        moved.append(row)
    Contradiction.objects.bulk_update(moved, ["household", "path", "grid_path"])
    if moved:
        counts = tuple(Count(CONTRADICTIONS, path, delta) for path, delta in sorted(changes.items()) if delta)
        facts = {"contradictions": [str(row.id) for row in moved]}
        entry = Entry(kinds.CONTRADICTIONS_FOLLOWED, moved[0].grid_path, facts, counts, subject=moved[0].household_id)
        record(stamp=stamp, actor=actor, entries=[entry])
    return len(moved)


def _subjects(ids: Collection[UUID]) -> dict[UUID, Household]:
    """Return where each subject, a household or a resident, is at home now; of merged ones where the one left is."""
    found: dict[UUID, Household] = {}
    for home in Household.objects.select_related("merged_into").filter(id__in=ids):
        found[home.id] = home.merged_into or home
    people = Resident.objects.select_related("household__merged_into", "merged_into__household")
    for person in people.filter(id__in=ids):
        home = (person.merged_into or person).household
        found[person.id] = home.merged_into or home
    return found
