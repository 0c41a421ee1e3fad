"""Searching the register, and opening a household: requests through every layer, the access log written."""

import time
from random import Random
from typing import Any

from wangge.cli.benches.ground.options import Options
from wangge.cli.speaking import say

RESIDENTS = {"sqlite": 67_000, "postgres": 1_000_000}
SEARCHES, PAGES, WARM = 2000, 1000, 50


def run(options: Options) -> dict[str, Any]:
    """Search 2,000 times and open 1,000 households in an invented county; half as its head, half as a clerk.

    Prints latencies of a search and, apart, of each kind; ``n`` is the number of searches.
    """
    from wangge.cli.benches.ground import county as ground
    from wangge.cli.benches.ground.measuring import circumstances, latencies

    say("Inventing a county ...")
    county = ground.build(options.residents or RESIDENTS[options.db])
    random = Random(11)  # noqa: S311  (nothing secret)
    clients = [ground.signed_in(county.administrator), ground.signed_in(county.clerk)]
    words = ground.chosen(random, county, SEARCHES + WARM)
    say("Searching ...")
    times: dict[str, list[float]] = {"name": [], "initials": [], "door": [], "last_four": []}
    for at, (kind, text) in enumerate(words):
        seconds = _asked(clients[at % 2], "post", "/search/hits", {"q": text})
        if at >= WARM:
            times[kind].append(seconds)
    say("Opening households ...")
    homes = random.choices(county.homes, k=PAGES)
    opened = [_asked(clients[0], "get", f"/households/{home}", {}) for home, _ in homes]
    every = [one for part in times.values() for one in part]
    return {
        "bench": "search",
        "n": len(every),
        "residents": county.residents,
        "households": county.households,
        "grids": len(county.grids),
        "floor_per_cpu_s": None,
        "ours_per_cpu_s": None,
        "share_of_floor": None,
        "ratio_to": None,
        **latencies(every),
        "kinds": {kind: latencies(part) for kind, part in times.items()},
        "household_page": latencies(opened),
        **circumstances(),
    }


def _asked(client: Any, verb: str, path: str, fields: dict[str, str]) -> float:
    """Return how long one request took; ``RuntimeError`` unless it was answered."""
    began = time.perf_counter()
    answer = getattr(client, verb)(path, fields)
    seconds = time.perf_counter() - began
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return seconds
