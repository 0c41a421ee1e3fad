"""Sign-in links for people to open."""

import hashlib
import os
import secrets
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from wangge.cli import starting

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer


def address() -> str:
    """Return the address at which this installation is reached from this machine."""
    scheme = "https" if os.environ.get("WANGGE_HTTPS") == "1" else "http"
    return f"{scheme}://{os.environ.get('WANGGE_HOST', '127.0.0.1')}:{os.environ.get('WANGGE_PORT', '8000')}"


def link_for(actor: "Viewer", account: UUID) -> tuple[str, datetime]:
    """Return a link by which the account signs in once, and when it expires."""
    from wangge.access import commands

    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(token.encode()).digest()
    expires_at = commands.make_link(stamp=starting.stamp(), actor=actor, account=account, digest=digest)
    return f"{address()}/sign-in/{token}", expires_at
