import json
from typing import Any

import pytest
from click.testing import CliRunner

from tests.access.house import House, again, open_house, set_up
from wangge.access.rules import Role
from wangge.cli.main import wangge

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return open_house()


def run(*words: str) -> tuple[int, Any]:
    done = CliRunner().invoke(wangge, [*words, "--json"])
    return done.exit_code, json.loads(done.stdout)


def test_accounts_are_listed_with_their_duties_inside_an_area_and_within_ones_rights(house: House) -> None:
    house.add("zhou.lan", Role.GRID_WORKER, house.grid)
    house.add("li.wei", Role.GRID_WORKER, house.west)
    code, said = run("account", "list", "--as", "zhou.lan")
    assert (code, said["refused"]["code"]) == (1, "access.forbidden")
    assert [line["login"] for line in run("account", "list")[1]["accounts"]] == ["admin", "li.wei", "zhou.lan"]
    (line,) = run("account", "list", "--area", house.east.code or "")[1]["accounts"]
    assert line == {
        "login": "zhou.lan",
        "name": "zhou.lan 的名字",
        "active": True,
        "duties": [{"role": "grid_worker", "area": house.grid.code, "from": "2020-02-10", "to": None}],
    }


def test_an_account_is_shut_out_and_let_in_again_at_the_server(house: House) -> None:
    house.add("zhou.lan", Role.GRID_WORKER, house.grid)
    house.add("li.wei", Role.COMMUNITY_LEAD, house.west)
    for words, refused in (
        (("account", "deactivate", "nobody"), "access.account_unknown"),
        (("account", "deactivate", "admin"), "access.own_account"),
        (("account", "deactivate", "zhou.lan", "--as", "li.wei"), "access.account_unknown"),
    ):
        code, said = run(*words)
        assert (code, said["refused"]["code"]) == (1, refused)
    assert run("account", "deactivate", "ZHOU.lan") == (0, {"account": "ZHOU.lan", "active": False})
    code, said = run("sign-in-link", "zhou.lan")
    assert (code, said["refused"]["code"]) == (1, "access.account_unknown")
    assert run("account", "reactivate", "zhou.lan")[0] == 0
    assert "/sign-in/" in run("sign-in-link", "zhou.lan")[1]["url"]


def test_a_lost_second_factor_is_dropped_at_the_server_also_the_first_administrators(house: House) -> None:
    assert run("account", "drop-factor", "admin")[1]["refused"]["code"] == "access.factor_missing"
    set_up(house.admin)
    assert run("account", "drop-factor", "admin")[0] == 0
    assert not again(house.admin).has_factor


def test_an_account_is_added_with_a_role_that_exists_in_an_area_that_exists(house: House) -> None:
    words = ("account", "add", "shen.jie", "--role")
    assert run(*words, "king", "--area", house.east.code or "")[1]["refused"]["code"] == "access.role_unknown"
    assert run(*words, "clerk", "--area", "999999")[1]["refused"]["code"] == "places.area_unknown"
    code, said = run(*words, "clerk", "--area", house.east.code or "", "--from", "2020-02-10", "--to", "2020-02-20")
    assert (code, said["account"], said["role"], said["area"]) == (0, "shen.jie", "clerk", house.east.code)
