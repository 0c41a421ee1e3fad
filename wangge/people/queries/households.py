"""One household as its page shows it, and what is shown unmasked when somebody has a reason."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.refused import Refused
from wangge.people.commands.writing import number_of, phones_of
from wangge.people.models import Household, Joining, PriorityFlag, Resident, Stay
from wangge.people.queries.searching import READ, door_of
from wangge.people.rules.codes import Gap, ResidentState
from wangge.people.rules.families import household_gaps, resident_gaps
from wangge.people.rules.terms import FlagTerms
from wangge.privacy import masks

UNMASK = "register.unmask"


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A standing flag."""

    id: UUID
    reason: str
    from_on: date
    until_on: date
    review_on: date | None
    note: str
    basis: str
    origin: str = ""
    came_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A resident of a household; number and telephones are masked. ``clocks`` go into the form that corrects them."""

    id: UUID
    name: str
    sex: str
    birth_on: date | None
    relation: str
    is_head: bool
    presence: str
    state: str
    state_on: date | None
    id_kind: str
    id_doubt: str
    id_number: str
    phones: tuple[str, ...]
    guardian: UUID | None
    guardian_name: str
    flags: tuple[FlagLine, ...]
    gaps: tuple[Gap, ...]
    clocks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Guest:
    """A resident of another household who sleeps here, or somebody of this one who sleeps elsewhere."""

    stay: UUID
    resident: UUID
    name: str
    home: UUID
    home_door: str
    host: UUID
    host_door: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class JoiningLine:
    """A joining that can still be looked at and perhaps undone."""

    id: UUID
    what: str
    joined_at: datetime
    joined_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdPage:
    """Everything the page of a household shows, masked."""

    id: UUID
    path: str
    grid_path: str
    dwelling: int | None
    door: str
    address: str
    note: str
    state: str
    opened_at: datetime
    closed_at: datetime | None
    merged_into: UUID | None
    clocks: Mapping[str, str]
    members: tuple[Member, ...]
    former: tuple[Member, ...]
    guests: tuple[Guest, ...]
    away: tuple[Guest, ...]
    gaps: tuple[Gap, ...]
    joinings: tuple[JoiningLine, ...]


def household_page(*, viewer: Viewer, household: UUID, on: date) -> HouseholdPage:
    """Return a household with its members; refused as unknown outside the viewer's areas. Nine statements."""
    home = scoped(Household, viewer, READ).filter(id=household).select_related("dwelling").first()
    if home is None:
        raise Refused("people.household_unknown")
    rows = list(
        Resident.objects.filter(household=home).select_related("guardian").order_by("-is_head", "added_at", "id")
    )
    people = _members(viewer, rows, on)
    members = tuple(one for one in people if one.state == ResidentState.LIVING)
    terms = [row.terms() for row in rows]
    return HouseholdPage(
        id=home.id,
        path=home.path,
        grid_path=home.grid_path,
        dwelling=home.dwelling_id,
        door=door_of(home),
        address=home.address,
        note=home.note,
        state=home.state,
        opened_at=home.opened_at,
        closed_at=home.closed_at,
        merged_into=home.merged_into_id,
        clocks=home.clocks,
        members=members,
        former=tuple(one for one in people if one.state != ResidentState.LIVING),
        guests=_stays(Stay.objects.filter(household=home, ended_on=None)),
        away=_stays(Stay.objects.filter(resident__in=rows, ended_on=None)),
        gaps=household_gaps(home.terms(), terms),
        joinings=_joinings([home.id, *(row.id for row in rows)]),
    )


def _members(viewer: Viewer, rows: Sequence[Resident], on: date) -> list[Member]:
    phones = phones_of(rows)
    flags: dict[UUID, list[PriorityFlag]] = defaultdict(list)
    standing = PriorityFlag.objects.filter(resident__in=rows, ended_at=None).order_by("until_on", "id")
    for flag in standing:
        flags[flag.resident_id].append(flag)
    return [_member(row, phones.get(row.id, ()), flags[row.id], on) for row in rows]


