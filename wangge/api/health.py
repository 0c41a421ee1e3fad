"""Whether this installation serves and works."""

import time
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from wangge.places.queries import installation

BEAT = "worker.beat"
LONGEST_SILENCE_SECONDS = 15
HERE = ("127.0.0.1", "::1")


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 once the database answers and the worker has beaten lately, else 503; details only to this machine."""
    try:
        opened = installation()
        ready = opened is not None and worker_beats()
    except DatabaseError:
        opened, ready = None, False
    answer: dict[str, object] = {"ready": ready}
    if request.META.get("REMOTE_ADDR") in HERE and opened is not None:
        answer |= {"database": connection.vendor, "version": version("wangge"), "epoch": str(opened.epoch)}
    return JsonResponse(answer, status=200 if ready else 503)


def beat() -> None:
    """Note that the worker is alive."""
    (Path(settings.DATA) / BEAT).touch()


def worker_beats() -> bool:
    """Tell whether the worker has been alive within the last seconds."""
    try:
        return time.time() - (Path(settings.DATA) / BEAT).stat().st_mtime < LONGEST_SILENCE_SECONDS
    except FileNotFoundError:
        return False
