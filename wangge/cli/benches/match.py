"""``bench match``: two labelled lists of one place, how well and how quickly the matcher finds who is who."""

import resource
import time
from dataclasses import asdict
from typing import Any

from wangge.cli.benches.ground.options import Options
from wangge.cli.speaking import say

PEOPLE = 100_000
SMALLER = (10, 3)
"""Before the whole, a tenth and a third of it are matched, which shows how the work grows."""


def run(options: Options) -> dict[str, Any]:
    """Match an invented second list with an invented register; ``n`` is the number of rows in both.

    ``precision`` and ``recall`` are of what was made one without asking, ``found`` is the recall with the questions
    answered, ``asked`` the share of rows asked about, ``twins`` how many were taken for their twin. ``scaling`` has
    people and CPU-seconds of smaller lists and the whole.
    """
    from wangge.cli.benches.ground.measuring import circumstances
    from wangge.cli.benches.labelled import labelled
    from wangge.cli.benches.labelled.judging import held_against
    from wangge.planning.matching import match_rows

    people = options.people or options.residents or PEOPLE
    scaling = []
    for size in (*(people // part for part in SMALLER), people):
        say(f"Inventing two lists of {size} people ...")
        lists = labelled(size)
        say("Matching ...")
        began, spent = time.perf_counter(), time.process_time()
        found = match_rows(lists.first, lists.second)
        seconds, cpu = time.perf_counter() - began, time.process_time() - spent
        scaling.append([size, round(cpu, 2)])
    rows = len(lists.first) + len(lists.second)
    judged = asdict(held_against(found, lists))
    reasons = judged.pop("reasons")
    return {
        "bench": "match",
        "n": rows,
        "people": people,
        "floor_per_cpu_s": None,
        "ours_per_cpu_s": round(rows / cpu),
        "share_of_floor": None,
        "seconds": round(seconds, 2),
        "scaling": scaling,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        **{name: round(value, 4) for name, value in judged.items()},
        "reasons": reasons,
        **circumstances(),
    }
