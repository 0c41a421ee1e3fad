"""Words for people: what a refusal or a code means, in the language that is active.

Each room has a module here of its own name with ``REFUSALS`` (code > text with ``%(fact)s``) and ``LABELS``
(group, such as ``people.sex``, > code > text). Only doors import this package.
"""

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.kernel.refused import Refused

Words = str | Promise
GENERAL = _("This could not be done (%(code)s).")


def say(refused: Refused) -> str:
    """Return the sentence for a refusal; one without words of its own gets a general sentence that names its code."""
    module = _module(refused.code)
    texts: Mapping[str, Words] = getattr(module, "REFUSALS", {})
    text = texts.get(refused.code)
    if text is not None:
        try:
            return str(text) % refused.facts
        except (KeyError, TypeError, ValueError):
            pass  # a fact is missing: better a plain sentence with the code than none
    return str(GENERAL) % {"code": refused.code}


def label(group: str, code: str) -> str:
    """Return the words for one code of a group such as ``people.sex``; a code without words stands for itself."""
    groups: Mapping[str, Mapping[str, Words]] = getattr(_module(group), "LABELS", {})
    return str(groups.get(group, {}).get(code, code))


def report_words(group: str, code: str) -> str:
    """Return the words for one code of a group; one that is a refusal's, such as ``people.number_taken``, in its."""
    return say(Refused(code)) if "." in code else label(group, code)


def _module(name: str) -> ModuleType | None:
    """Return the words of the room before the dot, or nothing when it has none."""
    path = f"{__name__}.{name.partition('.')[0]}"
    try:
        return import_module(path)
    except ModuleNotFoundError as missing:
        if missing.name != path:
            raise
        return None
