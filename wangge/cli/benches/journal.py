"""``bench journal``: writers, a sealer and a reader of the feed at once; what it costs beside raw statements.

Rounds of three ways are interleaved: ``floor`` (raw statements, nothing sealed), ``sealed`` (our command, its lines
sealed and read meanwhile) and ``unsealed`` (our command alone). Between the rounds open lines are sealed off the clock.
"""

from dataclasses import dataclass, field
from typing import Any

from wangge.cli.benches.ground.children import Child, children
from wangge.cli.benches.ground.measuring import circumstances, cpu_seconds, latencies, middle, milliseconds
from wangge.cli.benches.ground.options import Options
from wangge.cli.benches.writing import shape
from wangge.cli.speaking import say

ROUNDS = 5
WRITERS = {"sqlite": 4, "postgres": 8}
CYCLES = {"sqlite": 4, "postgres": 2}  # 20,000 lines a round either way
WAYS = ("floor", "sealed", "unsealed")
MODULE = "wangge.cli.benches.writing"


@dataclass(frozen=True, slots=True)
class _Family:
    """The child processes."""

    writers: list[Child]
    sealer: Child
    reader: Child


@dataclass(slots=True)
class _Seen:
    """What the rounds showed: lines per CPU-second by way, seconds of each command and of the longest transaction."""

    rates: dict[str, list[float]] = field(default_factory=lambda: {way: [] for way in WAYS})
    commands: list[float] = field(default_factory=list)
    longest: float = 0.0


def run(options: Options) -> dict[str, Any]:
    """Write about 100,000 lines by eight writers (four on SQLite) and return what it cost, and what a reader missed."""
    residents = options.residents or shape.RESIDENTS
    words = [(MODULE, "writer", str(n + 1), str(residents)) for n in range(WRITERS[options.db])]
    others = [(MODULE, role, "0", str(residents)) for role in ("sealer", "reader")]
    seen = _Seen()
    lines = 0
    with children(*words, *others) as (*writers, sealer, reader):
        family = _Family(writers, sealer, reader)
        for turn in range(ROUNDS):
            if options.seconds_left < 0:
                say("It takes too long here; ending with fewer rounds.")
                break
            for way in WAYS:
                lines += _round(way, family, seen, CYCLES[options.db])
            say(f"round {turn + 1} of {ROUNDS}: " + ", ".join(f"{way} {seen.rates[way][-1]:,.0f}" for way in WAYS))
        reader.order(way="rest")
        followed = reader.answer()
    return {"bench": "journal", **_figures(options, seen, residents), **_checked(lines, followed), **circumstances()}


def _round(way: str, family: _Family, seen: _Seen, cycles: int) -> int:
    """Let the writers write one way, note what it cost, and return how many lines they wrote."""
    counted = [*family.writers, family.sealer] if way == "sealed" else family.writers
    backends = [child.said["backend"] for child in counted if child.said["backend"]]
    before = cpu_seconds(backends)
    if way == "sealed":
        family.sealer.order(way="work")
        family.reader.order(way="work")
    for writer in family.writers:
        writer.order(way=way, cycles=cycles)
    answers = [writer.answer() for writer in family.writers]
    if way == "sealed":
        seen.commands += [one for answer in answers for one in answer["seconds"]]
        family.sealer.order(way="rest")  # ends its work with what is left
        answers.append(family.sealer.answer())
        seen.longest = max(seen.longest, *(answer["longest"] for answer in answers))
        family.reader.order(way="rest")
        family.reader.answer()
        family.reader.answer()
    spent = cpu_seconds(backends) - before
    if way != "sealed":
        family.sealer.order(way="rest")
    family.sealer.answer()
    lines = len(family.writers) * sum(shape.sizes(cycles))
    seen.rates[way].append(lines / (spent + sum(answer["cpu"] for answer in answers)))
    return lines


def _figures(options: Options, seen: _Seen, residents: int) -> dict[str, Any]:
    rates = {way: middle(seen.rates[way]) for way in WAYS}
    rounds = len(seen.rates["sealed"])
    writers = WRITERS[options.db]
    return {
        "n": rounds * writers * sum(shape.sizes(CYCLES[options.db])),
        "floor_per_cpu_s": rates["floor"],
        "ours_per_cpu_s": rates["sealed"],
        "share_of_floor": round(rates["sealed"] / rates["floor"], 3),
        "unsealed_per_cpu_s": rates["unsealed"],
        "share_of_unsealed": round(rates["sealed"] / rates["unsealed"], 3),
        "ranges_per_cpu_s": {way: [round(min(seen.rates[way])), round(max(seen.rates[way]))] for way in WAYS},
        "commands": len(seen.commands),
        "lines_a_command": list(shape.SIZES),
        **latencies(seen.commands),
        "longest_transaction_ms": milliseconds(seen.longest),
        "writers": writers,
        "rounds": rounds,
        "residents": residents,
    }


def _checked(lines: int, followed: dict[str, Any]) -> dict[str, Any]:
    """Return what the reader missed of the lines written, and whether the journal holds; that is off the clock."""
    from wangge.cli.benches.writing import trial
    from wangge.journal.verifying import verify

    trial.register()
    say("Checking the journal ...")
    found = verify()
    return {
        "lines": lines,
        "skipped_by_reader": lines - followed["read"],
        "verified": found.holds,
        "blocks": found.blocks,
    }
