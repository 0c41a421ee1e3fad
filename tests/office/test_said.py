"""What was done is said once on the next page, and nothing can be made to be said."""

import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from wangge.office import said


def told(value: str) -> str:
    request = RequestFactory().get("/")
    request.COOKIES[said.COOKIE] = value
    with override("en"):
        return said.sentence(request)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "saved",
        "[]",
        '{"code":"nonsense","facts":{}}',
        '{"code":"saved"}',
        '{"code":"saved","facts":[1]}',
        "x" * 900,
    ],
)
def test_a_cookie_of_another_hand_says_nothing(value: str) -> None:
    assert told(value) == ""


def test_the_sentence_is_said_on_the_next_page() -> None:
    response = HttpResponse()
    said.remember(RequestFactory().post("/"), response, "saved", {})
    cookie = response.cookies[said.COOKIE]
    assert cookie["httponly"]
    assert json.loads(cookie.value) == {"code": "saved", "facts": {}}
    assert told(cookie.value) == "Saved."


def test_a_sentence_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        said.remember(RequestFactory().post("/"), HttpResponse(), "nonsense", {})
