"""The command ``wangge``."""

import difflib
import sys
from collections.abc import Sequence
from importlib import import_module

import click

COMMANDS = {
    "init": "opening",
    "up": "serving",
    "worker": "serving",
    "account": "accounts",
    "sign-in-link": "accounts",
    "area": "areas",
    "address": "addresses",
    "import": "importing",
    "match": "matching",
    "check": "checks",
    "bench": "bench",
    "journal": "journals",
    "visit": "rounds",
    "duty": "rounds",
    "board": "rounds",
    "register": "register",
    "snapshot": "snapshots",
    "export": "exporting",
    "list": "lists",
    "questionnaire": "questionnaires",
    "survey": "surveys",
    "simulate": "simulating",
    "campaign": "campaigns",
}


class Commands(click.Group):
    """Loads the module of a command only when it is typed, and offers the nearest name for a typo."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands that people type."""
        return [name for name in COMMANDS if name != "worker"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name; wrong use with the nearest name when there is none."""
        if cmd_name not in COMMANDS:
            near = difflib.get_close_matches(cmd_name, self.list_commands(ctx), n=1)
            hint = f" Did you mean '{near[0]}'?" if near else " See 'wangge --help'."
            raise click.UsageError(f"There is no command '{cmd_name}'.{hint}", ctx)
        module = import_module(f"wangge.cli.{COMMANDS[cmd_name]}")
        name = cmd_name.replace("-", "_")
        found: click.Command = getattr(module, f"{name}_", None) or getattr(module, name)
        return found


@click.group(cls=Commands, help="Grid management of an outbreak, door by door.")
@click.version_option(package_name="wangge")
def wangge() -> None:
    """Take the command that follows."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exit codes: 0 done, 1 refused, 2 wrong use, 3 a defect of Wangge."""
    sys.exit(wangge.main(args=arguments, prog_name="wangge", standalone_mode=True))


if __name__ == "__main__":
    main()
