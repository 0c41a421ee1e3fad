"""Accounts and their sign-in links."""

from datetime import date, datetime
from typing import Any

import click

from wangge.cli.acting import act, area_of
from wangge.cli.links import link_for
from wangge.cli.speaking import answering
from wangge.kernel.refused import Refused

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def account() -> None:
    """Accounts: who may sign in, with which role, where, until when."""


@account.command("add")
@click.argument("login")
@click.option("--role", required=True, help="administrator, county_lead, town_lead, community_lead, clerk ...")
@click.option("--area", "area_code", required=True, help="Code of the area.")
@click.option("--name", default="", help="Name to show; the login when left out.")
@click.option("--from", "from_on", type=DAY, help="First day.")
@click.option("--to", "to_on", type=DAY, help="The day from which it no longer holds.")
@click.option("--as", "as_login", help="Act for this login.")
@answering
def add(**given: Any) -> dict[str, Any]:
    """Add an account with one role in one area.

    Example: wangge account add li.hua --role clerk --area 420322100001
    """
    from wangge.access import commands
    from wangge.access.rules import Role

    viewer, stamp = act(given["as_login"])
    try:
        role = Role(given["role"])
    except ValueError:
        raise Refused("access.role_unknown", role=given["role"]) from None
    area = area_of(given["area_code"])
    made = commands.add_account(
        stamp=stamp,
        actor=viewer,
        login=given["login"],
        name=given["name"],
        role=role,
        area=area.id,
        from_on=_day(given["from_on"]),
        to_on=_day(given["to_on"]),
    )
    return {"account": given["login"], "id": str(made), "role": role.value, "area": area.code}


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


@click.command("sign-in-link")
@click.argument("login")
@click.option("--as", "as_login", help="Act for this login.")
@answering
def sign_in_link(login: str, as_login: str | None) -> dict[str, Any]:
    """Make a link by which an account signs in once, within a day."""
    from wangge.access import queries

    viewer, stamp = act(as_login)
    target = queries.viewer_by_login(login, on=stamp.day)
    if target is None:
        raise Refused("access.account_unknown", login=login)
    url, expires_at = link_for(viewer, target.account_id)
    return {"url": url, "expires_at": expires_at.isoformat()}
