"""Snapshots at cut-offs, and zero reports."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from wangge.cli.acting import act, area_of
from wangge.cli.speaking import answering
from wangge.kernel.refused import Refused

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def snapshot() -> None:
    """Keep what indicators stand at when a report is due, and look at what was kept."""


@snapshot.command("take")
@click.argument("profile")
@click.option("--area", "area_code", required=True, help="Code of the area the report is about.")
@click.option("--on", type=DAY, help="The local day of the cut-off; today when left out.")
@click.option("--at", help="The local hour of the cut-off, such as 18:00; this instant when left out.")
@click.option("--as", "as_login", help="Act for this login.")
@answering
def take(profile: str, area_code: str, on: datetime | None, at: str | None, as_login: str | None) -> dict[str, Any]:
    """Count a set of indicators in an area and in each area one step below, and keep the numbers.

    The same cut-off gives the snapshot that was taken before. "late" is what arrived after the cut-off before this one
    though it had happened by then; a number that is null was not asked, or has nothing to compare with.

    Example: wangge snapshot take liuzhou-01 --area 371323000000 --at 18:00 --json
    """
    viewer, stamp = act(as_login)
    from wangge.situation.cutoffs.commands import take_snapshot
    from wangge.situation.cutoffs.rules import read_time

    try:
        hour = read_time(at) if at else None
    except ValueError:
        raise Refused("cutoffs.time_unreadable", text=at) from None
    taken = take_snapshot(
        stamp=stamp, actor=viewer, profile=profile, area=area_of(area_code).id, on=on.date() if on else None, at=hour
    )
    return _said(viewer, taken)


@snapshot.command("list")
@click.option("--area", "area_code", help="Only those of this area and below it.")
@click.option("--as", "as_login", help="Act for this login.")
@answering
def list_(area_code: str | None, as_login: str | None) -> dict[str, Any]:
    """List the latest 200 snapshots.

    Example: wangge snapshot list --area 371323000000 --json
    """
    viewer, _ = act(as_login)
    from wangge.situation.cutoffs.queries import snapshots

    found = snapshots(viewer=viewer, path=area_of(area_code).path if area_code else "")
    return {
        "snapshots": [
            {
                "snapshot": str(one.snapshot),
                "profile": one.profile,
                "area": one.home_name,
                "on": one.on,
                "cutoff_at": one.cutoff_at,
                "taken_at": one.taken_at,
                "seq": one.seq,
                "numbers": one.row.numbers,
                "silent": one.silent,
            }
            for one in found
        ]
    }


@snapshot.command("show")
@click.argument("id_", metavar="ID", type=click.UUID)
@click.option("--as", "as_login", help="Act for this login.")
@answering
def show(id_: UUID, as_login: str | None) -> dict[str, Any]:
    """Show one snapshot with its areas, who has reported, and what arrived after its cut-off.

    Example: wangge snapshot show 01977c2e-0000-7000-8000-000000000000 --json
    """
    viewer, _ = act(as_login)
    from wangge.situation.cutoffs.queries import snapshot_page

    shown = snapshot_page(viewer=viewer, snapshot=id_)
    areas = [{"area": row.name, "numbers": row.numbers, "changes": row.changes, "late": row.late} for row in shown.rows]
    reports = [
        {"community": one.name, "state": one.state.value, "late": one.area in shown.late} for one in shown.reports
    ]
    return _said(viewer, id_) | {"areas": areas, "reports": reports, "since": shown.since}


@snapshot.command("zero")
@click.argument("profile")
@click.option("--area", "area_code", required=True, help="Code of the community or village.")
@click.option("--on", type=DAY, help="The local day; today when left out.")
@click.option("--as", "as_login", help="Act for this login.")
@answering
def zero(profile: str, area_code: str, on: datetime | None, as_login: str | None) -> dict[str, Any]:
    """Say that a community has nothing to report for a set on a day.

    Example: wangge snapshot zero liuzhou-01 --area 371323100201
    """
    viewer, stamp = act(as_login)
    from wangge.situation.cutoffs.commands import declare_zero

    day: date = on.date() if on else stamp.day
    report = declare_zero(stamp=stamp, actor=viewer, profile=profile, area=area_of(area_code).id, on=day)
    return {"report": str(report), "profile": profile, "on": day}


def _said(viewer: "Viewer", id_: UUID) -> dict[str, Any]:
    """Return the object of one snapshot: None stands for what was not asked or cannot be compared."""
    from wangge.situation.cutoffs.queries import snapshot_page

    shown = snapshot_page(viewer=viewer, snapshot=id_)
    one, codes = shown.cutoff, [indicator.code for indicator in shown.indicators]
    return {
        "snapshot": str(one.snapshot),
        "seq": one.seq,
        "numbers": {code: one.row.numbers.get(code) for code in codes},
        "changes": {code: one.row.changes.get(code) for code in codes},
        "late": dict(one.row.late),
        "profile": one.profile,
        "area": one.home_name,
        "on": one.on,
        "cutoff_at": one.cutoff_at,
        "taken_at": one.taken_at,
        "silent": [report.name for report in shown.reports if report.state == "silent"],
    }
