"""The questions of an import one after the other, as somebody answers them: both sides with everything known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from wangge.access.viewing import Viewer, scoped
from wangge.flows.import_roster.contents import Contents, contents_of
from wangge.flows.import_roster.models import Import, ImportAsk, ImportRow
from wangge.flows.import_roster.preview import one_import
from wangge.flows.import_roster.states import ImportState, RowState
from wangge.people.commands.writing import number_of, phones_of
from wangge.people.models import Resident
from wangge.people.queries.searching import READ, door_of
from wangge.people.rules.codes import ResidentState
from wangge.privacy import masks

Differing = tuple[tuple[str, bool], ...]
"""A masked text in pieces, each with whether it differs from the other side."""

SHOWN = 6
"""Digits of a number that are shown beside those that differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One side: where it stands, and what is known. Number and telephones are masked."""

    sheet: str | None
    row: int | None
    resident: UUID | None
    household: UUID | None
    name: str
    sex: str
    birth_on: date | None
    number: str
    phones: tuple[str, ...]
    door: str
    relation: str
    remark: str
    members: tuple[str, ...]
    gone: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A candidate beside the row that waits; the numbers of both in pieces, and which fields differ."""

    at: int
    person: Person
    numbers: tuple[Differing, Differing]
    differs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """The next question: who waits, whom they may be, how many questions are open, and the last one answered."""

    id: UUID
    kind: str
    reason: str
    waiting: Person
    others: tuple[str, ...]
    pairs: tuple[Pair, ...]
    doors: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """How far the questions of an import are; ``last`` is the question that the viewer answered last."""

    asked: int
    left: int
    last: UUID | None
    question: Question | None


def queue(*, viewer: Viewer, imported: UUID) -> Queue:
    """Return the next question of an import that was brought in, with both sides; refused as unknown elsewhere.

    A fixed number of statements, however many questions there are.
    """
    row = one_import(viewer, imported)
    asks = ImportAsk.objects.filter(imported=row)
    left = asks.filter(answer="").count()
    mine = asks.filter(answered_by=viewer.account_id).exclude(answer="").order_by("-answered_at", "-position")
    last = mine.values_list("id", flat=True).first()
    ask = asks.filter(answer="").order_by("later", "position").first() if row.state == ImportState.APPLIED else None
    return Queue(asks.count(), left, last, _question(viewer, row, ask) if ask else None)


def _question(viewer: Viewer, imported: Import, ask: ImportAsk) -> Question | None:
    rows = list(ImportRow.objects.filter(id__in=ask.waiting).order_by("id"))
    places = [(one["sheet"], one["row"]) for one in ask.candidates if one["row"] is not None]
    numbers = {row for _, row in places}
    lines = {(one.sheet, one.row): one for one in ImportRow.objects.filter(imported=imported, row__in=numbers)}
    members = _members(imported, [*rows, *lines.values()])
    if not rows:
        return None
    said = contents_of(rows[0])
    known = _known(viewer, [_resident(one, lines) for one in ask.candidates], ask.candidates)
    waiting = _side_of_row(rows[0], said, members)
    pairs = []
    for at, one in enumerate(ask.candidates):
        line = lines.get((one["sheet"], one["row"]))
        resident = known.get(_resident(one, lines) or UUID(int=0))
        person = _side(one, line, resident, members)
        if person is not None:
            pairs.append(_pair(at, waiting, person, said, resident[1] if resident else _number(line)))
    doors = tuple((at, str(one["door"])) for at, one in enumerate(ask.candidates) if one.get("door"))
    others = tuple(_name(row) for row in rows[1:])
    return Question(ask.id, ask.kind, ask.reason, waiting, others, tuple(pairs), doors)


def _resident(candidate: Mapping[str, Any], lines: Mapping[tuple[str | None, int], ImportRow]) -> UUID | None:
    line = lines.get((candidate["sheet"], candidate["row"]))
    if line is not None:
        return line.resident if line.state == RowState.APPLIED else None
    return UUID(candidate["resident"]) if candidate["resident"] else None


Known = tuple[Person, str]
"""Somebody in the register, and the number of the document in clear for comparing."""


def _known(viewer: Viewer, ids: Iterable[UUID | None], candidates: Sequence[Mapping[str, Any]]) -> dict[UUID, Known]:
    """Return the people of the register whom rows may be, with everybody in their households; five statements."""
    wanted = {one for one in ids if one}
    people = scoped(Resident, viewer, READ)
    found = list(people.filter(id__in=wanted).select_related("household__dwelling"))
    homes = {one.household_id for one in found}
    homes |= {UUID(one["household"]) for one in candidates if one["household"] and not one["resident"]}
    living = people.filter(household__in=homes, state=ResidentState.LIVING).order_by("-is_head", "added_at", "id")
    names: dict[UUID, list[tuple[UUID, str]]] = {}
    for id_, home, name in living.values_list("id", "household", "name"):
        names.setdefault(home, []).append((id_, name))
    phones = phones_of(found)
    return {
        one.id: (_person(one, phones.get(one.id, ()), names.get(one.household_id, [])), number_of(one)) for one in found
    }


