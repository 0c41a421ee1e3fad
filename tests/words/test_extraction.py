from pathlib import Path

import pytest
from django.template import Context, Template

from tools.house.messages import Message, asked, placeholders, told
from tools.house.source import Source


def in_template(text: str) -> list[Message]:
    return [one.message for one in asked([Source("wangge/templates/a.html", text)])]


def in_python(text: str) -> list[Message]:
    return [one.message for one in asked([Source("wangge/words/a.py", text)])]


def test_python_messages_are_found_with_context_plural_and_place() -> None:
    text = (
        'A = _("Saved.")\nB = pgettext_lazy("menu", "Areas")\nC = ngettext("%(n)s door", "%(n)s doors", n)\n'
        'D = npgettext("sheet", "one", "many", n)\nE = gettext_lazy("in "\n    "two parts")\n'
    )
    assert in_python(text) == [
        Message("Saved."),
        Message("Areas", context="menu"),
        Message("%(n)s door", "%(n)s doors"),
        Message("one", "many", "sheet"),
        Message("in two parts"),
    ]
    assert [one.line for one in asked([Source("wangge/words/a.py", text)])][:2] == [1, 2]


def test_other_calls_and_loose_underscores_are_no_messages() -> None:
    assert in_python('_ = "x"\nsay("no")\nfor _, a in b:\n    pass\nf(_)') == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{% translate "Sign in" %}', Message("Sign in")),
        ("{% translate 'Sign in' as title %}", Message("Sign in")),
        ('{% trans "Areas" context "menu" %}', Message("Areas", context="menu")),
        ('{% include "a.html" with label=_("Search") %}', Message("Search")),
        ('{{ _("None") }}', Message("None")),
        ('{{ name|default:_("None") }}', Message("None")),
        ("{% blocktranslate %}100 % of {{ name }}{% endblocktranslate %}", Message("100 %% of %(name)s")),
        (
            '{% blocktranslate context "door" %}Open{% endblocktranslate %}',
            Message("Open", context="door"),
        ),
        (
            "{% blocktranslate trimmed %}\n  One\n  sentence.\n{% endblocktranslate %}",
            Message("One sentence."),
        ),
        (
            "{% blocktranslate count n=x trimmed %}\n {{ n }} door\n{% plural %}\n{{ n }} doors{% endblocktranslate %}",
            Message("%(n)s door", "%(n)s doors"),
        ),
    ],
)
def test_a_template_message_is_found_as_django_looks_it_up(text: str, message: Message) -> None:
    assert in_template(text) == [message]


@pytest.mark.parametrize("text", ["{% translate title %}", "{# _('no') #}", "Sign in", '{% url "home" %}'])
def test_what_is_no_message_is_left_alone(text: str) -> None:
    assert in_template(text) == []


def test_the_extracted_message_is_the_one_that_django_renders() -> None:
    text = (
        "{% load i18n %}{% blocktranslate trimmed with name=who %}\n 5 % for {{ name }},\n all {% endblocktranslate %}"
    )
    (message,) = in_template(text)
    assert Template(text).render(Context({"who": "Li"})) == message.text % {"name": "Li"}


def test_a_catalogue_is_read_with_contexts_and_without_what_is_fuzzy(tmp_path: Path) -> None:
    file = tmp_path / "django.po"
    file.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgctxt "menu"\nmsgid "Areas"\n'
        'msgstr "辖区"\n\n#, fuzzy\nmsgid "Doors"\nmsgstr "门"\n',
        "utf-8",
    )
    (only,) = told(file, tmp_path)
    assert (only.message, only.texts, only.line) == (Message("Areas", context="menu"), ("辖区",), 6)


def test_places_to_fill_in_are_told_apart_from_percent_signs() -> None:
    assert placeholders("%(n)s of %(all)s, 50 %% and %s {name}") == {"n", "all", "%s", "{name}"}
    assert placeholders("100 %% of it") == set()
