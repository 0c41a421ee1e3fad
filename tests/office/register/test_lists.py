"""Areas with their counts, lists and the sheet of a building."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import NOON
from tests.office.register.desk import desk
from tests.people.world import World, fresh, new_flag, person, settle
from wangge.access.queries import forget_viewers
from wangge.access.rules import Role
from wangge.kernel.ids import uuid7
from wangge.office import wording
from wangge.people.commands import raise_flags
from wangge.people.rules.wishes import NewHousehold
from wangge.places.models import Area
from wangge.privacy.models import ListLook
from wangge.surveys.commands import record_visits
from wangge.surveys.rules import DoorState, VisitSeen

pytestmark = pytest.mark.django_db
PHONE = "13800001234"


@pytest.fixture
def world() -> World:
    return settle()


def building(world: World) -> Area:
    """Return the building of the doors 1-..., which is made with its first one."""
    world.door("1-1-101")
    return Area.objects.get(level="building", name="1", path__startswith=world.grids[0].path)


def statements(client: Client, page: str) -> int:
    """Return how many statements a page costs, with reading again who asks, which happens once a second."""
    assert client.get(page).status_code == 200
    forget_viewers()
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


def visit(world: World, home: UUID, state: DoorState, at: datetime = NOON, again: datetime | None = None) -> None:
    seen = VisitSeen(id=uuid7(), household=home, state=state, at=at, revisit_at=again)
    record_visits(stamp=fresh(at=at, received_at=at), actor=world.house.admin, visits=[seen])


def test_pages_of_another_community_look_like_ones_that_do_not_exist(world: World) -> None:
    world.family("王小明", door="1-1-101")
    far = desk(world, "far.one", where="west")
    here, grid, house = world.house.east.id, world.grids[0].id, building(world).id
    pages = (
        f"/register/{here}", f"/areas/{here}/households", f"/areas/{grid}/residents", f"/buildings/{house}",
        f"/areas/{grid}/households/add", "/register/999999", "/buildings/999999",
    )  # fmt: skip
    for page in pages:
        assert far.get(page).status_code == 404, page
    assert not ListLook.objects.exists()
    clerk = desk(world)
    for page in pages[:5]:
        assert clerk.get(page).status_code == 200, page


def test_a_volunteer_has_no_register(world: World) -> None:
    client = desk(world, "vol.one", Role.VOLUNTEER)
    for page in (
        f"/register/{world.grids[0].id}",
        f"/areas/{world.grids[0].id}/residents",
        f"/buildings/{building(world).id}",
    ):
        assert client.get(page).status_code == 403


def test_an_area_shows_its_counts_and_those_below(world: World) -> None:
    client = desk(world)
    page = f"/register/{world.house.east.id}"
    assert "No households in" in client.get(page).content.decode()
    first = world.family("王小明", "王大", door="1-1-101")
    world.family("李四", door="2-1-101", area=world.grids[1])
    raise_flags(stamp=fresh(), actor=world.clerk, flags=[new_flag(first.residents[0])])
    html = client.get(page).content.decode()
    assert f'href="/areas/{world.house.east.id}/residents">3<' in html
    assert f'href="/areas/{world.grids[0].id}/residents">2<' in html
    assert f'href="/areas/{world.house.east.id}/residents?flag=returnee"' in html
    assert f'href="/buildings/{building(world).id}"' in html


def test_a_building_or_a_door_leads_to_the_sheet(world: World) -> None:
    house = building(world)
    answer = desk(world).get(f"/register/{world.door('1-1-101')}")
    assert (answer.status_code, answer["Location"]) == (303, f"/buildings/{house.id}")


def test_lists_narrow_sort_and_page(world: World) -> None:
    for room in (1001, 201, 301):
        world.family(f"王{'一二三'[room % 3]}", door=f"1-1-{room}")
    world.family("张三", door="10-1-101")
    client = desk(world)
    page = f"/areas/{world.house.east.id}/households"
    html = client.get(page).content.decode()
    order = [html.index(f">{door}<") for door in ("1-1-201", "1-1-301", "1-1-1001", "10-1-101")]
    assert order == sorted(order)
    down = client.get(page, {"sort": "door", "dir": "desc"}).content.decode()
    assert down.index(">10-1-101<") < down.index(">1-1-1001<") < down.index(">1-1-201<")
    narrowed = client.get(page, {"q": "1-1-3"}).content.decode()
    assert ">1-1-301<" in narrowed
    assert ">1-1-201<" not in narrowed
    assert ">10-1-101<" in client.get(page, {"q": "zs"}).content.decode()
    assert "1-1-201" in client.get(page, {"page": "99"}).content.decode()
    people = client.get(f"/areas/{world.house.east.id}/residents", {"q": "张"}).content.decode()
    assert "张三" in people
    assert "王一" not in people


def test_a_list_of_a_flag_holds_those_who_carry_it(world: World) -> None:
    home = world.family("王小明", "王大", door="1-1-101")
    raise_flags(stamp=fresh(), actor=world.clerk, flags=[new_flag(home.residents[1], "alone_elderly")])
    client = desk(world)
    page = f"/areas/{world.grids[0].id}/residents"
    assert client.get(page, {"flag": "nonsense"}).status_code == 404
    html = client.get(page, {"flag": "alone_elderly"}).content.decode()
    assert "王大" in html
    assert "王小明" not in html


def test_households_without_a_door_have_a_list_of_their_own(world: World) -> None:
    world.family("王小明", door="1-1-101")
    world.family("船家")
    html = desk(world).get(f"/areas/{world.grids[0].id}/households?door=none").content.decode()
    assert "船家" in html
    assert "王小明" not in html


def test_every_list_and_sheet_leaves_a_row_before_it_answers(world: World) -> None:
    world.family("王小明", "王大", door="1-1-101")
    client, grid = desk(world), world.grids[0]
    client.get(f"/areas/{grid.id}/households")
    client.get(f"/areas/{grid.id}/residents")
    client.get(f"/buildings/{building(world).id}")
    rows = ListLook.objects.order_by("id").values_list("what", "count", "path")
    assert list(rows) == [
        ("households", 1, grid.path),
        ("residents", 2, grid.path),
        ("building", 1, building(world).path),
    ]


def test_a_sheet_shows_todays_states_and_the_loudest_of_a_door(world: World) -> None:
    today = wording.now()
    done, refused, due = (
        world.family(name, door=f"1-1-{room}") for name, room in (("甲", 101), ("乙", 102), ("丙", 201))
    )
    second = world.family("丁", door="1-1-101")
    visit(world, done.household, DoorState.DONE, today)
    visit(world, refused.household, DoorState.REFUSED, today)
    client = desk(world)
    page = f"/buildings/{building(world).id}"
    html = client.get(page).content.decode()
    assert "<strong>3</strong> still open today" in html
    visit(world, second.household, DoorState.VACANT, today)
    html = client.get(page).content.decode()
    assert "<strong>2</strong> still open today" in html
    assert html.count("door is-stop") == 1
    assert html.count("door is-due") == 1
    filtered = client.get(page + "?state=refused").content.decode()
    assert filtered.count(" faint") == 2
    beside = client.get(f"{page}?door={world.door('1-1-201')}").content.decode()
    assert f'href="/households/{due.household}"' in beside


def test_a_door_to_come_back_to_shows_the_hour(world: World) -> None:
    now = wording.now()
    home = world.family("甲", door="1-1-101")
    visit(world, home.household, DoorState.REVISIT, now, now + timedelta(days=3))
    html = desk(world).get(f"/buildings/{building(world).id}").content.decode()
    assert "door is-wait" in html
    assert 'class="when"' in html


def test_lists_show_no_number_and_no_telephone(world: World) -> None:
    member = person("王小明", id_number="420300194901010015", phones=(PHONE,))
    world.add(NewHousehold(id=uuid7(), area=world.door("1-1-101"), members=(member,)))
    client = desk(world)
    pages = (f"/areas/{world.grids[0].id}/residents", f"/buildings/{building(world).id}?door={world.door('1-1-101')}")
    for page in pages:
        html = client.get(page).content.decode()
        assert PHONE not in html
        assert "420300194901010015" not in html


def test_pages_cost_the_same_for_one_row_and_for_three(world: World) -> None:
    world.family("甲", door="1-1-101")
    client, east, grid, house = desk(world), world.house.east.id, world.grids[0].id, building(world).id
    pages = (
        f"/register/{east}", f"/register/{grid}", f"/areas/{grid}/households", f"/areas/{grid}/residents",
        f"/buildings/{house}", "/search?q=1-1",
    )  # fmt: skip
    one = {page: statements(client, page) for page in pages}
    for nth, name in enumerate(("乙", "丙"), start=2):
        home = world.family(name, "小" + name, door=f"1-1-{nth}01")
        raise_flags(stamp=fresh(), actor=world.clerk, flags=[new_flag(home.residents[0])])
    assert {page: statements(client, page) for page in pages} == one
