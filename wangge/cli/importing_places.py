"""Bringing in places from sheets: divisions and buildings."""

from typing import TYPE_CHECKING, Any

import click

from wangge.cli.acting import act, area_of, readable
from wangge.cli.speaking import answering, say
from wangge.cli.starting import with_language

if TYPE_CHECKING:
    from wangge.flows.import_places import PlacesImported


@click.command()
@click.argument("file")
@click.option("--as", "as_login", help="Act for this login.")
@answering
def divisions(file: str, as_login: str | None) -> dict[str, Any]:
    """Add the villages of a county, or other divisions, by their official codes.

    Example: wangge import divisions yunxi_county.csv
    """
    viewer, stamp = act(as_login)
    from wangge.flows.import_places import import_divisions

    path = readable(file)
    say("Reading the divisions ...")
    done = import_divisions(stamp=stamp, actor=viewer, content=path.read_bytes(), file=path.name)
    return {"rows": done.rows, "created": done.created, "unchanged": done.unchanged, **_rest(done)}


@click.command()
@click.argument("file")
@click.option("--area", "area_code", required=True, help="Code of the community, village or grid.")
@click.option("--as", "as_login", help="Act for this login.")
@answering
def buildings(file: str, area_code: str, as_login: str | None) -> dict[str, Any]:
    """Make buildings with their stairwells and doors; columns 楼号,单元数,层数,每层户数.

    Example: wangge import buildings buildings.csv --area 420322100001
    """
    viewer, stamp = act(as_login)
    from wangge.flows.import_places import import_buildings

    path, area = readable(file), area_of(area_code)
    say("Making the buildings and their doors ...")
    done = import_buildings(stamp=stamp, actor=viewer, area=area.id, content=path.read_bytes(), file=path.name)
    numbers = {"rows": done.rows, "created": done.created, "enlarged": done.enlarged, "unchanged": done.unchanged}
    return {**numbers, "doors": done.doors, **_rest(done)}


def _rest(done: "PlacesImported") -> dict[str, Any]:
    """Return how many rows were not used, and what was reported, in the installation's words."""
    from wangge.words import label

    with with_language():
        reported = [
            {"row": said.row, "column": said.column, "code": said.code, "message": label("places.reported", said.code)}
            for said in done.reported
        ]
    return {"rejected": done.rejected, "reported": reported}
