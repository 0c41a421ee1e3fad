"""A sheet of findings taken in: row, finding, by, at."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

from wangge.access.models import Account
from wangge.access.viewing import Viewer
from wangge.flows.handed_down_list.words import FINDINGS
from wangge.kernel.periods import zone_of
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.surveys.commands import record_findings
from wangge.surveys.models import ListEntry
from wangge.surveys.queries.lists import list_head, outcomes_of
from wangge.surveys.rules.lists import BATCH_LIMIT, FindingSeen, Outcome

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "row": ("row", "行", "行号"),
    "sheet": ("sheet", "表", "工作表"),
    "finding": ("finding", "outcome", "核查结果", "结果"),
    "by": ("by", "核查人", "finder"),
    "at": ("at", "核查时间", "time"),
    "note": ("note", "remark", "备注"),
}
LONGEST = 120
FINDER_UNKNOWN = "finder_unknown"


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of the sheet that was not taken, or not as it stands, and why."""

    line: int
    row: int | None
    code: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What a sheet of findings brought: how many were recorded, the outcomes of the list now, what was not taken."""

    recorded: int
    again: int
    outcomes: Mapping[str, int]
    reported: tuple[Problem, ...]

    @property
    def rejected(self) -> int:
        """How many lines were not taken."""
        return sum(one.code != FINDER_UNKNOWN for one in self.reported)


@dataclass(frozen=True, slots=True)
class _Line:
    line: int
    row: int
    seen: FindingSeen


def read_outcome(text: str) -> Outcome | None:
    """Return the outcome that a finding means, in its code or as workers write it; None when that is not certain."""
    plain = " ".join(text.split()).casefold()
    if plain in set(Outcome):
        return Outcome(plain)
    return next((Outcome(code) for code, words in FINDINGS if re.search(words, plain)), None)


def answer_list(*, stamp: Stamp, actor: Viewer, handed: UUID, text: str) -> Answered:
    """Record the findings of a csv, in steps of five hundred; the same line taken again changes nothing.

    Refused outside the actor's areas, and without the columns row and finding.
    """
    list_head(viewer=actor, handed=handed)
    problems: list[Problem] = []
    lines = list(_lines(stamp, handed, text, problems))
    recorded = again = 0
    for number, start in enumerate(range(0, len(lines), BATCH_LIMIT)):
        part = lines[start : start + BATCH_LIMIT]
        step = stamp if len(lines) <= BATCH_LIMIT else _step(stamp, number)
        done = record_findings(stamp=step, actor=actor, findings=[one.seen for one in part])
        for one, outcome in zip(part, done, strict=True):
            recorded += outcome.outcome in ("applied", "superseded")
            again += outcome.outcome == "again"
            if outcome.code:
                problems.append(Problem(one.line, one.row, outcome.code))
    outcomes = outcomes_of(viewer=actor, handed=handed)
    return Answered(recorded, again, outcomes, tuple(sorted(problems, key=lambda one: one.line)))


def _step(stamp: Stamp, number: int) -> Stamp:
    from dataclasses import replace

    return replace(stamp, key=f"{stamp.key}:{number}")


def _lines(stamp: Stamp, handed: UUID, text: str, problems: list[Problem]) -> Iterator[_Line]:
    """Yield the findings of a csv; lines that cannot be read are noted."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    names = {(name or "").strip().casefold(): name for name in reader.fieldnames or ()}
    places = {key: names[word] for key, words in COLUMNS.items() for word in words if word in names}
    for needed in ("row", "finding"):
        if needed not in places:
            raise Refused("lists.heading_missing", column=needed)
    entries = _entries(handed)
    accounts = _accounts()
    for record in reader:
        said = {key: (record.get(name) or "").strip() for key, name in places.items()}
        number = int(said["row"]) if said["row"].isdecimal() and len(said["row"]) < 8 else None
        entry = entries.get((said.get("sheet", ""), number or 0))
        outcome = read_outcome(said["finding"])
        at = _instant(said.get("at", ""), stamp)
        if entry is None or outcome is None or at is None:
            problems.append(Problem(reader.line_num, number, _fault(entry, outcome)))
            continue
        by, note = accounts.get(said.get("by", "").casefold()), said.get("note", "")
        if said.get("by") and by is None:
            # What was found is recorded all the same: under whoever brings the sheet, with the name that was written.
            problems.append(Problem(reader.line_num, number, FINDER_UNKNOWN))
            note = "：".join(part for part in (said["by"], note) if part)
        words = said["finding"][:LONGEST]
        identity = uuid5(entry, f"{outcome}\x1f{at.isoformat()}\x1f{by}\x1f{words}\x1f{note}")
        yield _Line(reader.line_num, number or 0, FindingSeen(identity, entry, outcome, at, words, note, by))


def _entries(handed: UUID) -> dict[tuple[str, int], UUID]:
    """Return the rows of a list by sheet and number; without a sheet where a number stands once."""
    found: dict[tuple[str, int], UUID] = {}
    twice: set[int] = set()
    for id_, sheet, row in ListEntry.objects.filter(list=handed).values_list("id", "sheet", "row"):
        found[sheet, row] = id_
        if ("", row) in found and sheet:
            twice.add(row)
        found.setdefault(("", row), id_)
    return {key: id_ for key, id_ in found.items() if key[0] or key[1] not in twice}


def _accounts() -> dict[str, UUID]:
    """Return the accounts by login, and by name where only one has it."""
    rows = list(Account.objects.values_list("login", "name", "id"))
    names = Counter(name.casefold() for _, name, _ in rows)
    by_name = {name.casefold(): id_ for _, name, id_ in rows if names[name.casefold()] == 1}
    return by_name | {login.casefold(): id_ for login, _, id_ in rows}


def _fault(entry: UUID | None, outcome: Outcome | None) -> str:
    """Return the code of why a line cannot be taken."""
    if entry is None:
        return "row_unknown"
    return "finding_unclear" if outcome is None else "time_unreadable"


def _instant(text: str, stamp: Stamp) -> datetime | None:
    """Return the instant of a finding; local where it names no zone, now where nothing is written."""
    if not text:
        return stamp.at
    try:
        at = datetime.fromisoformat(text.replace("/", "-").replace(" ", "T"))
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=zone_of(stamp.zone))).astimezone(UTC)
