"""Finding people and doors from the desk."""

import pytest

from tests.office.register.desk import desk
from tests.people.world import MAN_1949, World, person, settle
from wangge.access.rules import Role
from wangge.kernel.ids import uuid7
from wangge.people.rules.wishes import NewHousehold
from wangge.privacy.models import ListLook

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return settle()


def test_who_may_not_read_the_register_cannot_search_it(world: World) -> None:
    world.family("王小明", door="1-1-101")
    for login, role in (("vol.one", Role.VOLUNTEER), ("look.one", Role.AUDITOR)):
        client = desk(world, login, role)
        assert client.get("/search?q=wxm").status_code == 403
        assert client.post("/search/hits", {"q": "wxm"}).status_code == 403
    assert not ListLook.objects.exists()
    assert "王小明" in desk(world).get("/search?q=wxm").content.decode()


def test_somebody_of_another_community_is_not_found(world: World) -> None:
    home = world.family("王小明", door="1-1-101")
    page = desk(world, "far.one", where="west").get("/search?q=王小明").content.decode()
    assert str(home.household) not in page
    assert "Nobody and no door found" in page


@pytest.mark.parametrize("text", ["王小明", "wxm", "wangxiao", "0015", MAN_1949, "13800001234", "1-1-101", "1-1"])
def test_everything_somebody_may_know_finds_the_household(world: World, text: str) -> None:
    member = person("王小明", id_number=MAN_1949, phones=("13800001234",))
    home = world.add(NewHousehold(id=uuid7(), area=world.door("1-1-101"), members=(member,)))
    client = desk(world)
    full = client.get("/search", {"q": text}).content.decode()
    live = client.post("/search/hits", {"q": text}).content.decode()
    assert f"/households/{home.household}" in full
    assert f"/households/{home.household}" in live
    assert "<main" not in live
    assert MAN_1949 not in live


def test_every_search_leaves_a_row_with_count_and_digest(world: World) -> None:
    world.family("王小明", "王大", door="1-1-101")
    client = desk(world)
    client.get("/search")
    assert not ListLook.objects.exists()
    client.get("/search?q=王")
    look = ListLook.objects.get()
    assert (look.what, look.count, look.path) == ("search", 2, world.house.east.path)
    client.post("/search/hits", {"q": "nobody"})
    assert ListLook.objects.filter(what="search", count=0).count() == 1


def test_what_was_searched_for_is_written_back_harmlessly(world: World) -> None:
    page = desk(world).get("/search", {"q": '"><script>x</script>'}).content.decode()
    assert "<script>x" not in page
