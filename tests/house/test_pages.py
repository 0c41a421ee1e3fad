import pytest

from tools.house.pages import inline_code
from tools.house.source import Source


def found(text: str) -> int:
    return len(list(inline_code([Source("wangge/templates/office/a.html", text)])))


@pytest.mark.parametrize(
    "text",
    [
        "<script>go()</script>",
        "<style>p {}</style>",
        '<p class="a" style="color: red">',
        '<button onclick="go()">',
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//fonts.example/x.css">',
    ],
)
def test_what_the_content_policy_would_drop_is_found(text: str) -> None:
    assert found(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<script src=\"{% static 'office/office.js' %}\" defer></script>",
        '<script type="application/json">{"a": 1}</script>',
        '<p class="style">on = 1</p>',
        "<a href=\"{% url 'home' %}\">",
        '<a href="/areas/1/">',
    ],
)
def test_files_classes_and_own_addresses_pass(text: str) -> None:
    assert found(text) == 0
