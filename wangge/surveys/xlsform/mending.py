"""What is left out of a form when it refers to what is not there, and what is guessed of its questions."""

import re
from collections.abc import Iterable, Iterator

from wangge.surveys.rules.questionnaires import ASKING, OTHER_END, Choice, Question, Report
from wangge.surveys.rules.questionnaires.definition import MEMBERS, OF_MEMBER
from wangge.surveys.rules.questionnaires.expressions import (
    BadExpression,
    Column,
    Reference,
    nodes,
    parse,
)
from wangge.surveys.rules.questionnaires.faults import pattern_of
from wangge.surveys.rules.questionnaires.forbidden import HEALTH_PURPOSE, tells_of_health
from wangge.surveys.rules.questionnaires.graph import is_expression
from wangge.surveys.xlsform.building import EXPRESSIONS, Item, Sheet
from wangge.surveys.xlsform.rows import Told

_REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")


def every(items: list[Item], members: bool = False) -> Iterator[tuple[Item, list[Item], bool]]:
    """Yield every item with the list that holds it and whether it stands in a repeat per member."""
    for item in list(items):
        yield item, items, members
        yield from every(item.inside, members or item.said.get("repeat") == MEMBERS)


def rename(sheet: Sheet) -> None:
    """Let expressions and words name questions by the names that they were given."""
    if not sheet.renamed:
        return

    def name(match: re.Match[str]) -> str:
        return "${" + sheet.renamed.get(match[1], match[1]) + "}"

    for item, _, _ in every(sheet.items):
        for column in EXPRESSIONS:
            if text := item.said.get(column):
                item.said[column] = _REFERENCE.sub(name, text)
        for column in ("label", "hint", "constraint_message"):
            item.said[column] = {key: _REFERENCE.sub(name, text) for key, text in item.said[column].items()}


def mend(sheet: Sheet, lists: dict[str, list[Choice]], told: Told) -> None:
    """Take out expressions that cannot be used, and calculations that have none; again until nothing changes."""
    while True:
        before = len(told.reports)
        known = _names(sheet)
        of_member = known | set(OF_MEMBER)
        for item, around, members in every(sheet.items):
            usable = of_member if members else known
            for column in EXPRESSIONS:
                _expression(item, column, usable, lists, told)
            if item.said["type"] == "calculate" and not item.said.get("calculation"):
                if not any(one.row == item.row and one.column == "calculation" for one in told.reports):
                    told.say("calculation_missing", "survey", item.row, "calculation", question=item.name)
                around.remove(item)
                sheet.rows.pop(item.name, None)
        _drop_empty(sheet, sheet.items, told)
        if len(told.reports) == before:
            break
    known = _names(sheet)
    for item, _, members in every(sheet.items):
        _words(item, known | set(OF_MEMBER) if members else known, told)


def _names(sheet: Sheet) -> set[str]:
    found = set()
    for item, _, _ in every(sheet.items):
        found.add(item.name)
        if item.said.get("other"):
            found.add(item.name + OTHER_END)
    return found


def _drop_empty(sheet: Sheet, items: list[Item], told: Told) -> None:
    """Take out groups in which nothing is left."""
    for item in list(items):
        if item.said["type"] in ("group", "repeat"):
            _drop_empty(sheet, item.inside, told)
            if not item.inside:
                told.say("group_empty", "survey", item.row, "type", question=item.name, name=item.name)
                items.remove(item)
                sheet.rows.pop(item.name, None)


def _expression(item: Item, column: str, known: set[str], lists: dict[str, list[Choice]], told: Told) -> None:
    text = item.said.get(column, "")
    if not text.strip() or (column == "default" and not is_expression(text) and not _calls(text)):
        return
    for code, facts in _wrong(item, column, text, known, lists):
        told.reports.append(
            Report(code=code, sheet="survey", row=item.row, column=_shown(column), question=item.name, facts=facts)
        )
        item.said[column] = ""
        return


def _calls(default: str) -> bool:
    """Tell whether a default looks like a call, though it cannot be read."""
    return re.fullmatch(r"\s*[A-Za-z_][\w:-]*\(.*\)\s*", default, re.ASCII | re.DOTALL) is not None


def _shown(column: str) -> str:
    return "required" if column == "required_when" else column


def _wrong(
    item: Item, column: str, text: str, known: set[str], lists: dict[str, list[Choice]]
) -> Iterator[tuple[str, dict[str, str | int]]]:
    """Yield what is wrong with an expression."""
    try:
        tree = parse(text)
    except BadExpression as bad:
        yield bad.code, bad.facts
        return
    for node in nodes(tree):
        if isinstance(node, Reference) and node.name not in known:
            yield ("member_outside" if node.name in OF_MEMBER else "reference_unknown"), {"name": node.name}
        elif isinstance(node, Column) and column != "choice_filter":
            yield "bare_name", {"name": node.name}
        elif isinstance(node, Column) and node.name not in _columns(lists.get(str(item.said.get("choices")), ())):
            yield "column_unknown", {"name": node.name}
        elif fault := pattern_of(node):
            yield fault, {}


def _columns(choices: Iterable[Choice]) -> set[str]:
    """Return what a choice filter can compare."""
    return {"name"} | {key for choice in choices for key in choice.filter}


def _words(item: Item, known: set[str], told: Told) -> None:
    """Take references to what is not asked out of the words, and guess a class where the form says none."""
    for column in ("label", "hint", "constraint_message"):
        for language, text in list(item.said[column].items()):
            gone = [name for name in _REFERENCE.findall(text) if name not in known]
            for name in dict.fromkeys(gone):
                told.say("label_reference", "survey", item.row, column, question=item.name, kept=True, name=name)
                plain = item.said[column][language]
                item.said[column][language] = re.sub(r"\s*\$\{\s*" + re.escape(name) + r"\s*\}", "", plain)
    if item.said["type"] not in ASKING or "klass" in item.said:
        return
    guess = Question(name=item.name, type=item.said["type"], label=item.said["label"])
    if tells_of_health(guess):
        item.said["klass"] = "health"
        item.said.setdefault("purpose", HEALTH_PURPOSE)
        purpose = item.said["purpose"]
        facts = {"class": "health", "purpose": str(purpose)}
        told.reports.append(
            Report(code="class_guessed", sheet="survey", row=item.row, column="wangge::class", question=item.name,
                   facts=facts, kept=True)
        )  # fmt: skip
