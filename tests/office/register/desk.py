"""Somebody at a desk of the world in which families live."""

import json
import re

from django.test import Client

from tests.access.house import again
from tests.office.entering import enter
from tests.people.world import World
from wangge.access.rules import Role


def desk(world: World, login: str = "clerk.one", role: Role = Role.CLERK, where: str = "east") -> Client:
    """Return a browser in which somebody is signed in who has this role there; pages are in English."""
    area = {"grid": world.grids[0], "east": world.house.east, "west": world.west}[where]
    client = enter(world.house.admin, again(world.house.add(login, role, area)))
    client.cookies["wangge_language"] = "en"
    return client


def hidden(html: str, name: str) -> str:
    """Return the value of a hidden field."""
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', html)
    assert found, f"no hidden field {name}"
    return found[1].replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")


def family_form(*rows: dict[str, str], door: str = "1-1-101", **more: str) -> dict[str, str]:
    """Return a filled-in form of a family; each row by its cells."""
    form = {"door": door, "rows": str(len(rows)), "key": "a key of the test", **more}
    for nth, row in enumerate(rows):
        cells = {"name": "", "number": "", "birth": "", "sex": "", "phones": "", "relation": "unknown", **row}
        form |= {f"m{nth}-{key}": value for key, value in cells.items()}
    return form


def correction_form(html: str, **changes: str) -> dict[str, str]:
    """Return the form that corrects somebody as it was drawn, with some fields changed."""
    shown = hidden(html, "shown")
    return {**json.loads(shown)["values"], "shown": shown, "key": hidden(html, "key"), **changes}
