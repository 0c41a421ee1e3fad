"""The board and the wall of a county, a township, a community and a grid, against counting directly."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from wangge.cli.benches.ground.options import Options
from wangge.cli.speaking import say

RESIDENTS = {"sqlite": 67_000, "postgres": 1_000_000}
BOARDS, WALLS, PAGES, DIRECT = 1000, 1000, 200, 3


def run(options: Options) -> dict[str, Any]:
    """Read 1,000 boards and 1,000 walls in an invented county with ten visits a resident and a round that is open.

    ``p50_ms`` and ``p99_ms`` are of the county's board, the dearest; ``first_ms`` is the first one in the process.
    Direct is what the same numbers cost when they are counted from the register and the visits: ``direct_ms`` those of
    today, ``direct_trend_ms`` those of fourteen days.
    """
    from wangge.cli.benches.ground import county as ground
    from wangge.cli.benches.ground.measuring import circumstances, latencies, middle, milliseconds

    say("Inventing a county ...")
    county = ground.build(options.residents or RESIDENTS[options.db])
    made = ground.visits(county)
    _open_round(county)
    say("Reading boards ...")
    first = _read(county, county.root.path)
    levels = _levels(county)
    boards = {name: _times(BOARDS // len(levels), _read, county, path) for name, path in levels.items()}
    walls = _times(WALLS, _wall, county, county.root.path)
    client = ground.signed_in(county.administrator)
    pages = {what: _times(PAGES, _page, client, address) for what, address in _addresses(county).items()}
    say("Counting directly ...")
    direct = sorted(_times(DIRECT, _counted, county.root.path))[DIRECT // 2]
    trend = _counted_days(county.root.path)
    best = latencies(boards["county"])
    return {
        "bench": "board",
        "n": sum(len(part) for part in boards.values()),
        "residents": county.residents,
        "grids": len(county.grids),
        "visits": made,
        "floor_per_cpu_s": None,
        "ours_per_cpu_s": None,
        "share_of_floor": None,
        "ratio_to": "direct",
        **best,
        "first_ms": milliseconds(first),
        "levels": {name: latencies(part) for name, part in boards.items()},
        "wall": latencies(walls),
        "page": latencies(pages["board"]),
        "wall_page": latencies(pages["wall"]),
        "direct_ms": milliseconds(direct),
        "direct_trend_ms": milliseconds(trend),
        "times_faster_than_direct": middle([(direct + trend) * 1000 / best["p50_ms"]]),
        **circumstances(),
    }


def _levels(county: Any) -> dict[str, str]:
    community = county.communities[0].path
    township = community[: community[:-1].rfind(".") + 1]
    return {"county": county.root.path, "township": township, "community": community, "grid": county.grids[0][1]}


def _addresses(county: Any) -> dict[str, str]:
    return {"board": f"/board/{county.root.id}", "wall": f"/areas/{county.root.id}/wall"}


def _times(number: int, measured: Callable[..., float], *given: Any) -> list[float]:
    return [measured(*given) for _ in range(number)]


def _open_round(county: Any) -> None:
    """Open a round that began today and count it from the doors of today, and what came in within the last hour."""
    from wangge.cli import starting
    from wangge.kernel.ids import uuid7
    from wangge.kernel.periods import local_day
    from wangge.surveys.models import SurveyRound

    now = datetime.now(UTC)
    today = local_day(now, starting.ZONE)
    row = SurveyRound(
        id=uuid7(), area=county.root, path=county.root.path, name="bench", purpose="bench", basis="bench",
        from_on=today, until_on=today + timedelta(days=2), deadline=now + timedelta(hours=8),
        opened_by_id=county.administrator.account_id, opened_at=now,
    )  # fmt: skip
    row.save(force_insert=True)
    _count_round(row.id, today, now)


def _count_round(round_id: Any, today: Any, now: datetime) -> None:
    from django.db import connection

    from wangge.surveys.rules import quarter_of

    key = round_id if connection.vendor == "postgresql" else round_id.hex
    hour = int(now.timestamp() // 3600)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO surveys_roundcount (round_id, path, state, doors) "
            "SELECT %s, grid_path, state, count(*) FROM surveys_doorday WHERE day = %s GROUP BY grid_path, state",
            [key, today],
        )
        for back in range(1, 9):
            cursor.execute(
                "INSERT INTO surveys_roundhour (round_id, path, hour, done) "
                "SELECT %s, path, %s, 40 FROM places_area WHERE rank = 5",
                [key, hour - back],
            )
        for back in range(5):
            cursor.execute(
                "INSERT INTO surveys_quartercount (whole, quarter, path, counter, value) "
                "SELECT rank = 5, %s, path, counter, 3 FROM places_area "
                "CROSS JOIN (SELECT 'visits' AS counter UNION ALL "
                "SELECT 'doors_done' UNION ALL SELECT 'doors_refused') AS counters WHERE rank IN (5, 6)",
                [quarter_of(now) - back],
            )
        cursor.execute("ANALYZE")


def _read(county: Any, path: str) -> float:
    from wangge.cli import starting
    from wangge.situation.board import board

    at = datetime.now(UTC)
    began = time.perf_counter()
    board(viewer=county.administrator, path=path, at=at, zone=starting.ZONE, silent_most=8)
    return time.perf_counter() - began


def _wall(county: Any, path: str) -> float:
    from wangge.cli import starting
    from wangge.situation.wall import wall

    at = datetime.now(UTC)
    began = time.perf_counter()
    wall(viewer=county.administrator, path=path, at=at, zone=starting.ZONE)
    return time.perf_counter() - began


def _page(client: Any, address: str) -> float:
    began = time.perf_counter()
    answer = client.get(address)
    seconds = time.perf_counter() - began
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return seconds


def _counted(path: str) -> float:
    """Return how long the numbers of today take when they are counted by grid from the register and the visits."""
    from wangge.cli import starting
    from wangge.kernel.periods import local_day
    from wangge.people.counters import births_missing, doors, households, residents

    day = local_day(datetime.now(UTC), starting.ZONE)
    began = time.perf_counter()
    for count in (residents, households, doors, births_missing):
        count(path)
    _select(
        "SELECT grid_path, state, count(*) FROM surveys_doorday "
        "WHERE grid_path >= %s AND grid_path < %s AND day = %s GROUP BY grid_path, state", path, day,
    )  # fmt: skip
    _select(
        "SELECT grid_path, count(*), sum(persons_seen) FROM surveys_doorvisit "
        "WHERE grid_path >= %s AND grid_path < %s AND day = %s AND voided_at IS NULL GROUP BY grid_path", path, day,
    )  # fmt: skip
    return time.perf_counter() - began


def _counted_days(path: str) -> float:
    """Return how long fourteen days of visits take when they are counted."""
    from wangge.cli import starting
    from wangge.kernel.periods import local_day

    first = local_day(datetime.now(UTC), starting.ZONE) - timedelta(days=13)
    began = time.perf_counter()
    _select(
        "SELECT day, count(*), sum(persons_seen) FROM surveys_doorvisit "
        "WHERE grid_path >= %s AND grid_path < %s AND day >= %s AND voided_at IS NULL GROUP BY day", path, first,
    )  # fmt: skip
    return time.perf_counter() - began


def _select(statement: str, path: str, day: Any) -> None:
    from django.db import connection

    from wangge.kernel.paths import upper

    with connection.cursor() as cursor:
        cursor.execute(statement, [path, upper(path), day])
        cursor.fetchall()
