"""CPU time, percentiles, and what every bench says about itself."""

import math
import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(processes: Iterable[int]) -> float:
    """Return user and system time of processes on this machine, in seconds; one that is not here counts nothing."""
    return sum(_ticks(process) for process in processes) / TICKS


def _ticks(process: int) -> int:
    try:
        # the program's name, in brackets, may hold blanks: count from behind it, from field 3 on
        fields = Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that ``share`` (0 to 1) of the values do not exceed; ``ValueError`` without values."""
    if not values:
        raise ValueError("no values")
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def latencies(seconds: Sequence[float]) -> dict[str, float]:
    """Return p50_ms and p99_ms; from fewer than a thousand values the maximum stands in for p99."""
    last = percentile(seconds, 0.99) if len(seconds) >= 1000 else max(seconds)
    return {"p50_ms": milliseconds(percentile(seconds, 0.5)), "p99_ms": milliseconds(last)}


def milliseconds(seconds: float) -> float:
    """Return seconds as milliseconds with two decimals."""
    return round(seconds * 1000, 2)


def middle(rates: Sequence[float]) -> float:
    """Return the median of rates, as a whole number."""
    return round(median(rates))


def circumstances() -> dict[str, Any]:
    """Return which database and Python this was, when, and how busy the machine is (load average of a minute)."""
    return {
        "db": database(),
        "python": platform.python_version(),
        "when": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "load": round(os.getloadavg()[0], 2),
    }


def database() -> str:
    """Return the name and the version of the database in use."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version")
            return f"postgresql {cursor.fetchone()[0].split()[0]}"
        cursor.execute("SELECT sqlite_version()")
        return f"sqlite {cursor.fetchone()[0]}"
