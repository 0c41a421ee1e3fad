"""The village of these tests."""

import pytest

from tests.flows.import_roster.support import World


@pytest.fixture
def world() -> World:
    """Return a village with nobody in it."""
    return World()
