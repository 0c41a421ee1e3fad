import pytest

from tools.house import manners
from tools.house.source import Source


def room(text: str) -> list[Source]:
    return [Source("wangge/people/commands.py", text)]


def door(text: str) -> list[Source]:
    return [Source("wangge/office/register/views.py", text)]


CLOCKS = [
    "at = datetime.now(UTC)",
    "at = datetime.datetime.utcnow()",
    "on = date.today()",
    "at = timezone.now()",
    "x = time.time()",
    "x = Field(default=timezone.now)",
    "x = Field(auto_now_add=True)",
    "from time import time_ns",
    "from django.db.models.functions import Now",
]


@pytest.mark.parametrize("text", CLOCKS)
def test_a_clock_in_a_room_is_found(text: str) -> None:
    (fault,) = manners.clocks(room(f"x = 1\n{text}\n"))
    assert (fault.path, fault.line) == ("wangge/people/commands.py", 2)


@pytest.mark.parametrize("text", CLOCKS)
def test_the_same_clock_in_a_door_or_a_worker_is_allowed(text: str) -> None:
    assert not list(manners.clocks(door(text)))
    assert not list(manners.clocks([Source("wangge/agenda/workers.py", text)]))


@pytest.mark.parametrize(
    "text", ["at = stamp.received_at", "time = row.time", "today: date = stamp.day", "now = stamp"]
)
def test_a_time_that_is_handed_over_is_no_clock(text: str) -> None:
    assert not list(manners.clocks(room(text)))


@pytest.mark.parametrize("text", ["rows = Area.objects.all()", "row = Account._default_manager.get(id=1)"])
def test_rows_are_found_in_a_door_and_allowed_in_a_room(text: str) -> None:
    (fault,) = manners.rows_in_doors(door(text))
    assert "call a query or command" in fault.text
    assert not list(manners.rows_in_doors(room(text)))


@pytest.mark.parametrize(
    "text", ["class DoorManager: pass", "def process_rows(): pass", "class RosterInfo: pass", "def _handle(): pass"]
)
def test_a_name_that_says_nothing_is_found(text: str) -> None:
    assert len(list(manners.empty_names(room(text)))) == 1


def test_a_module_of_odds_and_ends_is_found_by_its_name() -> None:
    assert len(list(manners.empty_names([Source("wangge/people/utils.py", "")]))) == 1


@pytest.mark.parametrize(
    "text", ["def manage(): pass", "def database(): pass", "class Processed: pass", "def informed(): pass"]
)
def test_a_name_that_only_resembles_such_a_word_passes(text: str) -> None:
    assert not list(manners.empty_names(room(text)))


def test_a_public_function_class_or_method_without_docstring_is_found() -> None:
    text = 'def a():\n    pass\n\nclass B:\n    """B."""\n\n    def c(self):\n        pass\n\ndef _d():\n    pass\n'
    assert [fault.text.split()[0] for fault in manners.undocumented(room(text))] == ["a", "c"]
    assert not list(manners.undocumented(room('def a():\n    """Do a."""\n')))


@pytest.mark.parametrize(
    "text",
    [
        "@command\ndef add(stamp, actor) -> int: ...",
        "@command\ndef add(*, actor, stamp) -> int: ...",
        "@command\ndef add(*, stamp) -> int: ...",
        "@command\ndef add(*, stamp, actor): ...",
    ],
)
def test_a_command_of_another_shape_is_found(text: str) -> None:
    assert len(list(manners.loose_commands(room(text)))) == 1


def test_a_command_of_the_house_passes_and_one_of_the_command_line_is_no_write() -> None:
    assert not list(manners.loose_commands(room("@command\ndef add(*, stamp, actor, name) -> int: ...")))
    assert not list(manners.loose_commands([Source("wangge/cli/a.py", "@click.command()\ndef add(name): ...")]))
    assert not list(manners.loose_commands([Source("wangge/cli/a.py", "@area.command('add')\ndef add(name): ...")]))


@pytest.mark.parametrize(
    "text", ["import django", "from django.db import models", "def f():\n    from django import x"]
)
def test_django_in_a_rule_or_in_the_kernel_is_found(text: str) -> None:
    for path in ("wangge/people/rules.py", "wangge/people/rules/editing.py", "wangge/kernel/paths.py"):
        assert len(list(manners.impure_rules([Source(path, text)]))) == 1
    assert not list(manners.impure_rules([Source("wangge/people/queries.py", text)]))


def test_a_rule_of_plain_python_passes() -> None:
    assert not list(manners.impure_rules([Source("wangge/people/rules.py", "from datetime import date")]))


@pytest.mark.parametrize(
    "text", ["@pytest.mark.skip\ndef test_a(): ...", "@pytest.mark.xfail\ndef test_a(): ...", "pytest.skip('later')"]
)
def test_a_skipped_test_is_found(text: str) -> None:
    assert manners_found(text) == 1
    assert manners_found("@pytest.mark.django_db\ndef test_a(): ...") == 0


def manners_found(text: str) -> int:
    return len(list(manners.skipped_tests([Source("tests/people/test_a.py", text)])))
