"""Bringing staged rows into the register: transactions of at most 500 rows, each row once."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction

from wangge.access.viewing import Viewer
from wangge.flows.import_roster import kinds
from wangge.flows.import_roster.contents import (
    Before,
    Contents,
    address_of,
    contents_of,
    new_resident,
    note_of,
    seal_before,
)
from wangge.flows.import_roster.models import Import, ImportRow
from wangge.flows.import_roster.reaching import import_stamp, locked_import
from wangge.flows.import_roster.returnees import Returned, flag_returnees
from wangge.flows.import_roster.rows import key_of
from wangge.flows.import_roster.states import Action, ImportState, Outcome, RowState
from wangge.flows.import_roster.uploading import forget_upload
from wangge.journal.among import among
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.collecting import seldom_collecting
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.commands import add_households, add_residents, correct_residents, digest_of, pictures_of
from wangge.people.commands.writing import number_of, phones_of
from wangge.people.models import Household, Resident
from wangge.people.rules.codes import PHONE_LIMIT, ResidentState
from wangge.people.rules.wishes import Correction, Joiner, NewHousehold
from wangge.places.commands import ensure_dwellings

W = TypeVar("W")
BREATH = 0.11
UNUSED = ("fingerprint", "whom", "cells")
"""Columns of a row that bringing it in does not look at."""


@dataclass(frozen=True, slots=True)
class PartApplied:
    """What one transaction did."""

    created: int
    updated: int
    rejected: int


@dataclass(slots=True)
class Work:
    """Rows that are brought in together, with what was read in each."""

    stamp: Stamp
    actor: Viewer
    imported: Import
    rows: Sequence[ImportRow]
    contents: dict[int, Contents]
    confirmed: bool = False


def apply(*, stamp: Stamp, actor: Viewer, imported: UUID, told: Callable[[int, int], None] | None = None) -> UUID:
    """Bring a staged import into the register, or go on where it was cut off; ``told`` hears rows done and in all."""
    left = ImportRow.objects.filter(imported=imported, state=RowState.STAGED)
    with seldom_collecting():
        for chunk in list(left.order_by("chunk").values_list("chunk", flat=True).distinct()):
            own = import_stamp(stamp, imported, str(chunk), step=chunk)
            apply_rows(stamp=own, actor=actor, imported=imported, chunk=chunk)
            let_others_write()
            if told is not None:
                told(*Import.objects.filter(id=imported).values_list("done", "total").get())
    end_applying(stamp=import_stamp(stamp, imported, "applied"), actor=actor, imported=imported)
    return imported


def let_others_write() -> None:
    """Wait a moment between two transactions on SQLite: its writers do not queue, they look again every 0.1 seconds."""
    if connection.vendor == "sqlite":
        time.sleep(BREATH)


@command
def apply_rows(*, stamp: Stamp, actor: Viewer, imported: UUID, chunk: int) -> PartApplied:
    """Bring the rows of one transaction into the register; rows that must be asked about wait.

    What the register refuses is rejected by its rows, with the code; the others go in.
    """
    row = locked_import(actor, imported)
    if row.state not in (ImportState.STAGED, ImportState.APPLYING):
        raise Refused("imports.not_staged", state=row.state)
    rows = list(
        ImportRow.objects.filter(imported=row, chunk=chunk, state=RowState.STAGED).order_by("id").defer(*UNUSED)
    )
    ready = [one for one in rows if one.outcome != Outcome.ASKED]
    work = Work(stamp, actor, row, ready, {one.id: found for one in ready if (found := contents_of(one))})
    planned = {one.id: one.outcome for one in ready}
    bring_in(work)
    _save(rows, planned)
    row.state, row.done = ImportState.APPLYING, row.done + len(rows)
    row.save(update_fields=["state", "done"])
    done = _counted(rows)
    facts = {"import": str(row.id), "chunk": chunk, "created": done.created, "updated": done.updated}
    path = row.area.grid_path or row.area.path
    record(stamp=stamp, actor=actor, entries=[Entry(kinds.APPLIED, path, facts, subject=row.id)])
    return done


def _save(rows: Sequence[ImportRow], planned: dict[int, str]) -> None:
    """Write what became of rows; most became what was planned, and are written together."""
    if not rows:
        return
    table = ImportRow.objects
    left = table.filter(imported=rows[0].imported_id, chunk=rows[0].chunk, state=RowState.STAGED)
    left.filter(outcome=Outcome.ASKED).update(state=RowState.WAITING)
    # a row is long, and is written whole: each only once
    table.filter(among("id", [row.id for row in rows if row.founds])).update(state=RowState.APPLIED, founds=True)
    left.update(state=RowState.APPLIED)
    other = [row for row in rows if row.before is not None or planned.get(row.id, row.outcome) != row.outcome]
    table.bulk_update(other, ["outcome", "codes", "before", "after"])


def _counted(rows: Sequence[ImportRow]) -> PartApplied:
    outcomes = [row.outcome for row in rows]
    wanted = (Outcome.CREATED, Outcome.UPDATED, Outcome.REJECTED)
    return PartApplied(*(outcomes.count(outcome.value) for outcome in wanted))


@command
def end_applying(*, stamp: Stamp, actor: Viewer, imported: UUID) -> UUID:
    """Declare an import applied when no row of it is left."""
    row = locked_import(actor, imported)
    if row.state in (ImportState.STAGED, ImportState.APPLYING):
        if ImportRow.objects.filter(imported=row, state=RowState.STAGED).exists():
            raise Refused("imports.not_staged", state=row.state)
        row.state, row.ended_at = ImportState.APPLIED, stamp.received_at
        row.save(update_fields=["state", "ended_at"])
        forget_upload(row)
    elif row.state != ImportState.APPLIED:
        raise Refused("imports.not_staged", state=row.state)
    return row.id


def bring_in(work: Work) -> None:
    """Put rows into the register: households that are new, people who join, values that were missing."""
    new = [row for row in work.rows if row.action == Action.NEW and row.id in work.contents]
    homes: dict[UUID, list[ImportRow]] = {}
    for row in new:
        if row.household is not None:
            homes.setdefault(row.household, []).append(row)
    there = set(Household.objects.filter(among("id", homes)).values_list("id", flat=True))
    _found(work, {home: rows for home, rows in homes.items() if home not in there})
    _join(work, [row for home, rows in homes.items() if home in there for row in rows])
    flag_returnees(work.stamp, work.actor, work.imported, _returned(work, new))
    _fill(work, [row for row in work.rows if row.action == Action.FILL and row.id in work.contents])
    refused = {row.resident: row for row in new if row.outcome == Outcome.REJECTED}
    for row in work.rows:
        if row.action == Action.NONE and row.resident in refused:
            _reject([row], str(refused[row.resident].codes[-1][1]))


def _returned(work: Work, rows: Sequence[ImportRow]) -> list[Returned]:
    """Return who of the people that are new came back from elsewhere, when and from where."""
    found = []
    for row in rows:
        person = work.contents[row.id].person
        if row.resident is not None and row.outcome != Outcome.REJECTED and person.return_on is not None:
            found.append(Returned(row.resident, person.return_on, person.return_from))
    return found


def _found(work: Work, homes: dict[UUID, list[ImportRow]]) -> None:
    """Make the households that are not there yet, at their doors."""
    first = {home: work.contents[rows[0].id].person for home, rows in homes.items()}
    keys = {person.door: key_of(person.door) for person in first.values() if person.door}
    area = work.imported.area_id
    doors = ensure_dwellings(stamp=work.stamp, actor=work.actor, area=area, keys=list(keys.values())) if keys else {}
    wishes = {
        home: NewHousehold(
            id=home,
            area=doors[first[home].door] if first[home].door else area,
            members=tuple(new_resident(row, work.contents[row.id], confirmed=work.confirmed) for row in rows),
            address="" if first[home].door else address_of(first[home]),
            note=note_of([work.contents[row.id].person for row in rows]),
        )
        for home, rows in homes.items()
    }
    kept = _try(
        list(wishes.values()),
        lambda part: add_households(stamp=work.stamp, actor=work.actor, households=part),
        lambda wish: homes[wish.id],
        lambda wish, refused: _without(wish, homes[wish.id], refused),
    )
    for wish in kept:
        for row in homes[wish.id]:
            row.founds = row.outcome != Outcome.REJECTED


def _without(wish: NewHousehold, rows: Sequence[ImportRow], refused: Refused) -> NewHousehold | None:
    """Return a household without the member it was refused for, None when that tells nothing or leaves nobody."""
    whom = refused.facts.get("resident")
    left = tuple(member for member in wish.members if str(member.id) != whom)
    if not left or len(left) == len(wish.members):
        return None
    _reject([row for row in rows if str(row.resident) == whom], refused.code)
    return replace(wish, members=left)


def _join(work: Work, rows: Sequence[ImportRow]) -> None:
    """Add people to households that are there; nobody becomes head where there is one."""
    homes = {row.household for row in rows if row.household}
    living = Resident.objects.filter(among("household", homes), is_head=True, state=ResidentState.LIVING)
    headed = set(living.values_list("household", flat=True))
    wishes: dict[UUID, Joiner] = {}
    owner: dict[UUID, ImportRow] = {}
    for row in rows:
        if row.household is None or row.resident is None:
            continue
        new = new_resident(row, work.contents[row.id], confirmed=work.confirmed)
        if new.is_head and row.household in headed:
            new = replace(new, is_head=False, relation="unknown")
        wishes[row.resident], owner[row.resident] = Joiner(row.household, new), row
    _try(
        list(wishes.values()),
        lambda part: add_residents(stamp=work.stamp, actor=work.actor, residents=part),
        lambda wish: [owner[wish.resident.id]],
    )


def _fill(work: Work, rows: Sequence[ImportRow]) -> None:
    """Write what the register still lacks; a value that somebody has written since staging stays."""
    ids = {row.resident for row in rows if row.resident}
    living = {one.id: one for one in Resident.objects.filter(among("id", ids), state=ResidentState.LIVING)}
    phones = phones_of(list(living.values()))
    by_resident: dict[UUID, list[ImportRow]] = {}
    for row in rows:
        if row.resident in living:
            by_resident.setdefault(row.resident, []).append(row)
        else:
            _reject([row], "people.resident_gone")
    wishes = {
        id_: correction
        for id_, own in by_resident.items()
        if (correction := _correction(living[id_], phones.get(id_, ()), [work.contents[row.id] for row in own]))
    }
    before = {id_: _values(living[id_], phones.get(id_, ())) for id_ in wishes}
    pictures = pictures_of(wishes)
    done: dict[UUID, tuple[str, ...]] = {}

    def correct(part: list[Correction]) -> None:
        answers = correct_residents(stamp=work.stamp, actor=work.actor, corrections=part)
        done.update({one.subject: one.applied for one in answers})

    _try(list(wishes.values()), correct, lambda wish: by_resident[wish.resident])
    after = pictures_of(done)
    for id_, own in by_resident.items():
        if applied := done.get(id_):
            values = {name: before[id_][name] for name in applied if name in before[id_]}
            own[0].before = seal_before(Before(values, dict(pictures[id_])))
            own[0].after = digest_of(after[id_])
        elif own[0].outcome != Outcome.REJECTED:
            for row in own:
                row.outcome = Outcome.UNCHANGED


def _correction(row: Resident, phones: tuple[str, ...], contents: Sequence[Contents]) -> Correction | None:
    """Return what is still missing about somebody, None when nothing is."""
    current = _values(row, phones)
    values: dict[str, str | bool | None] = {}
    added: dict[str, None] = {}
    for one in contents:
        for name, value in one.fill.items():
            if current.get(name) in ("", "unknown", None) and name not in values and name != "id_kind":
                values[name] = value
                if name == "id_number" and "id_kind" in one.fill:
                    values["id_kind"] = one.fill["id_kind"]
        added |= dict.fromkeys(phone for phone in one.phones if phone not in phones)
    if added and len(phones) < PHONE_LIMIT:
        values["phones"] = "\n".join((*phones, *added)[:PHONE_LIMIT])
    return Correction(row.id, values) if values else None


def _values(row: Resident, phones: tuple[str, ...]) -> dict[str, str | bool | None]:
    """Return the present values of everything an import may fill."""
    return {
        "name": row.name,
        "sex": row.sex,
        "birth_on": row.birth_on.isoformat() if row.birth_on else "",
        "id_number": number_of(row),
        "id_kind": row.id_kind,
        "relation": row.relation,
        "phones": "\n".join(phones),
    }


def _try(
    wishes: list[W],
    act: Callable[[list[W]], object],
    rows: Callable[[W], list[ImportRow]],
    less: Callable[[W, Refused], W | None] = lambda wish, refused: None,
) -> list[W]:
    """Carry wishes out together, and one by one when something is refused; return those that were not.

    ``less`` takes out of a refused wish whoever it was refused for, None when nothing would be left of it.
    """
    if not wishes:
        return []
    try:
        with transaction.atomic():
            act(wishes)
    except Refused as refused:
        if len(wishes) > 1:
            return [wish for one in wishes for wish in _try([one], act, rows, less)]
        smaller = less(wishes[0], refused)
        if smaller is not None:
            return _try([smaller], act, rows, less)
        _reject([row for row in rows(wishes[0]) if row.outcome != Outcome.REJECTED], refused.code)
        return []
    return wishes


def _reject(rows: Sequence[ImportRow], code: str) -> None:
    """Leave rows out of the register, with why."""
    for row in rows:
        row.outcome = Outcome.REJECTED
        row.codes = [*row.codes, [None, code]]
