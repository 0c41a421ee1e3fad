"""Survey rounds at the command line: start, look, record, list, close."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from wangge.cli.acting import act, area_of, readable
from wangge.cli.rounds import text_of_csv
from wangge.cli.speaking import answering
from wangge.cli.starting import with_language

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer

DAY = click.DateTime(["%Y-%m-%d"])
AS = click.option("--as", "as_login", help="Act for this login.")
ROUND = click.argument("which", metavar="ROUND")


@click.group()
def survey() -> None:
    """Survey rounds: every door of an area, once. ROUND is the id that start printed, or the name."""


@survey.command("start")
@click.option("--area", "area_code", required=True, help="Code of the area.")
@click.option("--from", "first", required=True, type=DAY, help="The first day.")
@click.option("--to", "last", required=True, type=DAY, help="The last day.")
@click.option("--questionnaire", default="", help="Code or id of a published questionnaire.")
@click.option("--name", default="", help="What the round is called; area and days when left out.")
@click.option("--purpose", default="", help="What it is for; the response of this installation when left out.")
@click.option("--basis", default="", help="The order it rests on; that of this installation when left out.")
@click.option("--deadline", type=click.DateTime(["%Y-%m-%d %H:%M"]), help="Local; the end of the last day otherwise.")
@click.option("--before", default="", help="The round that this one repeats.")
@AS
@answering
def start(**given: Any) -> dict[str, Any]:
    """Start a round; --to is its last day.

    Example: wangge survey start --area 420322100001 --from 2020-02-10 --to 2020-02-11 --json
    """
    viewer, stamp = act(given["as_login"])
    from wangge.kernel.periods import zone_of
    from wangge.situation.sweeps import order_for
    from wangge.surveys.commands import start_round
    from wangge.surveys.queries.rounds import questions_named, round_named

    area = area_of(given["area_code"])
    from_on, last_on = given["first"].date(), given["last"].date()
    with with_language():
        usual = order_for(area, from_on, last_on)
    deadline: datetime | None = given["deadline"]
    started = start_round(
        stamp=stamp,
        actor=viewer,
        area=area.id,
        name=given["name"] or usual.name,
        purpose=given["purpose"] or usual.purpose,
        basis=given["basis"] or usual.basis,
        from_on=from_on,
        until_on=last_on + timedelta(days=1),
        deadline=deadline.replace(tzinfo=zone_of(stamp.zone)) if deadline else None,
        questionnaire=questions_named(area.path, given["questionnaire"]) if given["questionnaire"] else None,
        before=round_named(viewer=viewer, name=given["before"]) if given["before"] else None,
    )
    return {"round": str(started.round), "due": started.due}


@survey.command("status")
@ROUND
@AS
@answering
def status(which: str, as_login: str | None) -> dict[str, Any]:
    """Print where a round stands: doors due, done, open, to come to again, and when it will be done.

    Example: wangge survey status 0170... --json
    """
    viewer, stamp = act(as_login)
    from wangge.situation.sweeps import standing

    found = standing(viewer=viewer, round=_named(viewer, which), at=stamp.at, zone=stamp.zone)
    ahead = found.forecast
    return {
        "round": str(found.head.id),
        "name": found.head.name,
        "due": found.progress.due,
        "done": found.progress.done,
        "open": found.progress.open,
        "revisit": found.progress.revisit,
        "refused": found.progress.refused,
        "states": dict(found.progress.by_state),
        "contradictions": found.contradictions,
        "forecast": {"at": _iso(ahead.at), "from": _iso(ahead.from_at), "to": _iso(ahead.to_at)} if ahead else None,
        "deadline": _iso(found.head.deadline),
        "closed_at": _iso(found.head.closed_at) if found.head.closed_at else None,
    }


@survey.command("record")
@ROUND
@click.argument("file", type=click.Path())
@AS
@answering
def record(which: str, file: str, as_login: str | None) -> dict[str, Any]:
    """Record the visits of a csv: door, state, at, by, answers (a JSON object).

    The same row twice is recorded once. A column area (code or name) tells doors of several communities apart.
    Example: wangge survey record 0170... round.csv --as li.hua --json
    """
    path = readable(file)
    viewer, stamp = act(as_login)
    from wangge.flows.round_sheet import record_round_sheet
    from wangge.words import report_words

    text = text_of_csv(path.read_bytes(), file)
    done = record_round_sheet(stamp=stamp, actor=viewer, round=_named(viewer, which), text=text)
    with with_language():
        reported = [{**asdict(one), "message": report_words("visits.problem", one.code)} for one in done.reported]
    return {"recorded": done.recorded, "again": done.again, "rejected": done.rejected, "reported": reported}


@survey.command("list")
@click.option("--area", "area_code", help="Code of an area; everywhere when left out.")
@click.option("--open", "only_open", is_flag=True, help="Only rounds that are not closed.")
@AS
@answering
def list_rounds(area_code: str | None, only_open: bool, as_login: str | None) -> dict[str, Any]:
    """Print the rounds of an area, open ones first.

    Example: wangge survey list --area 420322100001 --json
    """
    viewer, _ = act(as_login)
    from wangge.places.queries import installation
    from wangge.surveys.queries.rounds import rounds_in

    opened = installation()
    path = area_of(area_code).path if area_code else (opened.area.path if opened else "")
    lines, _ = rounds_in(viewer=viewer, path=path, state="open" if only_open else "", limit=1000)
    return {
        "rounds": [
            {
                "round": str(line.id),
                "name": line.name,
                "area": line.area_name,
                "from": line.from_on.isoformat(),
                "to": _last(line.until_on).isoformat(),
                "due": line.due,
                "done": line.done,
                "open": line.open,
                "closed": line.closed_at is not None,
            }
            for line in lines
        ]
    }


@survey.command("close")
@ROUND
@click.option("--note", default="", help="Why it is closed.")
@AS
@answering
def close(which: str, note: str, as_login: str | None) -> dict[str, Any]:
    """Close a round: its numbers are kept as they stand now.

    Example: wangge survey close 0170... --note 已全部复核
    """
    viewer, stamp = act(as_login)
    from wangge.surveys.commands import close_round

    return {"closed": str(close_round(stamp=stamp, actor=viewer, round=_named(viewer, which), note=note))}


def _named(viewer: "Viewer", which: str) -> UUID:
    from wangge.surveys.queries.rounds import round_named

    return round_named(viewer=viewer, name=which)


def _last(until_on: date) -> date:
    return until_on - timedelta(days=1)


def _iso(at: datetime) -> str:
    """Return an instant in the local time of the installation."""
    from wangge.cli.starting import ZONE
    from wangge.kernel.periods import zone_of
    from wangge.places.queries import installation

    opened = installation()
    return at.astimezone(zone_of(opened.zone if opened else ZONE)).isoformat(timespec="seconds")
