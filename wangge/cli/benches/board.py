"""The board of a county, a township, a community and a grid, against counting the register directly."""

import time
from datetime import UTC, datetime
from typing import Any

from wangge.cli.benches.ground.options import Options
from wangge.cli.speaking import say

RESIDENTS = {"sqlite": 67_000, "postgres": 1_000_000}
BOARDS, DIRECT = 1000, 5


def run(options: Options) -> dict[str, Any]:
    """Read 1,000 boards in an invented county, in turn of the county, townships, communities and grids.

    ``p50_ms`` and ``p99_ms`` are of the county's board, the dearest; the page of it is measured apart, and so is
    counting residents and households directly.
    """
    from wangge.cli.benches.ground import county as ground
    from wangge.cli.benches.ground.measuring import circumstances, latencies, middle, milliseconds

    say("Inventing a county ...")
    county = ground.build(options.residents or RESIDENTS[options.db])
    ground.visits_of_today(county)
    say("Reading boards ...")
    levels = _levels(county)
    times = {name: [_read(county, path) for _ in range(BOARDS // len(levels))] for name, path in levels.items()}
    client = ground.signed_in(county.administrator)
    pages = [_page(client, county.root.id) for _ in range(200)]
    direct = [_counted(county.root.path) for _ in range(DIRECT)]
    best = latencies(times["county"])
    return {
        "bench": "board",
        "n": sum(len(part) for part in times.values()),
        "residents": county.residents,
        "grids": len(county.grids),
        "floor_per_cpu_s": None,
        "ours_per_cpu_s": None,
        "share_of_floor": None,
        "ratio_to": "direct",
        **best,
        "levels": {name: latencies(part) for name, part in times.items()},
        "page": latencies(pages),
        "direct_ms": milliseconds(sorted(direct)[len(direct) // 2]),
        "times_faster_than_direct": middle([sorted(direct)[len(direct) // 2] * 1000 / best["p50_ms"]]),
        **circumstances(),
    }


def _levels(county: Any) -> dict[str, str]:
    community = county.communities[0].path
    township = community[: community[:-1].rfind(".") + 1]
    return {"county": county.root.path, "township": township, "community": community, "grid": county.grids[0][1]}


def _read(county: Any, path: str) -> float:
    from wangge.cli import starting
    from wangge.situation.board import board

    began = time.perf_counter()
    board(viewer=county.administrator, path=path, at=datetime.now(UTC), zone=starting.ZONE)
    return time.perf_counter() - began


def _page(client: Any, area: int) -> float:
    began = time.perf_counter()
    answer = client.get(f"/board/{area}")
    seconds = time.perf_counter() - began
    if answer.status_code != 200:
        raise RuntimeError(f"the board answered {answer.status_code}")
    return seconds


def _counted(path: str) -> float:
    """Return how long it takes to count residents and households of every grid without tallies."""
    from wangge.people.counters import doors, households, residents

    began = time.perf_counter()
    for count in (residents, households, doors):
        count(path)
    return time.perf_counter() - began
