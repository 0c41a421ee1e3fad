"""What keeps a questionnaire from being used: names, lists, conditions and bindings that cannot be."""

from collections.abc import Iterator, Mapping

from wangge.people.rules.codes import FLAG_REASONS
from wangge.privacy.rules import Klass, Retention
from wangge.surveys.rules.questionnaires.definition import (
    ASKING,
    CHOOSING,
    FREE,
    LANGUAGES,
    MEMBERS,
    NAME,
    NESTING,
    OF_MEMBER,
    OTHER,
    OTHER_END,
    RESERVED,
    SUBJECTS,
    TYPES,
    Choice,
    Definition,
    Fault,
    Question,
    Spot,
    spots,
    walk,
)
from wangge.surveys.rules.questionnaires.expressions import (
    BadExpression,
    Call,
    Column,
    Literal,
    Reference,
    nodes,
    parse,
    pattern_fault,
)
from wangge.surveys.rules.questionnaires.expressions.tree import Node
from wangge.surveys.rules.questionnaires.graph import expression_columns, names_usable, ordered, refers_to_itself
from wangge.surveys.rules.questionnaires.reading import is_number

QUESTIONS_MOST, CHOICES_MOST, TEXT_MOST = 2_000, 20_000, 4_000
BINDINGS: Mapping[str, tuple[bool, tuple[str, ...]]] = {
    "household.note": (False, ("text",)),
    "resident.phone": (True, ("text",)),
    "resident.birth_on": (True, ("date",)),
    "resident.sex": (True, ("select_one",)),
    "resident.name": (True, ("text",)),
    "resident.presence": (True, ("select_one",)),
    "resident.relation": (True, ("select_one",)),
} | {f"flag.{reason}": (True, ("select_one", "acknowledge", "calculate")) for reason in FLAG_REASONS}
"""Where an answer can go: whether it must stand in a repeat per member, and the types that fit."""


def definition_faults(definition: Definition) -> list[Fault]:
    """Return what keeps a questionnaire from being published, in the order of its questions; none when it may be."""
    known = spots(definition)
    lists = {name: _List(choices) for name, choices in definition.choices.items()}
    names = {inside: names_usable(known, inside) for inside in (False, True)}
    found = [*_whole(definition), *_names(definition), *_lists(definition)]
    for one in walk(definition.questions):
        spot = known[one.name]
        listed = lists.get(one.choices, _List(()))
        found += [*_kind(one, spot), *_choosing(one, listed), *_binding(one, spot, known), *_declared(one)]
        inside = known[spot.repeat].question.repeat == MEMBERS if spot.repeat else False
        for column, text in expression_columns(one):
            found += _expression(one, column, text, names[inside], listed)
    circling = dict.fromkeys((*refers_to_itself(known.values()), *ordered(known)[1]))
    found += [Fault("circle", name, "relevant") for name in circling]
    return found


class _List:
    """What a list of choices has: its values, and the columns that a filter can compare."""

    def __init__(self, choices: tuple[Choice, ...]) -> None:
        self.values = {choice.value for choice in choices}
        self.columns = {"name"} | {key for choice in choices for key in choice.filter}


def _whole(definition: Definition) -> Iterator[Fault]:
    if definition.subject not in SUBJECTS:
        yield Fault("subject_unknown", facts={"subject": definition.subject})
    if not definition.languages:
        yield Fault("languages_missing")
    for language in definition.languages:
        if language not in LANGUAGES:
            yield Fault("language_unknown", facts={"language": language})
    if not any(text.strip() for text in definition.title.values()):
        yield Fault("title_missing")
    count = sum(1 for _ in walk(definition.questions))
    if not any(one.type in ASKING for one in walk(definition.questions)):
        yield Fault("questions_missing")
    if count > QUESTIONS_MOST:
        yield Fault("questions_many", facts={"limit": QUESTIONS_MOST})
    if sum(map(len, definition.choices.values())) > CHOICES_MOST:
        yield Fault("choices_many", facts={"limit": CHOICES_MOST})


def _names(definition: Definition) -> Iterator[Fault]:
    seen: set[str] = set()
    others = {one.name + OTHER_END for one in walk(definition.questions) if one.other}
    for one in walk(definition.questions):
        if not NAME.match(one.name):
            yield Fault("name_unfit", one.name, "name")
        elif one.name in RESERVED or one.name in others:
            yield Fault("name_reserved", one.name, "name")
        elif one.name in seen:
            yield Fault("name_twice", one.name, "name")
        seen.add(one.name)


def _lists(definition: Definition) -> Iterator[Fault]:
    for name, choices in definition.choices.items():
        values = [choice.value for choice in choices]
        for value in dict.fromkeys(values):
            if not value or any(sign.isspace() for sign in value) or value == "?":
                yield Fault("choice_unfit", "", "choices", {"list": name, "value": value})
        if len(set(values)) != len(values) and not _is_filtered(definition, name):
            twice = next(value for value in values if values.count(value) > 1)
            yield Fault("choice_twice", "", "choices", {"list": name, "value": twice})


