"""A process that writes into a storage of its own, to be killed or crowded: ``python -m tests.faults.child WHAT``.

make            make the storage
write SOURCE N  acknowledge command after command, from key N on, on standard output until killed
check SOURCE    send again every acknowledged command given on standard input; print what came back and what is there
crowd THREADS LINES   write by many threads beside a sealer and a reader; print what the reader saw
full            fill the disk of an SQLite file, as far as it may grow, and make room again
clash           let threads send the same key, meet the same persons, and lock each other in a circle
"""

import json
import sys
from collections.abc import Callable
from functools import partial
from threading import Barrier, Event, Thread
from typing import Any
from uuid import UUID

from wangge.cli import starting

SIZES = (1, 40, 1, 9, 100, 1, 48)
"""Lines a command in a crowd; 200 in a turn."""


def make() -> None:
    """Make keys and tables."""
    starting.make_storage()


def write(source: str, first: int) -> None:
    """Write until killed; a line on standard output is the acknowledgement."""
    from tests.conftest import stamp
    from tests.journal.trial import Someone, knock

    number = first
    while True:
        answer = knock(stamp=stamp(str(number), source=source), actor=Someone(), times=number % 7 + 1)
        tell(f"{number} {answer}")
        number += 1


def check(source: str) -> None:
    """Send acknowledged commands again and verify the journal."""
    from tests.conftest import stamp
    from tests.journal.trial import Someone, knock, seal
    from wangge.journal.models import Line, Receipt, Stock
    from wangge.journal.verifying import verify

    before = (Line.objects.count(), Receipt.objects.count())
    differing = []
    for line in sys.stdin:
        number, answer = (int(word) for word in line.split())
        if knock(stamp=stamp(str(number), source=source), actor=Someone(), times=number % 7 + 1) != answer:
            differing.append(number)
    again = Line.objects.count() - before[0]
    seal()
    found = verify()
    numbers = [int(key) for key in Receipt.objects.values_list("key", flat=True)]
    say(
        lines=before[0],
        receipts=before[1],
        happened_again=again,
        differing=differing,
        holds=found.holds,
        heads=sum(Stock.objects.values_list("value", flat=True)),
        expected_heads=sum(number % 7 + 1 for number in numbers),
    )


