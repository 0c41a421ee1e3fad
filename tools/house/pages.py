"""What templates may not carry: the content security policy would silently drop it."""

import re
from collections.abc import Iterable, Iterator

from tools.house.source import Fault, Source

INLINE = (
    (re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.I), "inline script; put it into a file below wangge/static"),
    (re.compile(r"<style[\s>]", re.I), "inline style sheet; put it into a file below wangge/static"),
    (re.compile(r"<[^>]*\sstyle\s*=", re.I), "style attribute; use a class of the style sheet"),
    (
        re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
        "script attribute; use a data attribute and a file below wangge/static",
    ),
    (re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.I), "loads from elsewhere; ship the file with Wangge"),
)
# JSON for a script is data, not script.
HARMLESS = re.compile(r"type=[\"']application/json[\"']")


def inline_code(sources: Iterable[Source]) -> Iterator[Fault]:
    """Yield inline script and style, and anything loaded from elsewhere."""
    for source in sources:
        for number, line in enumerate(source.text.splitlines(), 1):
            for pattern, remedy in INLINE:
                found = pattern.search(line)
                if found and not HARMLESS.search(found.group()):
                    yield Fault(source.path, number, remedy)
