"""Who acts when a command is typed at the server."""

from pathlib import Path
from typing import TYPE_CHECKING

from wangge.cli.starting import open_or_refuse, stamp
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer
    from wangge.places.models import Area


def act(login: str | None = None) -> tuple["Viewer", Stamp]:
    """Return the viewer and the stamp of a command: ``login``'s, or the first administrator's."""
    open_or_refuse()
    from wangge.access import queries

    now = stamp()
    viewer = queries.viewer_by_login(login, on=now.day) if login else queries.first_administrator(on=now.day)
    if viewer is None:
        raise Refused("access.account_unknown", login=login or "")
    return viewer, now


def area_of(code: str) -> "Area":
    """Return the area of a code; refused when there is none."""
    from wangge.places.queries import area_by_code

    area = area_by_code(code)
    if area is None:
        raise Refused("places.area_unknown", code=code)
    return area


def readable(file: str) -> Path:
    """Return the path of a file to be read; refused when it is missing or empty."""
    path = Path(file)
    if not path.is_file():
        raise Refused("cli.file_missing", file=file)
    if path.stat().st_size == 0:
        raise Refused("cli.file_empty", file=file)
    return path
