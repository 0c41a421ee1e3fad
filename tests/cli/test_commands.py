from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cli.calling import Installation
from wangge.cli.main import COMMANDS, wangge


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["inti"], "Did you mean 'init'?"),
        (["jurnal", "verify"], "Did you mean 'journal'?"),
        (["xyzzy"], "See 'wangge --help'."),
        (["journal", "verify", "--jsn"], "--json"),
        (["area", "add", "--level", "grid"], "--parent"),
        (["up", "--port", "99999"], "65535"),
        (["up", "--https"], "--cert"),
        (["account", "add", "li", "--role", "clerk", "--area", "420322", "--from", "yesterday"], "yesterday"),
    ],
)
def test_wrong_use_exits_2_with_a_hint_and_prints_nothing_to_read_by_programs(
    empty: Installation, words: list[str], hint: str
) -> None:
    answer = empty.call(*words)
    assert (answer.code, answer.out) == (2, "")
    assert hint in answer.err
    assert not Path(empty.environment["WANGGE_DATA"]).exists(), "a typo makes nothing"


@pytest.mark.parametrize("words", [["area", "list", "--area", "420322"], ["journal", "verify"], ["up"]])
def test_without_an_opened_response_a_command_says_what_to_type(empty: Installation, words: list[str]) -> None:
    answer = empty.call(*words, *([] if words == ["up"] else ["--json"]))
    assert "wangge init" in answer.out + answer.err
    assert answer.code == 1
    if words != ["up"]:
        assert answer.refused == "cli.not_initialised"
        assert answer.object["refused"]["facts"] == {"folder": empty.environment["WANGGE_DATA"]}


@pytest.mark.parametrize(
    "words", [["questionnaire", "import", "none.xlsx"], ["visit", "record", "none.csv", "--area", "420322"]]
)
def test_a_file_that_is_not_there_is_refused_in_words(opened: Installation, words: list[str]) -> None:
    assert opened.call(*words, "--json").refused == "cli.file_missing"


def test_opening_a_second_time_is_refused_and_changes_nothing(opened: Installation) -> None:
    before = opened.call("journal", "verify", "--json").object
    assert opened.init("--admin", "other").refused == "init.already_done"
    assert opened.call("journal", "verify", "--json").object["lines"] == before["lines"]


def test_opening_prints_one_object_with_a_way_in(empty: Installation) -> None:
    answer = empty.init("--admin", "wang", "--response", "2020 spring")
    assert answer.code == 0, answer.err
    made = answer.object
    assert set(made) == {"installation", "response", "area", "account", "sign_in_link", "expires_at"}
    assert (made["response"], made["account"]) == ("2020 spring", "wang")
    assert made["area"]["code"] == "420322000000"
    assert set(made["area"]) == {"code", "name", "path"}
    assert made["sign_in_link"].startswith("http://127.0.0.1:8000/sign-in/")
    keys = Path(empty.environment["WANGGE_DATA"]) / "keys"
    assert keys.stat().st_mode & 0o777 == 0o700
    assert all(key.stat().st_mode & 0o077 == 0 for key in keys.iterdir())


def test_an_unknown_area_code_opens_nothing(empty: Installation) -> None:
    words = ["--authority", "A", "--basis", "B", "--area", "999999", "--yes", "--json"]
    assert empty.call("init", *words).refused == "places.area_unknown"
    assert empty.call("init", *words, "--area", "42032").refused == "places.code_malformed"
    assert empty.call("journal", "verify", "--json").refused == "cli.not_initialised"


def test_adding_and_renaming_an_area_is_told_as_one_object(opened: Installation) -> None:
    near = ["area", "add", "--parent", "420322", "--level", "township", "--code", "420322901", "--json"]
    assert opened.call(*near, "--name", " ").refused == "places.name_missing"
    assert opened.call(*near, "--name", "近镇").object["code"].startswith("420322901")
    below = ["area", "add", "--parent", "420322901", "--json", "--name", "翠湖社区", "--level"]
    assert opened.call(*below, "kingdom").refused == "places.level_unknown"
    assert opened.call(*below, "county").refused == "places.level_order"
    made = opened.call(*below, "community").object
    assert set(made) >= {"code", "path"}
    assert (made["code"][:9], len(made["code"])) == ("420322901", 12)
    renamed = opened.call("area", "rename", made["code"], "--name", "青山社区", "--json")
    assert renamed.code == 0, renamed.err
    names = [row["name"] for row in opened.call("area", "list", "--area", "420322901", "--json").object["areas"]]
    assert names == ["青山社区"]


def test_accounts_are_refused_by_code_and_words_and_then_added(opened: Installation) -> None:
    add = ["account", "add", "li.hua", "--area", "420322", "--json"]
    assert opened.call(*add, "--role", "king").refused == "access.role_unknown"
    assert opened.call(*add, "--role", "clerk", "--as", "nobody").refused == "access.account_unknown"
    assert opened.call(*add, "--role", "clerk").object["account"] == "li.hua"
    assert opened.call(*add, "--role", "clerk").refused == "access.login_taken"
    assert opened.call("sign-in-link", "li.hua", "--as", "li.hua", "--json").code == 0
    assert opened.call("sign-in-link", "nobody", "--json").refused == "access.account_unknown"


def test_without_json_words_go_to_standard_error_and_the_answer_is_lines(opened: Installation) -> None:
    answer = opened.call("journal", "verify")
    assert answer.code == 0
    assert "Checking" in answer.err
    assert "lines: " in answer.out
    assert not answer.out.startswith("{")
    refused = opened.call("sign-in-link", "nobody")
    assert (refused.code, refused.out) == (1, "")
    assert "[access.account_unknown]" in refused.err


def test_a_refusal_is_said_in_the_language_that_is_asked_for(opened: Installation) -> None:
    said = {
        language: opened.call("init", *INIT, WANGGE_LANGUAGE=language).object["refused"]["say"]
        for language in ("zh-hans", "zh-hant", "en")
    }
    assert len(set(said.values())) == 3
    assert said["en"].isascii()


INIT = ["--authority", "A", "--basis", "B", "--area", "420322", "--yes", "--json"]


def test_a_defect_exits_3_and_is_written_to_the_log(empty: Installation) -> None:
    answer = empty.call("journal", "verify", "--json", DATABASE_URL="mysql://nowhere/wangge")
    assert (answer.code, answer.out) == (3, "")
    log = Path(empty.environment["WANGGE_DATA"]) / "logs" / "errors.log"
    assert str(log) in answer.err
    assert "mysql" in log.read_text("utf-8")
    assert "Traceback" not in answer.err


def test_help_lists_every_command(empty: Installation) -> None:
    answer = empty.call("--help")
    assert (answer.code, answer.err) == (0, "")
    listed = {line.split()[0] for line in answer.out.partition("Commands:")[2].splitlines() if line.strip()}
    assert COMMANDS.keys() - {"worker"} <= listed


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(name: str) -> None:
    answer = CliRunner().invoke(wangge, [name, "--help"])
    assert answer.exit_code == 0, answer.output
    assert f"{name} [OPTIONS]" in answer.output
