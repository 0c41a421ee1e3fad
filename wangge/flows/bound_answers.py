"""Answers that are bound to the register: written where it says nothing or something older, else left to be settled."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from wangge.access.viewing import Viewer
from wangge.kernel.clocks import HybridClock
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people import commands as people
from wangge.people.commands.writing import phones_of
from wangge.people.models import Household, PriorityFlag, Resident
from wangge.people.rules.codes import FLAG_REASONS, NOTE_LIMIT, PHONE_LIMIT, Presence, Relation, Sex
from wangge.people.rules.wishes import Correction, HouseholdCorrection, NewFlag
from wangge.surveys.answered import definition_of
from wangge.surveys.commands import open_against_register
from wangge.surveys.models import Contradiction, Response
from wangge.surveys.queries.answers import put_together
from wangge.surveys.rules.answers import same_answer
from wangge.surveys.rules.questionnaires import bound, walk

WRITE, FLAG = "register.write", "flag.write"
FIELDS: Mapping[str, str] = {
    "resident.name": "name", "resident.birth_on": "birth_on", "resident.sex": "sex", "resident.phone": "phones",
    "resident.presence": "presence", "resident.relation": "relation",
}  # fmt: skip
FIRM = frozenset({"name", "birth_on", "sex", "relation"})
"""Fields that an answer fills but never changes: who differs here is asked."""
CODES: Mapping[str, frozenset[str]] = {
    "sex": frozenset(Sex), "presence": frozenset(Presence), "relation": frozenset(Relation),
}  # fmt: skip
NOT_TAKEN, CODE_UNKNOWN = "answers.register_not_written", "answers.register_code_unknown"


@dataclass(slots=True)
class Settling:
    """What the answers of one filling did to the register: fields written, flags raised, codes of what is left open."""

    written: int = 0
    flags: int = 0
    left_open: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Work:
    """One filling with everything that is weighed against it."""

    stamp: Stamp
    actor: Viewer
    rows: Sequence[Response]
    people: Mapping[UUID, Resident]
    phones: Mapping[object, tuple[str, ...]]
    standing: Collection[tuple[UUID, str]]
    disputed: Collection[tuple[UUID, str]]
    done: Settling = field(default_factory=Settling)
    denied: dict[UUID, list[str]] = field(default_factory=dict)

    @property
    def head(self) -> Response:
        """The row about the household."""
        return next((row for row in self.rows if row.resident_id is None), self.rows[0])


def apply_bound(*, stamp: Stamp, actor: Viewer, sheets: Sequence[UUID]) -> dict[UUID, Settling]:
    """Write the bound answers of fillings that were just recorded to the register; return what was done by filling."""
    works = _works(stamp, actor, sheets)
    denied: dict[UUID, list[str]] = {}
    for work in works:
        _apply(work)
        denied |= work.denied
    if denied:
        open_against_register(stamp=stamp, actor=actor, denied=denied)
    return {work.head.sheet: work.done for work in works}


def _works(stamp: Stamp, actor: Viewer, sheets: Sequence[UUID]) -> list[_Work]:
    """Read the fillings, and what the register and others say, in a fixed number of statements."""
    rows = Response.objects.filter(sheet__in=sheets).select_related("questionnaire", "household", "round")
    by_sheet: dict[UUID, list[Response]] = {}
    for row in rows.order_by("at", "id"):
        by_sheet.setdefault(row.sheet, []).append(row)
    bound_sheets = [mine for mine in by_sheet.values() if _binds(mine[0])]
    if not bound_sheets:
        return []
    named = [row.resident_id for mine in bound_sheets for row in mine if row.resident_id is not None]
    persons = Resident.objects.select_related("household").in_bulk(named)
    phones = phones_of(list(persons.values()))
    flags = PriorityFlag.objects.filter(resident__in=named, ended_at=None).values_list("resident", "reason")
    disputed = Contradiction.objects.filter(subject__in=named, settled_at=None).values_list("subject", "question")
    standing, open_ = set(flags), set(disputed)
    return [_Work(stamp, actor, mine, persons, phones, standing, open_) for mine in bound_sheets]


def _binds(row: Response) -> bool:
    return any(one.bind for one in walk(definition_of(row.questionnaire).questions))


def _apply(work: _Work) -> None:
    """Write what one filling says to the register."""
    wanted: dict[UUID, dict[str, Any]] = {}
    flags: list[tuple[UUID, str]] = []
    for one in bound(definition_of(work.head.questionnaire), put_together(work.rows)):
        who = UUID(one.resident) if one.resident else None
        if one.target == "household.note":
            _note(work, str(one.value))
        elif who is None or who not in work.people:
            continue
        elif one.target.startswith("flag."):
            reason = one.target.removeprefix("flag.")
            if one.value is True and reason in FLAG_REASONS and (who, reason) not in work.standing:
                flags.append((who, reason))
        elif one.target in FIELDS:
            _weigh(work, who, one.target, one.value, wanted)
    for who, values in wanted.items():
        _correct(work, who, values)
    for who, reason in flags:
        _raise(work, who, reason)


def _weigh(work: _Work, who: UUID, target: str, value: Any, wanted: dict[UUID, dict[str, Any]]) -> None:
    """Put a value among those to be written, or among those that the register denies."""
    row, name = work.people[who], FIELDS[target]
    current: Any = work.phones.get(who, ()) if name == "phones" else getattr(row, name)
    said = str(value).strip()
    if name in CODES and said not in CODES[name]:
        _leave(work, CODE_UNKNOWN)
    elif (who, target) in work.disputed or _same(name, current, said):
        return
    elif _edited_after(row, name, work.head.at) or (name in FIRM and not _is_blank(name, current)):
        mine = next(one for one in work.rows if one.resident_id == who)
        work.denied.setdefault(mine.id, []).append(target)
    elif name == "phones":
        wanted.setdefault(who, {})[name] = "\n".join([said, *current][:PHONE_LIMIT])
    else:
        wanted.setdefault(who, {})[name] = said


def _same(name: str, current: Any, said: str) -> bool:
    if name == "phones":
        return bool(current) and same_answer(list(current), said, "resident.phone")
    return not _is_blank(name, current) and same_answer(str(current), said)


def _is_blank(name: str, current: Any) -> bool:
    return current in (None, "", ()) or (name == "relation" and current == Relation.UNKNOWN)


def _edited_after(row: Resident | Household, name: str, at: datetime) -> bool:
    """Tell whether somebody edited a field after the answer was given."""
    clock = row.clocks.get(name)
    return bool(clock) and HybridClock.parse(clock).ms > int(at.timestamp() * 1000)


def _clocked(work: _Work) -> Stamp:
    """Return the stamp with the clock of the answers: what was said on paper yesterday does not beat today's edit."""
    return replace(work.stamp, clock=str(HybridClock(int(work.head.at.timestamp() * 1000), 0, "server")))


