"""Which question hangs on which: what an expression refers to, and an order in which all can be worked out."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from wangge.surveys.rules.questionnaires.definition import OF_MEMBER, OTHER_END, Question, Spot
from wangge.surveys.rules.questionnaires.expressions import BadExpression, Call, Node, Reference, nodes, parse

EXPRESSIONS = ("relevant", "constraint", "calculation", "choice_filter", "required_when", "repeat_count")
"""Columns of a question that hold an expression; ``default`` does when it looks like one."""


def expression_columns(one: Question) -> Iterator[tuple[str, str]]:
    """Yield the columns of a question that hold an expression, with their texts."""
    for column in EXPRESSIONS:
        text = getattr(one, column)
        if text.strip():
            yield column, text
    if is_expression(one.default):
        yield "default", one.default


def is_expression(default: str) -> bool:
    """Tell whether a default is worked out, since it names a question or calls a function, and not simply the text."""
    if "${" in default:
        return True
    tree = readable(default) if "(" in default else None
    return tree is not None and any(isinstance(one, Call) for one in nodes(tree))


@lru_cache(maxsize=4_096)
def readable(text: str) -> Node | None:
    """Return the tree of an expression, or nothing when it cannot be read."""
    try:
        return parse(text)
    except BadExpression:
        return None


@lru_cache(maxsize=4_096)
def references(text: str) -> frozenset[str]:
    """Return the questions that an expression refers to; none when it cannot be read."""
    tree = readable(text)
    return frozenset() if tree is None else frozenset(one.name for one in nodes(tree) if isinstance(one, Reference))


def owner(name: str, known: Mapping[str, Spot]) -> str | None:
    """Return the question by which a name is known: itself, or the one whose other choice it tells about."""
    if name in known:
        return name
    asked = name.removesuffix(OTHER_END)
    return asked if name.endswith(OTHER_END) and asked in known and known[asked].question.other else None


def hangs_on(spot: Spot, known: Mapping[str, Spot]) -> set[str]:
    """Return what must be settled before a question: the groups around it, and what its expressions refer to."""
    one = spot.question
    named = (owner(name, known) for text in (one.relevant, one.calculation) for name in references(text))
    return ({name for name in named if name is not None} | set(spot.around)) - {one.name}


def ordered(known: Mapping[str, Spot]) -> tuple[list[str], list[str]]:
    """Return the names in an order in which each comes after what it hangs on, and the names that turn in a circle."""
    waiting = {name: hangs_on(spot, known) for name, spot in known.items()}
    needed: dict[str, list[str]] = {}
    for name, others in waiting.items():
        for other in others:
            needed.setdefault(other, []).append(name)
    ready = [name for name, others in waiting.items() if not others]
    done: list[str] = []
    while ready:
        name = ready.pop()
        done.append(name)
        for follower in needed.get(name, ()):
            waiting[follower].discard(name)
            if not waiting[follower]:
                ready.append(follower)
    settled = set(done)
    return done, [name for name in known if name not in settled]


def names_usable(known: Mapping[str, Spot], inside_members: bool) -> frozenset[str]:
    """Return every name that an expression may use."""
    others = {name + OTHER_END for name, spot in known.items() if spot.question.other}
    return frozenset(known) | others | (frozenset(OF_MEMBER) if inside_members else frozenset())


def refers_to_itself(spots: Iterable[Spot]) -> Iterator[str]:
    """Yield the questions whose own condition or calculation names themselves."""
    for spot in spots:
        one = spot.question
        for text in (one.relevant, one.calculation):
            if text.strip() and one.name in references(text):
                yield one.name
                break
