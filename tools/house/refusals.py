"""Every way to say no is registered, raised and worded."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tools.house.source import Fault, Source, text_of

CODE = re.compile(r"[a-z][a-z_]*\.[a-z][a-z0-9_]*")
NAMED = re.compile(r"%\((\w+)\)")


@dataclass(frozen=True, slots=True)
class Registered:
    """A refusal as its room registers it: where, and the facts it carries."""

    path: str
    line: int
    facts: tuple[str, ...]


def registered(sources: Iterable[Source]) -> dict[str, Registered]:
    """Return the codes of every ``refusals.py``."""
    found: dict[str, Registered] = {}
    for source in sources:
        if not source.path.endswith("/refusals.py"):
            continue
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Dict):
                continue
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    facts = tuple(ast.literal_eval(value)) if isinstance(value, ast.Tuple | ast.List) else ()
                    found[key.value] = Registered(source.path, key.lineno, facts)
    return found


def unregistered(sources: Iterable[Source], codes: Mapping[str, Registered], known: dict[str, str]) -> Iterator[Fault]:
    """Yield codes that are raised, or returned by a ``..._fault`` function, and not registered."""
    for source in sources:
        for node, code in _said(source, known):
            if code not in codes:
                told = f"refusal {code} is not registered; add it to CODES of the room's refusals.py"
                yield Fault(source.path, node.lineno, told)


def _said(source: Source, known: dict[str, str]) -> Iterator[tuple[ast.expr, str]]:
    """Yield the codes said in a file, with their places."""
    for call in source.calls("Refused"):
        if call.args and (code := text_of(call.args[0], source, known)) is not None:
            yield call, code
    for function in source.functions():
        if not function.name.endswith("_fault"):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                yield node, node.value


def without_facts(sources: Iterable[Source], codes: Mapping[str, Registered], known: dict[str, str]) -> Iterator[Fault]:
    """Yield refusals raised without a fact that they are registered to carry: their sentence could not be said."""
    for source in sources:
        for call in source.calls("Refused"):
            code = text_of(call.args[0], source, known) if call.args else None
            given = {keyword.arg for keyword in call.keywords}
            if code is None or code not in codes or None in given:
                continue
            if missing := sorted(set(codes[code].facts) - given):
                yield Fault(source.path, call.lineno, f"refusal {code} lacks the fact {missing[0]}; hand it over")


def never_raised(sources: Iterable[Source], codes: Mapping[str, Registered]) -> Iterator[Fault]:
    """Yield registered codes that no code says."""
    whole, patterns = set[str](), list[re.Pattern[str]]()
    for source in sources:
        if source.path.endswith("/refusals.py") or source.room == "words":
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr) and _leads_with_room(node):
                patterns.append(re.compile("".join(_pattern(part) for part in node.values)))
    for code, place in sorted(codes.items()):
        if code not in whole and not any(pattern.fullmatch(code) for pattern in patterns):
            yield Fault(place.path, place.line, f"refusal {code} is never raised; take it out here and in wangge/words")


def _leads_with_room(node: ast.JoinedStr) -> bool:
    """Tell whether a composed text begins with a room, a dot and a part of a code."""
    first = node.values[0] if node.values else None
    return isinstance(first, ast.Constant) and bool(re.match(r"[a-z_]+\.[a-z_]", str(first.value)))


def _pattern(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_]+"


def unworded(codes: Mapping[str, Registered], words: Mapping[str, str]) -> Iterator[Fault]:
    """Yield codes without a sentence, and sentences that ask for a fact which the refusal does not carry."""
    for code, place in sorted(codes.items()):
        if code not in words:
            told = (
                f"refusal {code} has no words; add a sentence to REFUSALS of wangge/words/{code.partition('.')[0]}.py"
            )
            yield Fault(place.path, place.line, told)
            continue
        if strange := sorted(set(NAMED.findall(words[code])) - set(place.facts)):
            told = f"the words of {code} ask for %({strange[0]})s, which it does not carry; register the fact or reword"
            yield Fault(place.path, place.line, told)


def said_of_nothing(codes: Mapping[str, Registered], worded: Mapping[str, tuple[str, int]]) -> Iterator[Fault]:
    """Yield sentences for codes that do not exist; ``worded`` maps a code to the place of its sentence."""
    for code, (path, line) in sorted(worded.items()):
        if code not in codes:
            yield Fault(path, line, f"words for {code}, which no room registers; take them out")
