"""``bench import``: a roster from the file to the report, beside raw statements that write the same rows.

A round reads an invented sheet in a process apart, matches, stages, brings in, gives the sheet back. The floor is then
taken from what was written: the same rows are deleted off the clock and inserted again into the same tables by the
best raw statements. Another writer tries meanwhile how long it must wait.
"""

import resource
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from wangge.cli.benches.ground.measuring import circumstances, cpu_seconds, milliseconds
from wangge.cli.benches.ground.options import Options
from wangge.cli.speaking import say

PEOPLE = 20_000
TABLES = (
    "places.Area", "imports.Import", "imports.ImportSheet", "imports.ImportRow", "imports.ImportAsk",
    "people.Household", "people.Resident", "people.Phone", "journal.Line", "journal.LineFacts", "journal.Tally",
    "journal.Stock", "journal.Receipt", "journal.Block",
)  # fmt: skip
"""Every table that an import writes into, those that are pointed to first."""
AT_ONCE = 500
PAUSE = 0.02


@dataclass(slots=True)
class _Clock:
    """CPU seconds by step: of this process, of the process that reads, and of the database."""

    steps: dict[str, float] = field(default_factory=dict)

    def time(self, name: str, act: Callable[[], Any]) -> Any:
        """Carry out a step and note what it cost."""
        before = _cpu()
        answer = act()
        self.steps[name] = self.steps.get(name, 0.0) + _cpu() - before
        return answer


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime + cpu_seconds(_backend())


def _backend() -> list[int]:
    from django.db import connection

    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return [int(cursor.fetchone()[0])]


def run(options: Options) -> dict[str, Any]:
    """Bring a roster of ``--people`` into an empty community and return what it cost; ``n`` is the number of people."""
    from wangge.cli.benches.ground import county, roster

    people = options.people or PEOPLE
    say("Inventing a roster ...")
    place = county.bare()
    content = roster.workbook(people)
    clock, began = _Clock(), time.perf_counter()
    counts = _bring(place, content, clock)
    seconds, peaks = time.perf_counter() - began, _peaks()
    say("Writing the same rows by raw statements ...")
    floor = _floor()
    waits = _waits(place, min(people, PEOPLE))
    start = _interpreter()
    ours = counts.rows / (sum(clock.steps.values()) - start)
    return {
        "bench": "import",
        "n": counts.rows,
        "created": counts.created,
        "asked": counts.asked,
        "households": counts.households,
        "floor_per_cpu_s": round(counts.rows / floor),
        "ours_per_cpu_s": round(ours),
        "share_of_floor": round(ours * floor / counts.rows, 3),
        "cpu_seconds": {name: round(value, 2) for name, value in clock.steps.items()},
        "interpreter_start_s": round(start, 2),
        "wall_seconds": round(seconds, 2),
        **peaks,
        "longest_wait_ms": milliseconds(max(waits, default=0.0)),
        "other_writes": len(waits),
        "file_bytes": len(content),
        **circumstances(),
    }


def _bring(place: Any, content: bytes, clock: _Clock) -> Any:
    """Take a roster from the file to the report."""
    from wangge.cli import starting
    from wangge.flows.import_roster.applying import apply
    from wangge.flows.import_roster.giving_back import given_back
    from wangge.flows.import_roster.preview import preview
    from wangge.words import report_words

    who = place.administrator
    imported = clock.time("read_and_staged", lambda: _stage(place, 0, content))
    clock.time("applied", lambda: apply(stamp=starting.stamp(), actor=who, imported=imported))
    clock.time("report", lambda: given_back(viewer=who, imported=imported, say=report_words))
    return preview(viewer=who, imported=imported).counts


def _stage(place: Any, community: int, content: bytes) -> Any:
    from wangge.cli import starting
    from wangge.flows.import_roster.staging import stage_file

    say("Reading and matching ...")
    home = place.communities[community].id
    name = "roster.xlsx"
    return stage_file(stamp=starting.stamp(), actor=place.administrator, area=home, name=name, content=content)


def _waits(place: Any, people: int) -> list[float]:
    """Bring another roster in while somebody else writes; return how long each of those writes took."""
    from wangge.cli import starting
    from wangge.cli.benches.ground import roster
    from wangge.flows.import_roster.applying import apply

    imported = _stage(place, 1, roster.workbook(people, seed=6, district=371324))
    say("Bringing in, while somebody else writes ...")
    with _Other(place) as other:
        apply(stamp=starting.stamp(), actor=place.administrator, imported=imported)
    return other.seconds


class _Other:
    """Another writer, on a connection of its own, while something else goes on; how long each write took."""

    def __init__(self, place: Any) -> None:
        self._place = place
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._write, daemon=True)
        self.seconds: list[float] = []

    def __enter__(self) -> "_Other":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _write(self) -> None:
        from django.db import connection

        from wangge.cli import starting
        from wangge.kernel.ids import uuid7
        from wangge.people.commands import add_households
        from wangge.people.rules.wishes import NewHousehold, NewResident

        area = self._place.communities[0].id
        while not self._over.wait(PAUSE):
            new = NewHousehold(id=uuid7(), area=area, members=(NewResident(id=uuid7(), name="周民"),))
            began = time.perf_counter()
            add_households(stamp=starting.stamp(), actor=self._place.administrator, households=[new])
            self.seconds.append(time.perf_counter() - began)
        connection.close()


def _floor() -> float:
    """Delete what was written and insert it again by raw statements; return the CPU seconds of the inserting."""
    from django.db import transaction

    found = _written()
    began = _cpu()
    for table, columns, rows in found:
        for start in range(0, len(rows), AT_ONCE):
            with transaction.atomic():
                _insert(table, columns, rows[start : start + AT_ONCE])
    return _cpu() - began


def _written() -> list[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """Return every table with its rows, after all of them were deleted; of the tree only what the roster made."""
    from django.apps import apps
    from django.db import connection, transaction

    from wangge.places.rules import BUILDING_RANK

    found = []
    with transaction.atomic(), connection.cursor() as cursor:
        for label in TABLES:
            table = apps.get_model(label)._meta.db_table
            which = f" WHERE rank >= {BUILDING_RANK}" if label == "places.Area" else ""
            # tables are constants of this module
            cursor.execute(f'SELECT * FROM "{table}"{which}')  # noqa: S608  # nosec B608
            found.append((table, [one[0] for one in cursor.description], cursor.fetchall(), which))
        for table, _columns, _rows, which in reversed(found):
            cursor.execute(f'DELETE FROM "{table}"{which}')  # noqa: S608  # nosec B608
    return [one[:3] for one in found]


def _insert(table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Write rows: COPY on PostgreSQL, one prepared statement on SQLite."""
    from django.db import connection

    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join("?" * len(columns))
        statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608  # nosec B608
        connection.connection.executemany(statement, rows)


def _interpreter() -> float:
    """Return what it costs to start an interpreter that can read a file: one start, with everything loaded."""
    import subprocess
    import sys

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", "import wangge.flows.import_roster.given"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _peaks() -> dict[str, int]:
    """Return the largest memory so far, in megabytes: of this process, and of the one that read the file."""
    own, reader = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"peak_mb": own.ru_maxrss // 1024, "peak_reader_mb": reader.ru_maxrss // 1024}
