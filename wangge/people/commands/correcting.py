"""Correcting what stands about a resident or a household, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.journal.commanding import command
from wangge.journal.recording import Count, Entry, record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.commands import kinds, loading, writing
from wangge.people.commands.adding import check_guardians, check_numbers
from wangge.people.commands.writing import Person
from wangge.people.models import Household, Phone, Resident
from wangge.people.rules import particulars as reading
from wangge.people.rules.codes import BIRTHS_MISSING, Relation, ResidentState
from wangge.people.rules.editing import Edit, merge_edit
from wangge.people.rules.particulars import Particulars, ReadNumber
from wangge.people.rules.wishes import Corrected, Correction, Doubt, HouseholdCorrection, NewResident

FIELDS = frozenset(
    {"name", "sex", "birth_on", "id_number", "id_kind", "phones", "relation", "is_head", "presence", "guardian"}
)
COLUMNS = (
    "name", "pinyin", "initials", "other_initials", "sex", "birth_on", "id_kind", "id_doubt", "id_sealed", "id_index",
    "id_last4", "relation", "is_head", "guardian", "presence", "clocks",
)  # fmt: skip


@dataclass(slots=True)
class _Work:
    """One correction while it is decided: the row, values in their normal form, how the number was read."""

    row: Resident
    asked: Correction
    phones: tuple[str, ...]
    undated: bool
    wanted: dict[str, Any] = field(default_factory=dict)
    number: ReadNumber | None = None
    doubts: list[str] = field(default_factory=list)
    edit: Edit | None = None


@command
def correct_residents(*, stamp: Stamp, actor: Viewer, corrections: Sequence[Correction]) -> list[Corrected]:
    """Write new values of residents' fields; one answer for each, in the order given; at most 500 a call.

    A field that says who somebody is waits as a conflict when the writer saw another value than stands now. Refused,
    naming the resident, for unreadable values, a number another living person has, or a guardian who cannot be one.
    """
    loading.check_size(len(corrections))
    loading.once_each(one.resident for one in corrections)
    rows = loading.residents(actor, [one.resident for one in corrections])
    phones = writing.phones_of(list(rows.values()))
    works = [_work(stamp, rows[one.resident], one, phones.get(one.resident, ())) for one in corrections]
    for work in works:
        _decide(stamp, work)
    _check(stamp, actor, works)
    for work in works:
        _apply(work)
    _one_head_each(works)
    _save(works)
    record(stamp=stamp, actor=actor, entries=[entry for work in works for entry in _entries(work)])
    return [_answer(work) for work in works]


def _work(stamp: Stamp, row: Resident, asked: Correction, phones: tuple[str, ...]) -> _Work:
    """Read the values asked for; a refusal names the resident."""
    work = _Work(row, asked, phones, row.birth_on is None)
    try:
        _read(work, stamp.counted_day)
    except Refused as refused:
        raise Refused(refused.code, **refused.facts, resident=str(row.id)) from None
    return work


def _read(work: _Work, on: date) -> None:
    values = work.asked.values
    if unknown := sorted(set(values) - FIELDS):
        raise Refused("people.code_unknown", field=unknown[0], value="")
    wanted = work.wanted
    row = work.row
    reading.check_words(
        sex=_text(values, "sex", row.sex),
        relation=_text(values, "relation", row.relation),
        presence=_text(values, "presence", row.presence),
    )
    for name in ("sex", "relation", "presence"):
        if name in values:
            wanted[name] = _text(values, name, "")
    if "name" in values:
        wanted["name"] = reading.read_new_name(_text(values, "name", "")).name
    if "birth_on" in values:
        wanted["birth_on"] = _day(_text(values, "birth_on", ""), on)
    if "phones" in values:
        wanted["phones"] = reading.read_phones(tuple(_text(values, "phones", "").splitlines()))
    if "guardian" in values:
        wanted["guardian"] = _guardian(_text(values, "guardian", ""))
    _read_head(work)
    if "id_number" in values or "id_kind" in values:
        _read_number(work, on)


def _text(values: Mapping[str, Any], name: str, default: str) -> str:
    value = values.get(name, default)
    return "" if value is None else str(value)


def _guardian(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Refused("people.resident_unknown") from None


def _day(text: str, on: date) -> date | None:
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise Refused("people.birth_unreadable") from None
    if day > on:
        raise Refused("people.birth_in_future", on=day.isoformat())
    return day


def _read_head(work: _Work) -> None:
    """Keep the head and the relation ``head`` together."""
    values, wanted = work.asked.values, work.wanted
    if "is_head" in values:
        wanted["is_head"] = bool(values["is_head"])
        if wanted["is_head"]:
            wanted["relation"] = Relation.HEAD.value
        elif work.row.is_head and wanted.get("relation", work.row.relation) == Relation.HEAD:
            wanted["relation"] = Relation.UNKNOWN.value
    elif "relation" in wanted:
        wanted["is_head"] = wanted["relation"] == Relation.HEAD


def _read_number(work: _Work, on: date) -> None:
    """Read a number with its kind; a good one tells birth and sex as well, unless they are given otherwise."""
    values, row = work.asked.values, work.row
    text = _text(values, "id_number", "") if "id_number" in values else writing.number_of(row)
    kind = _text(values, "id_kind", "") if "id_kind" in values else ("" if "id_number" in values else row.id_kind)
    number = work.number = reading.read_number(text, kind, on)
    work.wanted |= {"id_number": number.number, "id_kind": number.kind}
    for name, told in (("birth_on", number.birth_on), ("sex", number.sex)):
        if not told or "id_number" not in values:
            continue
        if name in values and work.wanted[name] not in (told, None, ""):
            work.doubts.append("birth_conflict" if name == "birth_on" else "sex_conflict")
        work.wanted[name] = told
    if number.doubt:
        work.doubts.append(f"id_{number.doubt}")


def _decide(stamp: Stamp, work: _Work) -> None:
    row = work.row
    current: dict[str, Any] = {
        "name": row.name,
        "sex": row.sex,
        "birth_on": row.birth_on,
        "id_number": writing.number_of(row) if "id_number" in work.wanted else "",
        "id_kind": row.id_kind,
        "phones": work.phones,
        "relation": row.relation,
        "is_head": row.is_head,
        "presence": row.presence,
        "guardian": row.guardian_id,
    }
    base = row.clocks if work.asked.seen is None else work.asked.seen
    work.edit = merge_edit(
        wanted=work.wanted, current=current, clocks=row.clocks, base=base, clock=loading.clock_of(stamp)
    )


def _check(stamp: Stamp, actor: Viewer, works: Sequence[_Work]) -> None:
    """Check what touches other rows: numbers of others, guardians."""
    people = []
    for work in works:
        done = work.edit.applied if work.edit else ()
        number = work.number if work.number and "id_number" in done else ReadNumber()
        new = NewResident(
            id=work.row.id,
            guardian=work.wanted["guardian"] if "guardian" in done else None,
            number_confirmed=work.asked.number_confirmed,
        )
        birth = work.wanted["birth_on"] if "birth_on" in done else work.row.birth_on
        read = Particulars(reading.ReadName("", "", "", ""), number, birth, "", (), ())
        people.append(Person(work.row.household, new, read))
    check_numbers(actor, people)
    check_guardians(stamp, actor, people)


def _apply(work: _Work) -> None:
    row, edit = work.row, work.edit
    if edit is None:
        return
    for name in edit.applied:
        value = work.wanted[name]
        if name == "name":
            spelt = reading.read_new_name(value)
            row.name, row.pinyin = spelt.name, spelt.pinyin
            row.initials, row.other_initials = spelt.initials, spelt.other_initials
        elif name == "guardian":
            row.guardian_id = value
        elif name not in ("phones", "id_number", "id_kind"):
            setattr(row, name, value)
    if work.number is not None and {"id_number", "id_kind"} & set(edit.applied):
        writing.set_numbers([row], [work.number])
    row.clocks = edit.clocks


def _one_head_each(works: Sequence[_Work]) -> None:
    """Take the head off whoever was it before a new one, in these corrections or beside them; refuse two new ones."""
    heads = {
        work.row.household_id: work.row
        for work in works
        if work.edit and "is_head" in work.edit.applied and work.row.is_head
    }
    for work in works:
        row = work.row
        if not row.is_head or heads.get(row.household_id, row) is row:
            continue
        if work.edit and "is_head" in work.edit.applied:
            raise Refused("people.two_heads", resident=str(row.id))
        row.is_head, row.relation = False, Relation.UNKNOWN
    if heads:
        others = Resident.objects.filter(household__in=heads, is_head=True, state=ResidentState.LIVING)
        others.exclude(id__in=[row.id for row in heads.values()]).update(is_head=False, relation=Relation.UNKNOWN)


def _save(works: Sequence[_Work]) -> None:
    """Write the rows and the telephones that changed."""
    changed = [work.row for work in works if work.edit and work.edit.applied]
    Resident.objects.bulk_update(changed, COLUMNS)
    ringing = [work for work in works if work.edit and "phones" in work.edit.applied]
    Phone.objects.filter(resident__in=[work.row for work in ringing]).delete()
    writing.write_phones([(work.row, work.wanted["phones"]) for work in ringing])


def _entries(work: _Work) -> list[Entry]:
    if work.edit is None or not work.edit.applied:
        return []
    home = work.row.household
    facts = {"resident": str(work.row.id), "fields": sorted(work.edit.applied)}
    known = Count(BIRTHS_MISSING, home.grid_path, int(work.row.birth_on is None) - int(work.undated))
    return [Entry(kinds.RESIDENT_CORRECTED, home.grid_path, facts, (known,), subject=home.id)]


def _answer(work: _Work) -> Corrected:
    edit = work.edit
    if edit is None:
        return Corrected(work.row.id)
    doubts = tuple(Doubt(work.row.id, code) for code in work.doubts)
    return Corrected(work.row.id, edit.applied, edit.superseded, edit.conflicts, doubts)


@command
def correct_household(*, stamp: Stamp, actor: Viewer, correction: HouseholdCorrection) -> Corrected:
    """Write the note or the written address of a household; the later edit wins."""
    row = loading.open_households(actor, [correction.household])[correction.household]
    wanted = {name: value.strip() for name, value in correction.values.items() if name in ("note", "address")}
    loading.check_texts(note=wanted.get("note", ""), address=wanted.get("address", ""))
    current = {"note": row.note, "address": row.address}
    base = row.clocks if correction.seen is None else correction.seen
    edit = merge_edit(wanted=wanted, current=current, clocks=row.clocks, base=base, clock=loading.clock_of(stamp))
    for name in edit.applied:
        setattr(row, name, wanted[name])
    row.clocks = edit.clocks
    Household.objects.filter(id=row.id).update(note=row.note, address=row.address, clocks=row.clocks)
    if edit.applied:
        facts = {"household": str(row.id), "fields": sorted(edit.applied)}
        entry = Entry(kinds.HOUSEHOLD_CORRECTED, row.grid_path, facts, subject=row.id)
        record(stamp=stamp, actor=actor, entries=[entry])
    return Corrected(row.id, edit.applied, edit.superseded, edit.conflicts)
