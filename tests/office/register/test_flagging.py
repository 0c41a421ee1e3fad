"""Flags are raised with a reason and an end, and ended by a person."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.office.register.desk import desk
from tests.people.world import World, holds, settle
from wangge.access.rules import Role
from wangge.kernel.ids import uuid7
from wangge.kernel.periods import local_day
from wangge.office import wording
from wangge.people.models import PriorityFlag

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return settle()


@pytest.fixture
def resident(world: World) -> UUID:
    return world.family("王小明", door="1-1-101").residents[0]


def form(**more: str) -> dict[str, str]:
    today = wording.now().date()
    end = (today + timedelta(days=14)).isoformat()
    return {"reason": "returnee", "from_on": today.isoformat(), "until_on": end, "id": str(uuid7()), "key": "k", **more}


def test_a_flag_of_somebody_elsewhere_is_not_to_be_had(world: World, resident: UUID) -> None:
    far = desk(world, "far.one", where="west")
    assert far.post(f"/residents/{resident}/flags/add", form()).status_code == 404
    assert desk(world, "vol.one", Role.VOLUNTEER).post(f"/residents/{resident}/flags/add", form()).status_code == 403
    assert not PriorityFlag.objects.exists()
    assert desk(world).post(f"/residents/{resident}/flags/add", form()).status_code == 303
    holds()


def test_a_flag_without_reason_or_end_is_refused_beside_its_field(world: World, resident: UUID) -> None:
    client = desk(world)
    page = f"/residents/{resident}/flags/add"
    cases = (
        (form(reason="", note="送药"), "f-reason-say"),
        (form(until_on=""), "f-until_on-say"),
        (form(until_on="never"), "f-until_on-say"),
        (form(until_on="2001-01-01"), "f-until_on-say"),
        (form(review_on="2001-01-01"), "f-review_on-say"),
        (form(reason="other"), "f-note-say"),
        (form(reason="nonsense"), "f-reason-say"),
    )
    for nth, (sent, where) in enumerate(cases):
        answer = client.post(page, sent | {"key": str(nth)})
        assert answer.status_code == 422, sent
        assert f'id="{where}"' in answer.content.decode(), where
    assert "送药" in client.post(page, cases[0][0]).content.decode()
    assert not PriorityFlag.objects.exists()


def test_a_reason_proposes_its_days(world: World, resident: UUID) -> None:
    html = desk(world).get(f"/residents/{resident}/flags/add?reason=sick").content.decode()
    today = local_day(wording.now(), "Asia/Shanghai")
    assert f'value="{(today + timedelta(days=30)).isoformat()}"' in html
    assert f'value="{(today + timedelta(days=14)).isoformat()}"' in html
    assert 'value="alone_elderly" data-until=' in html


def test_a_reason_that_stands_is_offered_no_more_and_refused(world: World, resident: UUID) -> None:
    client = desk(world)
    page = f"/residents/{resident}/flags/add"
    assert client.post(page, form()).status_code == 303
    assert 'value="returnee"' not in client.get(page).content.decode()
    again = client.post(page, form(key="2"))
    assert again.status_code == 422
    assert PriorityFlag.objects.count() == 1


def test_a_flag_is_ended_with_a_reason(world: World, resident: UUID) -> None:
    client = desk(world)
    client.post(f"/residents/{resident}/flags/add", form())
    flag = PriorityFlag.objects.select_related("resident").get()
    page = f"/households/{flag.resident.household_id}/flags/{flag.id}/end"
    assert desk(world, "far.one", where="west").post(page, {"reason": "done"}).status_code == 404
    assert client.get(f"/households/{flag.resident.household_id}/flags/{uuid7()}/end").status_code == 404
    assert client.post(page, {"reason": "", "key": "1"}).status_code == 422
    flag.refresh_from_db()
    assert flag.ended_at is None
    assert client.post(page, {"reason": "mistake", "key": "2"}).status_code == 303
    flag.refresh_from_db()
    assert flag.end_reason == "mistake"
    assert client.get(page).status_code == 404
    holds()


def test_the_origin_is_typed_as_people_say_it_and_shown_on_the_household(world: World, resident: UUID) -> None:
    client = desk(world)
    page = f"/residents/{resident}/flags/add"
    today = local_day(wording.now(), "Asia/Shanghai").isoformat()
    for sent, where in (
        (form(reason="visitor", origin="乌有乡"), "f-origin-say"),
        (form(reason="visitor", origin="420102"), "f-origin-say"),
        (form(reason="sick", origin="武汉"), "f-origin-say"),
        (form(reason="still_away", origin="武汉", came_on=today), "f-came_on-say"),
    ):
        answer = client.post(page, sent | {"key": str(uuid7())})
        assert answer.status_code == 422, sent
        assert f'class="fault" id="{where}"' in answer.content.decode(), where
    assert client.post(page, form(reason="visitor", origin="武汉", came_on=today, key="last")).status_code == 303
    flag = PriorityFlag.objects.select_related("resident").get()
    home = f"/households/{flag.resident.household_id}"
    html = client.get(home).content.decode()
    assert "湖北省武汉市" in html
    assert f"{home}/flags/{flag.id}/origin" in html


def test_an_origin_is_corrected_by_whoever_may_flag_there(world: World, resident: UUID) -> None:
    client = desk(world)
    client.post(f"/residents/{resident}/flags/add", form(reason="returnee"))
    flag = PriorityFlag.objects.select_related("resident").get()
    page = f"/households/{flag.resident.household_id}/flags/{flag.id}/origin"
    assert desk(world, "far.one", where="west").post(page, {"origin": "湖北"}).status_code == 404
    assert client.post(page, {"origin": "吉林", "key": "1"}).status_code == 422
    assert client.post(page, {"came_on": "soon", "key": "2"}).status_code == 422
    flag.refresh_from_db()
    assert flag.origin == ""
    assert client.post(page, {"origin": "黄冈", "key": "3"}).status_code == 303
    flag.refresh_from_db()
    assert flag.origin == "421100000000"
    assert 'value="湖北省黄冈市"' in client.get(page).content.decode()
    holds()
