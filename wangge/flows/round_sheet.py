"""Visits of a survey round written down on paper or in a sheet, with what was answered, and recorded afterwards."""

from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.flows.visit_sheet import RECORD, Problem, SheetLine, SheetRecorded, read_lines, record_lines, turn_away
from wangge.kernel.periods import local_day
from wangge.kernel.stamps import Stamp
from wangge.surveys.queries.rounds import RoundHead, round_of


def record_round_sheet(*, stamp: Stamp, actor: Viewer, round: UUID, text: str) -> SheetRecorded:
    """Record a csv of a round (door, state, at, by, answers), at most 500 visits in a transaction.

    As ``record_visit_sheet``; rows whose visit lies outside the round's days are turned away.
    """
    head = round_of(viewer=actor, round=round)
    require(actor, RECORD, head.path)
    result = SheetRecorded()
    lines = read_lines(stamp, actor, head.path, text, result)
    record_lines(stamp, actor, [line for line in lines if _belongs(stamp, head, line, result)], result)
    return result


def _belongs(stamp: Stamp, head: RoundHead, line: SheetLine, result: SheetRecorded) -> bool:
    """Tell whether a row is of the round's days; report it otherwise."""
    at = line.visits[0].at
    if head.holds(local_day(stamp.counted_at(at), stamp.zone)):
        return True
    turn_away(result, Problem(line.row, "at", "outside_round", at.isoformat()))
    return False
