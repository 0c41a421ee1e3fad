"""The words that offices write: headings by field, words of cells; they lie in headings.json."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_WORDS: dict[str, Any] = json.loads((Path(__file__).parent / "headings.json").read_text("utf-8"))


def _table(name: str) -> Mapping[str, tuple[str, ...]]:
    return {key: tuple(words) for key, words in _WORDS[name].items()}


HEADERS = _table("headers")
"""Field > headings, compared in half-width signs without blanks, brackets and case."""

HEADS: tuple[str, ...] = tuple(_WORDS["heads"])
"""Before a heading these say that it is the head's; where each row is a household, the row is about the head."""

MEMBERS: tuple[str, ...] = tuple(_WORDS["members"])
"""Before a heading these say that it is a member's of the household that the row is about."""

OTHERS: tuple[str, ...] = tuple(_WORDS["others"])
"""A heading that begins with one of these tells about somebody or something else, and is not taken."""

ETHNIC = frozenset(_WORDS["ethnic"])
BELIEFS = frozenset(_WORDS["beliefs"])
"""What stands in a column that is never read, whatever its heading."""

RELATIONS = _table("relations")
"""Relation to the head > the words for it."""

SEXES = _table("sexes")

NUMBER_KINDS = _table("number_kinds")
"""Kind of document > the words for it; under the empty one the number itself tells the kind."""

VACANT: tuple[str, ...] = tuple(_WORDS["vacant"])
"""What stands in place of a name where nobody lives."""

GONE: tuple[str, ...] = tuple(_WORDS["gone"])
"""A remark that is one of these, alone or with a day or place, says that the person is no longer a resident."""

KIN: tuple[str, ...] = tuple(_WORDS["kin"])
"""A remark that names one of these may be about somebody else than the row."""

NONE_WORDS = frozenset(_WORDS["none_words"])
"""What people write into a cell that has nothing to say."""

SAME_WORDS = frozenset(_WORDS["same_words"])
"""What people write for "as in the row above"."""
