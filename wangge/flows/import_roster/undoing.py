"""Taking an import back: what it brought goes, unless somebody has changed it or hung something on it since."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Q

from wangge.access.viewing import Viewer
from wangge.flows.import_roster import kinds
from wangge.flows.import_roster.applying import let_others_write
from wangge.flows.import_roster.contents import before_of
from wangge.flows.import_roster.models import Import, ImportAsk, ImportRow
from wangge.flows.import_roster.reaching import import_stamp, locked_import, mark_of
from wangge.flows.import_roster.returnees import flag_of
from wangge.flows.import_roster.states import BATCH, Action, ImportState, Outcome, RowState
from wangge.flows.import_roster.uploading import forget_upload
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.commands import correct_residents, put_back, withdraw
from wangge.people.commands.restoring import Former
from wangge.people.models import Household, Joining, Phone, PriorityFlag, Resident
from wangge.people.rules.codes import HouseholdState, ResidentState
from wangge.people.rules.wishes import Correction


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row that was not taken back because its person was changed since."""

    sheet: str | None
    row: int
    resident: UUID | None


@dataclass(frozen=True, slots=True)
class Undone:
    """How many rows were taken back, and those that were kept."""

    reverted: int
    kept_changed_since: list[KeptRow] = field(default_factory=list)


def undo(*, stamp: Stamp, actor: Viewer, imported: UUID) -> Undone:
    """Take an import back in transactions of at most 500 rows, the last first, or go on where that was cut off."""
    begin_undoing(stamp=import_stamp(stamp, imported, "undo"), actor=actor, imported=imported)
    rows = ImportRow.objects.filter(imported=imported)
    chunks = rows.order_by("-chunk").values_list("chunk", flat=True).distinct()
    reverted, kept = 0, []
    for step, chunk in enumerate(list(chunks)):
        own = import_stamp(stamp, imported, f"u{chunk}", letter="u", step=step)
        part = undo_rows(stamp=own, actor=actor, imported=imported, chunk=chunk)
        let_others_write()
        reverted += part.reverted
        kept += part.kept_changed_since
    end_undoing(stamp=import_stamp(stamp, imported, "undone"), actor=actor, imported=imported)
    return Undone(reverted, kept)


@command
def begin_undoing(*, stamp: Stamp, actor: Viewer, imported: UUID) -> UUID:
    """Stop an import where it stands; from now on it can only be taken back."""
    row = locked_import(actor, imported)
    if row.state not in (ImportState.APPLYING, ImportState.APPLIED, ImportState.UNDOING):
        raise Refused("imports.not_applied", state=row.state)
    row.state = ImportState.UNDOING
    row.save(update_fields=["state"])
    forget_upload(row)
    return row.id


@command
def undo_rows(*, stamp: Stamp, actor: Viewer, imported: UUID, chunk: int) -> Undone:
    """Take the rows of one transaction back, as far as nobody has changed anything about them since."""
    row = locked_import(actor, imported)
    if row.state != ImportState.UNDOING:
        raise Refused("imports.not_applied", state=row.state)
    rows = list(ImportRow.objects.filter(imported=row, chunk=chunk).exclude(state=RowState.UNDONE).order_by("id"))
    kept = take_values_back(stamp, actor, row, rows) | take_people_back(stamp, actor, row, rows)
    went = [one for one in rows if one.id not in kept]
    reverted = [one for one in went if _did_something(one)]
    ImportRow.objects.filter(id__in=[one.id for one in went]).update(
        state=RowState.UNDONE, sealed=None, fingerprint=None, whom=None, before=None, after=None
    )
    ImportRow.objects.filter(id__in=kept).update(fingerprint=None, whom=None)
    facts = {"import": str(row.id), "chunk": chunk, "reverted": len(reverted), "kept": len(kept)}
    path = row.area.grid_path or row.area.path
    record(stamp=stamp, actor=actor, entries=[Entry(kinds.UNDONE, path, facts, subject=row.id)])
    return Undone(len(reverted), [KeptRow(one.sheet, one.row, one.resident) for one in rows if one.id in kept])


def _did_something(row: ImportRow) -> bool:
    return row.state == RowState.APPLIED and row.outcome in (Outcome.CREATED, Outcome.UPDATED)


@command
def end_undoing(*, stamp: Stamp, actor: Viewer, imported: UUID) -> UUID:
    """Declare an import taken back; what it still asked is asked no more."""
    row = locked_import(actor, imported)
    if row.state == ImportState.UNDOING:
        ImportAsk.objects.filter(imported=row, answer="").delete()
        row.state, row.ended_at = ImportState.UNDONE, stamp.received_at
        row.save(update_fields=["state", "ended_at"])
    return row.id


