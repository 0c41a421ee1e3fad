"""The sheet survey: rows become questions, groups and repeats; what is not asked here is left out and reported."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wangge.privacy.rules import Klass, Retention
from wangge.surveys.rules.questionnaires import BINDINGS, FREE, MEMBERS, OF_MEMBER, OTHER, Choice, Question
from wangge.surveys.rules.questionnaires.definition import NAME, RESERVED
from wangge.surveys.xlsform.rows import Line, Table, Told, Tongues, without_tags
from wangge.surveys.xlsform.types import Kind, kind_of

NOTICE = "wangge_notice"
"""The note in which the notice that is read aloud is written."""
YES = frozenset({"yes", "true", "true()", "1", "y", "是"})
NO = frozenset({"no", "false", "false()", "0", "n", "否"})
EXPRESSIONS = ("relevant", "constraint", "calculation", "choice_filter", "required_when", "repeat_count", "default")
_PARAMETER = re.compile(r"([\w-]+)\s*=\s*([^\s,;]+)")


@dataclass(slots=True)
class Item:
    """One question while it is read: what it will say, the row it stands in, what lies inside."""

    said: dict[str, Any]
    row: int
    inside: list["Item"] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of the question."""
        return str(self.said["name"])


@dataclass(slots=True)
class Sheet:
    """Everything that the sheet survey tells."""

    items: list[Item] = field(default_factory=list)
    notice: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


