"""Taking forms out at the command line."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from wangge.cli.acting import act, area_of
from wangge.cli.speaking import answering, say
from wangge.kernel.refused import Refused

DAY = click.DateTime(["%Y-%m-%d"])
PROFILES = "profiles"


@click.command("export")
@click.argument("profile", metavar="PROFILE|profiles")
@click.option("--area", "area_code", help="Code of the area; the whole installation when left out with 'profiles'.")
@click.option("--on", "on", type=DAY, help="The day; today when left out.")
@click.option("--as", "as_login", help="Act for this login.")
@click.option("--purpose", help="What it is for; it is written down for everybody in it.")
@click.option("--approval", default="", help="A second person's approval code, above 500 people.")
@click.option("--masked", is_flag=True, help="Hide names, numbers and doors, whatever the form shows.")
@click.option("--out", "out", type=click.Path(dir_okay=False), help="The file to write: .xlsx, .csv or .pdf.")
@answering
def export(**given: Any) -> dict[str, Any]:
    """Write a form of an area in the layout that was asked for, or list the forms with 'profiles'.

    Examples: wangge export profiles --json

    wangge export sanya-01 --area 420322100001 --as li.hua --purpose "报县指挥部" --out 表.xlsx --json
    """
    if given["profile"] == PROFILES:
        return {"profiles": _profiles(given["as_login"], given["area_code"])}
    for option in ("area_code", "purpose", "out"):
        if given[option] is None:
            raise click.UsageError(f"Missing option '--{option.removesuffix('_code')}'.")
    return _written(given)


def _profiles(login: str | None, area_code: str | None) -> list[dict[str, Any]]:
    """Return the forms that hold in an area."""
    viewer, _ = act(login)
    from wangge.places.queries import installation
    from wangge.situation.forms.queries import profiles

    opened = installation()
    assert opened is not None
    area = area_of(area_code) if area_code else opened.area
    return [
        {
            "code": one.code,
            "name": one.name,
            "version": one.version,
            "state": one.state,
            "grain": one.body.grain,
            "audience": one.body.audience,
            "columns": len(one.body.columns),
            "left_out": [{"header": list(left.header), "why": left.why} for left in one.body.left_out],
        }
        for one in profiles(viewer=viewer, area=area)
    ]


def _written(given: dict[str, Any]) -> dict[str, Any]:
    """Make a form, write it, and return what it is; the file is handed over and not kept."""
    viewer, stamp = act(given["as_login"])
    from wangge.cli.starting import stamp as stamp_now
    from wangge.situation.forms.keeping import export as export_line
    from wangge.situation.forms.keeping import finish_export
    from wangge.situation.forms.making import make, request_export

    out = Path(given["out"])
    kind = out.suffix.removeprefix(".").lower()
    if not out.parent.is_dir():
        raise Refused("cli.folder_missing", folder=str(out.parent))
    area, on = area_of(given["area_code"]), given["on"]
    made = request_export(
        stamp=stamp,
        actor=viewer,
        area=area.id,
        profile=given["profile"],
        on=_day(on),
        purpose=given["purpose"],
        approval=given["approval"],
        kind=kind,
        masked=given["masked"],
    )
    content = make(stamp=stamp, actor=viewer, export=made, told=lambda done, total: say(f"{done} of {total} rows"))
    out.write_bytes(content)
    finish_export(stamp=stamp_now(), actor=viewer, export=made, kept=False)
    line = export_line(viewer=viewer, export=made)
    return {
        "export": str(made),
        "profile": line.profile,
        "version": line.version,
        "rows": line.rows,
        "people": line.people,
        "mark": line.mark,
        "file": str(out),
        "bytes": len(content),
    }


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
