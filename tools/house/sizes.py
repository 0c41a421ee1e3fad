"""How long files and functions may be."""

from collections.abc import Iterable, Iterator

from tools.house.source import Fault, Source

FILE_WARNS, FILE_FAILS = 350, 500
FUNCTION_GOAL, FUNCTION_FAILS = 35, 60
SHARE_WITHIN_GOAL = 0.95


def long_files(sources: Iterable[Source]) -> Iterator[Fault]:
    """Yield files that should become a package of the same name; above 500 lines they must."""
    for source in sources:
        if source.lines > FILE_WARNS:
            remedy = f"{source.lines} lines; make it a package of the same name with one file per theme"
            fails = source.lines > FILE_FAILS
            limit = FILE_FAILS if fails else FILE_WARNS
            yield Fault(source.path, 1, f"{remedy} (more than {limit})", warning=not fails)


def long_functions(sources: Iterable[Source]) -> Iterator[Fault]:
    """Yield functions above 60 lines; and those above 35 when they are more than one in twenty."""
    lengths = [
        (1 + (node.end_lineno or node.lineno) - node.lineno, source.path, node.lineno, node.name)
        for source in sources
        for node in source.functions()
    ]
    for length, path, line, name in lengths:
        if length > FUNCTION_FAILS:
            yield Fault(path, line, f"{name} has {length} lines; split it, none may pass {FUNCTION_FAILS}")
    long = [one for one in lengths if one[0] > FUNCTION_GOAL]
    if len(long) > (1 - SHARE_WITHIN_GOAL) * len(lengths):
        for length, path, line, name in long:
            words = f"{name} has {length} lines; more than one function in twenty passes {FUNCTION_GOAL}, shorten some"
            yield Fault(path, line, words)
