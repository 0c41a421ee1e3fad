"""Who came back lately, by what a sheet says, is flagged until that is over; taking the import back takes the flag."""

from datetime import date

import pytest

from tests.flows.import_roster.support import World, sound
from tests.people.world import new_flag
from wangge.people.commands import raise_flags
from wangge.people.models import PriorityFlag, Resident

pytestmark = pytest.mark.django_db
HEAD = "住址,姓名,与户主关系,是否返回,返回日期,来自何地\n"
ROWS = (
    "1-1-101,周民,户主,是,2月3日,武汉\n,吴梅,妻,是,1月8日,长沙\n1-1-102,钱七,户主,是,2020-02-09,某工地\n,孙二,子,否,,\n"
)


def flags() -> list[tuple[str, date, date, str, str, str]]:
    rows = PriorityFlag.objects.select_related("resident").order_by("from_on")
    return [(one.resident.name, one.from_on, one.until_on, one.origin, one.note, one.basis) for one in rows]


def test_who_came_back_within_the_period_is_flagged_with_day_and_origin(world: World) -> None:
    world.bring(HEAD + ROWS)
    assert flags() == [
        ("周民", date(2020, 2, 3), date(2020, 2, 17), "420100000000", "", "名册.csv"),
        ("钱七", date(2020, 2, 9), date(2020, 2, 23), "", "某工地", "名册.csv"),
    ]
    assert sound()


def test_bringing_the_sheet_again_flags_nobody_twice(world: World) -> None:
    world.bring(HEAD + ROWS)
    world.bring(HEAD + ROWS)
    assert len(flags()) == 2


def test_taking_the_import_back_takes_the_flags_back(world: World) -> None:
    seen = world.bring(HEAD + ROWS)
    assert len(flags()) == 2
    world.undo(seen.id)
    assert flags() == []
    assert sound()


def test_somebody_who_was_flagged_for_something_else_since_stays(world: World) -> None:
    seen = world.bring(HEAD + ROWS)
    (first, *_) = Resident.objects.filter(name="周民").values_list("id", flat=True)
    raise_flags(stamp=world.now(), actor=world.admin, flags=[new_flag(first, "no_phone")])
    world.undo(seen.id)
    assert {name for name, *_ in flags()} == {"周民"}
    assert sound()
