"""A data folder and keys of its own for every test run."""

import os
import tempfile

os.environ["WANGGE_DATA"] = tempfile.mkdtemp(prefix="wangge-test-")

from collections.abc import Iterator
from datetime import UTC, datetime

import hypothesis
import pytest

from wangge.kernel.stamps import Stamp

# No test fails because the machine is busy.
hypothesis.settings.register_profile("wangge", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("wangge")

NOON = datetime(2020, 2, 10, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_process() -> Iterator[None]:
    """Make keys, and forget what the process remembers of another test's database."""
    from wangge.access.queries import forget_viewers
    from wangge.places.queries import forget_installation
    from wangge.privacy import vault

    vault.make_keys()
    forget_installation()
    forget_viewers()
    yield
    forget_installation()
    forget_viewers()


def stamp(key: str, *, at: datetime = NOON, source: str = "test") -> Stamp:
    """Return a stamp of noon in Shanghai on 10 February 2020."""
    return Stamp(key=key, source=source, at=at, received_at=at, zone="Asia/Shanghai", channel="cli")
