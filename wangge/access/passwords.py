"""New passwords: the lists they are compared with, and the hash that travels to the command that keeps it."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.utils.crypto import salted_hmac
from pypinyin import lazy_pinyin

from wangge.access import rules
from wangge.kernel.refused import Refused

SHIPPED = Path(__file__).with_name("common_passwords.json")
SHORTEST_WORD = 3


def accept(password: str, *, login: str, words: Iterable[str], key: str) -> str:
    """Return the password's slow hash, or refuse it.

    ``words`` are the person's own and the office's, also as their pinyin is typed. ``key`` is that of the form: the
    same form sent twice gives the same hash, so that the second time is known for a repetition.
    """
    local = [*_shipped()["words"], *_typed([*words, login, "".join(sign for sign in login if sign.isalnum())])]
    fault = rules.password_fault(password, login=login, common=common_passwords(), words=local)
    if fault:
        raise Refused(fault)
    return make_password(password, salted_hmac("wangge.password", key, algorithm="sha256").hexdigest()[:22])


@cache
def common_passwords() -> frozenset[str]:
    """Return the passwords that are tried first: Django's twenty thousand, and those common where Chinese is typed."""
    return frozenset(CommonPasswordValidator().passwords | set(_shipped()["passwords"]))


@cache
def _shipped() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(SHIPPED.read_text("utf-8"))
    return found


def _typed(words: Iterable[str]) -> list[str]:
    """Return the words as they are written, and as their pinyin is typed: whole, and by initials."""
    found = []
    for word in words:
        syllables = lazy_pinyin(word)
        found += [word, "".join(syllables), "".join(part[:1] for part in syllables)]
    return [word for word in found if len(word) >= SHORTEST_WORD]
