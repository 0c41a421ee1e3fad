"""What is counted: one registry, filled by the rooms when they start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

CounterKind = Literal["flow", "stock", "persons"]
FLOW: CounterKind = "flow"
STOCK: CounterKind = "stock"
PERSONS: CounterKind = "persons"

StockRecount = Callable[[], Mapping[str, int]]
FlowRecount = Callable[[], Mapping[tuple[str, date], int]]


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter: its code, whether it flows per day, stands as a stock, or counts persons once a day, and its unit."""

    code: str
    kind: CounterKind
    unit: str


COUNTERS: dict[str, Counter] = {}
STOCK_RECOUNTS: dict[str, StockRecount] = {}
FLOW_RECOUNTS: dict[str, FlowRecount] = {}


def register_counter(counter: Counter) -> None:
    """Make a counter known; ``ValueError`` when another one has its code."""
    if COUNTERS.setdefault(counter.code, counter) != counter:
        raise ValueError(f"counter {counter.code} is registered twice")


def register_stock_recount(code: str, recount: StockRecount) -> None:
    """Say how a stock is counted from the tables: tally path to value."""
    STOCK_RECOUNTS[code] = recount


def register_flow_recount(code: str, recount: FlowRecount) -> None:
    """Say how a flow is counted from the tables: (tally path, day) to value."""
    FLOW_RECOUNTS[code] = recount
