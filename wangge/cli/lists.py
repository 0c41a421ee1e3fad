"""Handed-down lists at the command line: bring in, show, answer, give back, close."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from wangge.cli.acting import act, area_of, readable
from wangge.cli.speaking import answering, say
from wangge.cli.starting import with_language
from wangge.kernel.refused import Refused

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer

DAY = click.DateTime(["%Y-%m-%d"])
AS = click.option("--as", "as_login", help="Act for this login.")
BATCH = click.argument("batch", metavar="BATCH")


@click.command("list")
@click.argument("file")
@click.option("--area", "area_code", required=True, help="Code of the area whose register it is matched with.")
@click.option("--batch", required=True, help="What the list is called.")
@click.option("--source", required=True, help="Who sent it.")
@click.option("--deadline", required=True, help="Until when it must be answered: 2020-02-12 or 2020-02-12 10:00.")
@click.option("--basis", default="", help="The document on which it rests.")
@click.option("--as-of", "as_of", type=DAY, help="The day on which the list was true; today when left out.")
@click.option("--risk-area", "risk_areas", multiple=True, help="An area that was left; may be given more than once.")
@click.option("--period-days", type=int, default=14, show_default=True, help="Days since leaving that count.")
@AS
@answering
def import_list(**given: Any) -> dict[str, Any]:
    """Bring a handed-down list in: match it with the register, and deal its rows to those who answer them.

    Example: wangge import list 名单.xlsx --area 420322100201 --batch 第三批 --source 市指挥部 --deadline 2020-02-12
    """
    viewer, stamp = act(given["as_login"])
    from wangge.flows.handed_down_list.staging import Wanted, bring_list
    from wangge.surveys.queries.lists import all_entries, list_head, reports_of
    from wangge.words import label

    path, as_of = readable(given["file"]), given["as_of"]
    wanted = Wanted(
        name=given["batch"],
        source=given["source"],
        deadline=_deadline(given["deadline"], stamp.zone),
        basis=given["basis"],
        as_of=as_of.date() if isinstance(as_of, datetime) else None,
        risk_areas=given["risk_areas"],
        period_days=given["period_days"],
    )
    say(f"Reading {path.name} ...")
    area = area_of(given["area_code"]).id
    content = path.read_bytes()
    handed = bring_list(stamp=stamp, actor=viewer, area=area, file_name=path.name, content=content, wanted=wanted)
    with with_language():
        reported = [
            {"sheet": sheet, "row": row, "column": column, "code": code, "message": _report(label, code)}
            for sheet, row, column, code in reports_of(viewer=viewer, handed=handed)
        ]
    return {
        "batch": list_head(viewer=viewer, handed=handed).name,
        "list": str(handed),
        "rows": [
            {
                "sheet": one.sheet,
                "row": one.row,
                "match": one.match,
                "resident": str(one.resident) if one.resident else None,
                "differs": [*one.differs],
                "proposal": one.proposal,
            }
            for one in all_entries(viewer=viewer, handed=handed)
        ],
        "reported": reported,
    }


def _report(label: Any, code: str) -> str:
    """Return the words for a code of a list, or of any sheet."""
    words: str = label("lists.report", code)
    return words if words != code else str(label("imports.report", code))


def _deadline(text: str, zone: str) -> datetime:
    """Return the instant of a deadline: a day lasts to its end, an hour is a local one."""
    from wangge.kernel.periods import day_start, zone_of

    plain = text.strip().replace("/", "-").replace(" ", "T")
    try:
        if len(plain) <= len("2020-02-12"):
            return day_start(date.fromisoformat(plain) + timedelta(days=1), zone)
        at = datetime.fromisoformat(plain)
    except ValueError:
        raise Refused("lists.deadline_unreadable", given=text[:40]) from None
    return (at if at.tzinfo else at.replace(tzinfo=zone_of(zone))).astimezone(UTC)


@click.group()
def list_() -> None:
    """Lists that were handed down: show, answer, give back, close, withdraw."""


@list_.command("all")
@click.option("--area", "area_code", help="Code of an area; everywhere when left out.")
@AS
@answering
def show_all(area_code: str | None, as_login: str | None) -> dict[str, Any]:
    """Print the lists, those due first.

    Example: wangge list all --area 420322100201 --json
    """
    viewer, stamp = act(as_login)
    from wangge.places.queries import installation
    from wangge.surveys.queries.lists import lists

    opened = installation()
    path = area_of(area_code).path if area_code else opened.area.path if opened else ""
    rows, total = lists(viewer=viewer, path=path, now=stamp.at, limit=10_000)
    shown = [
        {
            "list": str(one.id),
            "batch": one.name,
            "source": one.source,
            "deadline": one.deadline.isoformat(),
            "state": one.state,
            "rows": one.total,
            "answered": one.answered,
            "overdue": one.overdue,
        }
        for one in rows
    ]
    return {"lists": shown, "total": total}


@list_.command("show")
@BATCH
@AS
@answering
def show(batch: str, as_login: str | None) -> dict[str, Any]:
    """Print one list: how far it is, what became of its rows, and the open ones by their place in the sheet.

    Example: wangge list show 第三批 --json
    """
    viewer, stamp = act(as_login)
    from wangge.surveys.queries.lists import all_entries, list_page

    page = list_page(viewer=viewer, handed=_named(viewer, batch))
    rows = all_entries(viewer=viewer, handed=page.id)
    return {
        "batch": page.name,
        "list": str(page.id),
        "source": page.source,
        "basis": page.basis,
        "deadline": page.deadline.isoformat(),
        "overdue": page.state == "open" and page.deadline < stamp.at and page.unanswered > 0,
        "state": page.state,
        "rows": page.total,
        "answered": page.answered,
        "outcomes": {code: number for code, number in page.outcomes.items() if code},
        "proposals": dict(page.proposals),
        "dropped_columns": list(page.dropped),
        "open": [{"sheet": one.sheet, "row": one.row, "proposal": one.proposal} for one in rows if not one.outcome],
    }


@list_.command("answer")
@BATCH
@click.argument("file", type=click.Path())
@AS
@answering
def answer(batch: str, file: str, as_login: str | None) -> dict[str, Any]:
    """Record the findings of a csv: row, finding, by, at (and sheet, note where needed).

    A finding is the code of an outcome or a worker's own words, such as 属实，已登记 or 查无此人.
    Example: wangge list answer 第三批 findings.csv --json
    """
    path = readable(file)
    viewer, stamp = act(as_login)
    from wangge.cli.rounds import text_of_csv
    from wangge.flows.handed_down_list.answers import answer_list
    from wangge.words import label
    from wangge.words import say as words

    text = text_of_csv(path.read_bytes(), file)
    done = answer_list(stamp=stamp, actor=viewer, handed=_named(viewer, batch), text=text)
    with with_language():
        reported = [
            {
                "line": one.line,
                "row": one.row,
                "code": one.code,
                "message": words(Refused(one.code)) if "." in one.code else label("lists.report", one.code),
            }
            for one in done.reported
        ]
    return {
        "recorded": done.recorded,
        "again": done.again,
        "outcomes": dict(done.outcomes),
        "rejected": done.rejected,
        "reported": reported,
    }


@list_.command("export")
@BATCH
@click.option("--out", required=True, help="The .xlsx file to write.")
@click.option("--purpose", default="", help="What it is for; giving it back to who sent it, when left out.")
@click.option("--approval", default="", help="A second person's approval code, above 500 people.")
@AS
@answering
def export(batch: str, out: str, purpose: str, approval: str, as_login: str | None) -> dict[str, Any]:
    """Write the same sheet with what became of each row, who found it, and when.

    Example: wangge list export 第三批 --out 第三批-反馈.xlsx
    """
    viewer, stamp = act(as_login)
    from wangge.situation.lists_given_back import allow_giving_back, answer_sheet
    from wangge.surveys.queries.lists import list_page
    from wangge.words import label

    page = list_page(viewer=viewer, handed=_named(viewer, batch))
    why = purpose or f"{page.source}: {page.name}"
    done = allow_giving_back(stamp=stamp, actor=viewer, handed=page.id, purpose=why, approval=approval)
    with with_language():
        content = answer_sheet(stamp=stamp, viewer=viewer, handed=page.id, purpose=why, say=label)
    Path(out).write_bytes(content)
    return {"batch": page.name, "out": out, "rows": done.rows, "answered": page.answered, "open": page.unanswered}


@list_.command("close")
@BATCH
@AS
@answering
def close(batch: str, as_login: str | None) -> dict[str, Any]:
    """Close a list whose answer has gone back; its people are erased thirty days later."""
    return _turn(batch, as_login, "close_list", "closed")


@list_.command("reopen")
@BATCH
@AS
@answering
def reopen(batch: str, as_login: str | None) -> dict[str, Any]:
    """Open a closed list again."""
    return _turn(batch, as_login, "reopen_list", "open")


@list_.command("withdraw")
@BATCH
@click.option("--yes", is_flag=True, help="Ask nothing.")
@AS
@answering
def withdraw(batch: str, yes: bool, as_login: str | None) -> dict[str, Any]:
    """Take back a list that should not have come; what is known of its people is erased at once."""
    if not yes:
        click.confirm("Erase everything that is known of the people on this list?", abort=True, err=True)
    return _turn(batch, as_login, "withdraw_list", "withdrawn")


def _turn(batch: str, as_login: str | None, command: str, state: str) -> dict[str, Any]:
    """Do with a list what a command of that name does."""
    viewer, stamp = act(as_login)
    from wangge.surveys import commands

    handed = _named(viewer, batch)
    getattr(commands, command)(stamp=stamp, actor=viewer, handed=handed)
    return {"list": str(handed), "state": state}


def _named(viewer: "Viewer", batch: str) -> UUID:
    """Return the list of a name or id."""
    from wangge.surveys.queries.lists import list_named

    return list_named(viewer=viewer, name=batch)