def crowd(threads: int, lines: int) -> None:
    """Write lines by many threads, each with its own connection, while others seal, read and check."""
    from tests.journal.trial import SUBJECT, seal
    from wangge.journal import erasing, feed
    from wangge.journal.models import Line
    from wangge.journal.verifying import verify

    done, seen, checks = Event(), list[int](), list[bool]()

    def every(pause: float, act: Callable[[], object]) -> Callable[[], None]:
        def go_on() -> None:
            while not done.wait(pause):
                act()

        return go_on

    def follow() -> None:
        while part := feed.read(after=seen[-1] if seen else 0, limit=700):
            seen.extend(line.seq for line in part)

    beside = [every(0.05, seal), every(0.02, follow), every(0.2, lambda: checks.append(verify().holds))]
    helpers = [started(one) for one in beside]
    writers = [started(partial(write_lines, n, lines // threads)) for n in range(threads)]
    for writer in writers:
        writer.join()
    done.set()
    for helper in helpers:
        helper.join()
    seal()
    follow()
    found = verify()
    transactions = list(Line.objects.order_by("seq").values_list("txid", "id"))
    erased = erasing.erase_facts_of(SUBJECT)
    after = verify(expected_head=found.head)
    say(
        lines=found.lines,
        seen=len(seen),
        gapless=seen == list(range(1, len(seen) + 1)),
        ordered=transactions == sorted(transactions),
        holds=found.holds,
        checks=len(checks),
        checks_held=all(checks),
        erased=erased,
        holds_after=after.holds,
        without_facts=after.without_facts,
    )


def write_lines(writer: int, lines: int) -> None:
    """Write the lines in commands of changing size, a tenth of them about the subject that is erased later."""
    from tests.conftest import stamp
    from tests.journal.trial import SUBJECT, Someone
    from wangge.journal.recording import Count, Entry, record
    from wangge.kernel.ids import uuid7

    left, turn = lines, 0
    while left:
        size = min(left, SIZES[turn % len(SIZES)])
        path = f"1.{(writer + turn) % 12}."
        entries = [
            Entry(
                "trial.done",
                path,
                {"writer": writer, "n": n},
                (Count("knocks", path, 1), Count("heads", path, 1), Count("seen", path, 1, person=uuid7())),
                subject=None if n % 10 else SUBJECT,
            )
            for n in range(size)
        ]
        record(stamp=stamp(f"{writer} {turn}"), actor=Someone(), entries=entries)
        left, turn = left - size, turn + 1


def clash(rounds: int = 10, crossings: int = 3) -> None:
    """Let threads run into each other on purpose."""
    from tests.journal.trial import seal
    from wangge.journal.models import Line, PersonDay, Receipt, Tally
    from wangge.journal.verifying import verify

    answers: list[list[int]] = []
    for turn in range(rounds):
        answers.append(together(4, partial(send_one, turn)))
        together(4, partial(meet, turn))
        if turn < crossings:  # each costs the second that PostgreSQL waits before it looks for a circle
            together(2, partial(cross, turn))
    seal()
    seen = sum(Tally.objects.filter(counter="seen").values_list("value", flat=True))
    say(
        answers=[sorted(set(one)) for one in answers],
        ones=Receipt.objects.filter(key__startswith="one").count(),
        crossed=Line.objects.filter(path__startswith="9.").count(),
        seen=seen,
        crossings=crossings,
        persons=PersonDay.objects.count(),
        holds=verify().holds,
    )


def full() -> None:
    """Write until the disk is full, look what is left, make room, and write on."""
    from django.db import OperationalError, connection

    from tests.conftest import stamp
    from tests.journal.trial import Someone, knock
    from wangge.journal.models import Line
    from wangge.journal.verifying import verify

    def limit(pages: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count={pages}")

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        limit(cursor.fetchone()[0] + 20)
    told, said = 0, ""
    while not said and told < 5000:
        try:
            knock(stamp=stamp(str(told)), actor=Someone(), times=1)
            told += 1
        except OperationalError as error:
            said = str(error)
    there, holds = Line.objects.count(), verify().holds
    limit(1_000_000)
    knock(stamp=stamp(str(told)), actor=Someone(), times=1)
    say(told=told, said=said, there=there, holds=holds, after=Line.objects.count(), holds_after=verify().holds)


def send_one(turn: int, number: int) -> int:
    """Send the same command under the same key as others do at the same time."""
    from tests.conftest import stamp
    from tests.journal.trial import Someone, knock

    return knock(stamp=stamp(f"one {turn}"), actor=Someone(), times=100 + turn)


def meet(turn: int, number: int) -> int:
    """Meet the persons that others meet at the same time, in another order."""
    from tests.conftest import stamp
    from tests.journal.trial import Someone, knock_at

    persons = [UUID(int=turn * 1000 + n) for n in range(30)]
    shown = persons[::-1] if number % 2 else persons
    return knock_at(stamp=stamp(f"meet {turn} {number}"), actor=Someone(), path=f"2.{number}.", persons=shown)


def cross(turn: int, number: int) -> int:
    """Write into two areas in one command, in another order than the other does at the same time."""
    from tests.conftest import stamp
    from tests.faults.crossing import cross_over
    from tests.journal.trial import Someone

    paths = ["9.1.", "9.2."] if number else ["9.2.", "9.1."]
    return cross_over(stamp=stamp(f"cross {turn} {number}"), actor=Someone(), paths=paths)


def together(count: int, act: Callable[[int], int]) -> list[int]:
    """Let threads begin an act at the same moment and return their answers."""
    barrier, answers = Barrier(count), list[int]()

    def run(number: int) -> None:
        barrier.wait(30)
        answers.append(act(number))

    threads = [started(partial(run, n)) for n in range(count)]
    for thread in threads:
        thread.join()
    return answers


def started(act: Callable[[], object]) -> Thread:
    """Start a thread that closes its connection at its end and ends the process when it fails."""

    def run() -> None:
        import os
        import traceback

        from django.db import connection

        try:
            act()
        except BaseException:
            traceback.print_exc()
            os._exit(5)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def say(**facts: Any) -> None:
    """Print one object."""
    tell(json.dumps(facts))


def tell(text: str) -> None:
    """Write a line to whoever started this process, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


ACTS: dict[str, Callable[..., None]] = {
    "make": make,
    "write": write,
    "check": check,
    "crowd": crowd,
    "full": full,
    "clash": clash,
}


def main() -> None:
    """Do what the command line says."""
    starting.start()
    from tests.journal import trial

    trial.register()
    what, *words = sys.argv[1:]
    ACTS[what](*(int(word) if word.isdigit() else word for word in words))


if __name__ == "__main__":
    main()