def _is_filtered(definition: Definition, name: str) -> bool:
    """Tell whether a list is never shown as a whole, so that one value may stand in it under two headings."""
    users = [one for one in walk(definition.questions) if one.choices == name]
    return bool(users) and all(one.choice_filter.strip() for one in users)


def _kind(one: Question, spot: Spot) -> Iterator[Fault]:
    """Yield what is wrong with the type of a question, its words and its place."""
    if one.type not in TYPES:
        yield Fault("type_unknown", one.name, "type", {"type": one.type})
    if one.type not in ("calculate", *NESTING) and not any(text.strip() for text in one.label.values()):
        yield Fault("label_missing", one.name, "label")
    if any(len(text) > TEXT_MOST for text in (*one.label.values(), *one.hint.values())):
        yield Fault("label_long", one.name, "label", {"limit": TEXT_MOST})
    if one.questions and one.type not in NESTING:
        yield Fault("nothing_inside", one.name, "type", {"type": one.type})
    if one.type == "repeat" and spot.repeat:
        yield Fault("repeat_inside", one.name, "type", {"repeat": spot.repeat})
    if one.repeat not in ("", MEMBERS, FREE) or (one.repeat and one.type != "repeat"):
        yield Fault("repeat_unknown", one.name, "repeat", {"repeat": one.repeat})
    if one.type == "calculate" and not one.calculation.strip():
        yield Fault("calculation_missing", one.name, "calculation")
    if one.type == "range":
        given = [one.parameters.get(name, usual) for name, usual in (("start", "1"), ("end", "10"), ("step", "1"))]
        if not all(map(is_number, given)) or float(given[0]) >= float(given[1]) or float(given[2]) <= 0:
            yield Fault("range_unfit", one.name, "parameters")


def _choosing(one: Question, listed: _List) -> Iterator[Fault]:
    if one.type in CHOOSING and not listed.values and not one.other:
        yield Fault("list_missing", one.name, "choices", {"list": one.choices})
    if one.other and (one.type not in ("select_one", "select_multiple") or one.choice_filter.strip()):
        yield Fault("other_unfit", one.name, "other")
    if one.other and OTHER in listed.values:
        yield Fault("other_twice", one.name, "other", {"list": one.choices})


def _binding(one: Question, spot: Spot, known: Mapping[str, Spot]) -> Iterator[Fault]:
    if not one.bind:
        return
    if one.bind not in BINDINGS:
        yield Fault("bind_unknown", one.name, "bind", {"bind": one.bind})
        return
    of_member, types = BINDINGS[one.bind]
    inside = bool(spot.repeat) and known[spot.repeat].question.repeat == MEMBERS
    if of_member and not inside:
        yield Fault("bind_outside", one.name, "bind", {"bind": one.bind})
    if one.type not in types:
        yield Fault("bind_type", one.name, "bind", {"bind": one.bind, "types": ", ".join(types)})


def _declared(one: Question) -> Iterator[Fault]:
    """Yield what a question does not say about class, purpose and retention, without which nothing is asked."""
    if one.type not in (*ASKING, "calculate"):
        return
    if one.klass not in set(Klass):
        yield Fault("class_unknown", one.name, "klass", {"given": one.klass, "known": ", ".join(Klass)})
    if one.retention and one.retention not in set(Retention):
        yield Fault("retention_unknown", one.name, "retention", {"given": one.retention, "known": ", ".join(Retention)})


def _expression(one: Question, column: str, text: str, names: frozenset[str], listed: _List) -> Iterator[Fault]:
    """Yield what is wrong with one expression."""
    try:
        tree = parse(text)
    except BadExpression as bad:
        yield Fault(bad.code, one.name, column, bad.facts)
        return
    for node in nodes(tree):
        if isinstance(node, Reference) and node.name not in names:
            code = "member_outside" if node.name in OF_MEMBER else "reference_unknown"
            yield Fault(code, one.name, column, {"name": node.name})
        elif isinstance(node, Column) and (column != "choice_filter" or node.name not in listed.columns):
            code = "column_unknown" if column == "choice_filter" else "bare_name"
            yield Fault(code, one.name, column, {"name": node.name})
        elif fault := pattern_of(node):
            yield Fault(fault, one.name, column)


def pattern_of(node: Node) -> str:
    """Return what is wrong with the pattern of a ``regex``: it must be written down, not put together."""
    if not isinstance(node, Call) or node.name != "regex":
        return ""
    pattern = node.arguments[1]
    if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
        return "pattern_made"
    return pattern_fault(pattern.value)
