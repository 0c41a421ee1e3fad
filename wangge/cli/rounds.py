"""The day's round: visits, duties, the board."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wangge.cli.acting import act, area_of, readable
from wangge.cli.speaking import answering
from wangge.kernel.refused import Refused

if TYPE_CHECKING:
    from wangge.situation.board import Board


@click.group()
def visit() -> None:
    """Visits at doors."""


@visit.command("record")
@click.argument("file", type=click.Path())
@click.option("--area", "area_code", required=True, help="Code of the area.")
@click.option("--as", "as_login", help="Act for this login.")
@answering
def record(file: str, area_code: str, as_login: str | None) -> dict[str, Any]:
    """Record the visits of a csv: door, state, at, by, remarks.

    States: done, nobody_home, refused, vacant, moved_away, gate_locked, revisit.
    Example: wangge visit record round.csv --area 420322100001 --as li.hua
    """
    path = readable(file)
    viewer, stamp = act(as_login)

    from wangge.flows.visit_sheet import record_visit_sheet
    from wangge.words import label

    text = text_of_csv(path.read_bytes(), file)
    done = record_visit_sheet(stamp=stamp, actor=viewer, area=area_of(area_code).id, text=text)
    return {
        "recorded": done.recorded,
        "again": done.again,
        "rejected": done.rejected,
        "reported": [{**asdict(one), "message": label("visits.problem", one.code)} for one in done.reported],
    }


def text_of_csv(content: bytes, file: str) -> str:
    """Return the text of a csv in UTF-8 or the national encoding."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("cli.file_unreadable", file=file)


@click.group()
def duty() -> None:
    """Who is responsible for which doors."""


@duty.command("deal")
@click.option("--area", "area_code", required=True, help="Code of the area.")
@click.option("--workers", required=True, help="Logins of grid workers, with commas.")
@click.option("--as", "as_login", help="Act for this login.")
@answering
def deal(area_code: str, workers: str, as_login: str | None) -> dict[str, Any]:
    """Give all buildings of an area to workers, evenly by doors.

    Example: wangge duty deal --area 420322100001 --workers li.hua,wang.min
    """
    viewer, stamp = act(as_login)

    from wangge.access.queries import viewer_by_login
    from wangge.flows.deal_duties import deal_duties

    logins = [login.strip() for login in workers.split(",") if login.strip()]
    accounts = {}
    for login in logins:
        found = viewer_by_login(login, on=stamp.day)
        if found is None:
            raise Refused("access.account_unknown", login=login)
        accounts[found.account_id] = login
    shares = deal_duties(stamp=stamp, actor=viewer, area=area_of(area_code).id, workers=list(accounts))
    return {
        "dealt": {accounts[share.worker]: len(share.buildings) for share in shares},
        "doors": {accounts[share.worker]: share.doors for share in shares},
    }


@click.command()
@click.option("--area", "area_code", required=True, help="Code of the area.")
@click.option("--on", "on_day", type=click.DateTime(["%Y-%m-%d"]), help="A local day; today when left out.")
@click.option("--pdf", "pdf_file", type=click.Path(), help="Write the day on one page to this file, too.")
@click.option("--as", "as_login", help="Act for this login.")
@answering
def board(area_code: str, on_day: datetime | None, pdf_file: str | None, as_login: str | None) -> dict[str, Any]:
    """Print the board of an area: what is done, what is open, what changed, which grids have sent nothing.

    Example: wangge board --area 420322100001 --pdf today.pdf --json
    """
    viewer, stamp = act(as_login)

    from wangge.access.queries import logins
    from wangge.situation.board import board as situation

    area = area_of(area_code)
    on = on_day.date() if on_day else None
    found = situation(viewer=viewer, path=area.path, at=stamp.at, zone=stamp.zone, on=on)
    workers = logins(line.worker for line in found.buildings if line.worker)
    if pdf_file:
        _write_day(found, pdf_file, stamp.zone)
    return {
        "area": {"code": area.code, "name": area.name},
        "at": found.at.isoformat(),
        "on": found.day.isoformat(),
        "seq": found.seq,
        "counters": _counted(found.counters),
        "children": [
            {"code": child.area.code, "name": child.area.name, "counters": _counted(child.counters)}
            for child in found.children
        ],
        "buildings": [
            {
                "code": line.area.code,
                "name": line.area.name,
                "due": line.due,
                "done": line.done,
                "open": line.open,
                "worker": workers.get(line.worker) if line.worker else None,
            }
            for line in found.buildings
        ],
        "silent": [{"code": patch.code, "name": patch.name} for patch in found.silent],
        **_beside(found),
    }


def _write_day(found: "Board", file: str, zone: str) -> None:
    """Write the day on one page, in the installation's language; refused where the file cannot be written."""
    from wangge.cli.starting import with_language
    from wangge.situation.day_report import pdf
    from wangge.words.day_report import day_report

    with with_language():
        made = pdf(day_report(found, zone=zone))
    try:
        Path(file).write_bytes(made)
    except OSError:
        raise Refused("cli.file_unwritable", file=file) from None


def _beside(found: "Board") -> dict[str, Any]:
    """Return the open round, the gaps and what changed in the last hour, each null where nothing is known of it."""
    swept, gaps, changed = found.sweep, found.gaps, found.changed
    ahead = swept.forecast if swept else None
    return {
        "round": {
            "round": str(swept.head.id), "name": swept.head.name, "due": swept.numbers.due,
            "done": swept.numbers.done, "open": swept.numbers.open, "revisit": swept.numbers.revisit,
            "deadline": swept.head.deadline.isoformat(),
            "forecast": {
                "at": ahead.at.isoformat(), "from": ahead.from_at.isoformat(), "to": ahead.to_at.isoformat(),
            } if ahead else None,
        } if swept else None,
        "gaps": {
            "births_missing": gaps.births, "unowned": gaps.unowned, "doorless": gaps.doorless,
            "contradictions_open": gaps.contradictions, "overdue": gaps.overdue_rows,
            "lists": [
                {"list": str(one.id), "name": one.name, "deadline": one.deadline.isoformat(), "rows": one.rows}
                for one in gaps.overdue
            ],
        } if gaps else None,
        "changed": {
            "since": changed.since.isoformat(), "visits": changed.hour.visits, "doors_done": changed.hour.done,
            "doors_refused": changed.hour.refused,
            "what": [
                {"what": one.code, "at": one.at.isoformat() if one.at else None,
                 "area": one.area.name if one.area else None, "number": one.number, "name": one.name}
                for one in changed.changes
            ],
        } if changed else None,
    }  # fmt: skip


def _counted(counters: dict[str, int]) -> dict[str, dict[str, int | str]]:
    from wangge.situation.board import unit_of

    return {code: {"value": value, "unit": unit_of(code)} for code, value in counters.items()}
