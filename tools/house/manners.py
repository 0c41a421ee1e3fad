"""What code in rooms and doors may not do, and how things are named."""

import ast
import re
from collections.abc import Iterable, Iterator

from tools.house.source import Fault, Function, Source, dotted, last_name

CLOCKS = frozenset({"now", "today", "utcnow", "localtime", "gmtime", "time", "time_ns", "utcfromtimestamp"})
CLOCK_OWNERS = frozenset({"datetime", "date", "timezone", "time", "dt"})
CLOCK_COLUMNS = frozenset({"auto_now", "auto_now_add"})
WORKER_FILES = ("workers.py", "wsgi.py", "settings.py")
# Ids made on the server tell their time: that is their nature (RFC 9562, version 7).
CLOCK_EXCEPTIONS = frozenset({"wangge/kernel/ids.py"})
ROW_ACCESS = frozenset({"objects", "_default_manager", "_base_manager"})
EMPTY_WORDS = frozenset(
    {"manager", "managers", "helper", "helpers", "util", "utils", "info", "data", "process", "handle"}
)
# Names that somebody else's interface demands.
FOREIGN_NAMES = frozenset({"handler404", "handler403", "data_files"})
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def clocks(sources: Iterable[Source]) -> Iterator[Fault]:
    """Yield uses of a clock in rooms: time comes with the stamp, or as an argument from the door or worker."""
    for source in sources:
        if source.is_door or source.path in CLOCK_EXCEPTIONS or source.path.endswith(WORKER_FILES):
            continue
        for node in ast.walk(source.tree):
            if used := _clock(node):
                line = getattr(node, "lineno", 1)
                yield Fault(source.path, line, f"{used} reads a clock; take the time from the stamp or as an argument")


def _clock(node: ast.AST) -> str:
    """Return the clock that a node reads, empty when none."""
    if isinstance(node, ast.Attribute) and node.attr in CLOCKS and last_name(node.value) in CLOCK_OWNERS:
        return dotted(node)
    if isinstance(node, ast.keyword) and node.arg in CLOCK_COLUMNS:
        return str(node.arg)
    if isinstance(node, ast.ImportFrom):
        for name in node.names:
            if (node.module, name.name) in {
                ("time", "time"), ("time", "time_ns"), ("django.utils.timezone", "now"),
                ("django.db.models.functions", "Now"),
            }:  # fmt: skip
                return f"{node.module}.{name.name}"
    return ""


def rows_in_doors(sources: Iterable[Source]) -> Iterator[Fault]:
    """Yield reads and writes of tables in doors: they parse, make one call and translate."""
    for source in sources:
        if not source.is_door:
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and node.attr in ROW_ACCESS:
                yield Fault(source.path, node.lineno, f"{dotted(node) or node.attr} in a door; call a query or command")


def empty_names(sources: Iterable[Source]) -> Iterator[Fault]:
    """Yield modules, classes and functions with a name that says nothing."""
    for source in sources:
        named = [(1, source.module.rpartition(".")[2])]
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                named.append((node.lineno, node.name))
        for line, name in named:
            words = EMPTY_WORDS.intersection(word.lower() for word in WORD.findall(name))
            if words and name not in FOREIGN_NAMES:
                told = f"'{name}' says nothing with '{sorted(words)[0]}'; name the thing by docs/glossary.md"
                yield Fault(source.path, line, told)


def undocumented(sources: Iterable[Source]) -> Iterator[Fault]:
    """Yield public modules' functions and classes without a docstring."""
    for source in sources:
        if source.path.endswith("/apps.py"):
            continue
        for node in _public(source.tree):
            if not ast.get_docstring(node):
                yield Fault(source.path, node.lineno, f"{node.name} has no docstring; write one plain sentence")


def _public(tree: ast.Module) -> Iterator[Function | ast.ClassDef]:
    """Yield the public functions and classes of a module, and the public methods of its public classes."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (one for one in node.body if isinstance(one, Function) and not one.name.startswith("_"))


def loose_commands(sources: Iterable[Source]) -> Iterator[Fault]:
    """Yield commands that are not keyword-only, or lack ``stamp``, ``actor`` or the type of their answer."""
    for source in sources:
        for node in source.functions():
            if "command" not in {last_name(one) for one in node.decorator_list} or node.name == "command":
                continue
            if {dotted(one) for one in node.decorator_list} & {"click.command"}:
                continue
            names = [one.arg for one in node.args.kwonlyargs]
            if node.args.args or node.args.posonlyargs or names[:2] != ["stamp", "actor"]:
                yield Fault(
                    source.path, node.lineno, f"command {node.name}: write it {node.name}(*, stamp, actor, ...)"
                )
            if node.returns is None:
                yield Fault(source.path, node.lineno, f"command {node.name}: say what it returns")


def skipped_tests(sources: Iterable[Source]) -> Iterator[Fault]:
    """Yield tests that are skipped or expected to fail: mend them or take them out."""
    for source in sources:
        for node in ast.walk(source.tree):
            name = dotted(node) if isinstance(node, ast.Attribute) else ""
            if name in ("pytest.skip", "pytest.xfail") or name.startswith(
                ("pytest.mark.skip", "pytest.mark.xfail", "unittest.skip")
            ):
                yield Fault(source.path, getattr(node, "lineno", 1), f"{name}: mend the test or take it out")


def impure_rules(sources: Iterable[Source]) -> Iterator[Fault]:
    """Yield imports of Django in rules and in the kernel; what these import in turn is a contract of .importlinter."""
    for source in sources:
        if source.room != "kernel" and not re.search(r"/rules(\.py$|/)", source.path):
            continue
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Import | ast.ImportFrom):
                continue
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [name.name for name in node.names]
            if "django" in {module.partition(".")[0] for module in modules}:
                yield Fault(source.path, node.lineno, "a rule imports Django; hand it values instead")
