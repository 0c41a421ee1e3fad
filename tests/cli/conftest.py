"""One opened installation for the tests that only look or add, and one server for those that only ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.calling import Installation, installation


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """A folder in which nothing has been opened."""
    with installation(tmp_path / "data") as one:
        yield one


@pytest.fixture(scope="package")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation in which a response is open, shared by all tests of the command line."""
    with installation(tmp_path_factory.mktemp("cli") / "data") as one:
        answer = one.init()
        assert answer.code == 0, answer.err
        yield one


@pytest.fixture(scope="package")
def served(opened: Installation) -> Iterator[Installation]:
    """The same installation while it serves."""
    with opened.serving():
        yield opened
