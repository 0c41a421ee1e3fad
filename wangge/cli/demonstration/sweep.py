"""The invented survey round: two days over the township, what a grid answers, and doors that are looked at again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from wangge.cli import starting
from wangge.cli.demonstration import places
from wangge.cli.demonstration.neighbours import neighbours
from wangge.cli.simulation.answers import QUESTIONS, answer

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer
    from wangge.surveys.queries.checks import CheckLine
    from wangge.surveys.rules import VisitSeen
    from wangge.surveys.rules.answers import Filling

SEED = 11
ASKED_GRID = places.GRIDS[2].name
PURPOSE = "查清每户谁在家、谁在外、谁新来，找出要送药、接送和照看的人"
BASIS = "青防指〔2027〕6号（演示）"
DUE, RANG = timedelta(hours=18), timedelta(hours=8, minutes=5)
"""The hours of the deadline on the second day, and of the telephone calls on the first."""
DRAWN, LOOKED_AT = 10, 6
OVER = "日子已过，没有敲到的门转到新的一轮"

Walked = Sequence[tuple[str, "VisitSeen"]]


def order_sweep(today: date, walked: Walked) -> None:
    """Order the round of yesterday and today, and let a grid answer at the doors that were done on its first day."""
    from wangge.kernel.periods import day_start

    zone = starting.stamp().zone
    yesterday = today - timedelta(days=1)
    round_, questions = _order(today)
    asked = _Asked(round_, questions, day_start(yesterday, zone), Random(SEED))  # noqa: S311  (nothing secret)
    doors = _done_doors(walked)
    asked.call(doors)
    asked.answer(doors)
    asked.look_again()


def _order(today: date) -> tuple[UUID, UUID]:
    """Start the round after closing those whose days are over; return it and its questions."""
    from wangge.kernel.periods import day_start
    from wangge.places.queries import installation
    from wangge.situation.sweeps import order_for
    from wangge.surveys.commands import close_round, start_round
    from wangge.surveys.queries.questionnaires import questionnaire_named
    from wangge.surveys.queries.rounds import rounds_in

    opened, lead = installation(), _viewer(places.PEOPLE["town_lead"][0])
    assert opened is not None
    first, until = today - timedelta(days=1), today + timedelta(days=1)
    for one in rounds_in(viewer=lead, path=opened.area.path, state="open")[0]:
        if one.area == opened.area_id and one.until_on <= today:
            close_round(stamp=starting.stamp(), actor=lead, round=one.id, note=OVER)
    questions = questionnaire_named(viewer=lead, name=QUESTIONS)
    started = start_round(
        stamp=starting.stamp(),
        actor=lead,
        area=opened.area_id,
        name=order_for(opened.area, first, today).name,
        purpose=PURPOSE,
        basis=BASIS,
        from_on=first,
        until_on=until,
        deadline=day_start(today, starting.stamp().zone) + DUE,
        questionnaire=questions,
    )
    return started.round, questions


def _done_doors(walked: Walked) -> Walked:
    """Return the visits at doors of the grid that answers where somebody was met, one for each door."""
    from wangge.people.queries import doors_with_members

    lead = _viewer(places.PEOPLE["community_lead"][0])
    inside = {door for door, _, _ in doors_with_members(viewer=lead, path=_grid_path())}
    met = {visit.household: (who, visit) for who, visit in walked if visit.seen and visit.household in inside}
    return sorted(met.values(), key=lambda pair: (pair[1].at, pair[1].household.bytes))


def _grid_path() -> str:
    from wangge.places.queries import installation
    from wangge.situation.areas import paths_named

    opened = installation()
    assert opened is not None
    (path,) = paths_named(opened.area.path, [ASKED_GRID])
    return path


def _viewer(login: str) -> "Viewer":
    from wangge.access.queries import viewer_by_login

    found = viewer_by_login(login, on=starting.stamp().day)
    assert found is not None
    return found


@dataclass(slots=True)
class _Asked:
    """The questions of the round as they are asked on its first day, which begins at ``start``."""

    round: UUID
    questionnaire: UUID
    start: datetime
    random: Random
    said: dict[UUID, dict[str, Any]] = field(default_factory=dict)

    def call(self, doors: Walked) -> None:
        """Let the clerk telephone before the doors are gone to, and hear what is seen otherwise there."""
        from wangge.flows.door_visit import DoorSeen, record_doors

        clerk = _viewer(places.PEOPLE["clerk"][0])
        told: list[DoorSeen] = []
        for change in ({"reach": "with_help"}, {"presence": "away", "away_at": "省城"}):
            at = self.start + RANG + timedelta(minutes=4 * len(told))
            heard = next(islice(self._heard(doors, change), len(told), None))
            told.append(DoorSeen(filling=self._filling(heard[0], at, "call", heard[1])))
        record_doors(stamp=starting.stamp(), actor=clerk, doors=told)

    def _heard(self, doors: Walked, change: Mapping[str, str]) -> "Iterable[tuple[VisitSeen, dict[str, Any]]]":
        """Yield doors with what was said of the first grown-up of working age there, changed."""
        for _, visit in doors:
            said = self._said(visit)
            here = [one for one in said["people"] if one.get("reach") == "self" and one.get("medicine") == "no"]
            if here:
                others = [one for one in said["people"] if one is not here[0]]
                kept = {"resident": here[0]["resident"], "presence": "living_here"}
                yield visit, {"people": [{**kept, **change}, *others]}

    def answer(self, doors: Walked) -> None:
        """Let every door that was done answer, each recorded by its worker."""
        from wangge.flows.door_visit import DoorSeen, record_doors

        of_worker: dict[str, list[DoorSeen]] = defaultdict(list)
        for login, visit in doors:
            filling = self._filling(visit, visit.at, "door", self._said(visit))
            of_worker[login].append(DoorSeen(filling=replace(filling, visit=visit.id)))
        for login, seen in sorted(of_worker.items()):
            record_doors(stamp=starting.stamp(), actor=_viewer(login), doors=seen)

    def look_again(self) -> None:
        """Draw doors of the grid and look at some of them again; at one the rice lasts less long than was said."""
        from wangge.surveys.commands.spotchecks import draw_checks
        from wangge.surveys.queries.checks import check_lines

        lead, path = _viewer(places.PEOPLE["community_lead"][0]), _grid_path()
        draw_checks(stamp=starting.stamp(), actor=lead, round=self.round, path=path, number=DRAWN)
        drawn, _ = check_lines(viewer=lead, round=self.round, path=path, done=False)
        logins = {name: login for grid in places.GRIDS for login, name in grid.workers}
        given = [one for one in drawn if one.checker in logins and one.household in self.said]
        for number, one in enumerate(given[:LOOKED_AT]):
            said = dict(self.said[one.household])
            if number == 0:
                said["rice_days"] = 2 if said["rice_days"] != 2 else 5
            self._look(one, _viewer(logins[one.checker]), said)

    def _look(self, one: "CheckLine", actor: "Viewer", said: dict[str, Any]) -> None:
        from wangge.flows.spot_check import CheckSeen, look_again
        from wangge.kernel.ids import uuid7
        from wangge.surveys.rules import DoorState

        stamp = starting.stamp()
        seen = CheckSeen(
            id=uuid7(), state=DoorState.DONE, at=stamp.at, questionnaire=self.questionnaire, answers=said,
            read_aloud=True,
        )  # fmt: skip
        look_again(stamp=stamp, actor=actor, check=one.id, seen=seen)

    def _said(self, visit: "VisitSeen") -> dict[str, Any]:
        """Return what is answered at a door, the same whoever asks."""
        if visit.household not in self.said:
            lead = _viewer(places.PEOPLE["town_lead"][0])
            people = {one.id: one.known for one in neighbours(lead, visit.household, starting.stamp().day)}
            self.said[visit.household] = answer(
                list(people), people, len(visit.seen), starting.stamp().day - timedelta(days=1), self.random
            )
        return self.said[visit.household]

    def _filling(self, visit: "VisitSeen", at: datetime, source: str, said: Mapping[str, Any]) -> "Filling":
        from wangge.kernel.ids import uuid7
        from wangge.surveys.rules.answers import Filling

        return Filling(
            id=uuid7(),
            questionnaire=self.questionnaire,
            household=visit.household,
            at=at,
            source=source,
            answers=said,
            round=self.round,
            read_aloud=True,
        )
