"""What is counted: one registry, filled by the rooms when they start."""

from collections import Counter as Sums
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from wangge.kernel.paths import outermost

CounterKind = Literal["flow", "stock", "persons"]
FLOW: CounterKind = "flow"
STOCK: CounterKind = "stock"
PERSONS: CounterKind = "persons"

FlowRecount = Callable[[], Mapping[tuple[str, date], int]]
Counts = Mapping[tuple[str, str], int]
KeptRecount = Callable[[], tuple[Counts, Counts]]


class StockRecount(Protocol):
    """Counts a stock from the tables."""

    def __call__(self, path: str = "") -> Mapping[str, int]:
        """Return tally path to value, of the rows whose own path lies in ``path``; of all without one."""


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter: its code, whether it flows per day, stands as a stock, or counts persons once a day, and its unit."""

    code: str
    kind: CounterKind
    unit: str


COUNTERS: dict[str, Counter] = {}
STOCK_RECOUNTS: dict[str, StockRecount] = {}
FLOW_RECOUNTS: dict[str, FlowRecount] = {}
KEPT_RECOUNTS: dict[str, KeptRecount] = {}


def register_counter(counter: Counter) -> None:
    """Make a counter known; ``ValueError`` when another one has its code."""
    if COUNTERS.setdefault(counter.code, counter) != counter:
        raise ValueError(f"counter {counter.code} is registered twice")


def register_stock_recount(code: str, recount: StockRecount) -> None:
    """Say how a stock is counted from the tables: tally path to value, for everything or what lies in one area."""
    STOCK_RECOUNTS[code] = recount


def stocks_inside(paths: Iterable[str]) -> Sums[tuple[str, str]]:
    """Count every stock from the tables of what lies in the areas: (counter, tally path) to value."""
    found: Sums[tuple[str, str]] = Sums()
    for path in outermost(paths):
        for code, recount in STOCK_RECOUNTS.items():
            for tally_path, value in recount(path).items():
                found[code, tally_path] += value
    return found


def register_flow_recount(code: str, recount: FlowRecount) -> None:
    """Say how a flow is counted from the tables: (tally path, day) to value."""
    FLOW_RECOUNTS[code] = recount


def register_kept_recount(code: str, recount: KeptRecount) -> None:
    """Say how counts that a room keeps in its own tables are counted: (path, what) to value, as kept and as counted."""
    KEPT_RECOUNTS[code] = recount
