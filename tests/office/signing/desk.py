"""A browser at the desk, signed in by a link, as the tests of pages need it."""

from uuid import uuid4

from django.test import Client

from tests.access.house import House
from tests.conftest import stamp
from wangge.access import commands, tokens, totp
from wangge.access.viewing import Viewer
from wangge.kernel.stamps import Stamp
from wangge.office.wording import now


def present() -> Stamp:
    """Return a stamp of the present, as the desk makes them."""
    return stamp(str(uuid4()), at=now())


def sign_in(house: House, viewer: Viewer, *, client: Client | None = None) -> Client:
    """Return a browser that opened a sign-in link of the account."""
    token = tokens.new_token()
    digest = tokens.token_digest(token)
    commands.make_link(stamp=present(), actor=house.admin, account=viewer.account_id, digest=digest)
    browser = client or Client()
    answer = browser.post(f"/sign-in/{token}")
    assert answer.status_code == 302
    return browser


def code_now(secret: bytes, steps: int = 0) -> str:
    """Return the code that the app shows now, or so many steps later."""
    return totp.code_of(secret, totp.step_at(now().timestamp()) + steps)


def set_up_now(viewer: Viewer) -> tuple[bytes, list[str]]:
    """Set up a second factor by the code of half a minute ago, so that the present one is not used yet."""
    setup = tokens.new_setup()
    secret, codes = tokens.open_setup(setup)
    commands.set_up_factor(stamp=present(), actor=viewer, setup=setup, code=code_now(secret, -1))
    return secret, codes


def confirmed(house: House, viewer: Viewer) -> Client:
    """Return a browser that has shown a second factor too, by a recovery code."""
    _, codes = set_up_now(viewer)
    browser = sign_in(house, viewer)
    assert browser.post("/confirm", {"code": codes[0]}).status_code == 303
    return browser
