"""What has to be translated, and what the catalogues say: read from Python, templates and .po files."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.template.base import Lexer, Token, TokenType
from django.utils.text import smart_split
from django.utils.translation import trim_whitespace

from tools.house.source import ROOT, Source

LOCALES = ("zh_Hans", "zh_Hant")
PLAIN, PLURAL, CONTEXT, BOTH = (1,), (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": PLAIN, "gettext": PLAIN, "gettext_lazy": PLAIN, "gettext_noop": PLAIN,
    "ngettext": PLURAL, "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT, "pgettext_lazy": CONTEXT,
    "npgettext": BOTH, "npgettext_lazy": BOTH,
}  # fmt: skip
INLINE = re.compile(r"""_\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*\)""")
FORMAT = re.compile(r"%\((\w+)\)|(?<!%)%([sd])|\{(\w*)\}")


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """Something to translate: its English text, the plural if it has one, the context if it needs one."""

    text: str
    plural: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A message and where it is used."""

    message: Message
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Told:
    """What one catalogue says for a message: its texts, one for each plural form."""

    message: Message
    texts: tuple[str, ...]
    path: str
    line: int


def in_python(source: Source) -> Iterator[Asked]:
    """Yield the messages of a Python file."""
    found = extract("python", BytesIO(source.text.encode()), KEYWORDS, options={"encoding": "utf-8"})
    for line, texts, _, context in found:
        text, plural = (texts[0], texts[1]) if isinstance(texts, tuple) else (texts, "")
        yield Asked(Message(text, plural, context or ""), source.path, line)


def in_template(source: Source) -> Iterator[Asked]:
    """Yield the messages of a template: translate, blocktranslate (context, plural, trimmed) and ``_("...")``."""
    tokens = iter(Lexer(source.text).tokenize())
    for token in tokens:
        line = token.lineno or 1
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        words = token.contents.split(None, 1)
        tag = words[0] if token.token_type == TokenType.BLOCK and words else ""
        if tag in ("blocktranslate", "blocktrans"):
            yield Asked(_block(token, tokens), source.path, line)
        elif tag in ("translate", "trans"):
            yield from ([Asked(message, source.path, line)] if (message := _single(token)) else [])
        for found in INLINE.finditer(token.contents):
            yield Asked(Message(_unquoted(found.group(1))), source.path, line)


def _single(token: Token) -> Message | None:
    """Return the message of ``{% translate "text" context "context" %}``; None when its text is a variable."""
    words = list(smart_split(token.contents))
    if len(words) < 2 or words[1][0] not in "\"'":
        return None
    return Message(_unquoted(words[1].split("|")[0]), context=_context(words))


def _context(words: list[str]) -> str:
    return _unquoted(words[words.index("context") + 1]) if "context" in words else ""


def _unquoted(text: str) -> str:
    return text[1:-1].replace(f"\\{text[0]}", text[0]).replace("\\\\", "\\")


def _block(opening: Token, tokens: Iterator[Token]) -> Message:
    """Read up to the end of a blocktranslate and return its message as Django looks it up."""
    words = list(smart_split(opening.contents))
    parts = {"text": "", "plural": ""}
    part = "text"
    for token in tokens:
        if token.token_type == TokenType.BLOCK and token.contents.strip() == "plural":
            part = "plural"
        elif token.token_type == TokenType.BLOCK:
            break
        elif token.token_type == TokenType.VAR:
            parts[part] += f"%({token.contents.split('|')[0].strip()})s"
        elif token.token_type == TokenType.TEXT:
            parts[part] += token.contents.replace("%", "%%")
    if "trimmed" in words:
        parts = {name: trim_whitespace(text) for name, text in parts.items()}
    return Message(parts["text"], parts["plural"], _context(words))


def asked(sources: Iterable[Source]) -> list[Asked]:
    """Return everything that the sources want translated; whatever is no template is Python."""
    found: list[Asked] = []
    for source in sources:
        found += in_template(source) if source.path.endswith((".html", ".txt")) else in_python(source)
    return [one for one in found if one.message.text]


def told(file: Path, root: Path = ROOT) -> list[Told]:
    """Return what a catalogue says; an entry marked fuzzy says nothing."""
    with file.open("rb") as stream:
        catalogue: Catalog = read_po(stream)
    path = file.relative_to(root).as_posix()
    found = []
    for entry in catalogue:
        if not entry.id or entry.fuzzy:
            continue
        ids = (entry.id, "") if isinstance(entry.id, str) else (entry.id[0], entry.id[1])
        texts = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
        message = Message(ids[0], ids[1], entry.context or "")
        found.append(Told(message, texts, path, entry.lineno or 1))
    return found


def placeholders(text: str) -> set[str]:
    """Return the places in a text where something is filled in."""
    return {
        name or f"%{letter}" if name or letter else f"{{{braces}}}" for name, letter, braces in FORMAT.findall(text)
    }
