import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.house import again
from tests.office.entering import enter, now_stamp
from tests.people.world import MAN_1949, fresh, person
from tests.situation.forms.originals import opened, values
from tests.situation.forms.town import Town, town
from wangge.access import commands as access
from wangge.access import tokens
from wangge.access.rules import Role
from wangge.kernel.ids import uuid7
from wangge.people.rules.wishes import NewHousehold
from wangge.privacy.models import ListLook, Look
from wangge.situation.forms.commands import publish_profile, save_draft
from wangge.situation.forms.making import make_waiting
from wangge.situation.forms.models import Export, ExportProfile

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    return town()


def desk(here: Town, who: str = "lead") -> Client:
    return enter(here.world.house.admin, getattr(here, who))


def approve(here: Town, area: int, purpose: str) -> str:
    code = tokens.new_approval_code()
    digest = tokens.approval_digest(code)
    access.give_approval(stamp=now_stamp(), actor=here.lead, digest=digest, purpose=purpose, area=area)
    return code


def address(here: Town, name: str, code: str = "sanya-01") -> str:
    return reverse(
        name, args=[here.area] if name in ("forms", "form_add", "exports", "exports_csv") else [here.area, code]
    )


def typed(page: str) -> dict[str, str]:
    """Return what stands in the editor's fields, as a browser would send it."""
    form = page[page.index('id="profile"') :]
    found = dict(re.findall(r'<input [^>]*?name="([^"]+)" value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea [^>]*?name="([^"]+)"[^>]*>([^<]*)<', form))
    for name, inside in re.findall(r'<select [^>]*?name="([^"]+)">(.*?)</select>', form, re.S):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', inside)
        found[name] = "" if not chosen else chosen[2] if chosen[1] is None else chosen[1]
    found.pop("csrfmiddlewaretoken", None)
    return found


def test_the_list_finds_a_form_by_name_code_and_who_asks(here: Town) -> None:
    page = desk(here, "clerk").get(address(here, "forms"))
    assert page.content.decode().count("data-row") == 5
    assert "New form" not in page.content.decode(), "a clerk takes forms out and does not change them"
    found = desk(here).get(address(here, "forms") + "?q=SANYA").content.decode()
    assert found.count("data-row") == 1
    assert "New form" in found
    assert "No form matches" in desk(here).get(address(here, "forms") + "?q=zzz").content.decode()


def test_the_preview_is_masked_logged_and_names_what_is_left_out_with_the_reason(here: Town) -> None:
    page = desk(here, "clerk").get(address(here, "form")).content.decode()
    assert "张*" in page
    assert "****0015" in page
    for whole in (MAN_1949, "张三", "13800001234", "3栋2单元501"):
        assert whole not in page
    assert "基站位置" in page
    assert "never taken" in page
    (look,) = ListLook.objects.filter(what="form")
    assert look.count == 4
    assert not Look.objects.exists()


def test_each_number_of_a_preview_says_nought_or_a_word(here: Town) -> None:
    page = desk(here, "clerk").get(address(here, "form", "liuzhou-01")).content.decode()
    assert page.count("未排查") == 4
    assert page.count("无上期") == 5
    assert 'colspan="2"' in page
    assert 'rowspan="2"' in page
    assert "No cut-off on this day" in page
    assert desk(here).get(address(here, "form", "liuzhou-01") + "?on=2100-01-01").content.decode().count("未排查") == 0
    assert desk(here).get(address(here, "form", "liuzhou-01") + "?on=x").status_code == 404
    assert desk(here).get(address(here, "form", "nothing")).status_code == 404


def test_the_editor_moves_adds_and_takes_out_columns_and_keeps_what_was_typed(here: Town) -> None:
    browser, there = desk(here), address(here, "form_edit")
    given = typed(browser.get(there).content.decode())
    assert (given["c0-header"], given["c0-source"], given["c2-codes"]) == ("电话号码", "resident.phone", "M=男，F=女")
    given |= {"title": "改过的标题", "do": "down-0"}
    moved = browser.post(there, given)
    assert moved.status_code == 200
    after = typed(moved.content.decode())
    assert (after["c0-header"], after["c1-header"], after["title"]) == ("姓名", "电话号码", "改过的标题")
    more = typed(browser.post(there, after | {"do": "add"}).content.decode())
    assert int(more["columns"]) == int(after["columns"]) + 1
    fewer = typed(browser.post(there, more | {"do": f"remove-{int(more['columns']) - 1}"}).content.decode())
    assert fewer["columns"] == after["columns"]
    assert not ExportProfile.objects.exists(), "moving saves nothing"


def test_a_form_is_saved_as_a_draft_published_when_it_will_do_and_used_at_once(here: Town) -> None:
    browser, there = desk(here), address(here, "form_edit")
    given = typed(browser.get(there).content.decode())
    assert browser.post(there, given | {"name": " ", "do": "save"}).status_code == 422
    saved = browser.post(there, given | {"title": "新标题", "do": "save", "once": str(uuid7())})
    assert saved.status_code == 303
    assert ExportProfile.objects.get().state == "draft"
    again_given = typed(browser.get(there).content.decode())
    bad = browser.post(there, again_given | {"c1-source": "resident.faith", "do": "publish", "once": str(uuid7())})
    assert bad.status_code == 422
    page = bad.content.decode()
    assert "Column 2 (姓名)" in page
    assert "resident.faith" in page
    good = typed(page) | {"c1-source": "resident.name", "do": "publish", "once": str(uuid7())}
    assert browser.post(there, good).status_code == 303
    assert ExportProfile.objects.get().state == "published"
    assert "新标题" in browser.get(address(here, "form")).content.decode()
    changes = browser.get(address(here, "form_versions")).content.decode()
    assert "人员疫情表" in changes
    assert "新标题" in changes


