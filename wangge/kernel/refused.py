"""The one way in which Wangge says no."""

from typing import Any


class Refused(Exception):
    """A wish that cannot be granted: a code such as ``people.household_closed`` and the facts that explain it.

    Facts are codes, numbers, dates and short texts that a door turns into words; they are JSON-safe.
    """

    def __init__(self, code: str, /, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({shown})"
