"""The pages of the area tree over HTTP: who may, what is refused, what is asked first."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.office.entering import enter
from tests.places.world import add, county, fresh, open_county, reread, worker
from wangge.access.rules import Role
from wangge.places import queries
from wangge.places.commands import ensure_dwellings
from wangge.places.models import Area
from wangge.places.rules import DoorKey, Level

pytestmark = pytest.mark.django_db(transaction=True)


class World:
    """A county with two communities, one of them with two grids and a building."""

    def __init__(self) -> None:
        self.admin = open_county()
        self.town = add(county(), Level.TOWNSHIP, "云溪镇")[0]
        self.lake, self.hill = add(self.town, Level.COMMUNITY, "翠湖社区", "青山社区")
        self.first, self.second = add(self.lake, Level.GRID, "第1网格", "第2网格")
        ensure_dwellings(stamp=fresh(), actor=self.admin, area=self.first.id, keys=[DoorKey("3", "1", "101")])
        self.building = queries.buildings_of(self.lake.path)["3"]
        self.desk = enter(self.admin, self.admin)


def text(client: Client, address: str, status: int = 200) -> str:
    """Return the words of a page."""
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def send(client: Client, address: str, status: int, **given: object) -> str:
    """Send a form and return what was answered."""
    answer = client.post(address, given)
    assert answer.status_code == status, (answer.status_code, answer.content.decode()[-2000:])
    return answer.content.decode()


def test_an_area_shows_what_lies_below_it_sorted_searched_and_paged() -> None:
    world = World()
    add(world.town, Level.VILLAGE, *(f"第{number}村" for number in range(1, 61)))
    page = text(world.desk, f"/areas/{world.town.id}/")
    assert "翠湖社区" in page
    assert "1–50 of 62" in page
    assert "第60村" not in page
    assert "第60村" in text(world.desk, f"/areas/{world.town.id}/?page=2")
    found = text(world.desk, f"/areas/{world.town.id}/?q=翠湖")
    assert "翠湖社区" in found
    assert "青山社区" not in found
    assert "No area of that name or code" in text(world.desk, f"/areas/{world.town.id}/?q=不存在")
    down = text(world.desk, f"/areas/{world.town.id}/?sort=below&dir=desc")
    assert down.index("翠湖社区") < down.index("青山社区")


def test_pages_of_areas_that_are_not_ones_own_look_like_pages_that_do_not_exist() -> None:
    world = World()
    lead = enter(world.admin, worker(world.admin, "gao.xiu", Role.COMMUNITY_LEAD, world.hill))
    for name in ("", "add", "rename", "split", "merge", "move", "retire", "buildings/add"):
        answer = lead.get(f"/areas/{world.lake.id}/{name}")
        assert answer.status_code == 404
    for name in ("add", "rename", "split", "merge", "move", "retire", "restore", "buildings/add"):
        assert lead.post(f"/areas/{world.lake.id}/{name}", {"name": "X"}).status_code == 404
    assert reread([world.lake])[0].name == "翠湖社区"


def test_a_clerk_sees_the_tree_and_no_way_to_change_it() -> None:
    world = World()
    clerk = enter(world.admin, worker(world.admin, "shen.jie", Role.CLERK, world.lake))
    page = text(clerk, f"/areas/{world.lake.id}/")
    assert "第1网格" in page
    assert not any(words in page for words in ("Rename", "Add an area", "Change the tree", "Give up"))
    assert clerk.get(f"/areas/{world.lake.id}/split").status_code == 403


def test_adding_keeps_what_was_typed_when_refused_and_happens_once_when_sent_twice() -> None:
    world = World()
    address = f"/areas/{world.lake.id}/add"
    send(world.desk, address, 303, level="grid", name="旧网格", code="own-7")
    refused = send(world.desk, address, 422, level="grid", name="第3网格", code="own-7")
    assert "was used before" in refused
    assert 'value="第3网格"' in refused
    for _ in range(2):
        send(world.desk, address, 303, level="grid", name="第3网格", code="", key="one form")
    assert Area.objects.filter(name="第3网格").count() == 1


def test_a_new_name_stands_on_the_page_and_in_its_history() -> None:
    world = World()
    send(world.desk, f"/areas/{world.lake.id}/rename", 422, name="  ")
    send(world.desk, f"/areas/{world.lake.id}/rename", 303, name="翠湖苑社区")
    page = text(world.desk, f"/areas/{world.lake.id}/")
    assert "Renamed from 翠湖社区 to 翠湖苑社区 admin" in page


def test_buildings_are_shown_before_they_are_made_and_made_once() -> None:
    world = World()
    address = f"/areas/{world.second.id}/buildings/add"
    given = {"names": "5-6号楼", "units": 2, "floors": 3, "doors": 2}
    faulty = send(world.desk, address, 422, **(given | {"floors": 0}))
    assert 'value="5-6号楼"' in faulty
    taken = send(world.desk, address, 422, **(given | {"names": "3"}))
    assert "in this community already" in taken
    assert "At most 2000 doors" in send(world.desk, address, 422, names="1-60", units=4, floors=30, doors=4)
    assert "stands there twice" in send(world.desk, address, 422, **(given | {"names": "7, 7栋"}))
    shown = send(world.desk, address, 200, **given, act="preview")
    assert "2 buildings, 24 doors" in shown
    assert "<b>302</b>" in shown
    assert not queries.buildings_of(world.second.path)
    for _ in range(2):
        send(world.desk, address, 303, **given, act="make", key="one form")
    assert queries.counts_inside(world.second.path) == {"building": 2, "stairwell": 4, "dwelling": 24}
    page = text(world.desk, f"/areas/{world.second.id}/buildings/add?building=5号楼")
    assert "Buildings in 第2网格" in page
    assert world.desk.get(f"/areas/{world.town.id}/buildings/add").status_code == 404


def test_splitting_asks_what_goes_and_leads_to_the_new_area() -> None:
    world = World()
    address = f"/areas/{world.lake.id}/split"
    assert "第2网格" in text(world.desk, address)
    assert "Choose what goes into the new area" in send(world.desk, address, 422, name="湖东社区")
    everything = [world.first.id, world.second.id]
    assert "Nothing would be left" in send(world.desk, address, 422, name="湖东社区", children=everything)
    answer = world.desk.post(address, {"name": "湖东社区", "children": [world.second.id]})
    new = Area.objects.get(name="湖东社区")
    assert answer["Location"] == f"/areas/{new.id}/"
    assert reread([world.second])[0].parent_id == new.id
    assert "Split: a part went to 湖东社区" in text(world.desk, f"/areas/{world.lake.id}/")
    assert "Nothing lies below" in text(world.desk, f"/areas/{world.hill.id}/split")


def test_merging_is_chosen_then_asked_then_done() -> None:
    world = World()
    address = f"/areas/{world.second.id}/merge"
    chosen = text(world.desk, address)
    assert "第1网格" in chosen
    assert "青山社区" not in chosen.split("Choose one")[1]
    assert world.desk.post(address).status_code == 404
    question = text(world.desk, f"{address}?into={world.first.id}")
    assert "Merge 第2网格 into 第1网格?" in question
    assert "same level" in send(world.desk, f"{address}?into={world.hill.id}", 422)
    for _ in range(2):
        send(world.desk, f"{address}?into={world.first.id}", 303, key="one form")
    assert reread([world.second])[0].retired_at is not None
    assert "第2网格 was merged into it" in text(world.desk, f"/areas/{world.first.id}/")
    ended = text(world.desk, f"/areas/{world.second.id}/")
    assert "This area was given up" in ended
    assert "Merged into 第1网格 and given up" in ended


def test_moving_is_chosen_then_asked_then_done() -> None:
    world = World()
    address = f"/areas/{world.building.id}/move"
    chosen = text(world.desk, address)
    assert "第2网格" in chosen
    assert "青山社区" in chosen
    assert "青山社区" not in text(world.desk, f"{address}?q=网格")
    for wrong in ("x", "999999", "1" * 30):
        assert world.desk.get(f"{address}?to={wrong}").status_code == 404
    assert "Move 3 to 第2网格?" in text(world.desk, f"{address}?to={world.second.id}")
    assert "belongs to 第1网格 already" in send(world.desk, f"{address}?to={world.first.id}", 422)
    send(world.desk, f"{address}?to={world.second.id}", 303)
    assert reread([world.building])[0].parent_id == world.second.id
    assert "Moved to 第2网格" in text(world.desk, f"/areas/{world.building.id}/")


def test_giving_up_is_asked_refused_while_somebody_works_there_and_taken_back() -> None:
    world = World()
    worker(world.admin, "zhou.lan", Role.GRID_WORKER, world.first)
    assert "Give 第1网格 up?" in text(world.desk, f"/areas/{world.first.id}/retire")
    assert "Nobody may be left" in send(world.desk, f"/areas/{world.first.id}/retire", 422)
    assert world.desk.get(f"/areas/{world.second.id}/restore").status_code == 405
    send(world.desk, f"/areas/{world.second.id}/retire", 303)
    assert "第2网格" not in text(world.desk, f"/areas/{world.lake.id}/")
    assert "第2网格" in text(world.desk, f"/areas/{world.lake.id}/?show=ended")
    send(world.desk, f"/areas/{world.second.id}/restore", 303)
    assert "第2网格" in text(world.desk, f"/areas/{world.lake.id}/")
    assert world.desk.post(f"/areas/{world.second.id}/restore").status_code == 409


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_every_page_of_the_tree_speaks_chinese(language: str) -> None:
    world = World()
    world.desk.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    names = ("", "add", "rename", "split", "merge", f"merge?into={world.second.id}", "move", "retire", "buildings/add")
    for name in names:
        answer = world.desk.get(f"/areas/{world.first.id}/{name}").content.decode()
        body = re.sub(r"<[^>]+>", " ", answer[answer.index("<main") : answer.index('class="printed-foot"')])
        english = set(re.findall(r"[A-Za-z]{4,}", body)) - {"admin", "English"}
        assert not english, (name, english)


def test_the_page_costs_the_same_for_many_areas_as_for_few() -> None:
    world = World()
    text(world.desk, f"/areas/{world.town.id}/")
    with CaptureQueriesContext(connection) as few:
        text(world.desk, f"/areas/{world.town.id}/")
    add(world.town, Level.VILLAGE, *(f"第{number}村" for number in range(1, 31)))
    with CaptureQueriesContext(connection) as many:
        text(world.desk, f"/areas/{world.town.id}/")
    assert len(many) == len(few)
