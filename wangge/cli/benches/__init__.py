"""Benches: each module here is one, with ``run(options) -> dict``; what they share lies in the package ``ground``.

A bench measures, prints and judges nothing: no test fails on time.
"""

import pkgutil
from importlib import import_module
from typing import Any

from wangge.cli.benches.ground.options import Options


def names() -> list[str]:
    """Return the names of all benches."""
    return sorted(_name(module.name) for module in pkgutil.iter_modules(__path__) if not module.ispkg)


def _name(module: str) -> str:
    return "import" if module == "importing" else module  # a word of Python cannot name a module


def run(name: str, options: Options) -> dict[str, Any]:
    """Run the bench in the storage that the options name, once Django is up, and return its one object."""
    found: dict[str, Any] = import_module(f"{__name__}.{'importing' if name == 'import' else name}").run(options)
    return found
