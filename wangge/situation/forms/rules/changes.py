"""What differs between two versions of a profile, said by heading."""

from collections.abc import Iterator
from dataclasses import dataclass

from wangge.situation.forms.rules.profiles import Body, Column, heading

WHOLE = (
    "title", "sheet", "audience", "above", "header_rows", "footer", "sort", "flags", "zero_row", "row_mark", "layout",
)  # fmt: skip
PARTS = ("source", "parts", "text", "indicator", "width", "mask", "codes")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: of what kind, in which column (empty for the whole), of what, from what to what."""

    kind: str
    heading: str
    what: str = ""
    before: str = ""
    after: str = ""


def changes(old: Body, new: Body) -> list[Change]:
    """Return what a later version does differently: the whole first, then columns gone, new, moved and changed."""
    return [*_whole(old, new), *_columns(old, new)]


def _whole(old: Body, new: Body) -> Iterator[Change]:
    for name in WHOLE:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change("changed", "", name, _said(before), _said(after))


def _columns(old: Body, new: Body) -> Iterator[Change]:
    before = {column.header: column for column in old.columns}
    after = {column.header: column for column in new.columns}
    yield from (Change("removed", heading(path)) for path in before if path not in after)
    yield from (
        Change("added", heading(path), "source", "", after[path].source) for path in after if path not in before
    )
    kept_before = [path for path in before if path in after]
    kept_after = [path for path in after if path in before]
    for path in kept_after:
        was, now = kept_before.index(path), kept_after.index(path)
        if was != now and kept_before[was - 1 : was] != kept_after[now - 1 : now]:
            yield Change("moved", heading(path), "place", str(was + 1), str(now + 1))
        yield from _column(before[path], after[path])


def _column(old: Column, new: Column) -> Iterator[Change]:
    for name in PARTS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change("changed", heading(new.header), name, _said(before), _said(after))


def _said(value: object) -> str:
    """Return a value of a profile in one line."""
    if isinstance(value, dict):
        return ", ".join(f"{key}={word}" for key, word in value.items())
    return ", ".join(str(one) for one in value) if isinstance(value, tuple) else str(value)
