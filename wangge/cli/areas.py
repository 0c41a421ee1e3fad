"""The tree of areas."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from wangge.cli.acting import act, area_of
from wangge.cli.speaking import answering
from wangge.kernel.refused import Refused

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer
    from wangge.kernel.stamps import Stamp
    from wangge.places.models import Area

AS = click.option("--as", "as_login", help="Act for this login.")


@click.group()
def area() -> None:
    """Areas: provinces down to buildings and dwellings."""


@area.command("add")
@click.option("--parent", required=True, help="Code of the area above.")
@click.option("--level", required=True, help="township, village, community, grid, building ...")
@click.option("--name", required=True)
@click.option("--code", help="Its code; the next free one when left out.")
@AS
@answering
def add(**given: Any) -> dict[str, Any]:
    """Add an area below another.

    Example: wangge area add --parent 420322100 --level community --name 翠湖社区
    """
    viewer, stamp = act(given["as_login"])
    from wangge.flows.areas import add_areas
    from wangge.places.commands import NewArea
    from wangge.places.rules import Level

    try:
        level = Level(given["level"])
    except ValueError:
        raise Refused("places.level_unknown", level=given["level"]) from None
    above = _parent(viewer, stamp, given["parent"])
    new = NewArea(level=level, name=given["name"], code=given["code"])
    made = add_areas(stamp=stamp, actor=viewer, parent=above, areas=[new])[0]
    return {"code": made.code, "path": made.path}


def _parent(viewer: "Viewer", stamp: "Stamp", code: str) -> int:
    """Return the id of the area of a code; a shipped division that is not in the tree yet is put there."""
    from wangge.flows.areas import open_division
    from wangge.places.queries import area_by_code

    found = area_by_code(code)
    return found.id if found else open_division(stamp=replace(stamp, key=f"{stamp.key} above"), actor=viewer, code=code)


@area.command("rename")
@click.argument("code")
@click.option("--name", required=True)
@AS
@answering
def rename(code: str, name: str, as_login: str | None) -> dict[str, Any]:
    """Give an area another name; the old one stays in its history."""
    viewer, stamp = act(as_login)
    from wangge.flows.areas import rename_area

    row = area_of(code)
    rename_area(stamp=stamp, actor=viewer, area=row.id, name=name)
    return {"code": row.code, "name": name.strip()}


@area.command("split")
@click.argument("code")
@click.option("--name", required=True, help="Name of the new area beside it.")
@click.option("--take", required=True, help="Codes of the areas below that go into the new one, with commas.")
@click.option("--code", "new_code", help="Code of the new area; the next free one when left out.")
@AS
@answering
def split(code: str, name: str, take: str, new_code: str | None, as_login: str | None) -> dict[str, Any]:
    """Put some of the areas below an area into a new one beside it.

    Example: wangge area split 420322100001001 --name 第4网格 --take 42032210000100003,42032210000100004
    """
    viewer, stamp = act(as_login)
    from wangge.flows.areas import split_area

    row = area_of(code)
    children = [area_of(one).id for one in take.split(",") if one.strip()]
    done = split_area(stamp=stamp, actor=viewer, area=row.id, name=name, children=children, code=new_code)
    return {"code": done.code, "path": done.path, "moved": len(children)}


@area.command("merge")
@click.argument("kept")
@click.argument("gone")
@AS
@answering
def merge(kept: str, gone: str, as_login: str | None) -> dict[str, Any]:
    """Put everything of GONE into KEPT and give GONE up; its workers work in KEPT then.

    Example: wangge area merge 420322100001001 420322100001002
    """
    viewer, stamp = act(as_login)
    from wangge.flows.areas import merge_areas

    stays, ends = area_of(kept), area_of(gone)
    done = merge_areas(stamp=stamp, actor=viewer, kept=stays.id, gone=ends.id)
    return {"code": done.code, "path": done.path, "gone": ends.code}


@area.command("move")
@click.argument("code")
@click.option("--parent", required=True, help="Code of the area under which it is to hang.")
@AS
@answering
def move(code: str, parent: str, as_login: str | None) -> dict[str, Any]:
    """Hang an area with everything below it under another; its code stays."""
    viewer, stamp = act(as_login)
    from wangge.flows.areas import move_area

    done = move_area(stamp=stamp, actor=viewer, area=area_of(code).id, parent=area_of(parent).id)
    return {"code": done.code, "path": done.path}


@area.command("retire")
@click.argument("code")
@AS
@answering
def retire(code: str, as_login: str | None) -> dict[str, Any]:
    """Give up an area in which nobody lives or works, with everything below it."""
    viewer, stamp = act(as_login)
    from wangge.flows.areas import retire_area

    row = area_of(code)
    return {"code": row.code, "areas": retire_area(stamp=stamp, actor=viewer, area=row.id)}


@area.command("restore")
@click.argument("code")
@AS
@answering
def restore(code: str, as_login: str | None) -> dict[str, Any]:
    """Take the giving-up of an area back."""
    viewer, stamp = act(as_login)
    from wangge.flows.areas import restore_area

    row = area_of(code)
    return {"code": row.code, "areas": restore_area(stamp=stamp, actor=viewer, area=row.id)}


@area.command("show")
@click.argument("code")
@AS
@answering
def show(code: str, as_login: str | None) -> dict[str, Any]:
    """Show one area: its place, what stands below it, what was done to it."""
    viewer, _ = act(as_login)
    from wangge.journal.feed import history
    from wangge.places import queries

    row = _readable(viewer, code)
    told = [{"at": line.at.isoformat(), "kind": line.kind, **line.facts} for line in history(subject=row.uid)]
    return {
        **_line(row),
        "above": [_line(one) for one in queries.crumbs(row)[:-1]],
        "inside": queries.counts_inside(row.path),
        "retired_at": row.retired_at.isoformat() if row.retired_at else None,
        "history": told,
    }


@area.command("list")
@click.option("--area", "code", required=True, help="Code of the area above.")
@click.option("--retired", is_flag=True, help="Those that were given up.")
@AS
@answering
def list_(code: str, retired: bool, as_login: str | None) -> dict[str, Any]:
    """List the areas one step below an area."""
    viewer, _ = act(as_login)
    from wangge.places import queries

    above = _readable(viewer, code)
    rows: Iterable[Area] = queries.retired_children(above) if retired else queries.children(above)
    return {"areas": [_line(row) for row in rows]}


def _line(row: "Area") -> dict[str, Any]:
    return {"code": row.code, "name": row.name, "level": row.level, "path": row.path}


def _readable(viewer: "Viewer", code: str) -> "Area":
    """Return the area of a code in which the viewer may read; refused alike for one that does not exist."""
    row = area_of(code)
    if not (viewer.permits("register.read", row.path) or viewer.permits("board.read", row.path)):
        raise Refused("places.area_unknown", code=code)
    return row