def _person(one: Resident, phones: Sequence[str], names: Sequence[tuple[UUID, str]]) -> Person:
    return Person(
        sheet=None,
        row=None,
        resident=one.id,
        household=one.household_id,
        name=one.name,
        sex=one.sex,
        birth_on=one.birth_on,
        number=masks.mask_id(number_of(one)),
        phones=tuple(masks.mask_phone(phone) for phone in phones),
        door=door_of(one.household),
        relation=one.relation,
        remark=one.household.note,
        members=tuple(name for id_, name in names if id_ != one.id),
        gone=one.state != ResidentState.LIVING,
    )


def _members(imported: Import, rows: Sequence[ImportRow]) -> dict[UUID, list[tuple[int, str]]]:
    """Return the names in the file of those who belong together; one statement."""
    homes = {one.household for one in rows if one.household}
    found: dict[UUID, list[tuple[int, str]]] = {}
    for one in ImportRow.objects.filter(imported=imported, household__in=homes).order_by("id"):
        if one.household is not None:
            found.setdefault(one.household, []).append((one.id, _name(one)))
    return found


def _name(row: ImportRow) -> str:
    contents = contents_of(row)
    return contents.person.name if contents else ""


def _number(row: ImportRow | None) -> str:
    contents = contents_of(row) if row is not None else None
    return contents.person.number or contents.person.partial if contents else ""


def _side(
    candidate: Mapping[str, Any],
    line: ImportRow | None,
    known: Known | None,
    members: Mapping[UUID, list[tuple[int, str]]],
) -> Person | None:
    """Return a candidate: somebody in the register, or a row of the file that waits itself."""
    if known is not None:
        return known[0]
    if line is not None:
        return _side_of_row(line, contents_of(line), members)
    return None


def _side_of_row(row: ImportRow, contents: Contents | None, members: Mapping[UUID, list[tuple[int, str]]]) -> Person:
    person = contents.person if contents else None
    together = members.get(row.household, []) if row.household else []
    return Person(
        sheet=row.sheet,
        row=row.row,
        resident=row.resident,
        household=row.household,
        name=person.name if person else "",
        sex=person.sex if person else "",
        birth_on=person.birth if person else None,
        number=masks.mask_id((person.number or person.partial) if person else ""),
        phones=tuple(masks.mask_phone(phone) for phone in person.phones) if person else (),
        door=(person.door or person.address) if person else "",
        relation=person.relation if person else "",
        remark=person.remark if person else "",
        members=tuple(name for id_, name in together if id_ != row.id),
        waits=row.state == RowState.WAITING,
    )


def _pair(at: int, waiting: Person, other: Person, said: Contents | None, number: str) -> Pair:
    own = (said.person.number or said.person.partial) if said else ""
    fields = ("name", "sex", "birth_on", "door", "relation")
    differs = {name for name in fields if getattr(waiting, name) != getattr(other, name)}
    differs |= {"number"} if own != number else set()
    differs |= {"phones"} if not set(waiting.phones) & set(other.phones) and (waiting.phones or other.phones) else set()
    differs |= {"members"} if set(waiting.members) != set(other.members) else set()
    return Pair(at, other, differing(own, number), frozenset(differs))


def differing(one: str, other: str) -> tuple[Differing, Differing]:
    """Return two numbers masked, each in pieces: digits that differ are shown and marked, so are the last four.

    Numbers of different length are only masked: nothing can be laid beside nothing.
    """
    if len(one) != len(other) or len(one) < 8:
        return ((masks.mask_id(one), one != other),), ((masks.mask_id(other), one != other),)
    unlike = {at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]}
    if len(unlike) > SHOWN:  # two numbers that have little in common: what differs says nothing
        return ((masks.mask_id(one), True),), ((masks.mask_id(other), True),)
    last = set(range(len(one) - 4, len(one)))
    return _pieces(one, unlike, last), _pieces(other, unlike, last)


def _pieces(number: str, unlike: set[int], last: set[int]) -> Differing:
    found: list[tuple[str, bool]] = []
    for at, sign in enumerate(number):
        shown, marked = (sign if at in unlike | last else masks.STAR), at in unlike
        if found and found[-1][1] == marked:
            found[-1] = (found[-1][0] + shown, marked)
        else:
            found.append((shown, marked))
    return tuple(found)