def take_values_back(stamp: Stamp, actor: Viewer, imported: Import, rows: Sequence[ImportRow]) -> set[int]:
    """Put the values back that rows replaced; return the ids of rows whose values were changed since.

    Whoever was not touched since is put back to the byte, others field by field.
    """
    filled = _put_back(stamp, actor, [row for row in rows if row.before is not None and row.resident])
    people = {one.id: one for one in Resident.objects.filter(id__in=[row.resident for row in filled if row.resident])}
    corrections: dict[UUID, Correction] = {}
    kept: set[int] = set()
    for row in reversed(filled):
        person = people.get(row.resident) if row.resident else None
        if person is None:
            continue
        if person.state != ResidentState.LIVING:
            kept.add(row.id)
            continue
        before = before_of(row)
        old, changed = _old_values(person, before.values if before else {}, imported.id)
        if changed:
            kept.add(row.id)
        if old:
            later = corrections[person.id].values if person.id in corrections else {}
            corrections[person.id] = Correction(person.id, {**later, **old})
    if corrections:
        correct_residents(stamp=stamp, actor=actor, corrections=list(corrections.values()))
    return kept


def _put_back(stamp: Stamp, actor: Viewer, filled: Sequence[ImportRow]) -> list[ImportRow]:
    """Put back whom nobody has touched since, and return the rows about others."""
    there = set(Resident.objects.filter(id__in=[row.resident for row in filled]).values_list("id", flat=True))
    formers = [
        Former(row.resident, before.picture, bytes(row.after))
        for row in filled
        if row.resident in there and row.after is not None and (before := before_of(row)) is not None and row.resident
    ]
    done = set(put_back(stamp=stamp, actor=actor, formers=formers)) if formers else set()
    return [row for row in filled if row.resident not in done]


def _old_values(
    person: Resident, before: Mapping[str, Any], imported: UUID
) -> tuple[dict[str, str | bool | None], bool]:
    """Return the values to put back, and whether one that the import wrote was written again since."""
    own = person.clocks
    mark = mark_of(imported)
    old = {name: value for name, value in before.items() if str(own.get(name, "")).endswith(mark)}
    written = {name for name, value in before.items() if own.get(name) and not str(own[name]).endswith(mark)}
    return old, bool(written)


def take_people_back(stamp: Stamp, actor: Viewer, imported: Import, rows: Sequence[ImportRow]) -> set[int]:
    """Withdraw the people and households that rows made; return the ids of rows whose people stay."""
    made = {row.resident: row for row in rows if row.resident and _made(row)}
    people = {one.id: one for one in Resident.objects.filter(id__in=made).select_related("household")}
    touched = _touched(imported, people, {row.household for row in made.values() if row.household})
    going = {id_ for id_ in people if id_ not in touched and people[id_].household_id == made[id_].household}
    homes = _emptied(imported, going)
    alone = [id_ for id_ in sorted(going) if people[id_].household_id not in homes]
    for start in range(0, max(len(homes), len(alone)), BATCH):
        part = sorted(homes)[start : start + BATCH]
        withdraw(stamp=stamp, actor=actor, households=part, residents=alone[start : start + BATCH])
    return {row.id for id_, row in made.items() if id_ in people and id_ not in going}


def _made(row: ImportRow) -> bool:
    return row.state == RowState.APPLIED and row.action == Action.NEW and row.outcome == Outcome.CREATED


def _touched(imported: Import, people: Mapping[UUID, Resident], homes: Collection[UUID]) -> set[UUID]:
    """Return the people about whom, or about whose household, something was written or hangs since."""
    mark = mark_of(imported.id)
    changed = {
        id_
        for id_, one in people.items()
        if one.state != ResidentState.LIVING or any(not str(clock).endswith(mark) for clock in one.clocks.values())
    }
    changed |= _hanging("Resident", people, but=(Phone, PriorityFlag))
    own = [flag_of(imported.id, id_) for id_ in people]
    flags = PriorityFlag.objects.filter(resident__in=people).exclude(id__in=own, ended_at=None)
    changed |= set(flags.values_list("resident", flat=True))
    changed |= set(Joining.objects.filter(kept__in=people).values_list("kept", flat=True))
    stuck = _hanging("Household", homes, but=(Resident,))
    stuck |= set(Joining.objects.filter(kept__in=homes).values_list("kept", flat=True))
    rows = Household.objects.filter(id__in=homes)
    stuck |= set(rows.exclude(state=HouseholdState.OPEN).values_list("id", flat=True))
    stuck |= {id_ for id_, clocks in rows.values_list("id", "clocks") if clocks}
    return changed | {id_ for id_, one in people.items() if one.household_id in stuck}


def _hanging(target: str, ids: Collection[UUID], but: Collection[type]) -> set[UUID]:
    """Return which of the rows any other table points to, whichever room it is of."""
    found: set[UUID] = set()
    aim = apps.get_model("people", target)
    for model in apps.get_models():
        if model in but:
            continue
        for column in model._meta.concrete_fields:
            if isinstance(column, ForeignKey) and column.related_model is aim:
                pointing = model._default_manager.filter(Q(**{f"{column.name}__in": list(ids)}))
                found |= set(pointing.values_list(column.attname, flat=True))
    return found


def _emptied(imported: Import, going: Collection[UUID]) -> set[UUID]:
    """Return the households that this import began and in which nobody is left once these people have gone."""
    homes = set(Resident.objects.filter(id__in=going).values_list("household", flat=True))
    founded = ImportRow.objects.filter(imported=imported, founds=True, household__in=homes)
    homes &= set(founded.values_list("household", flat=True))
    staying = Resident.objects.filter(household__in=homes).exclude(id__in=going)
    return homes - set(staying.values_list("household", flat=True))
