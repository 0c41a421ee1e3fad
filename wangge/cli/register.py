"""Taking the register out at the command line."""

from typing import Any

import click

from wangge.cli.acting import act, area_of
from wangge.cli.speaking import answering


@click.group()
def register() -> None:
    """The register of households and people."""


@register.command("export")
@click.option("--area", "area_code", required=True, help="Code of the area.")
@click.option("--as", "as_login", help="Act for this login.")
@click.option("--purpose", required=True, help="What it is for; it is written down for everybody in it.")
@click.option("--approval", default="", help="A second person's approval code, above 500 people.")
@click.option("--unmasked", is_flag=True, help="With whole document numbers and telephones.")
@answering
def export(area_code: str, as_login: str | None, purpose: str, approval: str, unmasked: bool) -> dict[str, Any]:
    """Print the households of an area with their members, by door.

    Example: wangge register export --area 420322100001 --as li.hua --purpose "给镇卫生院" --json
    """
    viewer, stamp = act(as_login)

    from wangge.situation.exporting import allow_export, exported

    area = area_of(area_code)
    allow_export(stamp=stamp, actor=viewer, area=area.id, purpose=purpose, approval=approval, unmasked=unmasked)
    rows = exported(stamp=stamp, viewer=viewer, path=area.path, purpose=purpose, unmasked=unmasked)
    return {
        "households": [
            {
                "door": home.door,
                "members": [
                    {
                        "name": one.name,
                        "sex": one.sex,
                        "birth": one.birth,
                        "id_number": one.id_number,
                        "phones": list(one.phones),
                        "head": one.head,
                    }
                    for one in home.members
                ],
            }
            for home in rows
        ]
    }
