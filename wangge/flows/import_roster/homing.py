"""The households of a file: which rows are one, who is their head, in which transaction they go."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from wangge.flows.import_roster.planned import Picture, Place, Plan, PlannedAsk, PlannedRow
from wangge.flows.import_roster.states import BATCH, Action, AskKind, Outcome
from wangge.kernel.ids import uuid7
from wangge.planning.matching import HomeRow, homes_of
from wangge.planning.matching.households import HouseholdChange
from wangge.planning.matching.persons import plain_name

HOUSEHOLD_SCORE = 0.5
"""Strangers at one door: as likely a second family as the family that was registered."""


def settle_homes(plan: Plan, picture: Picture) -> None:
    """Give every row its household and its transaction; families at a door where strangers live are asked."""
    rows = [row for row in plan.rows if row.person is not None and row.action != Action.LEFT and row.folded is None]
    headed = {one.household for one in picture.people if one.living and one.is_head}
    someone = {str(one.household): one.resident for one in reversed(picture.people) if one.living}
    someone |= {str(one.household): one.resident for one in picture.people if one.living and one.is_head}
    for home in homes_of([_home_row(row) for row in rows], picture.doors):
        members = [rows[at] for at in home.rows]
        household = UUID(home.joins) if home.joins else uuid7()
        for row in members:
            if row.known is None:
                row.household = household
        _settle_head(plan, members, taken=household in headed)
        for finding in home.findings:
            _say_change(plan, [rows[at] for at in finding.rows], finding.kind)
        if home.asks:
            _ask_household(plan, members, {one: someone.get(one) for one in home.asks})
    for row in plan.rows:
        if row.folded is not None:
            first = plan.rows[row.folded]
            row.household = first.household
            if first.outcome == Outcome.ASKED:
                _wait_along(plan, row, first)
    _cut(plan.rows)


def _say_change(plan: Plan, rows: Sequence[PlannedRow], kind: HouseholdChange) -> None:
    """Report what became of a registered household at the first row that tells it; the register stays as it is."""
    about_door = kind in (HouseholdChange.MOVED, HouseholdChange.SPLIT)
    plan.say(rows[0], kind.value, "door" if about_door else "relation")
    for row in rows if about_door else ():
        row.codes = [one for one in row.codes if one[1] != "household_conflict"]


def _home_row(row: PlannedRow) -> HomeRow:
    assert row.person is not None
    known = row.known
    return HomeRow(
        block=(row.sheet or "", row.person.block),
        door=row.person.door,
        is_head=row.person.is_head and row.outcome != Outcome.ASKED,
        lives=str(known.household) if known else "",
        lives_at=known.door if known else "",
        was_head=known.is_head if known else None,
    )


def _settle_head(plan: Plan, members: Sequence[PlannedRow], *, taken: bool) -> None:
    """Leave one head to a household: the first in the sheet, or whom the column of heads names."""
    new = [row for row in members if row.known is None and row.person]
    named = next((row.person.head_name for row in members if row.person and row.person.head_name), "")
    heads = [row for row in new if row.person and row.person.is_head and row.outcome != Outcome.ASKED]
    everybody = [row for row in members if row.person and plain_name(row.person.name) == plain_name(named)]
    if named and not heads and not taken:
        heads = [row for row in everybody if row in new and row.outcome != Outcome.ASKED][:1]
    if named and not everybody:
        plan.say(members[0], "head_not_listed", "head")
        taken = True  # two columns contradict each other: nobody is made head on either's word
    for row in new:
        person = row.person
        if person is None or row.outcome == Outcome.ASKED:
            continue
        keeps = not taken and row in heads[:1]
        if person.is_head and not keeps:
            if everybody or not named:
                plan.say(row, "head_differs", "relation")
            person.relation = "unknown"
        person.is_head = keeps
        person.relation = "head" if keeps else person.relation


def _ask_household(plan: Plan, members: Sequence[PlannedRow], there: Mapping[str, UUID | None]) -> None:
    """Let the new people of a family wait for whether they belong to the household at their door."""
    waiting = [row for row in members if row.action == Action.NEW and row.outcome == Outcome.CREATED]
    candidates: list[Place] = [
        {"sheet": None, "row": None, "resident": str(head) if head else None, "household": household}
        for household, head in there.items()
    ]
    for row in waiting:
        row.outcome = Outcome.ASKED
    if waiting:
        ask = PlannedAsk(
            AskKind.HOUSEHOLD, "strangers_at_door", [row.at for row in waiting], candidates, HOUSEHOLD_SCORE
        )
        plan.asks.append(ask)


def _wait_along(plan: Plan, row: PlannedRow, first: PlannedRow) -> None:
    """Let a row that repeats a waiting one wait with it."""
    row.outcome = Outcome.ASKED
    for ask in plan.asks:
        if first.at in ask.waiting:
            ask.waiting.append(row.at)


def _cut(rows: Sequence[PlannedRow]) -> None:
    """Number the transactions: at most 500 rows each, a household whole as long as it fits."""
    chunk, filled = 0, 0
    placed: set[int] = set()
    by_home: dict[UUID, list[PlannedRow]] = {}
    for row in rows:
        if row.household is not None:
            by_home.setdefault(row.household, []).append(row)
    for row in rows:
        if row.at in placed:
            continue
        group = by_home[row.household] if row.household is not None else [row]
        if filled and filled + len(group) > BATCH:
            chunk, filled = chunk + 1, 0
        for one in group:
            if filled == BATCH:
                chunk, filled = chunk + 1, 0
            one.chunk = chunk
            placed.add(one.at)
            filled += 1
