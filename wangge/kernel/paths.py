"""Area paths: row ids joined by dots with a closing dot (``7.31.402.``), so that an area is a range of text.

``path >= "7.31." and path < "7.31/"`` holds for the area and everything below it, and the closing dot keeps
``1.`` apart from ``10.``: the slash is the character after the dot.
"""

from collections.abc import Iterable


def join(parent: str, area_id: int) -> str:
    """Return the path of the area ``area_id`` below ``parent`` (empty for a root)."""
    return f"{parent}{area_id}."


def upper(path: str) -> str:
    """Return the smallest text that stands after every path inside ``path``."""
    return path[:-1] + "/"


def contains(outer: str, inner: str) -> bool:
    """Tell whether ``inner`` is ``outer`` or lies below it."""
    return bool(outer) and inner.startswith(outer)


def parent(path: str) -> str:
    """Return the path of the area above, empty for a root."""
    return path[: path[:-1].rfind(".") + 1]


def ancestors(path: str) -> list[str]:
    """Return the paths from the root down to ``path`` itself."""
    parts = path[:-1].split(".") if path else []
    return [".".join(parts[: n + 1]) + "." for n in range(len(parts))]


def depth(path: str) -> int:
    """Return how many areas the path names."""
    return path.count(".")


def outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the paths that lie in no other of them, sorted."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not contains(kept[-1], path):
            kept.append(path)
    return tuple(kept)
