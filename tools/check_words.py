"""Whether everything said to people is said in both Chinese scripts: ``python -m tools.check_words``.

``--missing GROUP`` prints what is missing in the folder or file GROUP (``all``: everywhere) as entries for a catalogue.
"""

import argparse
import sys
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from opencc import OpenCC

from tools.house.messages import LOCALES, Asked, Message, Told, asked, placeholders, told
from tools.house.source import ROOT, Fault, read, without_migrations

# Big5 holds these too, as rare or ancient characters; in our words they are always slips.
SLIPS = frozenset("万与么价优儿厂听圣坏宁忏怀怜惊愿扑扰据机极构柜气洁确离种筑网胜虫触赶适体")
NAMES = {"zh_Hans": "simplified Chinese", "zh_Hant": "traditional Chinese"}


def main(words: list[str] | None = None) -> int:
    """Check every message against both catalogues, print every fault, and return 1 when there is one."""
    parser = argparse.ArgumentParser(prog="tools.check_words", description="Check that all words are translated.")
    parser.add_argument("--missing", metavar="GROUP", help="print entries to be translated instead")
    given = parser.parse_args(words)
    wanted = asked([*without_migrations(read("wangge/**/*.py")), *read("wangge/templates/**/*")])
    said = {locale: _catalogue(locale) for locale in LOCALES}
    if given.missing:
        print(stubs(wanted, said, given.missing), end="")
        return 0
    found = [fault for locale in LOCALES for fault in faults(locale, wanted, said[locale])]
    for fault in sorted(set(found), key=lambda one: (one.path, one.line, one.text)):
        print(fault)
    failed = [fault for fault in found if not fault.warning]
    print(f"words: {len({one.message for one in wanted})} messages, {len(failed)} faults", file=sys.stderr)
    return int(bool(failed))


def _catalogue(locale: str) -> list[Told]:
    return [one for file in sorted((ROOT / "wangge" / "locale").glob(f"*/{locale}/**/*.po")) for one in told(file)]


def faults(locale: str, wanted: Collection[Asked], said: Collection[Told]) -> Iterator[Fault]:
    """Yield everything wrong with one language."""
    yield from untranslated(locale, wanted, said)
    yield from misfilled(said)
    yield from contradicted(said)
    yield from unused(wanted, said)
    if locale == "zh_Hant":
        yield from simplified(said)


def untranslated(locale: str, wanted: Iterable[Asked], said: Iterable[Told]) -> Iterator[Fault]:
    """Yield messages that the language lacks, once for each, at the first place that asks."""
    known = {_key(one.message): one for one in said if all(one.texts)}
    reported: set[tuple[str, str]] = set()
    for one in wanted:
        key = _key(one.message)
        there = known.get(key)
        if key in reported or (there and (not one.message.plural or there.message.plural == one.message.plural)):
            continue
        reported.add(key)
        yield Fault(one.path, one.line, f"no {NAMES[locale]} for {_shown(one.message)}; add it to a catalogue")


def _key(message: Message) -> tuple[str, str]:
    """Return what gettext looks a message up by."""
    return message.context, message.text


def _shown(message: Message) -> str:
    return repr(message.text) + (f" in the context {message.context!r}" if message.context else "")


def misfilled(said: Iterable[Told]) -> Iterator[Fault]:
    """Yield translations that fill in something else than the English does."""
    for one in said:
        wanted = placeholders(one.message.plural or one.message.text)
        for text in filter(None, one.texts):
            if placeholders(text) != wanted:
                shown = ", ".join(sorted(placeholders(text) ^ wanted))
                yield Fault(one.path, one.line, f"{_shown(one.message)}: the places to fill in differ: {shown}")


def contradicted(said: Iterable[Told]) -> Iterator[Fault]:
    """Yield, as a warning, what two catalogues translate differently: which one wins depends on their order."""
    first: dict[tuple[str, str], Told] = {}
    for one in said:
        before = first.setdefault(_key(one.message), one)
        if before.texts != one.texts:
            told_ = f"{_shown(one.message)} is translated differently in {before.path}; agree, or add a context"
            yield Fault(one.path, one.line, told_, warning=True)


def unused(wanted: Iterable[Asked], said: Iterable[Told]) -> Iterator[Fault]:
    """Yield, as a warning, translations that nothing asks for."""
    keys = {_key(one.message) for one in wanted}
    for one in said:
        if _key(one.message) not in keys:
            yield Fault(one.path, one.line, f"nothing says {_shown(one.message)} any more; take it out", warning=True)


def simplified(said: Iterable[Told]) -> Iterator[Fault]:
    """Yield traditional texts with a character that exists only in the simplified script."""
    for one in said:
        strange = sorted({sign for text in one.texts for sign in text if is_simplified(sign)})
        if strange:
            yield Fault(
                one.path, one.line, f"{_shown(one.message)}: {''.join(strange)} is simplified; write it traditional"
            )


@cache
def is_simplified(sign: str) -> bool:
    """Tell whether a character is never written in the traditional script.

    It changes when converted, and Big5, which holds what is printed in that script, does not have it.
    """
    if sign in SLIPS:
        return True
    if not "\u4e00" <= sign <= "\u9fff" or _to_traditional().convert(sign) == sign:
        return False
    try:
        sign.encode("big5")
    except UnicodeEncodeError:
        return True
    return False


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


def stubs(wanted: Iterable[Asked], said: dict[str, list[Told]], group: str) -> str:
    """Return the messages missing in a folder or file as empty entries, each with its place and languages."""
    lines: list[str] = []
    known = {locale: {_key(one.message) for one in told_ if all(one.texts)} for locale, told_ in said.items()}
    reported: set[tuple[str, str]] = set()
    for one in wanted:
        parts = one.path.replace(".", "/").split("/")
        lacking = [locale for locale, keys in known.items() if _key(one.message) not in keys]
        if not lacking or _key(one.message) in reported or (group != "all" and group not in parts):
            continue
        reported.add(_key(one.message))
        lines += [f"#. {', '.join(lacking)}", f"#: {one.path}:{one.line}", *_entry(one.message), ""]
    return "".join(f"{line}\n" for line in lines)


def _entry(message: Message) -> Iterator[str]:
    if placeholders(message.text):
        yield "#, python-format"
    if message.context:
        yield f"msgctxt {_quoted(message.context)}"
    yield f"msgid {_quoted(message.text)}"
    if message.plural:
        yield f"msgid_plural {_quoted(message.plural)}"
    yield 'msgstr[0] ""' if message.plural else 'msgstr ""'


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    sys.exit(main())
