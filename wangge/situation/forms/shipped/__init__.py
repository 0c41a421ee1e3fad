"""The profiles that come with Wangge: data files, copied by whoever wants to change one."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wangge.situation.forms.rules.profiles import Body, read_body


@dataclass(frozen=True, slots=True)
class Shipped:
    """A profile as a file holds it."""

    code: str
    name: str
    version: int
    basis: str
    body: Body


@cache
def shipped() -> dict[str, Shipped]:
    """Return the shipped profiles by code."""
    found = {}
    for file in sorted(Path(__file__).parent.glob("*.json")):
        row = json.loads(file.read_text("utf-8"))
        body = read_body(row["body"])
        found[row["code"]] = Shipped(row["code"], row["name"], row["version"], row["basis"], body)
    return found
