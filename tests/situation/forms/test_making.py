import csv
from datetime import date, timedelta
from io import StringIO

import pytest

from tests.access.house import again
from tests.conftest import NOON
from tests.people.world import MAN_1949, WOMAN_1977, fresh, holds, new_flag, person, refused
from tests.situation.forms.originals import merged, opened, values
from tests.situation.forms.town import PURPOSE, TODAY, Town, town
from wangge.access import commands as access
from wangge.access import tokens
from wangge.access.rules import Role
from wangge.agenda.workers import run_due
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people.rules.wishes import NewHousehold
from wangge.privacy.holdings import erase, held_about
from wangge.privacy.looks import looks_by
from wangge.privacy.models import Look
from wangge.situation.forms import keeping
from wangge.situation.forms.making import make, make_now, make_waiting
from wangge.situation.forms.models import Export

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    return town()


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def test_a_form_leaves_only_with_a_purpose_the_right_and_for_a_day_that_is_known(here: Town) -> None:
    worker = here.world.house.add("worker", Role.GRID_WORKER, here.world.house.east)
    far = here.world.house.add("far", Role.CLERK, here.world.west)
    for actor in (worker, far):
        with refused("access.forbidden"):
            here.request("sanya-01", actor)
    with refused("access.forbidden"):
        here.request("sanya-01", area=10**6)
    with refused("access.purpose_missing"):
        here.request("sanya-01", purpose=" ")
    with refused("forms.profile_unknown", profile="sanya-02"):
        here.request("sanya-02")
    with refused("forms.kind_unknown", kind="docx"):
        here.request("sanya-01", kind="docx")
    with refused("forms.day_in_future"):
        here.request("sanya-01", on=date(2020, 2, 11))
    with refused("forms.day_over"):
        here.request("sanya-01", on=date(2020, 2, 9))
    assert not Look.objects.exists()
    export = Export.objects.get(id=here.request("sanya-01", on=TODAY))
    assert (export.people, export.rows, export.purpose, export.profile_name) == (4, 4, PURPOSE, "人员疫情表")
    holds()


def test_above_five_hundred_people_a_second_person_agrees(here: Town) -> None:
    members = tuple(person(f"王{chr(0x4E00 + place)}") for place in range(498))
    here.world.add(NewHousehold(id=uuid7(), area=here.world.grids[0].id, members=members))
    with refused("access.approval_needed"):
        here.request("sanya-01")
    code = tokens.new_approval_code()
    access.give_approval(
        stamp=fresh(), actor=here.lead, digest=tokens.approval_digest(code), purpose=PURPOSE, area=here.area
    )
    assert Export.objects.get(id=here.request("sanya-01", approval=code)).people == 502
    assert here.request("grid-platform-buildings"), "numbers about nobody need no second person"


def test_people_stand_by_door_with_everything_that_the_profile_shows(here: Town) -> None:
    sheet = opened(here.made("sanya-01"))
    assert values(sheet, 2, 7) == ["电话号码", "姓名", "性别", "年龄", "身份证号", "在琼居住地", "入琼时间"]
    second = values(sheet, 3, 9)
    assert second[:2] == ["13800001234；0600-1234567", "张三"]
    assert second[2:6] == ["男", 71, MAN_1949, "东社区3栋2单元501"]
    names = [sheet.cell(row, 2).value for row in range(3, 7)]
    assert names == ["张三", "李四", "王五", "赵六"], "building 3 before 10, those without a door at the end"
    assert sheet.cell(6, 6).value == "村口船上"
    assert sheet.cell(4, 5).value == WOMAN_1977


def test_everybody_in_it_has_a_look_with_what_was_shown_and_what_for(here: Town) -> None:
    here.made("grid-platform-people")
    looks = looks_by(here.clerk.number)
    assert {look.subject for look in looks} == {who for home in here.homes for who in home.residents}
    assert {look.purpose for look in looks} == {f"export: {PURPOSE}"}
    assert all("household.head_identity_number" in look.fields for look in looks)


def test_masked_nothing_whole_leaves_the_house(here: Town) -> None:
    said = here.made("grid-platform-people", kind="csv", masked=True).decode()
    assert "张*" in said
    assert "138****1234" in said
    for whole in (MAN_1949, WOMAN_1977, "13800001234", "张三", "3栋2单元501", "1949"):
        assert whole not in said


