"""What the server does by itself once a day."""

from datetime import date, timedelta

import pytest

from tests.conftest import NOON
from tests.people.world import World, fresh, holds, new_flag, settle
from wangge.agenda.models import Due
from wangge.agenda.workers import run_due
from wangge.flows import chores
from wangge.flows.handed_down_list.staging import Wanted, stage_list
from wangge.flows.import_roster.models import Import
from wangge.flows.import_roster.staging import stage_file
from wangge.journal.models import Receipt
from wangge.people.commands import raise_flags
from wangge.people.models import PriorityFlag
from wangge.surveys.commands import close_list, open_list
from wangge.surveys.models import HandedDownList, ListEntry

pytestmark = pytest.mark.django_db
ROSTER = "组,户号,姓名,与户主关系\n1,1,王建国,户主\n".encode()


@pytest.fixture
def world() -> World:
    chores.register()
    return settle()


def test_a_flag_lapses_the_morning_after_its_last_day_and_the_stock_follows(world: World) -> None:
    home = world.family("王一", door="1-1-101")
    raise_flags(stamp=fresh(), actor=world.clerk, flags=[new_flag(home.residents[0], until_on=date(2020, 2, 12))])
    chores.plan_today(NOON)
    run_due(NOON)
    assert PriorityFlag.objects.get().ended_at is None
    run_due(NOON + timedelta(days=1))
    run_due(NOON + timedelta(days=2))
    assert PriorityFlag.objects.get().end_reason == "lapsed"
    holds()


def test_the_chores_of_a_day_are_planned_once_and_plan_the_next(world: World) -> None:
    chores.plan_today(NOON)
    chores.plan_today(NOON + timedelta(hours=3))
    assert Due.objects.filter(kind=chores.DAILY).count() == 1
    assert run_due(NOON).done == 1
    left = Due.objects.get(kind=chores.DAILY, done_at=None)
    assert left.due_at > NOON
    assert run_due(NOON + timedelta(hours=1)).done == 0


def test_a_file_left_alone_for_a_week_is_thrown_away_and_old_receipts_go(world: World) -> None:
    stage_file(stamp=fresh(), actor=world.house.admin, area=world.grids[0].id, name="r.csv", content=ROSTER)
    before = Receipt.objects.count()
    chores.plan_today(NOON)
    run_due(NOON)
    assert Import.objects.exists()
    chores.plan_today(NOON + timedelta(days=130))
    while run_due(NOON + timedelta(days=130)).done:
        pass
    assert not Import.objects.exists()
    assert Receipt.objects.count() < before


def test_more_than_one_step_of_old_records_goes_step_by_step(world: World) -> None:
    Receipt.objects.bulk_create(
        Receipt(source="old", key=str(n), digest=b"", command="trial", answer=b"{}", received_at=NOON)
        for n in range(1100)
    )
    later = NOON + timedelta(days=121)
    chores.plan_today(later)
    rounds = 0
    while run_due(later).done:
        rounds += 1
    assert rounds >= 3
    assert not Receipt.objects.filter(source="old").exists()


def test_a_list_left_alone_goes_after_a_week_and_people_of_a_closed_one_after_a_month(world: World) -> None:
    admin, area = world.house.admin, world.house.east.id
    made = {}
    for name in ("看过", "办完"):
        wanted = Wanted(name=name, source="县指挥部", deadline=NOON)
        content = f"姓名,身份证号\n{name},\n".encode()
        made[name] = stage_list(
            stamp=fresh(), actor=admin, area=area, file_name="l.csv", content=content, wanted=wanted
        )
    open_list(stamp=fresh(), actor=admin, handed=made["办完"])
    close_list(stamp=fresh(), actor=admin, handed=made["办完"])
    for days, left, sealed in ((6, 2, 2), (8, 1, 1), (31, 1, 0)):
        at = NOON + timedelta(days=days)
        chores.plan_today(at)
        while run_due(at).done:
            pass
        found = (HandedDownList.objects.count(), ListEntry.objects.filter(sealed__isnull=False).count())
        assert found == (left, sealed), days
    holds()
