"""Writes docs/reference/pages.md: every address of Wangge, from the table of URLs itself.

``python -m tools.pages`` writes the file; with ``--check`` it only says whether the file is current.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import getdoc
from pathlib import Path

FILE = Path(__file__).parent.parent / "docs" / "reference" / "pages.md"
OFFICE = "wangge.office."
HEAD = """# Pages and their addresses

Every address of Wangge. They are stable: links on paper, in messages and in other programs may lead here, and a
release that changes one says so in the changes. This page is written by `python -m tools.pages` from the table of URLs;
a test fails when it is not current.

"Who" is the verb that an account needs in the area of the page (the table of roles and verbs is in
[security](../security.md#roles)); an address in an area outside one's own answers exactly like one that does not exist.
`<area_id>` is a number, the other ids are UUIDs.
"""


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """One address: the package that brings it, its path and URL name, who may open it, what it does."""

    package: str
    path: str
    name: str
    who: str
    does: str


def addresses() -> Iterator[Address]:
    """Yield every address of the table of URLs."""
    from django.urls import URLPattern, URLResolver, get_resolver

    waiting: list[tuple[str, URLPattern | URLResolver]] = [("/", one) for one in get_resolver().url_patterns]
    while waiting:
        before, found = waiting.pop(0)
        path = before + str(found.pattern)
        if isinstance(found, URLPattern):
            yield _address(path, found.name or "", found.callback)
        else:
            waiting += [(path, one) for one in found.url_patterns]


def _address(path: str, name: str, view: object) -> Address:
    module = str(getattr(view, "__module__", ""))
    package = module.removeprefix(OFFICE).split(".")[0] if module.startswith(OFFICE) else module.split(".")[1]
    verb = getattr(view, "verb", "")
    who = "anybody" if verb == "" else f"`{verb}`" if verb else "whoever is signed in"
    does = (getdoc(view) or "").split("\n\n")[0].replace("\n", " ")
    return Address(package, path, name, who, does)


def text() -> str:
    """Return the whole page."""
    parts = [HEAD]
    package = ""
    for one in sorted(addresses()):
        if one.package != package:
            package = one.package
            parts.append(f"\n## {package}\n\n| address | name | who | what |\n|---|---|---|---|\n")
        shown = one.path.replace("int:", "").replace("uuid:", "").replace("str:", "")
        parts.append(f"| `{shown}` | `{one.name}` | {one.who} | {one.does} |\n")
    return "".join(parts)


def main() -> int:
    """Write the page, or with ``--check`` return 1 when it is not current."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.settings")
    import django

    django.setup()
    if "--check" in sys.argv:
        current = FILE.exists() and FILE.read_text("utf-8") == text()
        if not current:
            print("docs/reference/pages.md is not current; type: python -m tools.pages", file=sys.stderr)
        return int(not current)
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(text(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
