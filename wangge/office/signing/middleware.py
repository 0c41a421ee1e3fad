"""Who is asking: every request carries its viewer, and a maker of stamps for what it writes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.utils import translation

from wangge.access.commands import note_sign_in
from wangge.access.queries import forget_viewers, read_viewer, viewer_for
from wangge.access.rules import SHIFT_FIELD, session_life
from wangge.access.viewing import Viewer
from wangge.kernel.periods import local_day
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.queries import installation

ACCOUNT = "account"
SEEN = "seen"
EPOCH = "epoch"
CONFIRMED = "confirmed"
ITSELF = "X-Wangge-Refresh"
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
    opened = installation()
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or opened is None:
        return None
    account, seen = request.session.get(ACCOUNT), request.session.get(SEEN, 0)
    if account is None:
        return None
    viewer = viewer_for(UUID(account), at=now, zone=opened.zone)
    idle = now.timestamp() - seen
    if viewer is None or _is_over(request, viewer, idle, demonstration=opened.demonstration):
        request.session.flush()
        return None
    # A page that only refreshes itself says so: nobody has to sit before it.
    if idle > REFRESH_SECONDS and ITSELF not in request.headers:
        request.session[SEEN] = now.timestamp()
    # A demonstration asks nobody for a second factor, and says so.
    confirmed = opened.demonstration or bool(request.session.get(CONFIRMED))
    return viewer if confirmed else replace(viewer, confirmed=False)


def _is_over(request: HttpRequest, viewer: Viewer, idle: float, *, demonstration: bool) -> bool:
    """Tell whether a session rested too long, or began before the account's password or second factor changed."""
    # The links of a demonstration are printed once: everybody stays for a shift.
    life = SHIFT_FIELD if demonstration else session_life(viewer.roles)
    # A process may know an older number than the session for a second, never a newer one.
    return idle > life.total_seconds() or request.session.get(EPOCH, viewer.session_epoch) < viewer.session_epoch


def begin_session(request: HttpRequest, account: UUID, now: datetime, *, by: Literal["password", "link"]) -> Viewer:
    """Bind a new session to the account and keep that it signed in; whatever session there was is gone.

    Returns the viewer, not yet confirmed by a second factor.
    """
    forget_viewers()  # an account that was let in a moment ago gets in at once
    viewer = read_viewer(account, on=local_day(now, zone()))
    if viewer is None:
        raise Refused("access.account_inactive")
    note_sign_in(stamp=replace(stamp_of(request, viewer, now), key=str(uuid4())), actor=viewer, by=by)
    request.session.flush()
    rotate_token(request)
    request.session[ACCOUNT] = str(account)
    request.session[SEEN] = now.timestamp()
    request.session[EPOCH] = viewer.session_epoch
    return replace(viewer, confirmed=False)


def confirm_session(request: HttpRequest) -> None:
    """Keep that the second factor was shown in this session, under a new key of the session."""
    request.session[CONFIRMED] = True
    request.session.cycle_key()


def renew_session(request: HttpRequest, viewer: Viewer, now: datetime) -> None:
    """Let this session go on after its account changed so that all others end."""
    forget_viewers()
    fresh = read_viewer(viewer.account_id, on=local_day(now, zone()))
    request.session[EPOCH] = fresh.session_epoch if fresh else viewer.session_epoch + 1
    request.session.cycle_key()


def stamp_of(request: HttpRequest, viewer: Viewer | None, now: datetime) -> Stamp:
    """Return the stamp of what this request writes: the form's hidden key makes a double click harmless."""
    key = (request.POST.get("key") or request.POST.get("once") or "")[:64] or str(uuid4())
    source = f"desk:{viewer.number}" if viewer else "desk:0"
    return Stamp(key=key, source=source, at=now, received_at=now, zone=zone(), channel="desk")
