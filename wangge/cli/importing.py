"""Bringing files into the register and the tree."""

from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from wangge.cli.acting import act, area_of, readable
from wangge.cli.speaking import answering, say

PLACES = "wangge.cli.importing_places"
ELSEWHERE = {
    "divisions": (PLACES, "divisions"),
    "buildings": (PLACES, "buildings"),
    "list": ("wangge.cli.lists", "import_list"),
}
ANSWERS = ("same", "different", "later")
DAY = click.DateTime(["%Y-%m-%d"])


class Imports(click.Group):
    """Offers the imports of places and lists beside that of rosters; a module is loaded when one is typed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of everything that can be imported."""
        return [*super().list_commands(ctx), *ELSEWHERE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, None when there is none."""
        if cmd_name in ELSEWHERE:
            module, name = ELSEWHERE[cmd_name]
            found: click.Command = getattr(import_module(module), name)
            return found
        return super().get_command(ctx, cmd_name)


@click.group(cls=Imports)
def import_() -> None:
    """Bring rosters, lists, buildings and divisions in, answer what is asked, take an import back."""


@import_.command("roster")
@click.argument("file")
@click.option("--area", "area_code", required=True, help="Code of the community, village or grid.")
@click.option("--as", "as_login", help="Act for this login.")
@click.option("--as-of", "as_of", type=DAY, help="The day on which the roster was true; today when left out.")
@click.option("--profile", default="roster", show_default=True, help="A profile remembered on the desk.")
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.option("--report", "report_to", help="Write the sheet with result and reason of every row to this .xlsx.")
@answering
def roster(**given: Any) -> dict[str, Any]:
    """Bring a roster into the register: a workbook (.xlsx, .xls), or text in UTF-8 or GB18030.

    What is certain goes in; questions wait for `wangge import answer` or for the desk.

    Example: wangge import roster 名册.xlsx --area 420322100201
    """
    viewer, stamp = act(given["as_login"])
    from wangge.flows.import_roster.applying import apply
    from wangge.flows.import_roster.staging import discard_import, import_stamp, stage_file

    path, as_of = readable(given["file"]), given["as_of"]
    say(f"Reading {path.name} ...")

    def told(step: str, done: int, total: int) -> None:
        if step != "staged" or done == total or done % 10_000 == 0:
            say(f"{step}: {done or total} of {total} rows")

    imported = stage_file(
        stamp=stamp,
        actor=viewer,
        area=area_of(given["area_code"]).id,
        name=path.name,
        content=path.read_bytes(),
        as_of=as_of.date() if isinstance(as_of, datetime) else None,
        profile=given["profile"],
        told=told,
    )
    if not given["dry_run"]:
        apply(stamp=stamp, actor=viewer, imported=imported, told=lambda done, total: say(f"{done} of {total} rows"))
    answer = _answer(viewer, imported, given["report_to"])
    if given["dry_run"]:
        discard_import(stamp=import_stamp(stamp, imported, "discard"), actor=viewer, imported=imported)
    return answer


def _answer(viewer: Any, imported: UUID, report_to: str | None) -> dict[str, Any]:
    """Return the object of an import, and write the report if one is wanted."""
    from wangge.cli.starting import with_language
    from wangge.flows.import_roster.giving_back import given_back
    from wangge.flows.import_roster.preview import preview
    from wangge.words import report_words

    seen = preview(viewer=viewer, imported=imported)
    with with_language():
        if report_to:
            Path(report_to).write_bytes(given_back(viewer=viewer, imported=imported, say=report_words))
        reported = [
            {"sheet": one.sheet, "row": one.row, "column": one.column, "code": one.code}
            | {"message": report_words("imports.report", one.code)}
            for one in seen.reported
        ]
    return {
        "import": str(imported),
        "profile": {"name": seen.profile, "version": seen.profile_version},
        "mapping": list(seen.mapping),
        "dropped_columns": list(seen.dropped_columns),
        "counts": {name: getattr(seen.counts, name) for name in COUNTS},
        "ask": [_ask(one) for one in seen.asks],
        "reported": reported,
    }


COUNTS = (
    "rows", "created", "updated", "unchanged", "asked", "rejected", "skipped", "households", "residents",
)  # fmt: skip


def _ask(one: Any) -> dict[str, Any]:
    candidates = [
        [who["sheet"], who["row"]] if who["row"] is not None else {"resident": who["resident"]}
        for who in one.candidates
    ]
    rows = [list(place) for place in one.rows]
    return {"id": str(one.id), "kind": one.kind, "rows": rows, "candidates": candidates, "score": one.score}


@import_.command("answer")
@click.argument("imported", metavar="IMPORT", type=click.UUID)
@click.argument("ask", metavar="ASK", type=click.UUID)
@click.argument("answer", metavar="same|different|later|back", type=click.Choice([*ANSWERS, "back"]))
@click.option("--candidate", type=click.IntRange(min=1), help="Which of several it is, from 1; the first who is there.")
@click.option("--as", "as_login", help="Act for this login.")
@answering
def answer(imported: UUID, ask: UUID, answer: str, candidate: int | None, as_login: str | None) -> dict[str, Any]:
    """Say whether a row that waits is the same person (or household) as the one it may be; back takes an answer back.

    Example: wangge import answer IMPORT ASK same
    """
    viewer, stamp = act(as_login)
    from wangge.flows.import_roster.answering import answer_ask, take_answer_back

    if answer == "back":
        done = take_answer_back(stamp=stamp, actor=viewer, imported=imported, ask=ask)
    else:
        at = None if candidate is None else candidate - 1
        done = answer_ask(stamp=stamp, actor=viewer, imported=imported, ask=ask, answer=answer, candidate=at)
    rows = [{"sheet": sheet, "row": row, "outcome": outcome} for sheet, row, outcome in done.rows]
    return {"ask": str(done.ask), "answer": done.answer, "rows": rows, "open": done.open}


@import_.command("undo")
@click.argument("imported", metavar="IMPORT", type=click.UUID)
@click.option("--as", "as_login", help="Act for this login.")
@answering
def undo(imported: UUID, as_login: str | None) -> dict[str, Any]:
    """Take an import back; what was changed since stays and is listed."""
    viewer, stamp = act(as_login)
    from wangge.flows.import_roster.undoing import undo as take_back

    done = take_back(stamp=stamp, actor=viewer, imported=imported)
    kept = [{"sheet": one.sheet, "row": one.row, "resident": one.resident} for one in done.kept_changed_since]
    return {"reverted": done.reverted, "kept_changed_since": kept}
