"""Members of a household as lines of its table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from wangge.office.register.surroundings import link
from wangge.people.queries import Clear, HouseholdPage, Member
from wangge.people.queries.households import FlagLine
from wangge.people.rules.codes import TRAVEL_REASONS
from wangge.people.rules.origins import origin_name
from wangge.words import label

# What other packages do with a resident: URL name and words; the last is for everybody who may read.
ACTIONS: tuple[tuple[str, Promise], ...] = (
    ("stay_add", gettext_lazy("Stays elsewhere")),
    ("resident_leave", gettext_lazy("Moved out or died")),
    ("residents_join", gettext_lazy("Join with another row")),
)
HELD: tuple[str, Promise] = ("what_is_held", gettext_lazy("What is held about them"))
QUIET_PRESENCE = "living_here"
USUAL_KIND = "citizen_18"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagWords:
    """A flag with its words and where it is ended."""

    reason: str
    words: str
    until_on: date
    review_on: date | None
    note: str
    basis: str
    origin: str
    came_on: date | None
    still: bool
    overdue: bool
    href: str
    origin_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One member as the table shows them; numbers are masked unless they were asked for."""

    id: UUID
    name: str
    sex: str
    birth_on: date | None
    relation: str
    presence: str
    id_kind: str
    id_number: str
    phones: tuple[str, ...]
    guardian: str
    flags: tuple[FlagWords, ...]
    gaps: tuple[str, ...]
    seen_at: datetime | None
    correct: str
    actions: tuple[tuple[str, str | Promise], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What the viewer may do with the members of this household."""

    writes: bool
    flags: bool


def person_lines(
    home: HouseholdPage, *, on: date, clear: Mapping[UUID, Clear], seen: Mapping[UUID, datetime], rights: Rights
) -> list[Person]:
    """Return the lines of a household's table; numbers of those in ``clear`` are whole."""
    return [_line(home.id, one, on, clear.get(one.id), seen.get(one.id), rights) for one in home.members]


def _line(  # noqa: PLR0917  (one line of a table from what was read for all of them)
    home: UUID, one: Member, on: date, clear: Clear | None, seen: datetime | None, rights: Rights
) -> Person:
    known_kind = one.id_kind if one.id_kind != USUAL_KIND else ""
    return Person(
        id=one.id,
        name=one.name,
        sex=label("people.sex", one.sex) if one.sex else "",
        birth_on=one.birth_on,
        relation="" if one.relation == "unknown" else label("people.relation", one.relation),
        presence="" if one.presence == QUIET_PRESENCE else label("people.presence", one.presence),
        id_kind=label("people.id_kind", known_kind) if known_kind else "",
        id_number=clear.id_number if clear else one.id_number,
        phones=clear.phones if clear else one.phones,
        guardian=one.guardian_name,
        flags=tuple(_flag(flag, home, overdue=flag.until_on <= on, ends=rights.flags) for flag in one.flags),
        gaps=tuple(label("people.gap", gap) for gap in one.gaps),
        seen_at=seen,
        correct=reverse("resident_correct", args=[one.id]) if rights.writes else "",
        actions=_actions(one.id, rights),
    )


def _flag(flag: FlagLine, home: UUID, *, overdue: bool, ends: bool) -> FlagWords:
    return FlagWords(
        reason=flag.reason,
        words=label("people.flag", flag.reason),
        until_on=flag.until_on,
        review_on=flag.review_on,
        note=flag.note,
        basis=flag.basis,
        origin=origin_name(flag.origin) if flag.origin else "",
        came_on=flag.came_on,
        still=flag.reason == "still_away",
        overdue=overdue,
        href=reverse("flag_end", args=[home, flag.id]) if ends else "",
        origin_href=reverse("flag_origin", args=[home, flag.id]) if ends and flag.reason in TRAVEL_REASONS else "",
    )


def _actions(resident: UUID, rights: Rights) -> tuple[tuple[str, str | Promise], ...]:
    found: list[tuple[str, str | Promise]] = []
    if rights.flags:
        found.append((reverse("flag_add", args=[resident]), gettext_lazy("Raise a flag")))
    if rights.writes:
        found += [(link(name, resident), words) for name, words in ACTIONS]
    found.append((link(HELD[0], resident), HELD[1]))
    return tuple((href, words) for href, words in found if href)
