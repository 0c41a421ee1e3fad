"""Accounts and their sign-in links."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from wangge.cli.acting import act, area_of
from wangge.cli.links import link_for
from wangge.cli.speaking import answering
from wangge.kernel.refused import Refused

if TYPE_CHECKING:
    from wangge.access.queries import AccountLine

MANAGE = "account.manage"
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
    viewer, stamp = act(given["as_login"])

    from wangge.access import commands
    from wangge.access.rules import Role

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


@account.command("list")
@click.option("--area", "area_code", help="Code of the area; everywhere when left out.")
@click.option("--as", "as_login", help="Act for this login.")
@answering
def list_accounts(area_code: str | None, as_login: str | None) -> dict[str, Any]:
    """List the accounts of an area with their duties; the day under "to" is the first on which it no longer holds.

    Example: wangge account list --area 420322100001 --json
    """
    viewer, stamp = act(as_login)

    from wangge.access import queries
    from wangge.places.queries import areas

    inside = area_of(area_code).path if area_code else ""
    if not viewer.reaches(MANAGE) or (inside and not viewer.permits(MANAGE, inside)):
        raise Refused("access.forbidden")
    found = queries.account_index(viewer=viewer, on=stamp.day, inside=inside)
    lines = queries.account_lines(viewer=viewer, on=stamp.day, ids=[row.id for row in found])
    codes = areas(duty.path for line in lines for duty in line.duties)
    return {"accounts": [_line(line, {path: area.code or "" for path, area in codes.items()}) for line in lines]}


def _line(line: "AccountLine", codes: dict[str, str]) -> dict[str, Any]:
    duties = [
        {"role": duty.role, "area": codes.get(duty.path, ""), "from": str(duty.from_on), "to": duty.to_on}
        for duty in line.duties
    ]
    return {"login": line.login, "name": line.name, "active": line.is_active, "duties": duties}


@account.command("deactivate")
@click.argument("login")
@click.option("--as", "as_login", help="Act for this login.")
@answering
def deactivate(login: str, as_login: str | None) -> dict[str, Any]:
    """Shut an account out: it is signed out everywhere within a second.

    Example: wangge account deactivate li.hua
    """
    return _set_active(login, as_login, active=False)


@account.command("reactivate")
@click.argument("login")
@click.option("--as", "as_login", help="Act for this login.")
@answering
def reactivate(login: str, as_login: str | None) -> dict[str, Any]:
    """Let an account in again; it needs a new sign-in link or its password.

    Example: wangge account reactivate li.hua
    """
    return _set_active(login, as_login, active=True)


def _set_active(login: str, as_login: str | None, *, active: bool) -> dict[str, Any]:
    viewer, stamp = act(as_login)

    from wangge.access import commands

    commands.set_active(stamp=stamp, actor=viewer, account=_id_of(login), active=active)
    return {"account": login, "active": active}


@account.command("drop-factor")
@click.argument("login")
@click.option("--as", "as_login", help="Act for this login.")
@answering
def drop_factor(login: str, as_login: str | None) -> dict[str, Any]:
    """Take away the second factor of an account whose phone and recovery codes are lost.

    Example: wangge account drop-factor li.hua
    """
    viewer, stamp = act(as_login)

    from wangge.access import commands

    commands.drop_factor(stamp=stamp, actor=viewer, account=_id_of(login))
    return {"account": login, "second_factor": False}


def _id_of(login: str) -> UUID:
    """Return the account of a login, active or not; refused when there is none."""
    from wangge.access import queries

    found = queries.account_by_login(login)
    if found is None:
        raise Refused("access.account_unknown", login=login)
    return found


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


@click.command("sign-in-link")
@click.argument("login")
@click.option("--as", "as_login", help="Act for this login.")
@answering
def sign_in_link(login: str, as_login: str | None) -> dict[str, Any]:
    """Make a link by which an account signs in once, within a day."""
    viewer, stamp = act(as_login)

    from wangge.access import queries

    target = queries.viewer_by_login(login, on=stamp.day)
    if target is None:
        raise Refused("access.account_unknown", login=login)
    url, expires_at = link_for(viewer, target.account_id)
    return {"url": url, "expires_at": expires_at.isoformat()}
