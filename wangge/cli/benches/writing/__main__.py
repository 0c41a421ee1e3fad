"""One child: ``python -m wangge.cli.benches.writing writer|sealer|reader NUMBER RESIDENTS``."""

import select
import sys
import time
from collections.abc import Callable
from random import Random
from typing import Any

from wangge.cli import starting
from wangge.cli.benches.ground.children import Answer, Order, obey
from wangge.cli.benches.writing.shape import sizes

PULSE_SECONDS = 0.5
LOOK_SECONDS = 0.1


class _Clock:
    """Latencies of single acts, and the CPU time of this process over all of them."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.longest = 0.0
        self.begun = 0.0
        self.cpu = time.process_time()

    def time(self, act: Callable[..., Any], *given: Any) -> Any:
        """Carry the act out with what is given, and note how long it took."""
        began = self.begun = time.perf_counter()
        result = act(*given)
        ended = time.perf_counter()
        self.seconds.append(ended - began)
        self.longest = max(self.longest, ended - self.begun)
        return result

    def watch(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Let a statement be executed; a transaction lasts from when its BEGIN has been granted, not asked for."""
        result = execute(sql, params, many, context)
        if sql.startswith("BEGIN"):
            self.begun = time.perf_counter()
        return result

    def answer(self) -> Answer:
        """Return CPU time, latencies and the longest transaction so far."""
        return {"cpu": time.process_time() - self.cpu, "seconds": self.seconds, "longest": self.longest}


class _Writer:
    """Writes invented visits, by the command or by raw statements."""

    def __init__(self, number: int, residents: int) -> None:
        from wangge.cli.benches.writing import floor, trial

        trial.register()
        self.worker = trial.Worker(number)
        self.random = Random(number)  # noqa: S311  (nothing secret)
        self.residents = residents
        self.write_raw = floor.writer()

    def carry_out(self, order: Order) -> Answer:
        """Prepare outside the clock, then write command by command."""
        from django.db import connection

        from wangge.cli.benches.writing import floor, trial

        invented = [trial.invent(self.random, self.residents, size) for size in sizes(order["cycles"])]
        if order["way"] == "floor":
            prepared = [floor.prepare(trial.stamp("bench"), self.worker, *one) for one in invented]
            clock = _Clock()
            for work in prepared:
                clock.time(self.write_raw, work)
            return clock.answer()
        restore = _without_sealing() if order["way"] == "unsealed" else None
        clock = _Clock()
        with connection.execute_wrapper(clock.watch):
            for path, visits in invented:
                clock.time(self._send, path, visits)
        answer = clock.answer()
        if restore:
            restore()
        return answer

    def _send(self, path: str, visits: Any) -> None:
        from wangge.cli.benches.writing import trial

        trial.send_visits(stamp=trial.stamp("bench"), actor=self.worker, path=path, visits=visits)


def _without_sealing() -> Callable[[], None]:
    """Let SQLite's writers leave their lines open, as PostgreSQL's do; return what ends that."""
    from wangge.journal import sealing

    usual = sealing.seal_in_transaction

    def leave_open(rows: Any) -> None:
        """Give no number."""

    sealing.seal_in_transaction = leave_open

    def restore() -> None:
        sealing.seal_in_transaction = usual

    return restore


def _ordered() -> bool:
    """Tell whether another order waits."""
    return bool(select.select([sys.stdin], [], [], 0)[0])


def seal(order: Order) -> Answer:
    """Seal every half second until the next order comes, then what is left; or only what is left."""
    from django.db import connection

    from wangge.journal.sealing import seal_open_lines

    clock = _Clock()
    with connection.execute_wrapper(clock.watch):
        _seal_until_told(clock, seal_open_lines, at_once=order["way"] != "work")
    return clock.answer()


def _seal_until_told(clock: _Clock, seal_open_lines: Callable[[], int], *, at_once: bool) -> None:
    while not at_once and not _ordered():
        while clock.time(seal_open_lines):
            pass
        select.select([sys.stdin], [], [], PULSE_SECONDS)
    while clock.time(seal_open_lines):
        pass


class _Reader:
    """Reads the feed and checks that no number is missing or comes late."""

    def __init__(self) -> None:
        self.last = 0
        self.read = 0

    def carry_out(self, order: Order) -> Answer:
        """Follow the feed until the next order comes, or read what is there to its end."""
        while order["way"] == "work" and not _ordered():
            self._follow()
            select.select([sys.stdin], [], [], LOOK_SECONDS)
        self._follow()
        return {"read": self.read, "last": self.last}

    def _follow(self) -> None:
        from wangge.journal import feed

        while lines := feed.read(after=self.last):
            self.read += len(lines)
            self.last = lines[-1].seq


def main() -> None:
    """Get ready as what the command line says, and obey."""
    role, number, residents = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    starting.start()
    from django.db import connection

    if role == "writer":
        carry_out = _Writer(number, residents).carry_out
    else:
        carry_out = seal if role == "sealer" else _Reader().carry_out
    connection.ensure_connection()
    on_server = connection.vendor == "postgresql"
    obey({"backend": connection.connection.info.backend_pid if on_server else 0}, carry_out)
    connection.close()


if __name__ == "__main__":
    main()
