"""Parsed source files, and what a rule says about them."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
DOORS = frozenset({"office", "field", "resident", "api", "cli"})
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the house is not kept: the file below the checkout, the line, a sentence that says the remedy."""

    path: str
    line: int
    text: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {'warning: ' if self.warning else ''}{self.text}"


@dataclass(frozen=True)
class Source:
    """A text of the house: its path below the checkout with slashes, and what stands in it."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed Python."""
        return ast.parse(self.text, self.path)

    @property
    def lines(self) -> int:
        """How many lines the file has."""
        return len(self.text.splitlines())

    @property
    def module(self) -> str:
        """The dotted name of a Python file."""
        return ".".join(PurePosixPath(self.path).with_suffix("").parts).removesuffix(".__init__")

    @property
    def room(self) -> str:
        """The package directly below ``wangge``, empty for any other file."""
        parts = PurePosixPath(self.path).parts
        return parts[1] if len(parts) > 2 and parts[0] == "wangge" else ""

    @property
    def is_door(self) -> bool:
        """Whether the file belongs to a door."""
        return self.room in DOORS

    def calls(self, name: str) -> Iterator[ast.Call]:
        """Yield the calls of a function by its last name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and last_name(node.func) == name:
                yield node

    def functions(self) -> Iterator[Function]:
        """Yield every function and method."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node


def last_name(node: ast.expr) -> str:
    """Return ``c`` of ``a.b.c`` and of ``c``, empty for any other expression."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def dotted(node: ast.expr) -> str:
    """Return ``a.b.c`` as it is written, empty when it is more than names and dots."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (above := dotted(node.value)):
        return f"{above}.{node.attr}"
    return ""


def read(*patterns: str, root: Path = ROOT) -> list[Source]:
    """Return the files below ``root`` that match, sorted; a file that vanishes meanwhile is left out."""
    found = []
    for path in sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()}):
        try:
            found.append(Source(path.relative_to(root).as_posix(), path.read_text("utf-8")))
        except FileNotFoundError:
            continue
    return found


def without_migrations(sources: Iterable[Source]) -> list[Source]:
    """Return the sources that people write."""
    return [source for source in sources if "/migrations/" not in source.path]


def constants(sources: Iterable[Source]) -> dict[str, str]:
    """Return every text that a module gives a name: ``wangge.places.commands.kinds.OPENED`` to its value."""
    found: dict[str, str] = {}
    borrowed: dict[str, str] = {}
    for source in sources:
        for node in source.tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant):
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    if isinstance(target, ast.Name) and isinstance(node.value.value, str):
                        found[f"{source.module}.{target.id}"] = node.value.value
        borrowed |= {f"{source.module}.{name}": origin for name, origin in _imports(source).items()}
    for _ in range(3):
        for name, origin in borrowed.items():
            if origin in found:
                found.setdefault(name, found[origin])
    return found


def _imports(source: Source) -> dict[str, str]:
    """Return what the names of a file stand for."""
    found: dict[str, str] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
    return found


def text_of(node: ast.expr, source: Source, known: dict[str, str]) -> str | None:
    """Return the text of a literal or of a name of a constant; None when it is only known at run time."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    name = dotted(node)
    first, _, rest = name.partition(".")
    if not rest:
        return known.get(f"{source.module}.{first}")
    return known.get(f"{_imports(source).get(first, '')}.{rest}")
