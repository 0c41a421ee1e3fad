"""From a wish to a town in which days were played: opening, filling, playing, telling what there is."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Protocol

from wangge.cli.simulation.answers import QUESTIONS
from wangge.cli.simulation.clock import Clock
from wangge.cli.simulation.days import Days, Sweep
from wangge.cli.simulation.filling import Filler
from wangge.cli.simulation.people import Inventor
from wangge.cli.simulation.towns import ROOTS, Shape, invent, shape_for, shape_of
from wangge.kernel.refused import Refused

NAME = "模拟演练（全部人员均为虚构）"
AUTHORITY = "模拟工作组（虚构，无任何授权）"
BASIS = "无（模拟演练）"
QUICKLY = 20_000
"""Up to how many residents every household answers, when nobody says: answers take longer than visits."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What town is wanted: how many residents and days, which seed, first day and shape, and how many of a hundred
    households are asked the questions of the survey."""

    residents: int
    days: int
    seed: int
    first: date
    shape: Shape | None = None
    asked: int | None = None

    @property
    def share_asked(self) -> float:
        """The share of households that answer: all in a small town, in a large one as many as go quickly."""
        return min(1.0, QUICKLY / self.residents) if self.asked is None else self.asked / 100


class Progress(Protocol):
    """Hears how far it is."""

    def moved_in(self, number: int) -> None:
        """Hear how many residents have moved in."""

    def visited(self, day: date, number: int) -> None:
        """Hear how many visits were recorded up to a moment of a day."""


def run(wish: Wish, progress: Progress) -> dict[str, Any]:
    """Make the town in the storage that is up and return what there is; refused unless the installation is empty."""
    from wangge.access.queries import first_administrator
    from wangge.cli import starting
    from wangge.situation.canonical import last_line

    shape = _open(wish)
    opened = _installation()
    actor = first_administrator(on=starting.today())
    assert actor is not None
    after = last_line()
    eve = _hour(wish.first - timedelta(days=1), 8, opened.zone)
    inventor = Inventor(Random(f"{wish.seed} people"), wish.first)  # noqa: S311  (nothing secret)
    clock = Clock(opened.zone, eve, Random(f"{wish.seed} ids"))  # noqa: S311
    filler = Filler(actor, inventor, clock, progress.moved_in)
    filler.fill(opened.area_id, invent(shape, wish.residents, inventor))
    _settle_statistics()
    today = [wish.first]
    days = Days(
        actor,
        filler,
        opened.area.path,
        Random(f"{wish.seed} days"),  # noqa: S311
        lambda number: progress.visited(today[0], number),
        _sweep(actor, opened, wish, clock),
        wish.share_asked,
    )
    for at in range(wish.days):
        today[0] = wish.first + timedelta(days=at)
        days.play(today[0])
    days.end(today[0])
    _settle_statistics()
    return _told(opened.area.path, today[0], after) | {
        "visits": days.visits, "answers": days.answers, "days": wish.days, "shape": shape,
    }  # fmt: skip


def _sweep(actor: Any, opened: Any, wish: Wish, clock: Clock) -> Sweep:
    """Start a survey round over all the days with the questions for households that come with Wangge."""
    from wangge.situation.sweeps import order_for
    from wangge.surveys.commands import start_round
    from wangge.surveys.queries.questionnaires import questionnaire_named

    until = wish.first + timedelta(days=wish.days)
    usual = order_for(opened.area, wish.first, until - timedelta(days=1))
    questionnaire = questionnaire_named(viewer=actor, name=QUESTIONS)
    started = start_round(
        stamp=clock.tick(),
        actor=actor,
        area=opened.area_id,
        name=usual.name,
        purpose=usual.purpose,
        basis=usual.basis,
        from_on=wish.first,
        until_on=until,
        questionnaire=questionnaire,
    )
    return Sweep(started.round, questionnaire)


def _open(wish: Wish) -> Shape:
    """Open the response unless one is open already, and return the shape that fits its area."""
    from wangge.cli import starting
    from wangge.cli.opening import open_response
    from wangge.situation.canonical import is_bare

    if starting.is_made():
        root = _installation().area
        shape = shape_of(root.level)
        if shape is None or not is_bare(root.id):
            raise Refused("simulate.not_empty")
        return shape
    shape = wish.shape or shape_for(wish.residents)
    _, code, name = ROOTS[shape]
    open_response(
        {
            "zone": starting.ZONE, "response": NAME, "authority": AUTHORITY, "basis": BASIS, "area_code": code,
            "area_name": name, "language": "zh-hans", "admin": "admin", "demonstration": True,
        }
    )  # fmt: skip
    return shape


def _installation() -> Any:
    from wangge.places.queries import installation

    opened = installation()
    assert opened is not None
    return opened


def _hour(day: date, hour: int, zone: str) -> Any:
    from wangge.kernel.periods import day_start

    return day_start(day, zone) + timedelta(hours=hour)


def _settle_statistics() -> None:
    """Let the database know what it holds, as it would by itself after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _told(root: str, last: date, after: int) -> dict[str, Any]:
    from wangge.journal.tallies import totals
    from wangge.people.rules.codes import HOUSEHOLDS, RESIDENTS
    from wangge.places.queries import count_areas
    from wangge.situation.canonical import digest_of_area, number_of_lines

    counted = totals(path=root, counters=(RESIDENTS, HOUSEHOLDS), day=last, today=last)
    return {
        **counted,
        "areas": count_areas(),
        "lines": number_of_lines(),
        "digest": digest_of_area(root, after),
    }
