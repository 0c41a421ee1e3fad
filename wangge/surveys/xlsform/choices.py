"""The sheet choices: lists by name, with what a choice filter compares."""

import re
from collections.abc import Mapping

from wangge.surveys.rules.questionnaires import Choice
from wangge.surveys.xlsform.headings import MEDIA
from wangge.surveys.xlsform.rows import Line, Table, Told, Tongues, unused_columns, without_tags

SHEET = "choices"
OF_MEMBER_LIST = "member_sexes"
_FILTER = re.compile(r"[A-Za-z_][\w.-]*\Z", re.ASCII)


def read_lists(table: Table, spoken: Tongues, told: Told) -> dict[str, list[Choice]]:
    """Return the lists of choices; what cannot be a choice is left out and reported."""
    used = {one.text for one in table.headings if not one.field and _FILTER.match(one.text) and not _is_media(one.text)}
    unused_columns(table, told, SHEET, skip=used)
    found: dict[str, list[Choice]] = {}
    wordless: dict[str, Line] = {}
    for line in table.lines:
        listed, value = line.get("list"), line.get("value")
        if line.blank or listed == OF_MEMBER_LIST:
            continue
        if not listed or not value:
            told.say("choice_nameless", SHEET, line.row)
            continue
        fit = re.sub(r"\s+", "_", value).replace("?", "") or f"choice_{line.row}"
        if fit != value:
            told.say("choice_renamed", SHEET, line.row, "name", kept=True, before=value, value=fit)
        label = without_tags(spoken.words(line, "label"))
        if not label and listed not in wordless:
            wordless[listed] = line
            told.say("choice_wordless", SHEET, line.row, "label", kept=True, value=fit, list=listed)
        told_apart = {name: text for name, text in line.rest.items() if name in used}
        found.setdefault(listed, []).append(Choice(value=fit, label=label, filter=told_apart))
    return found


def _is_media(text: str) -> bool:
    return text.partition(":")[0].lower() in MEDIA


def without_twins(
    lists: Mapping[str, list[Choice]], filtered: Mapping[str, bool], told: Told
) -> dict[str, tuple[Choice, ...]]:
    """Return the lists without values that stand twice, unless the list is only ever shown through a filter."""
    kept: dict[str, tuple[Choice, ...]] = {}
    for name, choices in lists.items():
        seen: dict[str, Choice] = {}
        row: list[Choice] = []
        for choice in choices:
            twin = seen.get(choice.value)
            if twin is None or (filtered.get(name) and choice.filter != twin.filter):
                row.append(choice)
            else:
                told.say("choice_again", SHEET, None, "name", value=choice.value, list=name)
            seen.setdefault(choice.value, choice)
        kept[name] = tuple(row)
    return kept
