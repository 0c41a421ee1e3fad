"""Who is asking: every request carries its viewer, and a maker of stamps for what it writes."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from wangge.access.queries import viewer_for
from wangge.access.rules import session_life
from wangge.access.viewing import Viewer
from wangge.kernel.stamps import Stamp
from wangge.places.queries import installation

ACCOUNT = "account"
SEEN = "seen"
ZONE = "Asia/Shanghai"
# A session's last click is written back at most once in so many seconds.
REFRESH_SECONDS = 60


def sign_in(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set ``request.viewer`` (None when signed out) and ``request.stamp``, and speak the account's language."""

    def answer(request: HttpRequest) -> HttpResponse:
        now = datetime.now(UTC)
        asked: Any = request
        asked.viewer = _viewer(request, now)
        asked.stamp = partial(stamp_of, request, asked.viewer, now)
        if asked.viewer and asked.viewer.language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(asked.viewer.language)
        return get_response(request)

    return answer


def zone() -> str:
    """Return the installation's zone."""
    opened = installation()
    return opened.zone if opened else ZONE


def _viewer(request: HttpRequest, now: datetime) -> Viewer | None:
    """Return the viewer of the session, as long as it lasts and the account is active."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or installation() is None:
        return None
    account, seen = request.session.get(ACCOUNT), request.session.get(SEEN, 0)
    if account is None:
        return None
    viewer = viewer_for(UUID(account), at=now, zone=zone())
    idle = now.timestamp() - seen
    if viewer is None or idle > session_life(viewer.roles).total_seconds():
        request.session.flush()
        return None
    if idle > REFRESH_SECONDS:
        request.session[SEEN] = now.timestamp()
    return viewer


def begin_session(request: HttpRequest, account: UUID, now: datetime) -> None:
    """Bind a new session to the account; whatever session there was is gone."""
    request.session.flush()
    request.session[ACCOUNT] = str(account)
    request.session[SEEN] = now.timestamp()


def stamp_of(request: HttpRequest, viewer: Viewer | None, now: datetime) -> Stamp:
    """Return the stamp of what this request writes: the form's hidden key makes a double click harmless."""
    key = request.POST.get("key", "")[:64] or str(uuid4())
    source = f"desk:{viewer.number}" if viewer else "desk:0"
    return Stamp(key=key, source=source, at=now, received_at=now, zone=zone(), channel="desk")
