"""Letting Python's collector of cycles rest while very many rows are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

USUAL = gc.get_threshold()
SELDOM = (100_000, 50, 100)


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Let the collector look seldom, and not at what is there already: it costs a third of a large import otherwise.

    Rows hold no cycles: they go when nobody has them any more, as ever. Two such pieces of work may overlap.
    """
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*USUAL)
        gc.unfreeze()
