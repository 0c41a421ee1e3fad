"""Kinds of line and counters are registered before anything is written under them."""

from collections.abc import Collection, Iterable, Iterator

from tools.house.source import Fault, Source, text_of

COUNT_OF_TALLIES = "wangge.journal.recording"


def registered(sources: Iterable[Source], maker: str, known: dict[str, str]) -> set[str]:
    """Return the codes that the sources register by ``Kind("...")`` or ``Counter("...")``, also when they run later."""
    calls = ((source, call) for source in sources for call in source.calls(maker) if call.args)
    return {code for source, call in calls if (code := text_of(call.args[0], source, known)) is not None}


def unknown_kinds(sources: Iterable[Source], kinds: Collection[str], known: dict[str, str]) -> Iterator[Fault]:
    """Yield lines written under a kind that nobody registers."""
    for source in sources:
        if COUNT_OF_TALLIES not in source.text:
            continue
        for call in source.calls("Entry"):
            kind = text_of(call.args[0], source, known) if call.args else None
            if kind is not None and kind not in kinds:
                yield Fault(
                    source.path, call.lineno, f"kind {kind} is not registered; call register_kind() in the room"
                )


def unknown_counters(sources: Iterable[Source], counters: Collection[str], known: dict[str, str]) -> Iterator[Fault]:
    """Yield tallies under a counter that nobody registers."""
    for source in sources:
        if COUNT_OF_TALLIES not in source.text:
            continue
        for call in source.calls("Count"):
            code = text_of(call.args[0], source, known) if call.args else None
            if code is not None and code not in counters:
                told = f"counter {code} is not registered; call register_counter() in the room"
                yield Fault(source.path, call.lineno, told)
