from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.access.house import House, again, open_house, unconfirmed
from tests.office.signing.desk import code_now, confirmed, set_up_now, sign_in
from wangge.access import tokens
from wangge.access.models import SecondFactor
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.office.wording import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return open_house()


@pytest.fixture
def lead(house: House) -> Viewer:
    return house.add("he.min", Role.COMMUNITY_LEAD, house.east)


def secret_of(browser: Client) -> bytes:
    return tokens.open_setup(browser.session["setup"])[0]


def test_a_lead_sets_one_up_on_the_way_to_the_page_that_needs_it(house: House, lead: Viewer) -> None:
    browser = sign_in(house, lead)
    assert browser.get("/accounts").headers["Location"] == "/confirm?next=%2Faccounts"
    assert browser.get("/confirm?next=/accounts").headers["Location"] == "/account/second-factor?next=%2Faccounts"
    page = browser.get("/account/second-factor?next=/accounts").content.decode()
    secret = secret_of(browser)
    assert "<svg role=" in page
    assert secret.hex() not in page
    wrong = browser.post("/account/second-factor", {"code": "000000", "next": "/accounts"})
    assert wrong.status_code == 422
    assert secret_of(browser) == secret
    done = browser.post("/account/second-factor", {"code": code_now(secret), "next": "/accounts"})
    assert done.headers["Location"] == "/account/recovery-codes?next=%2Faccounts"
    shown = browser.get("/account/recovery-codes?next=/accounts").content.decode()
    assert shown.count("<li><strong>") == 10
    assert browser.post("/account/recovery-codes", {"next": "/accounts"}).headers["Location"] == "/accounts"
    assert browser.get("/account/recovery-codes").content.decode().count("<li><strong>") == 0
    assert browser.get("/accounts").status_code == 200


def test_the_code_is_asked_once_a_session_and_not_for_board_and_visits(house: House, lead: Viewer) -> None:
    secret, _ = set_up_now(lead)
    browser = sign_in(house, lead)
    assert browser.get("/account").status_code == 200
    assert browser.get("/accounts").status_code == 302
    assert browser.post("/confirm", {"code": "000000", "next": "/accounts"}).status_code == 422
    assert browser.get("/accounts").status_code == 302
    right = browser.post("/confirm", {"code": code_now(secret), "next": "/accounts"})
    assert (right.status_code, right.headers["Location"]) == (303, "/accounts")
    assert browser.get("/accounts").status_code == 200
    again_there = sign_in(house, lead)
    assert again_there.get("/accounts").status_code == 302
    used = again_there.post("/confirm", {"code": code_now(secret), "key": "x"})
    assert used.status_code == 422


def test_a_used_code_does_not_pass_again_by_sending_the_same_form(house: House, lead: Viewer) -> None:
    secret, _ = set_up_now(lead)
    form = {"code": code_now(secret), "key": "the same key"}
    assert sign_in(house, lead).post("/confirm", form).status_code == 303
    assert sign_in(house, lead).post("/confirm", form).status_code == 422


def test_five_wrong_codes_lock_for_a_quarter_of_an_hour(house: House, lead: Viewer) -> None:
    secret, _ = set_up_now(lead)
    browser = sign_in(house, lead)
    for _ in range(5):
        assert browser.post("/confirm", {"code": "000000"}).status_code == 422
    assert browser.post("/confirm", {"code": code_now(secret)}).status_code == 422
    assert SecondFactor.objects.get().failures == 5
    with time_machine.travel(now() + timedelta(minutes=14)):
        assert browser.get("/account").status_code == 200
    with time_machine.travel(now() + timedelta(minutes=16)):
        assert browser.post("/confirm", {"code": code_now(secret)}).status_code == 303


def test_a_worker_at_doors_is_never_asked(house: House) -> None:
    browser = sign_in(house, house.add("zhou.lan", Role.GRID_WORKER, house.grid))
    assert browser.get("/account").status_code == 200
    assert browser.get("/accounts").status_code == 403


def test_another_phone_takes_its_place_only_after_the_first_was_shown(house: House, lead: Viewer) -> None:
    _, codes = set_up_now(lead)
    browser = sign_in(house, lead)
    assert browser.get("/account/second-factor").headers["Location"].startswith("/confirm")
    assert browser.post("/account/second-factor", {"code": "123456"}).status_code == 302
    browser.post("/confirm", {"code": codes[0]})
    assert browser.get("/account/second-factor").status_code == 200
    secret = secret_of(browser)
    assert browser.post("/account/second-factor", {"code": code_now(secret)}).status_code == 303
    with time_machine.travel(now() + timedelta(seconds=2)):
        assert browser.get("/accounts").status_code == 200


def test_new_recovery_codes_are_shown_once(house: House, lead: Viewer) -> None:
    browser = confirmed(house, lead)
    assert "9" in browser.get("/account/recovery-codes").content.decode()
    assert browser.post("/account/recovery-codes/new").status_code == 303
    assert browser.get("/account/recovery-codes").content.decode().count("<li><strong>") == 10
    assert browser.post("/account/recovery-codes/new").status_code == 303


def test_signing_in_by_password_leads_those_who_need_it_to_the_code_first(house: House, lead: Viewer) -> None:
    browser = sign_in(house, lead)
    form = {"key": "1", "new": "four quiet rivers", "again": "four quiet rivers"}
    assert browser.post("/account/password", form).headers["Location"] == "/confirm"
    answer = Client().post("/sign-in", {"login": "he.min", "password": "four quiet rivers", "next": "/accounts"})
    assert answer.headers["Location"] == "/confirm?next=%2Faccounts"


def test_a_demonstration_asks_for_none() -> None:
    house = open_house(demonstration=True)
    lead = house.add("he.min", Role.COMMUNITY_LEAD, house.east)
    browser = sign_in(house, lead)
    assert browser.get("/accounts").status_code == 200
    assert not again(lead).has_factor
    assert not unconfirmed(lead).permits("account.manage", house.east.path)
