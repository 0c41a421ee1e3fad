import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from tests.access.house import House, again, fresh, open_house
from tests.office.signing.desk import confirmed, set_up_now, sign_in
from wangge.access import commands
from wangge.access.models import Account, Duty, SecondFactor, SignInLink
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.office.wording import now
from wangge.privacy.models import ListLook

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return open_house()


@pytest.fixture
def lead(house: House) -> Viewer:
    return house.add("he.min", Role.COMMUNITY_LEAD, house.east)


@pytest.fixture
def desk(house: House, lead: Viewer) -> Client:
    return confirmed(house, lead)


@pytest.fixture
def worker(house: House) -> Viewer:
    return house.add("zhou.lan", Role.GRID_WORKER, house.grid)


@pytest.fixture
def stranger(house: House) -> Viewer:
    return house.add("li.wei", Role.GRID_WORKER, house.west)


def of(viewer: Viewer, rest: str = "") -> str:
    return f"/accounts/{viewer.account_id}/{rest}"


def test_the_list_shows_ones_own_areas_searches_and_says_what_to_do_when_empty(
    desk: Client, house: House, worker: Viewer, stranger: Viewer
) -> None:
    page = desk.get("/accounts").content.decode()
    assert "zhou.lan" in page
    assert "li.wei" not in page
    assert "he.min" not in desk.get("/accounts?q=ZHOU").content.decode().split("<tbody")[1].split("</tbody")[0]
    assert 'class="empty"' in desk.get("/accounts?q=nobody").content.decode()
    assert desk.get(f"/accounts?area={house.west.pk}").status_code == 404
    order = [desk.get(f"/accounts?sort=login&dir={way}").content.decode() for way in ("asc", "desc")]
    assert [page.index(">he.min<") < page.index(">zhou.lan<") for page in order] == [True, False]


def test_the_list_has_pages(desk: Client, house: House) -> None:
    for n in range(51):
        house.add(f"worker{n:02}", Role.VOLUNTEER, house.grid)
    assert 'rel="next"' in desk.get("/accounts").content.decode()
    assert "worker50" in desk.get("/accounts?page=2").content.decode()


def test_the_list_is_saved_as_a_table_that_holds_no_formula_and_is_logged(desk: Client, house: House) -> None:
    commands.add_account(
        stamp=fresh(), actor=house.admin, login="evil", name="=1+1", role=Role.VOLUNTEER, area=house.grid.id
    )
    answer = desk.get("/accounts.csv")
    text = answer.content.decode("utf-8-sig")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "evil,'=1+1," in text
    assert ListLook.objects.get(what="accounts").count == 2


def test_accounts_of_other_areas_are_the_same_404_as_none(desk: Client, stranger: Viewer, house: House) -> None:
    duty = Duty.objects.get(account=stranger.account_id)
    for rest in ("", "link", "deactivate", "reactivate", "second-factor", "duties/add", f"duties/{duty.pk}/end"):
        there, nowhere = desk.get(of(stranger, rest)), desk.get(f"/accounts/{uuid4()}/{rest}")
        assert (there.status_code, nowhere.status_code) == (404, 404)
        if rest:
            assert desk.post(of(stranger, rest), {"key": rest}).status_code == 404
    assert desk.post("/accounts/cards", {"account": str(stranger.account_id), "key": "k"}).status_code == 404
    assert Account.objects.get(id=stranger.account_id).is_active
    assert not SignInLink.objects.filter(account=stranger.account_id).exists()


def test_without_the_verb_it_is_403_and_signed_out_goes_to_the_sign_in_page(house: House, worker: Viewer) -> None:
    assert sign_in(house, worker).get("/accounts").status_code == 403
    assert Client().get("/accounts").headers["Location"] == "/sign-in?next=%2Faccounts"


def test_a_form_sent_before_confirming_goes_to_the_code_and_back_and_changes_nothing(
    house: House, lead: Viewer, worker: Viewer
) -> None:
    set_up_now(lead)
    browser = sign_in(house, lead)
    answer = browser.post(of(worker, "deactivate"), {"key": "k"}, HTTP_REFERER=f"http://testserver{of(worker)}")
    assert answer.headers["Location"] == f"/confirm?next=%2Faccounts%2F{worker.account_id}%2F"
    assert Account.objects.get(id=worker.account_id).is_active


def test_an_account_is_added_within_ones_own_rights_and_what_was_typed_stays(desk: Client, house: House) -> None:
    form = {"login": "shen jie", "name": "沈洁", "role": "clerk", "area": house.grid.pk, "from_on": "2020-02-10"}
    wrong = desk.post("/accounts/add", {**form, "key": "1"})
    assert wrong.status_code == 422
    assert "沈洁" in wrong.content.decode()
    beyond: list[dict[str, object]] = [{"role": "administrator"}, {"area": house.west.pk}, {"area": house.town.pk}]
    for n, changed in enumerate(beyond):
        assert desk.post("/accounts/add", {**form, "login": "shen.jie", **changed, "key": f"2{n}"}).status_code == 422
    reversed_ = {**form, "login": "shen.jie", "last_on": "2020-02-09"}
    assert desk.post("/accounts/add", {**reversed_, "key": "3"}).status_code == 422
    right = {**form, "login": "shen.jie", "last_on": "2020-02-20", "key": "4"}
    first, second = desk.post("/accounts/add", right), desk.post("/accounts/add", right)
    made = Account.objects.get(login="shen.jie")
    assert first.headers["Location"] == second.headers["Location"] == f"/accounts/{made.id}/"
    assert str(Duty.objects.get(account=made).to_on) == "2020-02-21"
    assert "2020-02-20" in desk.get(f"/accounts/{made.id}/").content.decode()


