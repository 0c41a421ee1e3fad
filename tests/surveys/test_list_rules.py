"""What is proposed for a row of a list, and which finding stands: without a database."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from wangge.surveys.rules.lists import (
    EntryTerms,
    FindingSeen,
    Outcome,
    Standing,
    days_since,
    finding_fault,
    flag_conflicts,
    propose,
    standing,
)

AT = datetime(2020, 2, 10, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("terms", "proposal"),
    [
        (EntryTerms(match="exact"), "already_surveyed"),
        (EntryTerms(match="exact", differs=("phone",)), "wrong_info"),
        (EntryTerms(match="ask", differs=("name",)), "ask"),
        (EntryTerms(match="none"), "needs_visit"),
        (EntryTerms(match="none", days=14), "needs_visit"),
        (EntryTerms(match="none", days=15), "period_over"),
        (EntryTerms(match="none", days=15, period_days=21), "needs_visit"),
        (EntryTerms(match="exact", left_again=True, days=15), "in_transit"),
        (EntryTerms(match="exact", exposed=False, left_again=True, days=15), "not_exposed"),
        (EntryTerms(match="exact", exposed=False, repeats=True), "duplicate_in_list"),
    ],
)
def test_what_is_known_for_certain_is_proposed_in_a_fixed_order(terms: EntryTerms, proposal: str) -> None:
    assert propose(terms) == proposal


@pytest.mark.parametrize(
    ("flag", "days", "conflict"),
    [(True, 14, False), (True, 15, True), (False, 15, False), (False, 3, True), (None, 3, False), (True, None, False)],
)
def test_the_sheet_s_own_word_about_the_period_is_held_against_the_day(
    flag: bool | None, days: int | None, conflict: bool
) -> None:
    assert flag_conflicts(flag, days, 14) is conflict


def test_days_since_leaving_are_not_known_without_a_day_or_ahead_of_it() -> None:
    as_of = date(2020, 2, 10)
    assert days_since(date(2020, 1, 27), as_of) == 14
    assert days_since(date(2020, 2, 11), as_of) is None
    assert days_since(None, as_of) is None


def test_the_latest_finding_stands_in_whatever_order_they_come() -> None:
    first, later = Standing(UUID(int=2), AT), Standing(UUID(int=1), AT + timedelta(minutes=1))
    same = Standing(UUID(int=3), AT)
    assert standing([later, first]) == standing([first, later]) == later
    assert standing([first, same]) == standing([same, first]) == same
    assert standing([]) is None


def test_a_note_that_is_too_long_is_turned_away() -> None:
    seen = FindingSeen(UUID(int=1), UUID(int=2), Outcome.WRONG_INFO, AT, note="长" * 301)
    assert finding_fault(seen) == "lists.note_too_long"
    assert finding_fault(FindingSeen(UUID(int=1), UUID(int=2), Outcome.WRONG_INFO, AT, note="长" * 300)) == ""