def test_who_saved_later_is_told_and_loses_nothing(here: Town) -> None:
    browser, there = desk(here), address(here, "form_edit")
    mine = typed(browser.get(there).content.decode())
    save_draft(
        stamp=fresh(),
        actor=here.lead,
        area=here.area,
        code="sanya-01",
        name="别人的",
        body={"grain": "person", "title": "x"},
    )
    answer = browser.post(there, mine | {"title": "我的标题", "do": "save"})
    assert answer.status_code == 422
    assert "Somebody else has saved" in answer.content.decode()
    assert typed(answer.content.decode())["title"] == "我的标题"


def test_a_new_form_begins_empty_or_as_a_copy(here: Town) -> None:
    browser, there = desk(here), address(here, "form_add")
    assert browser.post(there, {"name": "周报", "code": "X!", "begin": "empty:person"}).status_code == 422
    taken = browser.post(there, {"name": "周报", "code": "sanya-01", "begin": "empty:person"})
    assert "already" in taken.content.decode()
    made = browser.post(there, {"name": "周报", "code": "weekly", "begin": "grid-platform-people"})
    assert made.headers["Location"] == address(here, "form_edit", "weekly")
    copy = ExportProfile.objects.get()
    assert (copy.code, copy.version, len(copy.terms().columns)) == ("weekly", 1, 15)
    assert "being written" in browser.get(address(here, "forms")).content.decode()
    dropped = browser.post(address(here, "form_discard", "weekly"), {})
    assert dropped.status_code == 303
    assert not ExportProfile.objects.exists()


def test_an_own_version_is_given_up_after_a_question(here: Town) -> None:
    save_draft(
        stamp=fresh(), actor=here.lead, area=here.area, code="sanya-01", name="表",
        body={"grain": "person", "title": "本地", "columns": [{"header": ["姓名"], "source": "resident.name"}]},
    )  # fmt: skip
    publish_profile(stamp=fresh(), actor=here.lead, area=here.area, code="sanya-01")
    browser = desk(here)
    assert "Give up the version" in browser.get(address(here, "form_retire")).content.decode()
    assert browser.post(address(here, "form_retire")).status_code == 303
    assert ExportProfile.objects.get().state == "retired"
    assert browser.post(address(here, "form_retire")).status_code == 422


def test_taking_out_asks_what_for_makes_the_file_and_gives_it_to_its_maker_only(here: Town) -> None:
    browser, there = desk(here, "clerk"), address(here, "form_export")
    refused = browser.post(there, {"purpose": "", "file": "xlsx"})
    assert refused.status_code == 422
    assert "Say what it is for." in refused.content.decode()
    answer = browser.post(there, {"purpose": "报镇里", "file": "xlsx"})
    assert answer.status_code == 303
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "报镇里" in page
    export = Export.objects.get()
    assert export.mark in page
    file = browser.get(reverse("export_file", args=[export.id]))
    assert "attachment" in file.headers["Content-Disposition"]
    assert values(opened(file.content), 3, 2) == ["13800001234；0600-1234567", "张三"]
    other = desk(here)
    assert other.get(reverse("export", args=[export.id])).status_code == 200, "who leads sees that it was made"
    assert other.get(reverse("export_file", args=[export.id])).status_code == 404
    assert other.post(reverse("export_drop", args=[export.id])).status_code == 404
    assert browser.post(reverse("export_drop", args=[export.id])).status_code == 303
    assert "deleted" in browser.get(reverse("export_file", args=[export.id])).content.decode()


def test_sent_twice_a_form_is_taken_out_once(here: Town) -> None:
    browser, there = desk(here, "clerk"), address(here, "form_export")
    given = {"purpose": "报镇里", "file": "csv", "once": str(uuid7())}
    first, second = browser.post(there, given), browser.post(there, given)
    assert first.headers["Location"] == second.headers["Location"]
    assert Export.objects.count() == 1


def test_a_long_form_is_made_by_the_worker_while_its_maker_sees_how_far_it_is(here: Town) -> None:
    members = tuple(person(f"王{chr(0x4E00 + place)}") for place in range(497))
    here.world.add(NewHousehold(id=uuid7(), area=here.world.grids[0].id, members=members))
    low = here.world.house.add("low", Role.CLERK, here.world.grids[0])
    browser = enter(here.world.house.admin, low)
    there = reverse("form_export", args=[here.world.grids[0].id, "sanya-01"])
    assert "second person" in browser.post(there, {"purpose": "报镇里", "file": "csv"}).content.decode()
    code = approve(here, here.world.grids[0].id, "报镇里")
    answer = browser.post(there, {"purpose": "报镇里", "file": "csv", "approval": code})
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "Making the form" in page
    assert "hx-trigger" in page
    made = make_waiting(stamp=fresh(at=Export.objects.get().made_at))
    assert len(made) == 1
    assert "Fetch the csv file" in browser.get(answer.headers["Location"]).content.decode()


def test_the_list_of_exports_tells_whoever_leads_and_goes_out_as_text(here: Town) -> None:
    browser = desk(here)
    assert "Nothing has been taken out yet" in browser.get(address(here, "exports")).content.decode()
    export = here.kept("sanya-01")
    line = Export.objects.get(id=export)
    for text, rows in (("", 1), (line.mark, 1), ("zzz", 0)):
        page = browser.get(address(here, "exports"), {"q": text}).content.decode()
        assert page.count("data-row") == rows
    csv = browser.get(address(here, "exports_csv")).content.decode()
    assert csv.startswith("\ufeff")
    assert line.mark in csv
    assert ListLook.objects.filter(what="exports").count() == 5
    assert again(here.clerk).number == line.made_by