def test_duties_are_given_and_ended_but_not_ones_own(desk: Client, house: House, lead: Viewer, worker: Viewer) -> None:
    own = Duty.objects.get(account=lead.account_id)
    form = {"role": "clerk", "area": house.east.pk, "from_on": "2020-02-10"}
    assert desk.post(of(lead, "duties/add"), {**form, "key": "1"}).status_code == 422
    assert desk.post(of(lead, f"duties/{own.pk}/end"), {"key": "2"}).status_code == 422
    assert desk.post(of(worker, "duties/add"), {**form, "key": "3"}).status_code == 303
    given = Duty.objects.get(account=worker.account_id, role="clerk")
    assert desk.post(of(worker, f"duties/{own.pk}/end"), {"key": "4"}).status_code == 404
    last = now().date() + timedelta(days=9)
    assert desk.post(of(worker, f"duties/{given.pk}/end"), {"last_on": str(last), "key": "5"}).status_code == 303
    given.refresh_from_db()
    assert given.to_on == last + timedelta(days=1)
    assert desk.post(of(worker, f"duties/{given.pk}/end"), {"key": "6"}).status_code == 303
    assert again(worker).roles == {Role.GRID_WORKER}


def test_an_account_is_shut_out_within_a_second_and_let_in_again(
    desk: Client, house: House, lead: Viewer, worker: Viewer
) -> None:
    phone = sign_in(house, worker)
    assert desk.post(of(lead, "deactivate"), {"key": "1"}).status_code == 422
    assert phone.get("/account").status_code == 200
    assert desk.post(of(worker, "deactivate"), {"key": "2"}).status_code == 303
    with time_machine.travel(now() + timedelta(seconds=1)):
        assert phone.get("/account").status_code == 302
    assert desk.post(of(worker, "deactivate"), {"key": "3"}).status_code == 422
    assert desk.post(of(worker, "link"), {"key": "4"}).status_code == 422
    assert desk.post(of(worker, "reactivate"), {"key": "5"}).status_code == 303
    assert sign_in(house, worker).get("/account").status_code == 200


def test_a_lost_second_factor_is_taken_away_by_whoever_manages_the_account(
    desk: Client, house: House, lead: Viewer
) -> None:
    clerk = house.add("shen.jie", Role.CLERK, house.east)
    assert desk.post(of(clerk, "second-factor"), {"key": "1"}).status_code == 422
    set_up_now(clerk)
    assert desk.post(of(lead, "second-factor"), {"key": "2"}).status_code == 422
    assert desk.post(of(clerk, "second-factor"), {"key": "3"}).status_code == 303
    assert set(SecondFactor.objects.values_list("account__login", flat=True)) == {"he.min"}


def test_a_new_link_is_shown_on_one_answer_only_and_lets_in_once(desk: Client, worker: Viewer) -> None:
    assert "/sign-in/" not in desk.get(of(worker, "link")).content.decode()
    page = desk.post(of(worker, "link"), {"key": "k"}).content.decode()
    found = re.search(r"http://testserver(/sign-in/[0-9a-z]{26})<", page)
    assert found
    assert found[1] not in desk.get(of(worker)).content.decode()
    assert [Client().post(found[1]).status_code for _ in range(2)] == [302, 410]
    assert (
        "/sign-in/" not in desk.post(of(worker, "link"), {"key": "another"}, HTTP_HOST="evil.example").content.decode()
    )


def test_cards_are_printed_for_several_at_once_four_to_a_sheet(desk: Client, house: House, lead: Viewer) -> None:
    ids = [str(house.add(f"worker{n}", Role.VOLUNTEER, house.grid).account_id) for n in range(5)]
    nobody = desk.post("/accounts/cards", {"key": "1"})
    assert nobody.status_code == 422
    assert 'role="alert"' in nobody.content.decode()
    assert desk.get("/accounts/cards").status_code == 302
    form = {"account": ids, "key": "2"}
    page, same = (desk.post("/accounts/cards", form).content.decode() for _ in range(2))
    links = re.findall(r"http://testserver(/sign-in/[0-9a-z]{26})", page)
    assert (page.count('class="a4 cut"'), page.count("<section"), len(set(links))) == (2, 5, 5)
    assert re.findall(r"/sign-in/[0-9a-z]{26}", same) == links
    assert "style=" not in page
    assert [Client().post(links[0]).status_code for _ in range(2)] == [302, 410]
    assert SignInLink.objects.filter(account__login__startswith="worker").count() == 5


def test_cards_say_when_they_work_on_this_computer_only(desk: Client, worker: Viewer) -> None:
    form = {"account": str(worker.account_id)}
    warned = [
        "is-wait" in desk.post("/accounts/cards", {**form, "key": host}, HTTP_HOST=host).content.decode()
        for host in ("localhost:8000", "127.0.0.1:8000", "testserver")
    ]
    assert warned == [True, True, False]


def test_a_form_can_be_opened_on_every_page_of_accounts(desk: Client, worker: Viewer, lead: Viewer) -> None:
    duty = Duty.objects.get(account=worker.account_id)
    for rest in ("", "link", "deactivate", "reactivate", "second-factor", "duties/add", f"duties/{duty.pk}/end"):
        assert desk.get(of(worker, rest)).status_code == 200, rest
    assert desk.get(of(lead)).status_code == 200
    assert desk.get("/accounts/add").status_code == 200
