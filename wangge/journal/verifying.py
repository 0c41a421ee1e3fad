"""Checking the journal: the chain, its facts, and the tallies against lines and tables."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, NamedTuple

import msgspec
from django.db.models import F, Sum

from wangge.journal.counters import COUNTERS, FLOW_RECOUNTS, KEPT_RECOUNTS, STOCK, STOCK_RECOUNTS
from wangge.journal.models import Block, Line, LineFacts, Stock, Tally
from wangge.journal.moment import one_moment
from wangge.journal.rules import GENESIS, NO_TALLIES, Envelope, block_digest, facts_digest

LINES_AT_ONCE = 2000
ENVELOPE = ("id", "seq", "kind", "actor", "path", "hour", "received_hour", "tallies", "facts_digest")
FACTS = ("salt", "facts", "at", "received_at", "subject")
FlowKey = tuple[str, date, str]


class _Read(NamedTuple):
    """A line as it was read: its row id, its envelope, its facts (columns ``FACTS``) if they are still there."""

    id: int
    envelope: Envelope
    facts: Sequence[Any] | None


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
    """Check everything as of one moment; memory grows with the tallies, not with the lines.

    A journal cut off at its end is a valid shorter journal: only ``expected_head`` (the digest that was printed or
    handed up before) can tell, so a head that no block has is reported.
    """
    found = Verification()
    flows: dict[FlowKey, int] = defaultdict(int)
    with one_moment():
        head_seen = not expected_head
        for block, lines in _blocks(found):
            _check_block(found, block, lines)
            for line in lines:
                _check_facts(found, line, flows)
            found.head = bytes(block.digest).hex()
            head_seen = head_seen or found.head == expected_head
        if not head_seen:
            found.bad.append({"seq": found.lines, "why": "expected_head_missing"})
        _check_open_lines(found, flows)
        _check_tallies(found, flows)
        _check_tables(found)
        _check_kept(found)
    return found


def _sealed_lines() -> Iterator[_Read]:
    """Yield all sealed lines in order with their facts, page by page."""
    last = -1
    while part := list(Line.objects.filter(seq__gt=last).order_by("seq").values_list(*ENVELOPE)[:LINES_AT_ONCE]):
        yield from _with_facts(part)
        last = part[-1][1]


def _with_facts(part: list[Any]) -> Iterator[_Read]:
    columns = LineFacts.objects.filter(line__in=[line[0] for line in part]).values_list("line", *FACTS)
    facts = {id_: rest for id_, *rest in columns}
    return (_Read(line[0], Envelope(*line[1:]), facts.get(line[0])) for line in part)


def _all_blocks() -> Iterator[Block]:
    last = -1
    while part := list(Block.objects.filter(number__gt=last).order_by("number")[:LINES_AT_ONCE]):
        yield from part
        last = part[-1].number


def _blocks(found: Verification) -> Iterator[tuple[Block, list[_Read]]]:
    """Yield each block with its lines, checking that blocks and numbers follow without a gap."""
    previous, seq, number = GENESIS, 0, 0
    lines = _sealed_lines()
    waiting = next(lines, None)
    for block in _all_blocks():
        if (block.number, block.first_seq) != (number + 1, seq + 1) or bytes(block.previous) != previous:
            found.bad.append({"seq": block.first_seq, "why": "chain_broken"})
        mine = []
        while waiting is not None and waiting.envelope.seq <= block.last_seq:
            mine.append(waiting)
            waiting = next(lines, None)
        yield block, mine
        previous, seq, number = bytes(block.digest), block.last_seq, block.number
    while waiting is not None:
        found.bad.append({"seq": waiting.envelope.seq, "why": "line_outside_chain"})
        waiting = next(lines, None)


def _check_block(found: Verification, block: Block, lines: list[_Read]) -> None:
    """Check a block's numbers and digest."""
    found.blocks += 1
    found.lines += len(lines)
    if [line.envelope.seq for line in lines] != list(range(block.first_seq, block.last_seq + 1)):
        found.bad.append({"seq": block.first_seq, "why": "lines_missing_or_added"})
    if block_digest(bytes(block.previous), block.number, [line.envelope for line in lines]) != bytes(block.digest):
        found.bad.append({"seq": block.first_seq, "why": "digest_differs"})


