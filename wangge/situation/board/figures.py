"""The numbers of a board as a list, each with its unit and since when it counts, for whoever defines them."""

from dataclasses import dataclass

from wangge.people.rules.codes import FLAG_REASONS, flag_counter
from wangge.situation.board.shapes import Board

NOW, DAY, HOUR = "now", "day", "hour"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: its code, the number (None where it is not counted), its unit, since when."""

    code: str
    value: int | None
    unit: str
    since: str


COUNTERS = (
    ("doors_due", "doors", NOW), ("doors_done", "doors", DAY), ("doors_open", "doors", NOW),
    ("doors_again", "doors", DAY), ("doors_refused", "doors", DAY), ("visits", "visits", DAY),
    ("persons_seen", "persons", DAY), ("person_times", "person_times", DAY), ("residents", "persons", NOW),
    ("households", "households", NOW),
)  # fmt: skip


def figures(board: Board) -> tuple[Figure, ...]:
    """Return every number of a board that has a definition, in the order in which a page tells them."""
    found = [Figure(code, board.counters[code], unit, since) for code, unit, since in COUNTERS]
    found.append(Figure("silent", board.silent_count, "grids", DAY))
    if board.changed is not None:
        found.append(Figure("last_hour", board.changed.hour.done, "doors", HOUR))
    if board.gaps is not None:
        found += [
            Figure("unowned", board.gaps.unowned, "doors", NOW),
            Figure("births_missing", board.gaps.births, "persons", NOW),
            Figure("doorless", board.gaps.doorless, "households", NOW),
            Figure("overdue", board.gaps.overdue_rows, "rows", NOW),
        ]
        if board.gaps.contradictions is not None:
            found.append(Figure("contradictions_open", board.gaps.contradictions, "questions", NOW))
    return tuple(found)


def flags(board: Board) -> tuple[tuple[str, int], ...]:
    """Return each reason for which somebody carries a flag, with how many."""
    counted = [(reason, board.counters[flag_counter(reason)]) for reason in FLAG_REASONS]
    return tuple((reason, number) for reason, number in counted if number)
