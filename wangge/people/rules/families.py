"""Households as families: when one may close, who may follow as head, what is still missing."""

from collections.abc import Iterable
from datetime import date

from wangge.kernel.identity import under_14, years_old
from wangge.people.rules.codes import ADULT, FLAG_REASONS, Gap, HouseholdState, Relation
from wangge.people.rules.codes import ResidentState as State
from wangge.people.rules.terms import FlagTerms, HouseholdTerms, ResidentTerms


def guardian_fault(ward: ResidentTerms, guardian: ResidentTerms, on: date) -> str:
    """Return the code of why somebody cannot be the guardian, empty when they can."""
    if ward.id == guardian.id:
        return "people.guardian_is_self"
    if guardian.state != State.LIVING:
        return "people.guardian_gone"
    if guardian.birth_on is not None and years_old(guardian.birth_on, on) < ADULT:
        return "people.guardian_under_age"
    return ""


def resident_gaps(
    resident: ResidentTerms, *, phones: int, guardian_state: str, flags: Iterable[FlagTerms], on: date
) -> tuple[Gap, ...]:
    """Return what is missing about a living resident, in the order of ``RESIDENT_GAPS``.

    Under fourteen a guardian is asked (Personal Information Protection Law, article 28) and no phone. Somebody without
    papers has no gap for them. ``guardian_state`` is the state of the guardian's row, empty without one.
    """
    child = under_14(resident.birth_on, on)
    checks = (
        (Gap.NAME, not resident.name),
        (Gap.SEX, not resident.sex),
        (Gap.BIRTH, resident.birth_on is None),
        (Gap.NUMBER, not resident.has_number and resident.id_kind != "none"),
        (Gap.NUMBER_DOUBT, bool(resident.id_doubt)),
        (Gap.PHONE, phones == 0 and not child),
        (Gap.RELATION, resident.relation == Relation.UNKNOWN and not resident.is_head),
        (Gap.GUARDIAN, child and resident.guardian is None),
        (Gap.GUARDIAN_GONE, child and resident.guardian is not None and guardian_state != State.LIVING),
        (Gap.FLAG_OVERDUE, any(flag_overdue(flag, on) for flag in flags)),
    )
    return tuple(gap for gap, holds in checks if holds)


def household_gaps(household: HouseholdTerms, members: Iterable[ResidentTerms]) -> tuple[Gap, ...]:
    """Return what is missing about an open household."""
    living = [one for one in members if one.state == State.LIVING]
    checks = (
        (Gap.NO_DWELLING, not household.has_dwelling),
        (Gap.NO_MEMBERS, not living),
        (Gap.NO_HEAD, bool(living) and not any(one.is_head for one in living)),
    )
    return tuple(gap for gap, holds in checks if holds and household.state == HouseholdState.OPEN)


def flag_overdue(flag: FlagTerms, on: date) -> bool:
    """Tell whether a flag still stands though its last day has passed."""
    return not flag.ended and flag.until_on <= on


def flag_fault(reason: str, from_on: date, until_on: date, review_on: date | None, note: str) -> str:
    """Return the code of what is wrong with a flag, empty when it can be raised; an end is always needed."""
    if reason not in FLAG_REASONS:
        return "people.flag_reason_unknown"
    if until_on <= from_on:
        return "people.flag_end_before_start"
    if review_on is not None and not from_on <= review_on <= until_on:
        return "people.flag_review_outside"
    if reason == "other" and not note.strip():
        return "people.flag_note_missing"
    return ""
