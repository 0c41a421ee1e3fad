"""Opening a response: ``wangge init``."""

import secrets
from typing import Any
from uuid import UUID

import click

from wangge.cli import starting
from wangge.cli.links import link_for
from wangge.cli.speaking import answering
from wangge.kernel.refused import Refused

LANGUAGES = ("zh-hans", "zh-hant", "en")


@click.command()
@click.option("--authority", prompt="Who is authorised (body)", help="The body that runs the response.")
@click.option("--basis", prompt="Legal basis (document and number)", help="The document that authorises it.")
@click.option("--area", "area_code", prompt="Division code of the area", help="2, 4, 6, 9 or 12 digits.")
@click.option("--area-name", default="", help="Its name, when the code is not in the shipped list.")
@click.option("--response", default="", help="The name of the response.")
@click.option("--zone", default=starting.ZONE, show_default=True, help="IANA time zone.")
@click.option("--language", type=click.Choice(LANGUAGES), default="zh-hans", show_default=True)
@click.option("--admin", default="admin", show_default=True, help="Login of the first account.")
@click.option("--demonstration", is_flag=True, hidden=True)
@click.option("--yes", is_flag=True, help="Ask nothing.")
@answering
def init(**given: Any) -> dict[str, Any]:
    """Open a response here: database, keys, first account.

    Example: wangge init --authority 某县指挥部 --basis 某防指〔2020〕1号 --area 420322 --yes
    """
    starting.start()
    if starting.is_made():
        raise Refused("init.already_done")
    if not given["yes"]:
        click.confirm("Open the response now?", abort=True, err=True)
    starting.make_storage()
    return open_response(given)


def open_response(given: dict[str, Any]) -> dict[str, Any]:
    """Open the response and make the first account; both happen or neither."""
    from django.db import transaction

    from wangge.access import commands as access
    from wangge.access import queries
    from wangge.journal.actors import number_of
    from wangge.places import commands as places
    from wangge.places.queries import forget_installation, installation
    from wangge.surveys.commands.questionnaires import keep_shipped

    stamp = starting.stamp(zone=given["zone"])
    name = given["response"] or str(given["authority"])

    class Opener:
        """The server itself, before there is any account."""

        number = 0

    with transaction.atomic():
        Opener.number = number_of(UUID(int=0))
        opened = places.open_installation(
            stamp=stamp,
            actor=Opener(),
            authority=given["authority"],
            legal_basis=given["basis"],
            response=name,
            area_code=given["area_code"],
            area_name=given["area_name"],
            language=given["language"],
            demonstration=given["demonstration"],
        )
        forget_installation()
        made = installation()
        assert made is not None
        account = access.first_account(
            stamp=starting.stamp(key=secrets.token_hex(8)),
            actor=Opener(),
            login=given["admin"],
            name=given["admin"],
            area=made.area_id,
        )
        keep_shipped(stamp=starting.stamp(key=secrets.token_hex(8)), actor=Opener(), area=made.area_id)
    viewer = queries.read_viewer(account, on=stamp.day)
    assert viewer is not None
    url, expires_at = link_for(viewer, account)
    return {
        "installation": str(opened),
        "response": name,
        "area": {"code": made.area.code, "name": made.area.name, "path": made.area.path},
        "account": viewer.login,
        "sign_in_link": url,
        "expires_at": expires_at.isoformat(),
    }
