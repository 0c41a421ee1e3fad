"""What the pages of campaigns share: ids that follow from a form's key, questions with yes, where one stands."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.shortcuts import render

from wangge.kernel.refused import Refused
from wangge.office.viewing import Desk, go, hides_existence
from wangge.places import queries as places
from wangge.words import say

NAMES = UUID("0f0c4a0e-7c0b-5d7b-9a52-6d0b8b6f9c11")


def identity(key: str, *parts: object) -> UUID:
    """Return an id that follows from a form's key, so that a form that is sent twice makes one thing."""
    return uuid5(NAMES, "\0".join([key, *(str(part) for part in parts)]))


def number_asked(text: str) -> int | None:
    """Return a row's id from an address, None when it is none."""
    return int(text) if text.isdecimal() and len(text) < 16 else None


def asked(
    request: Desk, words: dict[str, Any], act: Callable[[], object], *, area: int, back: str, there: str, said: str
) -> HttpResponse:
    """Ask a question, and do what was asked when it is answered with yes."""
    refusal = ""
    if request.method == "POST":
        try:
            act()
        except Refused as refused:
            if hides_existence(refused) or refused.code == "access.second_factor_needed":
                raise
            refusal = say(refused)
        else:
            return go(request, there, say=said)
    nothing: list[object] = []
    context = {"area": places.area(area), "form": nothing, "refusal": refusal, "back": back, **words}
    return render(request, "office/ask.html", context, status=422 if refusal else 200)
