"""The tree of areas."""

from typing import Any

import click

from wangge.cli.acting import act, area_of
from wangge.cli.speaking import answering
from wangge.kernel.refused import Refused


@click.group()
def area() -> None:
    """Areas: provinces down to buildings and dwellings."""


@area.command("add")
@click.option("--parent", required=True, help="Code of the area above.")
@click.option("--level", required=True, help="township, village, community, grid, building ...")
@click.option("--name", required=True)
@click.option("--code", help="Its code; the next free one when left out.")
@click.option("--as", "as_login", help="Act for this login.")
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
    above = area_of(given["parent"])
    new = NewArea(level=level, name=given["name"], code=given["code"])
    made = add_areas(stamp=stamp, actor=viewer, parent=above.id, areas=[new])[0]
    return {"code": made.code, "path": made.path}


@area.command("rename")
@click.argument("code")
@click.option("--name", required=True)
@click.option("--as", "as_login", help="Act for this login.")
@answering
def rename(code: str, name: str, as_login: str | None) -> dict[str, Any]:
    """Give an area another name; the old one stays in its history."""
    viewer, stamp = act(as_login)
    from wangge.flows.areas import rename_area

    row = area_of(code)
    rename_area(stamp=stamp, actor=viewer, area=row.id, name=name)
    return {"code": row.code, "name": name}


@area.command("list")
@click.option("--area", "code", required=True, help="Code of the area above.")
@answering
def list_(code: str) -> dict[str, Any]:
    """List the areas one step below an area."""
    act()
    from wangge.places.queries import children

    below = children(area_of(code))
    return {"areas": [{"code": row.code, "name": row.name, "level": row.level, "path": row.path} for row in below]}
