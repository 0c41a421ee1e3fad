"""Checking the journal: the chain, its facts, and the tallies against lines and tables."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import msgspec
from django.db.models import Sum

from wangge.journal.counters import COUNTERS, FLOW_RECOUNTS, STOCK, STOCK_RECOUNTS
from wangge.journal.models import Block, Line, LineFacts, Stock, Tally
from wangge.journal.rules import GENESIS, block_digest, facts_digest
from wangge.journal.sealing import envelope

LINES_AT_ONCE = 2000
FlowKey = tuple[str, date, str]


@dataclass(slots=True)
class Verification:
    """What a check found; ``bad`` names sequence numbers, ``wrong`` names tallies. Nothing in either: it holds."""

    lines: int = 0
    without_facts: int = 0
    blocks: int = 0
    head: str = ""
    bad: list[dict[str, Any]] = field(default_factory=list)
    checked: int = 0
    wrong: list[dict[str, Any]] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing wrong was found."""
        return not self.bad and not self.wrong

    def document(self) -> dict[str, Any]:
        """Return the JSON form that ``wangge journal verify`` prints."""
        said = asdict(self)
        said["tallies"] = {"checked": said.pop("checked"), "wrong": said.pop("wrong")}
        return said


def verify(*, expected_head: str = "") -> Verification:
    """Check everything; memory does not grow with the journal.

    A journal cut off at its end is a valid shorter journal: only ``expected_head`` (the digest that was printed or
    handed up before) can tell, so a head that no block has is reported.
    """
    found = Verification()
    flows: dict[FlowKey, int] = defaultdict(int)
    heads = set()
    for block, lines in _blocks(found):
        _check_block(found, block, lines)
        _check_facts(found, lines, flows)
        found.head = bytes(block.digest).hex()
        heads.add(found.head)
    if expected_head and expected_head not in heads:
        found.bad.append({"seq": found.lines, "why": "expected_head_missing"})
    _check_open_lines(found, flows)
    _check_tallies(found, flows)
    _check_tables(found)
    return found


def _blocks(found: Verification) -> Iterator[tuple[Block, list[Line]]]:
    """Yield each block with its lines, checking that blocks and numbers follow without a gap."""
    previous, seq, number = GENESIS, 0, 0
    lines = Line.objects.filter(seq__isnull=False).order_by("seq").iterator(chunk_size=LINES_AT_ONCE)
    waiting: Line | None = next(lines, None)
    for block in Block.objects.order_by("number").iterator(chunk_size=LINES_AT_ONCE):
        if (block.number, block.first_seq) != (number + 1, seq + 1) or bytes(block.previous) != previous:
            found.bad.append({"seq": block.first_seq, "why": "chain_broken"})
        mine = []
        while waiting is not None and (waiting.seq or 0) <= block.last_seq:
            mine.append(waiting)
            waiting = next(lines, None)
        yield block, mine
        previous, seq, number = bytes(block.digest), block.last_seq, block.number
    while waiting is not None:
        found.bad.append({"seq": waiting.seq, "why": "line_outside_chain"})
        waiting = next(lines, None)


def _check_block(found: Verification, block: Block, lines: list[Line]) -> None:
    """Check a block's numbers and digest."""
    found.blocks += 1
    found.lines += len(lines)
    if [line.seq for line in lines] != list(range(block.first_seq, block.last_seq + 1)):
        found.bad.append({"seq": block.first_seq, "why": "lines_missing_or_added"})
    if block_digest(bytes(block.previous), block.number, [envelope(line) for line in lines]) != bytes(block.digest):
        found.bad.append({"seq": block.first_seq, "why": "digest_differs"})


def _check_facts(found: Verification, lines: list[Line], flows: dict[FlowKey, int]) -> None:
    """Check that facts which are there are the facts that were written, and add up what the lines count."""
    for start in range(0, len(lines), LINES_AT_ONCE):
        part = lines[start : start + LINES_AT_ONCE]
        facts = LineFacts.objects.in_bulk([line.id for line in part])
        for line in part:
            fact = facts.get(line.id)
            tallies = line.tallies
            if fact is None:
                found.without_facts += 1
            elif facts_digest(bytes(fact.salt), fact.facts.encode()) != bytes(line.facts_digest):
                found.bad.append({"seq": line.seq, "why": "facts_differ"})
            elif tallies == "[]":
                tallies = msgspec.json.decode(fact.facts).get("tallies", "[]")
            for counter, path, day, delta in msgspec.json.decode(tallies):
                flows[counter, date.fromisoformat(day), path] += delta


def _check_open_lines(found: Verification, flows: dict[FlowKey, int]) -> None:
    """Lines that wait for the sealer count in the tallies already."""
    waiting = list(Line.objects.filter(seq=None).order_by("id"))
    missing = found.without_facts
    _check_facts(found, waiting, flows)
    found.without_facts = missing


def _check_tallies(found: Verification, flows: dict[FlowKey, int]) -> None:
    """Compare the tallies with the sum of the lines, and each stock with the sum of its moves."""
    written = {(row.counter, row.day, row.path): row.value for row in Tally.objects.iterator(chunk_size=LINES_AT_ONCE)}
    for key in sorted(flows.keys() | written.keys()):
        found.checked += 1
        if flows.get(key, 0) != written.get(key, 0):
            found.wrong.append(_wrong("lines", key, flows.get(key, 0), written.get(key, 0)))
    moves = Tally.objects.filter(counter__in=[c.code for c in COUNTERS.values() if c.kind == STOCK]).order_by()
    moved = {(c, p): value for c, p, value in moves.values_list("counter", "path").annotate(total=Sum("value"))}
    stocks = {(row.counter, row.path): row.value for row in Stock.objects.iterator(chunk_size=LINES_AT_ONCE)}
    for counter, path in sorted(moved.keys() | stocks.keys()):
        found.checked += 1
        if moved.get((counter, path), 0) != stocks.get((counter, path), 0):
            args = moved.get((counter, path), 0), stocks.get((counter, path), 0)
            found.wrong.append(_wrong("moves", (counter, path), *args))


def _check_tables(found: Verification) -> None:
    """Compare stocks and flows with what the rooms count in their tables."""
    for counter, count_stock in sorted(STOCK_RECOUNTS.items()):
        held: dict[str, int] = dict(Stock.objects.filter(counter=counter).values_list("path", "value"))
        real = count_stock()
        for path in sorted(held.keys() | real.keys()):
            found.checked += 1
            if held.get(path, 0) != real.get(path, 0):
                found.wrong.append(_wrong("table", (counter, path), real.get(path, 0), held.get(path, 0)))
    for counter, count_flow in sorted(FLOW_RECOUNTS.items()):
        rows = Tally.objects.filter(counter=counter).values_list("path", "day", "value")
        kept = {(path, day): value for path, day, value in rows}
        counted = count_flow()
        for path, day in sorted(kept.keys() | counted.keys()):
            found.checked += 1
            if kept.get((path, day), 0) != counted.get((path, day), 0):
                args = counted.get((path, day), 0), kept.get((path, day), 0)
                found.wrong.append(_wrong("table", (counter, day, path), *args))


def _wrong(against: str, key: FlowKey | tuple[str, str], real: int, held: int) -> dict[str, Any]:
    """Name a tally that differs: a flow by (counter, day, path), a stock by (counter, path)."""
    day = key[1].isoformat() if len(key) == 3 else None
    return {"counter": key[0], "path": key[-1], "day": day, "against": against, "counted": real, "tally": held}
