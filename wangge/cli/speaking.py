"""How commands answer: words on standard error, one JSON object on standard output, and an exit code."""

import json
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import click

from wangge.kernel.refused import Refused

P = ParamSpec("P")
DONE, REFUSED, WRONG_USE, BROKEN = 0, 1, 2, 3


def say(text: str) -> None:
    """Tell the person who typed the command something."""
    click.echo(text, err=True)


def answering(fn: Callable[P, Mapping[str, Any] | None]) -> Callable[P, None]:
    """Make a command that returns an object print it: as JSON with ``--json``, else as lines.

    A refusal is printed with its code, facts and words and exits 1; a defect is written to the log and exits 3. An
    object that tells of rejected rows, bad lines or wrong tallies exits 1 as well.
    """

    @click.option("--json", "as_json", is_flag=True, help="Print exactly one JSON object.")
    @wraps(fn)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        as_json = bool(kwargs.pop("as_json"))
        try:
            answer = fn(*args, **kwargs)
        except Refused as refused:
            sys.exit(_refused(refused, as_json))
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception:
            say(f"Something went wrong inside Wangge. Nothing half-done was kept. Details: {_logged()}")
            sys.exit(BROKEN)
        if answer is None:
            return
        code = int(_is_short(answer))
        click.echo(json.dumps(answer, ensure_ascii=False, default=str) if as_json else _lines(answer))
        sys.exit(code)

    return run


def _is_short(answer: Mapping[str, Any]) -> bool:
    """Tell whether something was left out or found wrong, at the top or among the counts."""
    counts, tallies = answer.get("counts", {}), answer.get("tallies", {})
    return bool(answer.get("rejected") or answer.get("bad") or counts.get("rejected") or tallies.get("wrong"))


def _refused(refused: Refused, as_json: bool) -> int:
    """Print a refusal in the installation's language."""
    from wangge.cli.starting import with_language
    from wangge.words import say as words

    with with_language():
        text = words(refused)
    if as_json:
        said = {"refused": {"code": refused.code, "facts": refused.facts, "say": text}}
        click.echo(json.dumps(said, ensure_ascii=False, default=str))
    else:
        say(f"{text} [{refused.code}]")
    return REFUSED


def _lines(answer: Mapping[str, Any]) -> str:
    """Return an object as lines for people."""
    shown = []
    for key, value in answer.items():
        text = json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list) else value
        shown.append(f"{key}: {text}")
    return "\n".join(shown)


def _logged() -> Path:
    """Write the traceback to the log of this installation and return its file."""
    from django.conf import settings

    folder = Path(settings.DATA if settings.configured else os.environ.get("WANGGE_DATA", ".")) / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "errors.log"
    with file.open("a", encoding="utf-8") as log:
        log.write(f"{datetime.now(UTC).isoformat()} {sys.argv[1:2]}\n{traceback.format_exc()}\n")
    return file
