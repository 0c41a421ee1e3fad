"""A wall that nobody touches outlives its session: a signed cookie lets this page, and nothing else, go on for a day.

It shows counts only. It ends with the account, with its duty in the area, and with a changed password or second factor.
"""

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from wangge.access.queries import viewer_for
from wangge.access.viewing import Viewer
from wangge.office.frame import zone
from wangge.office.wording import now

COOKIE = "wangge_wall"
LIFE = timedelta(hours=12)


def stay(request: HttpRequest, response: HttpResponse, viewer: Viewer, area_id: int) -> None:
    """Let the wall of an area go on for twelve hours for whoever has opened it signed in."""
    response.set_cookie(
        COOKIE,
        signing.dumps([str(viewer.account_id), area_id, viewer.session_epoch], salt=COOKIE),
        max_age=LIFE,
        path=reverse("wall", args=[area_id]),
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )


def staying(request: HttpRequest, area_id: int) -> Viewer | None:
    """Return the viewer who opened this wall, while the account is what it was; for this page alone."""
    try:
        account, area, epoch = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=LIFE)
    except (signing.BadSignature, ValueError):
        return None
    viewer = viewer_for(UUID(account), at=now(), zone=zone())
    if viewer is None or area != area_id or epoch < viewer.session_epoch:
        return None
    if viewer.language:
        translation.activate(viewer.language)
    return viewer
