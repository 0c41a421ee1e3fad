"""Self-declaration campaigns at the command line: start, see how far one is, the codes of its doors."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import click

from wangge.cli.acting import act, area_of
from wangge.cli.speaking import answering
from wangge.kernel.refused import Refused

DAY = click.DateTime(["%Y-%m-%d"])
AS = click.option("--as", "as_login", help="Act for this login.")
CAMPAIGN = click.argument("campaign", metavar="CAMPAIGN")
STEPS_MOST = 400


@click.group()
def campaign() -> None:
    """Campaigns in which households declare by themselves."""


@campaign.command("start")
@click.option("--area", "area_code", required=True, help="Code of the area whose households are asked.")
@click.option("--to", "last", type=DAY, required=True, help="The last day.")
@click.option("--from", "first", type=DAY, help="The first day; today when left out.")
@click.option("--telephone", required=True, help="The number for those who would rather call.")
@click.option("--name", default="", help="What it is called; the questionnaire and the first day when left out.")
@click.option("--questionnaire", "code", default="self-declaration", show_default=True, help="Code of what is asked.")
@click.option("--purpose", default="", help="What the answers are for; the response of the installation when left out.")
@click.option("--basis", default="", help="The document on which it rests; the installation's when left out.")
@AS
@answering
def start(**given: Any) -> dict[str, Any]:
    """Ask every household of an area to declare.

    Example: wangge campaign start --area 420322100201 --to 2020-02-16 --telephone "6555 0120"
    """
    viewer, stamp = act(given["as_login"])
    from wangge.kernel.ids import uuid7
    from wangge.places.queries import installation
    from wangge.surveys.commands.campaigns import start_campaign
    from wangge.surveys.queries.campaigns import usable_questionnaires
    from wangge.surveys.rules.campaigns import CampaignHead

    area, opened = area_of(given["area_code"]), installation()
    usable = {one.code: one.id for one in usable_questionnaires(viewer=viewer, path=area.path)}
    if given["code"] not in usable:
        raise Refused("campaigns.questionnaire_unusable")
    first = given["first"].date() if isinstance(given["first"], datetime) else stamp.day
    assert opened is not None
    head = CampaignHead(
        id=uuid7(),
        area=area.id,
        name=given["name"] or f"{given['code']} {first}",
        purpose=given["purpose"] or opened.response,
        basis=given["basis"] or opened.legal_basis,
        questionnaire=usable[given["code"]],
        telephone=given["telephone"],
        from_on=first,
        until_on=given["last"].date() + timedelta(days=1),
    )
    started = start_campaign(stamp=stamp, actor=viewer, head=head)
    return {"campaign": str(started.campaign), "due": started.due}


@campaign.command("status")
@CAMPAIGN
@click.option("--area", "area_code", help="Only this area.")
@AS
@answering
def status(campaign: str, area_code: str | None, as_login: str | None) -> dict[str, Any]:
    """Show how many households have declared, and by which way; CAMPAIGN is a name or an id.

    Example: wangge campaign status 二月申报
    """
    viewer, _stamp = act(as_login)
    from wangge.surveys.queries.campaigns import campaign_named, campaign_page

    area = area_of(area_code).id if area_code else None
    seen = campaign_page(viewer=viewer, campaign=campaign_named(viewer=viewer, name=campaign), area=area)
    return {
        "campaign": str(seen.id),
        "name": seen.name,
        "area": seen.here.code or seen.here.name,
        "open": seen.closed_at is None,
        "due": seen.counted.due,
        "declared": seen.counted.declared,
        "left": seen.counted.left,
        "ways": dict(seen.counted.by_source),
    }


@campaign.command("codes")
@CAMPAIGN
@click.option("--area", "area_code", help="Only this area; the whole campaign when left out.")
@AS
@answering
def codes(campaign: str, area_code: str | None, as_login: str | None) -> dict[str, Any]:
    """List the codes of the doors, made where a household has none yet. They let anybody declare: keep them safe.

    Example: wangge campaign codes 二月申报 --area 420322100201 --json
    """
    viewer, stamp = act(as_login)
    from wangge.surveys.commands.campaigns import make_codes
    from wangge.surveys.queries.campaigns import campaign_named, campaign_page
    from wangge.surveys.queries.campaigns import codes as codes_of
    from wangge.surveys.rules.campaigns import BATCH_LIMIT, spaced

    wanted = campaign_named(viewer=viewer, name=campaign)
    area = area_of(area_code).id if area_code else campaign_page(viewer=viewer, campaign=wanted).here.pk
    made = 0
    for step in range(STEPS_MOST):
        part = replace(stamp, key=f"{stamp.key}/{step}"[:64])
        more = make_codes(stamp=part, actor=viewer, campaign=wanted, area=area)
        made += more
        if more < BATCH_LIMIT:
            break
    lines = codes_of(viewer=viewer, campaign=wanted, area=area)
    return {
        "campaign": str(wanted),
        "made": made,
        "codes": [{"door": line.door, "code": spaced(line.code)} for line in lines],
    }
