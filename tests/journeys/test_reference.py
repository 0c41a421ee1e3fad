"""What is written about Wangge is true of it."""

import re
from pathlib import Path

import pytest

from tools import pages
from wangge.access.rules import VERBS
from wangge.cli.main import COMMANDS

ROOT = Path(__file__).parent.parent.parent
WRITTEN = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)(?:#[^)\s]*)?\)")
TYPED = re.compile(r"(?:^|\n| `|\()(?:\.venv/bin/)?wangge ([a-z][a-z-]+)")
ROLE = re.compile(r"^\| `(\w+)` \| (.*) \|$", re.MULTILINE)


def test_the_list_of_pages_is_the_table_of_addresses() -> None:
    assert pages.FILE.read_text("utf-8") == pages.text(), "type: python -m tools.pages"


def test_an_address_is_written_with_its_name_verb_and_what_it_does() -> None:
    board = next(one for one in pages.addresses() if one.name == "board")
    assert (board.package, board.path, board.who) == ("board", "/board/<int:area_id>", "`board.read`")
    assert board.does.startswith("Show the board of an area")


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_of_a_paper_leads_to_a_file(file: Path) -> None:
    dead = [link for link in LINK.findall(file.read_text("utf-8")) if not (file.parent / link).exists()]
    assert not dead


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_command_that_a_paper_tells_people_to_type_exists(file: Path) -> None:
    unknown = set(TYPED.findall(file.read_text("utf-8"))) - set(COMMANDS)
    assert not unknown


def test_the_table_of_roles_in_the_security_model_is_the_one_in_the_code() -> None:
    section = (ROOT / "docs" / "security.md").read_text("utf-8").split("## Roles")[1].split("\n## ")[0]
    written = {role: set(re.findall(r"`([a-z]+\.[a-z]+)`", verbs)) for role, verbs in ROLE.findall(section)}
    assert written == {role.value: set(verbs) for role, verbs in VERBS.items()}