def _correct(work: _Work, who: UUID, values: Mapping[str, Any]) -> None:
    if not work.actor.permits(WRITE, work.people[who].path):
        _leave(work, NOT_TAKEN)
        return
    try:
        with transaction.atomic():
            done = people.correct_residents(
                stamp=_clocked(work), actor=work.actor, corrections=[Correction(who, dict(values))]
            )[0]
        work.done.written += len(done.applied)
    except Refused as refused:
        _leave(work, refused.code)


def _note(work: _Work, said: str) -> None:
    """Add a remark to the household's note; what stands there already is not lost."""
    home = work.head.household
    text = said.strip()
    if not text or text in home.note:
        return
    whole = f"{home.note}\n{text}".strip()
    if len(whole) > NOTE_LIMIT or not work.actor.permits(WRITE, home.path):
        _leave(work, NOT_TAKEN)
        return
    try:
        with transaction.atomic():
            wanted = HouseholdCorrection(home.id, {"note": whole})
            done = people.correct_household(stamp=_clocked(work), actor=work.actor, correction=wanted)
        work.done.written += len(done.applied)
    except Refused as refused:
        _leave(work, refused.code)


def _raise(work: _Work, who: UUID, reason: str) -> None:
    """Raise a flag that a "yes" asks for, for the days that are usual; ended it is only by a person."""
    head, terms = work.head, FLAG_REASONS[reason]
    until = head.day + timedelta(days=terms.days)
    if until <= work.stamp.day:
        return
    if not work.actor.permits(FLAG, work.people[who].path):
        _leave(work, NOT_TAKEN)
        return
    flag = NewFlag(
        id=uuid5(head.sheet, f"flag/{who}/{reason}"),
        resident=who,
        reason=reason,
        from_on=head.day,
        until_on=until,
        review_on=head.day + timedelta(days=terms.review_days),
        basis=_basis(head),
    )
    try:
        with transaction.atomic():
            people.raise_flags(stamp=work.stamp, actor=work.actor, flags=[flag])
        work.done.flags += 1
    except Refused as refused:
        _leave(work, refused.code)


def _basis(head: Response) -> str:
    if head.round is None:
        return head.questionnaire.code
    return "，".join(part for part in (head.round.name, head.round.basis) if part)[:200]


def _leave(work: _Work, code: str) -> None:
    if code not in work.done.left_open:
        work.done.left_open.append(code)
