from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.access.house import House, again, fresh, open_house
from tests.office.signing.desk import present, sign_in
from wangge.access import commands, passwords, tokens
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.office.wording import now

pytestmark = pytest.mark.django_db
GOOD = "four quiet rivers"


@pytest.fixture
def house() -> House:
    return open_house()


@pytest.fixture
def worker(house: House) -> Viewer:
    return house.add("zhou.lan", Role.GRID_WORKER, house.grid)


def with_password(viewer: Viewer, password: str = GOOD) -> None:
    hashed = passwords.accept(password, login=viewer.login, words=[], key="k")
    commands.set_password(stamp=present(), actor=viewer, hashed=hashed)


def test_opening_a_link_only_asks_and_taking_it_works_once(house: House, worker: Viewer) -> None:
    token = tokens.new_token()
    digest = tokens.token_digest(token)
    commands.make_link(stamp=present(), actor=house.admin, account=worker.account_id, digest=digest)
    preview, first, second = Client(), Client(), Client()
    assert preview.get(f"/sign-in/{token}").status_code == 200
    assert preview.get("/account").status_code == 302
    assert first.post(f"/sign-in/{token}", {"key": "same"}).status_code == 302
    assert first.get("/account").status_code == 200
    assert second.post(f"/sign-in/{token}", {"key": "same"}).status_code == 410
    assert second.get("/account").headers["Location"] == "/sign-in?next=%2Faccount"


def test_whoever_has_no_password_is_offered_one_after_a_link(house: House, worker: Viewer) -> None:
    browser = sign_in(house, worker)
    guessed = browser.post("/account/password", {"key": "1", "new": "zhoulan2020", "again": "zhoulan2020"})
    assert guessed.status_code == 422
    assert browser.post("/account/password", {"key": "2", "new": "short", "again": "short"}).status_code == 422
    assert browser.post("/account/password", {"key": "3", "new": GOOD, "again": GOOD + "s"}).status_code == 422
    assert browser.post("/account/password", {"key": "4", "new": GOOD, "again": GOOD}).status_code == 303
    assert browser.get("/account").status_code == 200
    assert Client().post("/sign-in", {"login": "ZHOU.lan", "password": GOOD}).headers["Location"] == "/"


def test_the_own_name_makes_no_password(house: House) -> None:
    admin = commands.add_account(
        stamp=present(), actor=house.admin, login="clx", name="陈立新", role=Role.GRID_WORKER, area=house.grid.id
    )
    browser = sign_in(house, again(admin))
    for guess in ("chenlixin88", "陈立新20200210", "yunxizhen2020"):
        answer = browser.post("/account/password", {"key": guess, "new": guess, "again": guess})
        assert answer.status_code == 422, guess


def test_a_new_password_needs_the_old_one_and_ends_all_other_sessions(house: House, worker: Viewer) -> None:
    with_password(worker)
    here, there = sign_in(house, worker), sign_in(house, worker)
    assert there.get("/account").status_code == 200
    new = {"new": "five loud rivers", "again": "five loud rivers"}
    assert here.post("/account/password", {"key": "1", "present": "wrong", **new}).status_code == 422
    assert there.get("/account").status_code == 200
    assert here.post("/account/password", {"key": "2", "present": GOOD, **new}).status_code == 303
    with time_machine.travel(now() + timedelta(seconds=2)):
        assert here.get("/account").status_code == 200
        assert there.get("/account").status_code == 302


def test_five_wrong_passwords_lock_the_login_for_a_quarter_of_an_hour_in_any_spelling(worker: Viewer) -> None:
    with_password(worker)
    for spelling in ("zhou.lan", "Zhou.Lan", " zhou.lan", "ＺＨＯＵ.lan"):
        assert Client().post("/sign-in", {"login": spelling, "password": "wrong"}).status_code == 422
    assert Client().post("/sign-in", {"login": "zhou.lan", "password": "wrong"}).status_code == 429
    assert Client().post("/sign-in", {"login": "zhou.lan", "password": GOOD}).status_code == 429
    assert Client().post("/sign-in", {"login": "admin", "password": "wrong"}).status_code == 422
    with time_machine.travel(now() + timedelta(minutes=16)):
        assert Client().post("/sign-in", {"login": "zhou.lan", "password": GOOD}).status_code == 302


