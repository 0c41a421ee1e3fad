"""A round over the eastern community of the small town, and what its tests ask of it."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.conftest import NOON
from tests.people.world import World, fresh, holds
from wangge.access.viewing import Viewer
from wangge.kernel.ids import uuid7
from wangge.surveys.commands import RoundStarted, record_visits, start_round
from wangge.surveys.queries.rounds import progress
from wangge.surveys.rules import DoorState, VisitOutcome, VisitSeen

TODAY = date(2020, 2, 10)
ORDER = {"purpose": "逐户排查", "basis": "防指〔2020〕1号"}


def begin(world: World, *, actor: Viewer | None = None, **more: Any) -> RoundStarted:
    """Start a round over the eastern community for today and tomorrow, unless something else is said."""
    said: dict[str, Any] = {
        "area": world.house.east.id, "name": "第一轮", "from_on": TODAY, "until_on": TODAY + timedelta(days=2),
    }  # fmt: skip
    return start_round(stamp=fresh(), actor=actor or world.house.admin, **(ORDER | said | more))


def knock(world: World, household: UUID, state: str = "done", *, at: datetime = NOON, **more: object) -> VisitOutcome:
    """Record one visit."""
    seen = VisitSeen(id=uuid7(), household=household, state=DoorState(state), at=at, **more)  # type: ignore[arg-type]
    return record_visits(stamp=fresh(at=at, received_at=max(at, NOON)), actor=world.clerk, visits=[seen])[0]


def numbers(world: World, round_id: UUID, path: str = "") -> tuple[int, int, int, dict[str, int]]:
    """Return due, done, open and the doors by state, after checking that every count agrees with the tables."""
    holds()
    found = progress(viewer=world.house.admin, round=round_id, path=path or world.house.east.path)
    assert found.open == found.due - found.done
    if found.series and not path:
        assert sum(done for _, done in found.series) == found.done
    return found.due, found.done, found.open, dict(found.by_state)
