from collections.abc import Iterator

import pytest

from tests.journal import trial


@pytest.fixture(autouse=True)
def _trial_room() -> Iterator[None]:
    """Let every test of the journal know the kinds and counters of the trials."""
    with trial.registered():
        yield