def test_a_form_may_be_of_those_with_a_flag_only_and_says_when_there_are_none(here: Town) -> None:
    form = {
        "grain": "person", "title": "返乡人员", "flags": ["returnee"], "zero_row": "零报告", "sort": "name",
        "columns": [
            {"header": ["序号"], "source": "formula.row_number"},
            {"header": ["姓名"], "source": "resident.name"},
            {"header": ["事由"], "source": "resident.flags"},
            {"header": ["截止"], "source": "resident.flags_until"},
        ],
    }  # fmt: skip
    from wangge.situation.forms.commands import publish_profile, save_draft

    save_draft(stamp=fresh(), actor=here.lead, area=here.area, code="returnees", name="返乡人员", body=form)
    publish_profile(stamp=fresh(), actor=here.lead, area=here.area, code="returnees")
    assert rows(here.made("returnees", kind="csv")) == [["序号", "姓名", "事由", "截止"], ["零报告"]]
    for home in here.homes[:2]:
        people.raise_flags(stamp=fresh(), actor=here.clerk, flags=[new_flag(home.residents[0])])
    assert rows(here.made("returnees", kind="csv"))[1:] == [
        ["1", "王五", "返乡人员", "2020-02-24"], ["2", "张三", "返乡人员", "2020-02-24"],
    ]  # fmt: skip


def test_buildings_stand_with_their_counts(here: Town) -> None:
    head, *lines = rows(here.made("grid-platform-buildings", kind="csv"))
    assert head == ["所属区域网格", "楼栋名称", "层数", "单元数", "楼栋户数", "楼栋人数", "所在地", "所在地详址"]
    assert [line[1] for line in lines] == ["3栋", "10栋"]
    assert lines[0][4:] == ["1", "2", "云溪镇东社区", "云溪镇东社区3栋"]
    assert not Look.objects.exists()


def test_a_building_is_drawn_storey_by_storey_without_a_name(here: Town) -> None:
    people.raise_flags(
        stamp=fresh(), actor=here.clerk, flags=[new_flag(here.homes[1].residents[0], "home_observation")]
    )
    content = here.made("building-sheet")
    sheet = opened(content)
    assert sheet["A1"].value == "东社区 3栋"
    assert str(sheet["A2"].value).startswith("责任网格员：未指定")
    assert values(sheet, 3, 2) == ["楼层", "2单元"]
    assert values(sheet, 4, 2) == ["5层", "501\n2人\n△？"]
    assert "A1:B1" in merged(sheet)
    assert sheet["B4"].alignment.wrap_text
    assert "张三".encode() not in content
    assert "家" not in str(sheet["B4"].value), "a sign, never the reason"
    assert {look.fields for look in looks_by(here.clerk.number)} == {("door", "marks", "people")}
    with refused("forms.no_building"):
        here.made("building-sheet", area=here.world.grids[1].id)


def test_numbers_stand_as_nought_or_as_a_word_and_open_nobody(here: Town) -> None:
    sheet = opened(here.made("liuzhou-01"))
    assert sheet["A2"].value == "填报单位:东社区"
    assert values(sheet, 5, 15) == [
        "无上期", 0, "无上期", 0, "无上期", 0, "无上期", 0, "未排查", "未排查", "无上期", 0, "未排查", "未排查", None,
    ]  # fmt: skip
    assert not Look.objects.exists()


