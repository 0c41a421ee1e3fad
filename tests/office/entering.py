"""A browser that is signed in."""

import hashlib
import secrets
from datetime import UTC, datetime
from uuid import uuid4

from django.test import Client

from wangge.access import commands
from wangge.access.viewing import Viewer
from wangge.kernel.stamps import Stamp


def now_stamp() -> Stamp:
    """Return a stamp of this moment: pages go by the real clock."""
    now = datetime.now(UTC)
    return Stamp(key=str(uuid4()), source="test", at=now, received_at=now, zone="Asia/Shanghai", channel="cli")


def enter(admin: Viewer, who: Viewer, language: str = "en", *, confirmed: bool = True) -> Client:
    """Return a browser in which this account is signed in by a link, its second factor shown unless said otherwise."""
    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(token.encode()).digest()
    commands.make_link(stamp=now_stamp(), actor=admin, account=who.account_id, digest=digest)
    client = Client()
    answer = client.post(f"/sign-in/{token}")
    assert answer.status_code == 302, answer.content
    client.cookies["wangge_language"] = language
    if confirmed:
        session = client.session
        session["confirmed"] = True
        session.save()
    return client
