"""What differs between two versions of a questionnaire, question by question, for people to read."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wangge.surveys.rules.questionnaires import Choice, Definition, Question, label, walk

WHOLE = ("title", "notice")
WORDS = ("label", "hint", "constraint_message")
TEXTS = (
    "type", "relevant", "constraint", "calculation", "choice_filter", "required_when", "default", "appearance", "bind",
    "compare", "klass", "purpose", "retention", "repeat", "repeat_count",
)  # fmt: skip
SWITCHES = ("required", "unknown", "other", "read_only")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: ``kind`` is added, removed, moved or changed; ``what`` names the column."""

    kind: str
    name: str = ""
    words: str = ""
    what: str = ""
    language: str = ""
    before: str = ""
    after: str = ""


def differences(old: Definition, new: Definition, language: str) -> list[Difference]:
    """Return what differs, in the order of the later version; what was taken out comes last."""
    found: list[Difference] = []
    for what in WHOLE:
        found += _of_words("", "", what, getattr(old, what), getattr(new, what))
    if old.languages != new.languages:
        found.append(Difference("changed", "", "", "languages", "", ", ".join(old.languages), ", ".join(new.languages)))
    before, after = (_by_name(one) for one in (old, new))
    moved = _moved([name for name in before if name in after], [name for name in after if name in before])
    for name, one in after.items():
        words = label(one.label, language) or name
        if name not in before:
            found.append(Difference("added", name, words))
            continue
        if name in moved:
            found.append(Difference("moved", name, words))
        found += _of_question(before[name], one, words, old, new)
    for name, one in before.items():
        if name not in after:
            found.append(Difference("removed", name, label(one.label, language) or name))
    return found


def _by_name(definition: Definition) -> dict[str, Question]:
    return {one.name: one for one in walk(definition.questions)}


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Return the names that stand elsewhere: all but a longest run that kept its order."""
    place = {name: turn for turn, name in enumerate(before)}
    ends: list[str] = []
    previous: dict[str, str] = {}
    for name in after:
        at = bisect_left(ends, place[name], key=place.__getitem__)
        if at:
            previous[name] = ends[at - 1]
        ends[at : at + 1] = [name]
    kept: set[str] = set()
    name = ends[-1] if ends else ""
    while name:
        kept.add(name)
        name = previous.get(name, "")
    return set(after) - kept


def _of_question(
    before: Question, after: Question, words: str, old: Definition, new: Definition
) -> Iterator[Difference]:
    name = after.name
    for what in WORDS:
        yield from _of_words(name, words, what, getattr(before, what), getattr(after, what))
    for what in TEXTS:
        if getattr(before, what) != getattr(after, what):
            yield Difference("changed", name, words, what, "", getattr(before, what), getattr(after, what))
    for what in SWITCHES:
        if getattr(before, what) != getattr(after, what):
            yield Difference(
                "changed", name, words, what, "", *("yes" if getattr(one, what) else "no" for one in (before, after))
            )
    if before.parameters != after.parameters:
        texts = (" ".join(f"{key}={value}" for key, value in sorted(one.parameters.items())) for one in (before, after))
        yield Difference("changed", name, words, "parameters", "", *texts)
    lists = (old.choices.get(before.choices, ()), new.choices.get(after.choices, ()))
    if lists[0] != lists[1]:
        yield Difference("changed", name, words, "choices", "", *map(_choices, lists))


def _of_words(
    name: str, words: str, what: str, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[Difference]:
    for language in dict.fromkeys((*before, *after)):
        if before.get(language, "") != after.get(language, ""):
            yield Difference("changed", name, words, what, language, before.get(language, ""), after.get(language, ""))


def _choices(rows: tuple[Choice, ...]) -> str:
    return "；".join(" / ".join(dict.fromkeys((one.value, *one.label.values()))) for one in rows)
