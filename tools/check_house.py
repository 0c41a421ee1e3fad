"""The rules of the house that no other tool knows: ``python -m tools.check_house``. Prints file:line: and a remedy."""

import ast
import importlib
import os
import sys
from collections.abc import Iterator
from tempfile import mkdtemp

from tools.house import codes, manners, pages, refusals, sizes, tables
from tools.house.source import ROOT, Fault, Source, constants, read, without_migrations


def main() -> int:
    """Check the whole house, print every fault, and return 1 when there is one that is more than a warning."""
    _start_django()
    found = sorted(set(faults()), key=lambda one: (one.path, one.line, one.text))
    for fault in found:
        print(fault)
    failed = [fault for fault in found if not fault.warning]
    print(f"house: {len(failed)} faults, {len(found) - len(failed)} warnings", file=sys.stderr)
    return int(bool(failed))


def _start_django() -> None:
    """Load every room, so that the registries are full; nothing of an installation is read."""
    os.environ.setdefault("WANGGE_DATA", mkdtemp(prefix="wangge-house-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.settings")
    import django

    django.setup()


def faults() -> Iterator[Fault]:
    """Yield everything that every rule finds in this checkout."""
    house = without_migrations(read("wangge/**/*.py"))
    tests, tools = read("tests/**/*.py"), read("tools/**/*.py")
    templates = read("wangge/templates/**/*.html")
    yield from sizes.long_files([*house, *tests, *tools, *templates, *read("wangge/static/**/*.js")])
    yield from sizes.long_files(read("wangge/static/**/*.css"))
    yield from sizes.long_functions([*house, *tests, *tools])
    yield from manners.clocks(house)
    yield from manners.rows_in_doors(house)
    yield from manners.empty_names([*house, *tools])
    yield from manners.undocumented([*house, *tools])
    yield from manners.loose_commands(house)
    yield from manners.impure_rules(house)
    yield from manners.skipped_tests(tests)
    yield from pages.inline_code(templates)
    yield from _codes(house)
    yield from _tables()


def _codes(house: list[Source]) -> Iterator[Fault]:
    """Yield what is wrong with refusals, kinds of line and counters."""
    from wangge.journal.counters import COUNTERS
    from wangge.journal.kinds import KINDS

    known = constants(house)
    registered = refusals.registered(house)
    worded = {code: place for source in house if source.room == "words" for code, place in _worded(source)}
    yield from refusals.unregistered(house, registered, known)
    yield from refusals.without_facts(house, registered, known)
    yield from refusals.never_raised(house, registered)
    yield from refusals.unworded(registered, _words(house))
    yield from refusals.said_of_nothing(registered, worded)
    yield from codes.unknown_kinds(house, KINDS.keys() | codes.registered(house, "Kind", known), known)
    yield from codes.unknown_counters(house, COUNTERS.keys() | codes.registered(house, "Counter", known), known)


def _words(house: list[Source]) -> dict[str, str]:
    """Return the English sentence of every refusal that ``wangge.words`` finds for its code."""
    from django.utils import translation

    found: dict[str, str] = {}
    with translation.override("en"):
        for source in house:
            room = source.module.rpartition(".")[2]
            if source.room == "words" and room != "words":
                sentences = getattr(importlib.import_module(source.module), "REFUSALS", {})
                found |= {code: str(text) for code, text in sentences.items() if code.partition(".")[0] == room}
    return found


def _worded(source: Source) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the codes of ``REFUSALS`` in a file of words, with their places."""
    for node in source.tree.body:
        named = isinstance(node, ast.Assign) and [getattr(target, "id", "") for target in node.targets] == ["REFUSALS"]
        if named and isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            for key in node.value.keys:
                if isinstance(key, ast.Constant):
                    yield str(key.value), (source.path, key.lineno)


def _tables() -> Iterator[Fault]:
    """Yield what is wrong with keys, names and declared fields of tables."""
    from wangge.privacy.checks import check_house

    models = tables.our_models()
    places = {model._meta.label: tables.place_of(model) for model in models}  # type: ignore[attr-defined]
    keys, generic = tables.keys_of(models)
    yield from tables.keys_upward(keys)
    yield from tables.ways_back(keys)
    yield from tables.generic_relations(generic)
    glossary = ROOT / "docs" / "glossary.md"
    nouns = tables.nouns_of(glossary.read_text("utf-8")) if glossary.exists() else set()
    yield from tables.unnamed({model.__name__: tables.place_of(model) for model in models}, nouns)
    for message in check_house(None):
        path, line = places.get(str(message.obj), ("wangge/privacy/registrations.py", 1))
        yield Fault(path, line, f"{message.obj}: {message.msg}")


if __name__ == "__main__":
    sys.exit(main())