def test_paper_is_made_of_what_fits_on_it(here: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    assert here.made("sanya-01", kind="pdf").startswith(b"%PDF-")
    monkeypatch.setattr("wangge.situation.forms.making.PAPER_MOST", 3)
    with refused("forms.paper_too_long", rows=4, most=3):
        here.request("sanya-01", kind="pdf")


def test_a_file_is_kept_sealed_for_a_day_and_fetched_by_its_maker_only(here: Town) -> None:
    waiting = here.request("sanya-01")
    with refused("forms.export_not_ready"):
        keeping.fetch(viewer=here.clerk, export=waiting, now=NOON)
    export = here.kept("sanya-01", kind="csv")
    row = Export.objects.get(id=export)
    assert row.sealed is not None
    assert "张三".encode() not in bytes(row.sealed)
    for viewer in (here.lead, again(here.world.house.admin)):
        with refused("forms.export_unknown"):
            keeping.fetch(viewer=viewer, export=export, now=NOON)
    name, content = keeping.fetch(viewer=here.clerk, export=export, now=NOON + timedelta(hours=23))
    assert "张三" in content.decode()
    assert name.startswith("sanya-01-")
    with refused("forms.export_gone"):
        keeping.fetch(viewer=here.clerk, export=export, now=NOON + timedelta(hours=24))


def test_the_worker_deletes_a_file_when_its_day_is_over_and_nothing_before(here: Town) -> None:
    export = here.kept("sanya-01")
    run_due(NOON + timedelta(hours=23))
    assert Export.objects.get(id=export).sealed is not None
    run_due(NOON + timedelta(hours=24))
    row = Export.objects.get(id=export)
    assert (row.sealed, row.state, row.people) == (None, "gone", 4)
    holds()


def test_its_maker_may_delete_a_file_at_any_time(here: Town) -> None:
    export = here.kept("sanya-01")
    with refused("forms.export_unknown"):
        keeping.drop_file(stamp=fresh(), actor=here.lead, export=export)
    keeping.drop_file(stamp=fresh(), actor=here.clerk, export=export)
    with refused("forms.export_gone"):
        keeping.fetch(viewer=here.clerk, export=export, now=NOON)


def test_whoever_is_erased_goes_out_of_every_kept_file(here: Town) -> None:
    export, other = here.kept("sanya-01"), here.kept("grid-platform-buildings", here.lead)
    who = here.homes[1].residents[0]
    (held,) = [one for one in held_about(who) if one.model == "forms.Export"]
    assert [row["purpose"] for row in held.rows] == [PURPOSE]
    erase(who, at=NOON)
    assert Export.objects.get(id=export).sealed is None
    assert Export.objects.get(id=other).sealed is not None


def test_the_list_tells_who_took_what_to_the_maker_and_to_those_who_oversee(here: Town) -> None:
    export = here.kept("sanya-01")
    low = here.world.house.add("low", Role.CLERK, here.world.house.east)
    path = here.world.house.east.path
    assert keeping.exports(viewer=low, path=path) == ([], 0)
    for viewer, own in ((here.clerk, True), (here.lead, False)):
        (line,), total = keeping.exports(viewer=viewer, path=path)
        assert (line.id, line.people, line.purpose, line.own, total) == (export, 4, PURPOSE, own, 1)
        assert keeping.export(viewer=viewer, export=export).maker == "clerk 的名字"
    mark = line.mark
    assert keeping.exports(viewer=here.lead, path=path, text=mark.lower())[1] == 1, "a row that leaked is traced"
    assert keeping.exports(viewer=here.lead, path=path, text="W00000000")[1] == 0
    with refused("forms.export_unknown"):
        keeping.export(viewer=low, export=export)


def test_a_long_export_is_left_to_the_worker_and_made_for_whoever_asked(here: Town) -> None:
    members = tuple(person(f"王{chr(0x4E00 + place)}") for place in range(497))
    here.world.add(NewHousehold(id=uuid7(), area=here.world.grids[0].id, members=members))
    short = here.request("sanya-01", area=here.world.grids[1].id, by_worker=True)
    make_now(stamp=fresh(), actor=here.clerk, export=short)
    code = tokens.new_approval_code()
    access.give_approval(
        stamp=fresh(), actor=here.lead, digest=tokens.approval_digest(code), purpose=PURPOSE, area=here.area
    )
    long = here.request("sanya-01", approval=code, by_worker=True)
    assert Export.objects.get(id=long).state == "waiting"
    assert make_waiting(stamp=fresh()) == [long]
    row = Export.objects.get(id=long)
    assert (row.state, row.done, row.rows) == ("ready", 501, 501)
    assert make_waiting(stamp=fresh()) == []
    with refused("forms.export_unknown"):
        make(stamp=fresh(), actor=here.clerk, export=long)


def test_an_export_of_somebody_who_may_no_longer_is_not_made(here: Town) -> None:
    export = here.request("sanya-01")
    Export.objects.filter(id=export).update(state="waiting")
    access.set_active(stamp=fresh(), actor=here.world.house.admin, account=here.clerk.account_id, active=False)
    assert make_waiting(stamp=fresh()) == [export]
    row = Export.objects.get(id=export)
    assert (row.state, row.failed, row.sealed) == ("failed", "access.forbidden", None)
    assert not Look.objects.exists()


@pytest.mark.parametrize("more", [0, 2])
def test_rows_cost_a_fixed_number_of_statements(here: Town, more: int, django_assert_num_queries: object) -> None:
    for number in range(more):
        here.world.family("孙七", "周八", door=f"3-2-60{number}")
    export = here.request("grid-platform-people", kind="csv")
    with django_assert_num_queries(10):  # type: ignore[operator]
        make(stamp=fresh(), actor=here.clerk, export=export)


def test_whoever_came_from_elsewhere_stands_with_the_day_of_arrival(here: Town) -> None:
    flag = new_flag(here.homes[0].residents[0], origin="420100000000", came_on=date(2020, 2, 1))
    people.raise_flags(stamp=fresh(), actor=here.clerk, flags=[flag])
    head, *lines = rows(here.made("sanya-01", kind="csv"))
    arrived = {line[head.index("姓名")]: line[head.index("入琼时间")] for line in lines}
    assert arrived == {"张三": "", "李四": "", "王五": "2020-02-01", "赵六": ""}
