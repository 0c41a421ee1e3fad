"""Imports taken back, or cut off in between."""

from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.flows.import_roster.support import FAMILY, HAN, HEAD, ZHOU, World, long_file, sound, village
from wangge.flows.import_roster import applying
from wangge.flows.import_roster.finishing import finish_interrupted
from wangge.flows.import_roster.models import Import, ImportRow
from wangge.flows.import_roster.preview import progress
from wangge.flows.import_roster.staging import import_stamp
from wangge.flows.import_roster.undoing import Undone, begin_undoing
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.people import commands as people
from wangge.people.models import Household, Phone, Resident
from wangge.people.rules.wishes import Correction, Joiner, Mover, NewFlag, NewResident
from wangge.surveys import commands as surveys
from wangge.surveys.rules import DoorState, VisitSeen

pytestmark = pytest.mark.django_db(transaction=True)


def test_undoing_brings_the_register_back_and_the_file_can_come_in_once_more(world: World) -> None:
    seen = world.bring(village())
    assert world.undo(seen.id) == Undone(375, [])
    assert (Household.objects.count(), Resident.objects.count(), Phone.objects.count()) == (0, 0, 0)
    assert world.look(seen.id).state == "undone"
    assert not ImportRow.objects.exclude(sealed=None).exists()
    assert world.bring(village()).counts.created == 375
    assert sound()


def test_a_file_that_came_twice_and_went_once_can_come_again(world: World) -> None:
    first = world.bring(village())
    world.bring(village())
    world.undo(first.id)
    assert world.bring(village()).counts.created == 375


def test_undoing_twice_answers_the_same(world: World) -> None:
    seen = world.bring(f"{HEAD}1-1-101,周民,户主,,,{ZHOU},,")
    assert [world.undo(seen.id).reverted for _ in range(2)] == [1, 1]


def changed_by_correction(world: World, one: Resident) -> None:
    people.correct_residents(
        stamp=world.now(), actor=world.admin, corrections=[Correction(one.id, {"phones": "16963934191"})]
    )


def changed_by_flag(world: World, one: Resident) -> None:
    flag = NewFlag(
        id=uuid7(), resident=one.id, reason="returnee", from_on=NOON.date(), until_on=NOON.date() + timedelta(days=14)
    )
    people.raise_flags(stamp=world.now(), actor=world.admin, flags=[flag])


def changed_by_move(world: World, one: Resident) -> None:
    home = Resident.objects.get(name="钱七").household_id
    people.move_residents(stamp=world.now(), actor=world.admin, movers=[Mover(one.id)], household=home)


@pytest.mark.parametrize("change", [changed_by_correction, changed_by_flag, changed_by_move])
def test_undoing_keeps_whoever_was_changed_since(world: World, change: object) -> None:
    seen = world.bring(FAMILY)
    change(world, Resident.objects.get(name="周民"))  # type: ignore[operator]
    done = world.undo(seen.id)
    assert (done.reverted, [one.row for one in done.kept_changed_since]) == (2, [2])
    assert list(Resident.objects.values_list("name", flat=True)) == ["周民"]
    assert sound()


def test_undoing_keeps_a_household_that_was_visited(world: World) -> None:
    seen = world.bring(FAMILY)
    now = world.now()
    home = Resident.objects.get(name="周民").household_id
    visit = VisitSeen(id=uuid7(), household=home, state=DoorState.DONE, at=now.at)
    assert surveys.record_visits(stamp=now, actor=world.admin, visits=[visit])[0].outcome == "applied"
    done = world.undo(seen.id)
    assert (done.reverted, [one.row for one in done.kept_changed_since]) == (1, [2, 3])


def test_undoing_leaves_who_was_added_by_hand(world: World) -> None:
    seen = world.bring(FAMILY)
    home = Resident.objects.get(name="周民").household_id
    new = Joiner(home, NewResident(id=uuid7(), name="周小"))
    people.add_residents(stamp=world.now(), actor=world.admin, residents=[new])
    assert world.undo(seen.id) == Undone(3, [])
    assert list(Resident.objects.values_list("name", "household")) == [("周小", home)]


def test_a_value_that_was_written_again_since_is_not_put_back(world: World) -> None:
    world.bring("住址,姓名,性别\n1-1-101,周民,男\n")
    seen = world.bring("住址,姓名,电话,出生日期\n1-1-101,周民,16963934191,1939-01-23\n")
    changed_by_correction_to = Correction(Resident.objects.get().id, {"phones": "16963934199"})
    people.correct_residents(stamp=world.now(), actor=world.admin, corrections=[changed_by_correction_to])
    done = world.undo(seen.id)
    assert [one.row for one in done.kept_changed_since] == [2]
    assert world.register()["1-1-101"] == [("周民", ("16963934199",))]
    assert Resident.objects.get().birth_on is None


def test_an_import_that_was_never_brought_in_cannot_be_undone(world: World) -> None:
    with pytest.raises(Refused, match="not_applied"):
        world.undo(world.stage(FAMILY))


def test_an_import_that_was_cut_off_is_finished_each_row_once(world: World) -> None:
    staged = world.stage(long_file())
    assert Import.objects.get().chunks == 3
    part = import_stamp(world.now(), staged, "0")
    assert applying.apply_rows(stamp=part, actor=world.admin, imported=staged, chunk=0).created == 498
    assert progress(viewer=world.admin, imported=staged).done == 498
    assert world.stage(long_file()) == staged
    assert finish_interrupted(stamp=world.now()) == [staged]
    assert (world.look(staged).state, Resident.objects.count(), Household.objects.count()) == ("applied", 1200, 400)
    assert finish_interrupted(stamp=world.now()) == []
    again = import_stamp(world.now(), staged, "0")
    assert applying.apply_rows(stamp=again, actor=world.admin, imported=staged, chunk=0).created == 498
    assert Resident.objects.count() == 1200


def test_an_undoing_that_was_cut_off_is_finished(world: World) -> None:
    staged = world.stage(long_file())
    part = import_stamp(world.now(), staged, "1")
    assert applying.apply_rows(stamp=part, actor=world.admin, imported=staged, chunk=1).created == 498
    begin_undoing(stamp=import_stamp(world.now(), staged, "undo"), actor=world.admin, imported=staged)
    with pytest.raises(Refused, match="not_staged"):
        applying.apply(stamp=world.now(), actor=world.admin, imported=staged)
    assert Resident.objects.count() == 498
    assert finish_interrupted(stamp=world.now()) == [staged]
    assert (Resident.objects.count(), Household.objects.count()) == (0, 0)
    assert sound()


def test_a_household_larger_than_a_transaction_is_one_household(world: World) -> None:
    rows = "".join(f"1-1-101,住{n:04d},,,,,,\n".translate(HAN) for n in range(620))
    seen = world.bring(HEAD + rows)
    assert (seen.counts.created, Household.objects.count(), Resident.objects.count()) == (620, 1, 620)
    assert world.undo(seen.id) == Undone(620, [])
    assert Household.objects.count() == 0
