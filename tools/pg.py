"""A PostgreSQL server for tests: ``python -m tools.pg run [--durable] -- COMMAND ...``.

Sets DATABASE_URL for the command and stops the server afterwards. As a library: ``running_postgres()``.
"""

import argparse
import os
import signal
import subprocess
import sys
from types import FrameType

from wangge.cli.embedded import NoServer, running_postgres

__all__ = ["running_postgres"]


def main(words: list[str] | None = None) -> int:
    """Run the command of the command line with a server of its own; return its exit code."""
    parser = argparse.ArgumentParser(prog="tools/pg.py", description=__doc__.splitlines()[0] if __doc__ else None)
    commands = parser.add_subparsers(dest="verb", required=True)
    run = commands.add_parser("run", help="run a command with DATABASE_URL of a new, empty server")
    run.add_argument("--durable", action="store_true", help="keep fsync on")
    run.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args(words)
    command = given.command[1:] if given.command[:1] == ["--"] else given.command
    if not command:
        parser.error("which command?")
    signal.signal(signal.SIGTERM, _leave)
    try:
        with running_postgres(durable=given.durable) as url:
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    except NoServer as problem:
        print(problem, file=sys.stderr)
        return 3


def _leave(number: int, frame: FrameType | None) -> None:
    """Leave through the clean-up that a plain end by signal would skip."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