def _check_facts(found: Verification, line: _Read, flows: dict[FlowKey, int]) -> None:
    """Check that facts which are there are the facts that were written, and add up what the line counts."""
    tallies = line.envelope.tallies
    if line.facts is None:
        found.without_facts += 1
    else:
        salt, facts, at, received_at, subject = line.facts
        if facts_digest(bytes(salt), facts, at, received_at, subject) != bytes(line.envelope.facts_digest):
            found.bad.append({"seq": line.envelope.seq, "why": "facts_differ"})
        elif tallies == NO_TALLIES:
            tallies = msgspec.json.decode(facts).get("tallies", NO_TALLIES)
    if tallies != NO_TALLIES:
        for counter, path, day, delta in msgspec.json.decode(tallies):
            flows[counter, date.fromisoformat(day), path] += delta


def _check_open_lines(found: Verification, flows: dict[FlowKey, int]) -> None:
    """Lines that wait for the sealer count in the tallies already."""
    missing = found.without_facts
    last = -1
    while part := list(
        Line.objects.filter(seq=None, id__gt=last).order_by("id").values_list(*ENVELOPE)[:LINES_AT_ONCE]
    ):
        for line in _with_facts(part):
            _check_facts(found, line, flows)
        last = part[-1][0]
    found.without_facts = missing


def _check_tallies(found: Verification, flows: dict[FlowKey, int]) -> None:
    """Compare the tallies with the sum of the lines, and each stock with the sum of its moves."""
    shown = Tally.objects.values_list("counter", "day", "path", F("value") - F("unproven"))
    written = {(counter, day, path): value for counter, day, path, value in shown}
    for key in sorted(flows.keys() | written.keys()):
        found.checked += 1
        if flows.get(key, 0) != written.get(key, 0):
            found.wrong.append(_wrong("lines", key, flows.get(key, 0), written.get(key, 0)))
    moves = Tally.objects.filter(counter__in=[c.code for c in COUNTERS.values() if c.kind == STOCK]).order_by()
    moved = {(c, p): value for c, p, value in moves.values_list("counter", "path").annotate(total=Sum("value"))}
    stocks = {(row.counter, row.path): row.value for row in Stock.objects.all()}
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
        rows = Tally.objects.filter(counter=counter).values_list("path", "day", F("value") - F("rowless"))
        kept = {(path, day): value for path, day, value in rows}
        counted = count_flow()
        for path, day in sorted(kept.keys() | counted.keys()):
            found.checked += 1
            if kept.get((path, day), 0) != counted.get((path, day), 0):
                args = counted.get((path, day), 0), kept.get((path, day), 0)
                found.wrong.append(_wrong("table", (counter, day, path), *args))


def _check_kept(found: Verification) -> None:
    """Compare the counts that rooms keep in their own tables with what they count."""
    for code, recount in sorted(KEPT_RECOUNTS.items()):
        kept, counted = recount()
        for path, what in sorted(kept.keys() | counted.keys()):
            found.checked += 1
            real, held = counted.get((path, what), 0), kept.get((path, what), 0)
            if real != held:
                found.wrong.append(_wrong("table", (code, path), real, held) | {"what": what})


def _wrong(against: str, key: FlowKey | tuple[str, str], real: int, held: int) -> dict[str, Any]:
    """Name a tally that differs: a flow by (counter, day, path), a stock by (counter, path)."""
    day = key[1].isoformat() if len(key) == 3 else None
    return {"counter": key[0], "path": key[-1], "day": day, "against": against, "counted": real, "tally": held}
