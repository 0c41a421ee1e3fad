"""How the fields of a filling are called on a page: ``a:question``, ``a:repeat:row:question``, and their parts."""

import re
from collections.abc import Iterable

from wangge.surveys.rules.questionnaires import OTHER_END, Question

# No name of a question may hold a colon or one of these, so that nothing can be taken for something else.
SEEN = "~seen"
UNSURE = "~unsure"
OTHER = "~other"
ROWS = "~rows"
AGAIN = "~name"
ADDED = re.compile(r"n[1-9]\d?\Z")
PLAIN = re.compile(r"[^\w-]")


def joined(*parts: str) -> str:
    """Return the name of a field below others."""
    return ":".join(parts)


def id_of(name: str) -> str:
    """Return the id of the field with this name."""
    return PLAIN.sub("-", name)


def rows_name(name: str) -> str:
    """Return the name of the hidden field that lists the rows of a repeat."""
    return joined(name, ROWS)


def added_keys(keys: Iterable[str]) -> list[str]:
    """Return the keys of rows that somebody added, each once, in their order."""
    return list(dict.fromkeys(key for key in keys if ADDED.match(key)))


def other_name(question: Question) -> str:
    """Return the name under which the text beside "other" is kept in an answer set."""
    return f"{question.name}{OTHER_END}"