class Builder:
    """Goes through the rows, and keeps which groups and repeats are open."""

    def __init__(self, spoken: Tongues, lists: Mapping[str, list[Choice]], told: Told) -> None:
        self.spoken, self.lists, self.told = spoken, lists, told
        self.sheet = Sheet()
        self.open: list[Item] = []

    def build(self, table: Table) -> Sheet:
        """Return the questions of a sheet."""
        for line in table.lines:
            if not line.blank:
                self.line(line)
        for item in self.open:
            self.told.say("end_missing", "survey", item.row, "type", question=item.name, kept=True, name=item.name)
        return self.sheet

    def line(self, line: Line) -> None:
        """Take one row."""
        text = line.get("type")
        kind = kind_of(text) if text else Kind(left_out="type_missing")
        if kind.nest == "end":
            self.end(line, kind)
        elif line.get("disabled").lower() in YES:
            self.told.say("row_disabled", "survey", line.row, "disabled", question=line.get("name"))
            if kind.nest:
                self.open.append(Item({"name": "", "type": kind.type}, line.row))  # its rows go with it
        elif kind.left_out and not kind.nest:
            self.told.say(kind.left_out, "survey", line.row, "type", question=line.get("name"), type=text)
        elif line.get("name") == NOTICE and kind.type == "note":
            self.sheet.notice = without_tags(self.spoken.words(line, "label"))
        elif not (line.get("name") in OF_MEMBER and self.in_members()):
            self.question(line, kind)

    def in_members(self) -> bool:
        """Tell whether a repeat per member is open."""
        return any(item.said.get("repeat") == MEMBERS for item in self.open)

    def end(self, line: Line, kind: Kind) -> None:
        """Close the group or repeat that was opened last; one in which nothing is left goes."""
        if not self.open:
            self.told.say("end_unexpected", "survey", line.row, "type")
            return
        item = self.open.pop()
        if not item.inside and item.name:
            self.told.say("group_empty", "survey", item.row, "type", question=item.name, name=item.name)
            (self.open[-1].inside if self.open else self.sheet.items).remove(item)
            self.sheet.rows.pop(item.name, None)

    def question(self, line: Line, kind: Kind) -> None:
        """Take a row that asks, tells, works something out, or opens a group."""
        if kind.choices and kind.choices not in self.lists and not kind.other:
            self.told.say("list_missing", "survey", line.row, "type", question=line.get("name"), list=kind.choices)
            return
        if any(not item.name for item in self.open):
            if kind.nest:
                self.open.append(Item({"name": "", "type": kind.type}, line.row))
            return  # inside of what is switched off
        item = Item(self.said(line, kind), line.row)
        (self.open[-1].inside if self.open else self.sheet.items).append(item)
        self.sheet.rows[item.name] = line.row
        if kind.nest:
            if kind.left_out:
                self.told.say(
                    kind.left_out, "survey", line.row, "type", question=item.name, kept=True, type=line.get("type")
                )
            self.open.append(item)

    def said(self, line: Line, kind: Kind) -> dict[str, Any]:
        """Return what a row says about its question."""
        said: dict[str, Any] = {"name": self.name(line, kind), "type": kind.type}
        for column in ("label", "hint", "constraint_message"):
            words = self.spoken.words(line, column)
            plain = without_tags(words)
            if plain != words:
                self.told.say("html", "survey", line.row, column, question=said["name"], kept=True)
            said[column] = {language: text for language, text in plain.items() if text}
        if not said["label"] and kind.type not in ("calculate", "group", "repeat"):
            said["label"] = {next(iter(self.spoken.by_heading.values()), "en") or "en": said["name"]}
            self.told.say("label_made", "survey", line.row, "label", question=said["name"], kept=True)
        for column in ("relevant", "constraint", "calculation", "choice_filter", "default", "appearance"):
            said[column] = line.get(column)
        said["required"], said["required_when"] = self.truth(line, "required", said["name"], expression=True)
        said["read_only"], _ = self.truth(line, "read_only", said["name"])
        said["choices"] = kind.choices
        said["other"] = kind.other and self.may_be_other(line, kind, said["name"])
        if kind.type == "range":
            said["parameters"] = self.parameters(line, said["name"])
        if kind.type == "repeat":
            self.repeat(line, said)
        return said | self.declared(line, said)

    def name(self, line: Line, kind: Kind) -> str:
        """Return the name of a question: its own where it can be used, else one that is made."""
        given = line.get("name")
        made = given if NAME.match(given) and given not in RESERVED else ""
        if not made and given and NAME.match(f"{given}_"):
            made = f"{given}_"
        made = made or f"{kind.type if not given else 'question'}_{line.row}"
        name, number = made, 2
        while name in self.sheet.rows:
            name, number = f"{made}_{number}", number + 1
        if not given:
            self.told.say("name_made", "survey", line.row, "name", question=name, kept=True, name=name)
        elif name != given:
            self.told.say("name_changed", "survey", line.row, "name", question=name, kept=True, before=given, name=name)
            if given not in self.sheet.rows:
                self.sheet.renamed[given] = name
        return name

    def truth(self, line: Line, column: str, name: str, *, expression: bool = False) -> tuple[bool, str]:
        """Return whether a cell says yes, and the expression that it holds instead."""
        text = line.get(column)
        if text.lower() in YES or text.lower() in NO or not text:
            return text.lower() in YES, ""
        if not expression:
            self.told.say("value_unread", "survey", line.row, column, question=name, value=text[:80])
        return False, text if expression else ""

    def may_be_other(self, line: Line, kind: Kind, name: str) -> bool:
        """Tell whether "other" can be added to a list of choices."""
        if line.get("choice_filter"):
            self.told.say("other_unfit", "survey", line.row, "type", question=name)
        elif any(choice.value == OTHER for choice in self.lists.get(kind.choices, ())):
            self.told.say("other_twice", "survey", line.row, "type", question=name, list=kind.choices)
        else:
            return True
        return False

    def parameters(self, line: Line, name: str) -> dict[str, str]:
        """Return start, end and step of a range."""
        found = {key.lower(): value for key, value in _PARAMETER.findall(line.get("parameters"))}
        for key in found.keys() - {"start", "end", "step"}:
            self.told.say("parameter_unused", "survey", line.row, "parameters", question=name, name=key)
        return {key: found[key] for key in ("start", "end", "step") if key in found}

    def repeat(self, line: Line, said: dict[str, Any]) -> None:
        """Say of what a repeat is; one inside another is asked once."""
        if any(item.said["type"] == "repeat" for item in self.open):
            self.told.say("repeat_inside", "survey", line.row, "type", question=said["name"], kept=True,
                          repeat=next(item.name for item in self.open if item.said["type"] == "repeat"))  # fmt: skip
            said["type"] = "group"
            return
        said["repeat"] = MEMBERS if line.get("repeat").lower() == MEMBERS else FREE
        said["repeat_count"] = line.get("repeat_count")

    def declared(self, line: Line, said: dict[str, Any]) -> dict[str, Any]:
        """Return class, purpose, retention and binding as far as the form says them."""
        found: dict[str, Any] = {}
        for column, known in (("klass", set(Klass)), ("retention", set(Retention)), ("bind", set(BINDINGS))):
            text = line.get(column)
            if text and text not in known:
                code = {"klass": "class_unknown", "retention": "retention_unknown", "bind": "bind_unknown"}[column]
                self.told.say(code, "survey", line.row, column, question=said["name"], given=text, bind=text,
                              known=", ".join(sorted(known)))  # fmt: skip
            elif text:
                found[column] = text
        if line.get("purpose"):
            found["purpose"] = line.get("purpose")
        if line.get("unknown"):
            found["unknown"] = line.get("unknown").lower() not in NO
        return found


def question_of(item: Item) -> Question:
    """Return a question as a questionnaire holds it."""
    return Question(**item.said, questions=tuple(question_of(one) for one in item.inside))