def test_a_right_password_forgets_the_wrong_ones_before_it(worker: Viewer) -> None:
    with_password(worker)
    for _ in range(2):
        for _ in range(4):
            assert Client().post("/sign-in", {"login": "zhou.lan", "password": "wrong"}).status_code == 422
        assert Client().post("/sign-in", {"login": "zhou.lan", "password": GOOD}).status_code == 302


def test_a_locked_login_still_gets_in_by_a_link(house: House, worker: Viewer) -> None:
    for _ in range(6):
        Client().post("/sign-in", {"login": "zhou.lan", "password": "wrong"})
    assert sign_in(house, worker).get("/account").status_code == 200


@pytest.mark.parametrize(("role", "rest", "signed_in"), [
    (Role.CLERK, 14, True), (Role.CLERK, 16, False), (Role.GRID_WORKER, 16, True), (Role.GRID_WORKER, 721, False),
])  # fmt: skip
def test_a_session_ends_after_a_rest(house: House, role: Role, rest: int, signed_in: bool) -> None:
    browser = sign_in(house, house.add("some.one", role, house.east))
    with time_machine.travel(now() + timedelta(minutes=rest)):
        assert (browser.get("/account").status_code == 200) is signed_in


def test_deactivation_ends_sessions_within_a_second(house: House, worker: Viewer) -> None:
    browser = sign_in(house, worker)
    assert browser.get("/account").status_code == 200
    commands.set_active(stamp=fresh(), actor=house.admin, account=worker.account_id, active=False)
    with time_machine.travel(now() + timedelta(seconds=1)):
        assert browser.get("/account").status_code == 302
    commands.set_active(stamp=fresh(), actor=house.admin, account=worker.account_id, active=True)
    with time_machine.travel(now() + timedelta(seconds=3)):
        assert browser.get("/account").status_code == 302


def test_signing_out_ends_the_session(house: House, worker: Viewer) -> None:
    browser = sign_in(house, worker)
    assert browser.get("/sign-out").status_code == 405
    assert browser.post("/sign-out").status_code == 302
    assert browser.get("/account").status_code == 302


@pytest.mark.parametrize(("asked", "goes"), [
    ("/account", "/account"), ("//evil.example/", "/"), ("https://evil.example/", "/"), ("/\\evil.example", "/"),
    ("javascript:alert(1)", "/"), ("/\t/evil.example", "/"), ("", "/"),
])  # fmt: skip
def test_after_signing_in_the_browser_goes_to_pages_of_ours_only(worker: Viewer, asked: str, goes: str) -> None:
    with_password(worker)
    answer = Client().post("/sign-in", {"login": "zhou.lan", "password": GOOD, "next": asked})
    assert answer.headers["Location"] == goes


def test_name_and_language_are_the_own_ones(house: House, worker: Viewer) -> None:
    browser = sign_in(house, worker)
    bad = browser.post("/account", {"key": "1", "name": "n" * 61, "language": "en"})
    assert bad.status_code == 422
    assert "n" * 61 in bad.content.decode()
    assert browser.post("/account", {"key": "2", "name": "周岚", "language": "en"}).status_code == 303
    with time_machine.travel(now() + timedelta(seconds=2)):
        page = browser.get("/account").content.decode()
    assert "周岚" in page
    assert 'lang="en"' in page


def test_pages_with_secrets_are_kept_by_nobody(house: House, worker: Viewer) -> None:
    browser = sign_in(house, worker)
    for address in ("/account", "/account/second-factor"):
        assert browser.get(address).headers["Cache-Control"] == "no-store, private"
    assert Client().get("/sign-in/some-token").headers["Cache-Control"] == "no-store, private"
