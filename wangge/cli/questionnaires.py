"""Questionnaires at the command line: import and export XLSForms, list, show."""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from wangge.cli.acting import act, area_of, readable
from wangge.cli.speaking import answering
from wangge.cli.starting import with_language
from wangge.kernel.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wangge.access.viewing import Viewer
    from wangge.surveys.rules.questionnaires import Fault, Report

AS = click.option("--as", "as_login", help="Act for this login.")
WHICH = click.argument("which", metavar="QUESTIONNAIRE")


@click.group()
def questionnaire() -> None:
    """Questionnaires: import and export them as XLSForms, list and show them. QUESTIONNAIRE is its code or an id."""


@questionnaire.command("import")
@click.argument("file", type=click.Path())
@click.option("--area", "area_code", help="Code of the area it is for; that of the response when left out.")
@click.option("--code", default="", help="The code it gets; the form's id or the file's name when left out.")
@AS
@answering
def import_(file: str, area_code: str | None, code: str, as_login: str | None) -> dict[str, Any]:
    """Import an XLSForm (.xlsx, .xls), and publish it unless it asks what cannot or may not be asked.

    What could not be taken over is reported by row and column; the rest is kept. The same form again is the same
    version.
    Example: wangge questionnaire import survey.xlsx --json
    """
    path = readable(file)
    from wangge.surveys.xlsform import LARGEST

    if path.stat().st_size > LARGEST:
        raise Refused("questionnaires.file_too_big", limit=LARGEST // 1024 // 1024)
    viewer, stamp = act(as_login)
    from wangge.places.queries import installation
    from wangge.surveys.commands.questionnaires import import_form

    opened = installation()
    area = opened.area if opened is not None and not area_code else area_of(area_code or "")
    done = import_form(
        stamp=stamp,
        actor=viewer,
        area=area.id,
        content=path.read_bytes(),
        file_name=path.name,
        code=code,
        publish=True,
    )
    return {
        "questionnaire": done.kept.code,
        "version": done.kept.version,
        "questions": done.questions,
        "published": done.kept.state == "published",
        "area": area.code,
        "id": str(done.kept.id),
        "reported": _reported(done.reported),
    }


@questionnaire.command("export")
@WHICH
@click.option("--version", type=int, help="Its number; the published one when left out.")
@click.option("--out", required=True, help="The .xlsx file to write.")
@AS
@answering
def export(which: str, version: int | None, out: str, as_login: str | None) -> dict[str, Any]:
    """Write a questionnaire as an XLSForm that other programs read.

    Example: wangge questionnaire export household-survey --out household-survey.xlsx
    """
    viewer, _ = act(as_login)
    from wangge.surveys.queries.questionnaires import questionnaire_page
    from wangge.surveys.xlsform import write_form

    seen = questionnaire_page(viewer=viewer, questionnaire=_named(viewer, which, version))
    content = write_form(seen.definition, code=seen.line.code, version=seen.line.version)
    target = Path(out)
    if not target.parent.is_dir() or target.is_dir():
        raise Refused("cli.folder_missing", folder=str(target.parent))
    target.write_bytes(content)
    return {
        "questionnaire": seen.line.code,
        "version": seen.line.version,
        "questions": seen.line.questions,
        "out": out,
    }


@questionnaire.command("list")
@click.option("--area", "area_code", help="Code of an area: what may be used there; everywhere when left out.")
@AS
@answering
def list_(area_code: str | None, as_login: str | None) -> dict[str, Any]:
    """Print the questionnaires, each in its latest version.

    Example: wangge questionnaire list --json
    """
    viewer, _ = act(as_login)
    from wangge.surveys.queries.questionnaires import questionnaires

    path = area_of(area_code).path if area_code else ""
    found = questionnaires(viewer=viewer, path=path)
    return {"questionnaires": [_line(one) for one in found], "total": len(found)}


@questionnaire.command("show")
@WHICH
@click.option("--version", type=int, help="Its number; the published one when left out.")
@AS
@answering
def show(which: str, version: int | None, as_login: str | None) -> dict[str, Any]:
    """Print one version: its questions, what its import reported, what keeps it from being published.

    Example: wangge questionnaire show household-survey --json
    """
    viewer, _ = act(as_login)
    from wangge.surveys.queries.questionnaires import questionnaire_page, versions
    from wangge.surveys.rules.questionnaires import stored_definition

    seen = questionnaire_page(viewer=viewer, questionnaire=_named(viewer, which, version))
    known = versions(viewer=viewer, code=seen.line.code)
    return {
        **_line(seen.line),
        "definition": stored_definition(seen.definition),
        "versions": [{"version": one.version, "state": one.state} for one in known],
        "faults": _faults(seen.faults),
        "advice": _faults(seen.advice),
        "reported": _reported(seen.reports),
    }


def _line(one: Any) -> dict[str, Any]:
    """Return one version as an object."""
    return {
        "questionnaire": one.code,
        "version": one.version,
        "title": one.title,
        "state": one.state,
        "origin": one.origin,
        "area": one.area_name,
        "subject": one.subject,
        "questions": one.questions,
        "id": str(one.id),
    }


def _reported(reports: "Iterable[Report]") -> list[dict[str, Any]]:
    """Return what an import says, in words."""
    from wangge.words.questionnaires import fault_words

    with with_language():
        return [
            {
                "sheet": one.sheet,
                "row": one.row,
                "column": one.column,
                "question": one.question,
                "code": one.code,
                "message": fault_words(one.code, one.facts, kept=one.kept),
                "kept": one.kept,
            }
            for one in reports
        ]


def _faults(faults: "Iterable[Fault]") -> list[dict[str, Any]]:
    from wangge.words.questionnaires import fault_words

    with with_language():
        return [
            {
                "question": one.question,
                "column": one.column,
                "code": one.code,
                "message": fault_words(one.code, one.facts),
            }
            for one in faults
        ]


def _named(viewer: "Viewer", which: str, version: int | None) -> UUID:
    """Return the version of a code or id."""
    from wangge.surveys.queries.questionnaires import questionnaire_named

    return questionnaire_named(viewer=viewer, name=which, version=version)
