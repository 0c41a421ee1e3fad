import ast
from pathlib import Path

from tools.check_house import faults
from tools.house.source import Source, constants, dotted, read, text_of, without_migrations


def test_a_file_knows_its_module_its_room_and_whether_it_is_a_door() -> None:
    view = Source("wangge/office/desk/__init__.py", "")
    assert (view.module, view.room, view.is_door) == ("wangge.office.desk", "office", True)
    rule = Source("wangge/people/rules.py", "")
    assert (rule.module, rule.room, rule.is_door) == ("wangge.people.rules", "people", False)
    assert Source("wangge/settings.py", "").room == ""


def test_names_with_dots_are_read_as_written() -> None:
    call = ast.parse("a.b.c()").body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    assert dotted(call.value.func) == "a.b.c"
    assert dotted(call.value) == ""


def test_a_constant_is_followed_through_the_module_that_hands_it_on() -> None:
    sources = [
        Source("wangge/places/kinds.py", 'OPENED = "places.opened"'),
        Source("wangge/places/__init__.py", "from wangge.places.kinds import OPENED"),
        Source("wangge/flows/areas.py", "from wangge.places import OPENED"),
    ]
    known = constants(sources)
    assert text_of(ast.Name("OPENED"), sources[2], known) == "places.opened"
    assert text_of(ast.Name("kind"), sources[2], known) is None


def test_files_are_read_below_a_root_and_migrations_are_not_written_by_people(tmp_path: Path) -> None:
    (tmp_path / "wangge" / "people" / "migrations").mkdir(parents=True)
    (tmp_path / "wangge" / "people" / "models.py").write_text("x = 1\n", "utf-8")
    (tmp_path / "wangge" / "people" / "migrations" / "0001.py").write_text("x = 1\n", "utf-8")
    found = read("wangge/**/*.py", root=tmp_path)
    assert len(found) == 2
    assert [source.path for source in without_migrations(found)] == ["wangge/people/models.py"]


def test_the_whole_house_can_be_checked_within_this_process() -> None:
    assert all(fault.path and fault.line > 0 and fault.text for fault in faults())
