import json
from typing import Any

import pytest
from click.testing import CliRunner

from tests.people.world import MAN_1949, World, person, settle
from wangge.access.rules import Role
from wangge.cli.main import wangge
from wangge.kernel.ids import uuid7
from wangge.people.rules.wishes import NewHousehold
from wangge.privacy.models import Look

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return settle()


def export(world: World, *words: str) -> tuple[int, Any]:
    area = world.house.east.code or ""
    done = CliRunner().invoke(wangge, ["register", "export", "--area", area, *words, "--json"])
    return done.exit_code, json.loads(done.stdout) if done.exit_code < 2 else done.stderr


def test_the_register_is_printed_by_door_with_nulls_for_what_is_not_known(world: World) -> None:
    head = person("张三", id_number=MAN_1949, phones=("13800001234", "0600-1234567"), is_head=True)
    for door in ("3-10-101", "3-2-501", "4/12"):
        world.family("李四", door=door)
    world.add(NewHousehold(id=uuid7(), area=world.grids[0].id, members=(head, person(""))))
    code, said = export(world, "--purpose", "演练", "--unmasked")
    assert code == 0
    assert list(said) == ["households"]
    assert [home["door"] for home in said["households"]] == ["3-2-501", "3-10-101", "4/12", None]
    assert said["households"][3]["members"] == [
        {
            "name": "张三", "sex": "M", "birth": "1949-01-01", "id_number": MAN_1949,
            "phones": ["13800001234", "0600-1234567"], "head": True,
        },
        {"name": None, "sex": None, "birth": None, "id_number": None, "phones": [], "head": False},
    ]  # fmt: skip
    _, said = export(world, "--purpose", "演练")
    masked = said["households"][3]["members"][0]
    assert (masked["id_number"], masked["phones"]) == ("****0015", ["138****1234", "****4567"])
    assert Look.objects.filter(subject=head.id, channel="cli").count() == 2


def test_who_may_not_export_is_refused_in_one_object_and_a_purpose_is_needed(world: World) -> None:
    world.family("张三", door="3-2-501")
    world.house.add("worker", Role.GRID_WORKER, world.house.east)
    world.house.add("clerk", Role.CLERK, world.house.east)
    code, said = export(world, "--purpose", "演练", "--as", "worker")
    assert (code, said["refused"]["code"]) == (1, "access.forbidden")
    code, said = export(world, "--purpose", " ", "--as", "clerk")
    assert (code, said["refused"]["code"]) == (1, "access.purpose_missing")
    code, said = export(world, "--purpose", "演练", "--as", "nobody")
    assert (code, said["refused"]["code"]) == (1, "access.account_unknown")
    assert export(world)[0] == 2
    assert not Look.objects.exists()
    assert export(world, "--purpose", "演练", "--as", "clerk")[0] == 0
