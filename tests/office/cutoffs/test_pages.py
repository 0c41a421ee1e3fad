"""Cut-offs on the desk."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from tests.access.house import again
from tests.office.entering import enter, now_stamp
from tests.people.world import World, new_flag, settle
from wangge.access.rules import Role
from wangge.people import commands as people
from wangge.people.models import PriorityFlag
from wangge.privacy.models import ListLook
from wangge.situation.cutoffs.hours import hours_of
from wangge.situation.cutoffs.indicators import all_of_them
from wangge.situation.cutoffs.models import IndicatorVersion, Snapshot, ZeroReport

pytestmark = pytest.mark.django_db
WUHAN, SET = "420100000000", "liuzhou-01"


@pytest.fixture
def world() -> World:
    return settle()


def desk(world: World, role: Role = Role.COMMUNITY_LEAD, where: str = "east", *, confirmed: bool = True) -> Client:
    area = {"east": world.house.east, "west": world.west, "town": world.house.town}[where]
    viewer = again(world.house.add(f"{role.value}.{where}", role, area))
    return enter(world.house.admin, viewer, confirmed=confirmed)


def visitor_from_wuhan(world: World, name: str = "张三") -> None:
    today = now_stamp().day
    (who,) = world.family(name, door=f"1-1-{101 + len(world.doors)}").residents
    flag = new_flag(who, "visitor", origin=WUHAN, from_on=today, until_on=today + timedelta(days=14))
    people.raise_flags(stamp=now_stamp(), actor=world.house.admin, flags=[flag])


def test_numbers_are_kept_by_those_who_report_and_read_by_those_who_watch(world: World) -> None:
    page, take = f"/areas/{world.house.east.id}/cutoffs", f"/areas/{world.house.east.id}/cutoffs/take"
    auditor, worker = desk(world, Role.AUDITOR), desk(world, Role.GRID_WORKER)
    assert worker.get(page).status_code == 403
    assert auditor.post(take, {"set": SET}).status_code == 403
    assert desk(world, where="west").post(take, {"set": SET}).status_code == 404
    assert desk(world).post(take, {"set": "nonsense"}).status_code == 404
    assert not Snapshot.objects.exists()
    assert "Nothing was kept yet" in auditor.get(page).content.decode()
    assert desk(world, Role.CLERK).post(take, {"set": SET}).status_code == 303
    html = auditor.get(page).content.decode()
    assert f"/snapshots/{Snapshot.objects.get().id}" in html
    assert 'class="figure"' not in html, "an auditor reads numbers without lists"


def test_a_double_click_keeps_one_snapshot(world: World) -> None:
    client = desk(world)
    page = client.get(f"/areas/{world.house.east.id}/cutoffs").content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once
    for _ in range(2):
        assert (
            client.post(f"/areas/{world.house.east.id}/cutoffs/take", {"set": SET, "once": once[1]}).status_code == 303
        )
    assert Snapshot.objects.count() == 1


def test_every_number_opens_the_list_that_makes_it_and_the_list_is_logged(world: World) -> None:
    client = desk(world)
    visitor_from_wuhan(world)
    client.post(f"/areas/{world.house.east.id}/cutoffs/take", {"set": SET})
    people.end_flag(stamp=now_stamp(), actor=world.house.admin, flag=flag_id())
    shot = Snapshot.objects.get()
    for page in (f"/snapshots/{shot.id}", f"/areas/{world.house.east.id}/cutoffs"):
        links = re.findall(r'class="figure" href="([^"]+)"', client.get(page).content.decode())
        behind = [link.replace("&amp;", "&") for link in links if "from_wuhan" in link]
        assert behind, page
        html = client.get(behind[-1]).content.decode()
        assert "张三" in html, "as of the cut-off, though the flag has ended since"
        assert "湖北省武汉市" in html
    now = client.get(f"/areas/{world.house.east.id}/indicators/returnee.from_wuhan").content.decode()
    assert "Nobody is counted here" in now
    assert ListLook.objects.filter(what="indicator", count=1).exists()
    assert client.get(f"/areas/{world.west.id}/indicators/returnee.from_wuhan").status_code == 404
    for wrong in ("?at=nonsense", "?at=2020-02-10T10:00:00"):
        assert client.get(f"/areas/{world.house.east.id}/indicators/returnee.from_wuhan{wrong}").status_code == 404
    for code in ("fever.other", "nonsense"):
        assert client.get(f"/areas/{world.house.east.id}/indicators/{code}").status_code == 404


def flag_id() -> UUID:
    return PriorityFlag.objects.get().id


def test_counters_open_the_register_or_their_days(world: World) -> None:
    client = desk(world)
    home = f"/areas/{world.house.east.id}"
    assert client.get(f"{home}/indicators/register.residents").headers["Location"] == f"{home}/residents"
    assert client.get(f"{home}/indicators/register.households").headers["Location"] == f"{home}/households"
    assert "Nothing has happened yet" in client.get(f"{home}/indicators/surveys.visits").content.decode()


def test_a_snapshot_is_taken_out_as_a_csv_in_which_not_asked_is_empty(world: World) -> None:
    client = desk(world, where="town")
    visitor_from_wuhan(world)
    client.post(f"/areas/{world.house.town.id}/cutoffs/take", {"set": SET})
    people.end_flag(stamp=now_stamp(), actor=world.house.admin, flag=flag_id())
    client.post(f"/areas/{world.house.town.id}/cutoffs/take", {"set": SET})
    shot = Snapshot.objects.order_by("-cutoff_at").first()
    assert shot is not None
    answer = client.get(f"/snapshots/{shot.id}/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["云溪镇", "东社区", "西社区"]
    assert lines[1].startswith("云溪镇,0,-1,0,"), "a number below nought stays a number"
    assert lines[1].split(",")[13:16] == ["", "", ""], "contacts are not asked"
    assert desk(world).get(f"/snapshots/{shot.id}/csv").status_code == 404, "the town's is not the community's"


def test_one_tap_says_that_there_is_nothing_and_another_takes_it_back(world: World) -> None:
    page, zero = f"/areas/{world.house.east.id}/cutoffs", f"/areas/{world.house.east.id}/cutoffs/zero"
    client = desk(world)
    assert desk(world, where="west").post(zero, {"set": SET}).status_code == 404
    assert "Nothing to report today" in client.get(page).content.decode()
    assert client.post(zero, {"set": SET}).status_code == 303
    report = ZeroReport.objects.get()
    assert "Nothing to report, said at" in client.get(page).content.decode()
    withdraw = f"/zero-reports/{report.id}/withdraw"
    assert desk(world, Role.CLERK, "west").post(withdraw).status_code == 404
    assert client.post(withdraw).status_code == 303
    client.post(zero, {"set": SET})
    client.post(f"{page}/take", {"set": SET})
    answer = client.post(f"/zero-reports/{ZeroReport.objects.get(withdrawn_at=None).id}/withdraw")
    assert answer.status_code == 409
    assert "counted this zero report" in answer.content.decode()


def test_the_silent_are_named(world: World) -> None:
    client = desk(world, where="town")
    visitor_from_wuhan(world)
    html = client.get(f"/areas/{world.house.town.id}/cutoffs").content.decode()
    silent = html[html.index("Not reported yet") :]
    assert "西社区" in silent
    assert "东社区" not in silent


def test_hours_are_set_with_a_second_proof_and_what_is_no_hour_is_kept_for_correction(world: World) -> None:
    page = f"/areas/{world.house.east.id}/cutoffs/hours"
    assert desk(world, Role.CLERK).get(page).status_code == 403
    assert desk(world, confirmed=False).get(page).status_code == 302
    client = desk(world, Role.TOWN_LEAD, "town")
    answer = client.post(page, {"times": "16:00, late", "profiles": [SET]})
    assert answer.status_code == 422
    assert 'value="16:00, late"' in answer.content.decode()
    assert hours_of(world.house.east.id).times == ()
    assert client.post(page, {"times": "18:30, 10:00", "profiles": [SET, "register"]}).status_code == 303
    assert hours_of(world.house.east.id).times == ("10:00", "18:30")


def form(**more: object) -> dict[str, object]:
    return {
        "code": "visitor.from_shanghai", "name": "来自上海的", "flags": ["visitor"], "origins": "31", "not_origins": "",
        "counter": "", "unit": "persons", "kind": "stock", "sets": SET, "owner": "指挥部", "use": "日报",
        "active": "on", "seen": "0", **more,
    }  # fmt: skip


def test_indicators_are_defined_by_those_who_lead_the_whole_response(world: World) -> None:
    below = desk(world)
    assert below.get("/indicators/add").status_code == 404
    assert below.post("/indicators/add", form()).status_code == 404
    lead = desk(world, Role.TOWN_LEAD, "town")
    for sent, where in (
        (form(code="With Blank"), "code"),
        (form(origins="上海"), "origins"),
        (form(counter="residents"), "counter"),
        (form(kind="flow"), "kind"),
    ):
        answer = lead.post("/indicators/add", sent)
        assert answer.status_code == 422, where
        assert "fault" in answer.content.decode().partition(f'id="id_{where}-say"')[0][-40:], where
    assert not IndicatorVersion.objects.exists()
    assert lead.post("/indicators/add", form()).status_code == 303
    assert "来自上海的" in desk(world, Role.AUDITOR).get("/indicators").content.decode()
    again_sent = lead.post("/indicators/visitor.from_shanghai/edit", form(origins="3101", seen="0"))
    assert again_sent.status_code == 422, "somebody has edited it since"
    assert lead.post("/indicators/visitor.from_shanghai/edit", form(origins="3101", seen="1")).status_code == 303
    assert all_of_them()["visitor.from_shanghai"].version == 2


def test_a_new_outbreak_edits_what_is_shipped_and_what_was_kept_stays(world: World) -> None:
    lead = desk(world, Role.TOWN_LEAD, "town")
    visitor_from_wuhan(world)
    lead.post(f"/areas/{world.house.town.id}/cutoffs/take", {"set": SET})
    html = lead.get("/indicators/returnee.from_wuhan/edit").content.decode()
    assert 'value="420100"' in html
    sent = form(code="returnee.from_wuhan", name="", origins="310000", owner="headquarters", use="daily_report")
    assert lead.post("/indicators/returnee.from_wuhan/edit", sent).status_code == 303
    row = IndicatorVersion.objects.get()
    assert (row.owner, row.source) == ("headquarters", {"flags": ["visitor"], "from": ["310000"], "not_from": []})
    first = Snapshot.objects.get()
    lead.post(f"/areas/{world.house.town.id}/cutoffs/take", {"set": SET})
    second = Snapshot.objects.exclude(id=first.id).get()
    assert (first.versions["returnee.from_wuhan"], second.versions["returnee.from_wuhan"]) == (0, 1)
    assert lead.get(f"/snapshots/{first.id}").status_code == 200
    assert lead.post("/indicators/returnee.from_wuhan/edit", sent | {"active": "", "seen": "1"}).status_code == 303
    assert "out of use" in lead.get("/indicators").content.decode()