def _member(row: Resident, phones: Sequence[str], flags: Sequence[PriorityFlag], on: date) -> Member:
    terms = [FlagTerms(flag.id, row.id, flag.reason, flag.from_on, flag.until_on, False) for flag in flags]
    guardian = row.guardian
    gaps = resident_gaps(
        row.terms(), phones=len(phones), guardian_state=guardian.state if guardian else "", flags=terms, on=on
    )
    return Member(
        id=row.id,
        name=row.name,
        sex=row.sex,
        birth_on=row.birth_on,
        relation=row.relation,
        is_head=row.is_head,
        presence=row.presence,
        state=row.state,
        state_on=row.state_on,
        id_kind=row.id_kind,
        id_doubt=row.id_doubt,
        id_number=masks.mask_id(number_of(row)),
        phones=tuple(masks.mask_phone(number) for number in phones),
        guardian=row.guardian_id,
        guardian_name=guardian.name if guardian else "",
        flags=tuple(
            FlagLine(
                one.id,
                one.reason,
                one.from_on,
                one.until_on,
                one.review_on,
                one.note,
                one.basis,
                one.origin,
                one.came_on,
            )
            for one in flags
        ),
        gaps=gaps if row.state == ResidentState.LIVING else (),
        clocks=row.clocks,
    )


def _stays(rows: Iterable[Stay]) -> tuple[Guest, ...]:
    query = rows.select_related(  # type: ignore[attr-defined]
        "resident__household__dwelling", "household__dwelling"
    ).order_by("from_on", "id")
    return tuple(
        Guest(
            stay=row.id,
            resident=row.resident_id,
            name=row.resident.name,
            home=row.resident.household_id,
            home_door=door_of(row.resident.household),
            host=row.household_id,
            host_door=door_of(row.household),
            from_on=row.from_on,
            until_on=row.until_on,
        )
        for row in query
    )


def _joinings(subjects: Sequence[UUID]) -> tuple[JoiningLine, ...]:
    rows = Joining.objects.filter(kept__in=subjects, undone_at=None).order_by("-joined_at")
    return tuple(JoiningLine(row.id, row.what, row.joined_at, row.joined_by) for row in rows)


@dataclass(frozen=True, slots=True)
class Clear:
    """Number and telephones of a resident in clear."""

    resident: UUID
    id_number: str
    phones: tuple[str, ...]


def unmasked(*, viewer: Viewer, household: UUID) -> list[Clear]:
    """Return numbers and telephones of a household in clear; the door writes who looked before it answers.

    Refused as unknown where the viewer may not see them.
    """
    home = scoped(Household, viewer, UNMASK).filter(id=household).first()
    if home is None:
        raise Refused("people.household_unknown")
    rows = list(Resident.objects.filter(household=home).order_by("-is_head", "added_at", "id"))
    phones = phones_of(rows)
    return [Clear(row.id, number_of(row), phones.get(row.id, ())) for row in rows]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a household is: for a door that needs no more than that."""

    id: UUID
    path: str
    grid_path: str
    door: str
    dwelling: int | None
    state: str


def spot(*, viewer: Viewer, household: UUID, verb: str = READ) -> Spot:
    """Return where a household is; refused as unknown outside the viewer's areas for the verb."""
    home = scoped(Household, viewer, verb).filter(id=household).select_related("dwelling").first()
    if home is None:
        raise Refused("people.household_unknown")
    return Spot(home.id, home.path, home.grid_path, door_of(home), home.dwelling_id, home.state)


def household_of(*, viewer: Viewer, resident: UUID) -> UUID:
    """Return the household of a resident; refused as unknown outside the viewer's areas."""
    row = scoped(Resident, viewer, READ).filter(id=resident).first()
    if row is None:
        raise Refused("people.resident_unknown")
    return row.household_id
