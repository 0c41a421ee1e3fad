"""A roster on its way into the register."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import NOON
from tests.flows.import_roster.support import (
    FAMILY,
    HEAD,
    ROSTERS,
    STRANGERS,
    TWO_NAMES,
    WU,
    ZHOU,
    World,
    sound,
    village,
)
from tests.places.world import county, worker
from wangge.access.rules import Role
from wangge.flows.import_roster import applying, staging
from wangge.flows.import_roster.models import Import, ImportRow
from wangge.flows.import_roster.preview import imports, preview, progress, row_lines
from wangge.flows.import_roster.reading import read_sheets
from wangge.flows.import_roster.reporting import report_sheet
from wangge.flows.import_roster.staging import discard_import, import_stamp, stage_file
from wangge.flows.import_roster.undoing import Undone
from wangge.journal.models import Line
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.people import commands as people
from wangge.people.models import Household, Resident
from wangge.people.queries import export
from wangge.people.rules.wishes import Departure
from wangge.privacy.holdings import erase, held_about

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_clean_village_comes_in_as_its_truth_says(world: World) -> None:
    seen = world.bring(village())
    truth = json.loads((ROSTERS / "village_174.truth.json").read_text())
    assert (seen.reported, seen.asks, seen.dropped_columns) == ((), (), ())
    assert (seen.counts.rows, seen.counts.created) == (375, truth["counts"]["residents"])
    assert (seen.counts.households, seen.counts.residents) == (174, 375)
    expected: dict[str, list[tuple[object, ...]]] = {}
    heads = {one["key"]: one["head"] for one in truth["households"]}
    for one in truth["persons"]:
        member = (one["name"], one["sex"], one["birth"], one["id_number"], tuple(one["phones"]))
        expected.setdefault(one["household"], []).append((*member, heads[one["household"]] == one["pid"]))
    found = {
        home.door: sorted((m.name, m.sex, m.birth, m.id_number, m.phones, m.head) for m in home.members)
        for home in export(viewer=world.admin, path=world.village.path)
    }
    assert found == {door: sorted(members) for door, members in expected.items()}
    assert sound()


def test_the_same_file_again_makes_nobody_and_asks_nothing(world: World) -> None:
    world.bring(village())
    before = Line.objects.filter(kind__startswith="people.").count()
    again = world.bring(village())
    assert (again.counts.created, again.counts.unchanged, again.asks) == (0, 375, ())
    assert Line.objects.filter(kind__startswith="people.").count() == before


def test_staging_leaves_the_register_alone_and_can_be_thrown_away(world: World) -> None:
    staged = world.stage(village())
    assert (world.look(staged).counts.created, Resident.objects.count()) == (375, 0)
    assert progress(viewer=world.admin, imported=staged).done == 0
    discard_import(stamp=world.now(), actor=world.admin, imported=staged)
    assert (Import.objects.count(), ImportRow.objects.count()) == (0, 0)
    seen = world.bring(village())
    with pytest.raises(Refused, match="not_staged"):
        discard_import(stamp=world.now(), actor=world.admin, imported=seen.id)


def test_what_lies_in_staging_is_sealed(world: World) -> None:
    staged = world.stage(f"{HEAD}1-1-101,周民,户主,,,{ZHOU},16963934191,独居")
    (row,) = ImportRow.objects.filter(imported=staged)
    held = bytes(row.sealed or b"") + bytes(row.fingerprint or b"")
    assert not any(word.encode() in held for word in ("周民", ZHOU, "16963934191", "独居"))


def test_only_who_may_import_there_can_and_others_see_nothing(world: World) -> None:
    clerk = worker(world.admin, "clerk", Role.CLERK, world.other)
    walker = worker(world.admin, "walker", Role.GRID_WORKER, world.village)
    for stranger in (clerk, walker):
        with pytest.raises(Refused, match=r"access\.forbidden"):
            world.stage(village(), actor=stranger)
    staged = world.stage(village())
    for stranger in (clerk, walker):
        for act in (
            lambda who=stranger: preview(viewer=who, imported=staged),
            lambda who=stranger: applying.apply(stamp=world.now(), actor=who, imported=staged),
            lambda who=stranger: discard_import(stamp=world.now(), actor=who, imported=staged),
        ):
            with pytest.raises(Refused, match="import_unknown"):
                act()
        assert imports(viewer=stranger) == ([], 0)
    assert imports(viewer=world.admin)[1] == 1
    assert world.stage(village(), actor=clerk, area=world.other)


def test_a_roster_goes_into_a_community_village_or_grid_only(world: World) -> None:
    with pytest.raises(Refused, match="area_not_fitting"):
        world.stage(village(), area=county())


def test_a_day_that_has_not_come_and_an_unknown_profile_are_refused(world: World) -> None:
    given = {"actor": world.admin, "area": world.village.id, "name": "a.csv", "content": village()}
    with pytest.raises(Refused, match="day_in_future"):
        stage_file(stamp=world.now(), as_of=date(2020, 2, 11), **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="profile_unknown"):
        stage_file(stamp=world.now(), profile="fish", **given)  # type: ignore[arg-type]


def test_a_household_whose_address_cannot_be_read_is_in_at_once_and_reported(world: World) -> None:
    text = f"{HEAD}河边第二家,周民,户主,,,{ZHOU},,\n,吴梅,妻,,,{WU},,\n"
    seen = world.bring(text)
    assert [(one.row, one.column, one.code) for one in seen.reported] == [(2, "A", "address_unreadable")]
    home = Household.objects.get()
    assert (home.dwelling, home.address, Resident.objects.filter(household=home).count()) == (None, "河边第二家", 2)
    assert world.bring(text).counts.unchanged == 2


def test_a_door_without_its_unit_is_no_door_where_the_building_has_units(world: World) -> None:
    seen = world.bring(f"{HEAD}1-1-101,周民,户主,,,{ZHOU},,\n1栋102,吴梅,户主,,,{WU},,\n")
    assert [(one.row, one.code) for one in seen.reported] == [(3, "address_incomplete")]
    assert set(world.register()) == {"1-1-101", None}


def test_the_register_is_completed_and_never_overwritten(world: World) -> None:
    world.bring("住址,姓名,性别,电话\n1-1-101,周民,男,16963934191\n1-1-102,吴梅,,\n")
    seen = world.bring(f"{HEAD}1-1-101,周民,父,男,1939-01-23,{ZHOU},16963934192,\n1-1-102,吴梅,户主,女,1937-03-25,,,\n")
    assert (seen.counts.created, seen.counts.updated, seen.counts.asked) == (0, 2, 0)
    zhou, wu = Resident.objects.order_by("birth_on").reverse()
    assert (zhou.name, zhou.birth_on, zhou.relation, zhou.id_kind) == (
        "周民",
        date(1939, 1, 23),
        "parent",
        "citizen_18",
    )
    assert (wu.birth_on, wu.sex) == (date(1937, 3, 25), "F")
    assert world.register()["1-1-101"] == [("周民", ("16963934191", "16963934192"))]
    assert world.undo(seen.id) == Undone(2, [])
    zhou.refresh_from_db()
    assert (zhou.birth_on, zhou.relation, zhou.id_index, zhou.sex) == (None, "unknown", None, "M")
    assert world.register()["1-1-101"] == [("周民", ("16963934191",))]


def test_rows_about_one_person_are_one_person_with_all_telephones(world: World) -> None:
    seen = world.bring(
        f"{HEAD}1-1-101,周民,户主,,,,16963934191,\n1-1-101,周民,,,,{ZHOU},16963934192,\n1-1-102,周民,,,,{ZHOU},,\n"
    )
    counts = seen.counts
    assert (counts.created, counts.updated, counts.unchanged, counts.residents) == (1, 1, 1, 1)
    assert [(one.row, one.code) for one in seen.reported] == [
        (2, "id_missing"),
        (3, "duplicate_merged"),
        (4, "duplicate_same_id"),
        (4, "household_conflict"),
    ]
    assert world.register() == {"1-1-101": [("周民", ("16963934191", "16963934192"))]}


def test_somebody_who_has_died_does_not_come_back_by_an_old_sheet(world: World) -> None:
    text = f"{HEAD}1-1-101,周民,户主,,,{ZHOU},,\n1-1-101,吴梅,妻,,,,,\n"
    world.bring(text)
    gone = [Departure(one, NOON.date()) for one in Resident.objects.values_list("id", flat=True)]
    people.record_deaths(stamp=world.now(), actor=world.admin, departures=gone)
    again = world.bring(text + f"1-1-102,周民,户主,,,{ZHOU},16963934191,\n")
    assert (again.counts.created, again.counts.skipped) == (0, 3)
    assert {one.code for one in again.reported} == {"id_missing", "person_gone"}


def test_remarks_stand_in_the_note_of_the_household(world: World) -> None:
    world.bring(f"{HEAD}1-1-101,周民,户主,,,{ZHOU},,在城里\n1-1-101,吴梅,妻,,,{WU},,\n1-1-102,钱七,户主,,,,,独居\n")
    assert sorted(Household.objects.values_list("note", flat=True)) == ["周民：在城里", "独居"]


def test_what_the_register_refuses_is_rejected_by_its_row_and_the_rest_goes_in(world: World) -> None:
    staged = world.stage(FAMILY)
    other = stage_file(
        stamp=world.now(),
        actor=world.admin,
        area=world.other.id,
        name="b.csv",
        content=f"{HEAD}9-1-101,周民,户主,,,{ZHOU},,".encode(),
    )
    for imported in (other, staged):
        applying.apply(stamp=world.now(), actor=world.admin, imported=imported)
    seen = world.look(staged)
    assert (seen.counts.created, seen.counts.rejected) == (2, 1)
    assert ("people.number_taken", 2) in [(one.code, one.row) for one in seen.reported]


@pytest.mark.parametrize("state", ["staging", "staged"])
def test_a_reading_that_was_never_brought_in_goes_with_the_next_of_the_same_file(world: World, state: str) -> None:
    staged = world.stage(FAMILY)
    Import.objects.filter(id=staged).update(state=state)
    again = world.stage(FAMILY)
    assert list(Import.objects.values_list("id", flat=True)) == [again]
    with pytest.raises(Refused, match="not_staged"):
        staging.stage_rows(stamp=world.now(), actor=world.admin, imported=again, attempt=1, rows=[])


def test_what_was_read_about_a_person_is_shown_and_erased_with_them(world: World) -> None:
    world.bring(FAMILY)
    person = Resident.objects.get(name="周民").id
    (held,) = [one for one in held_about(person) if one.model == "imports.ImportRow"]
    assert [(row["file"], row["row"], row["outcome"]) for row in held.rows] == [("名册.csv", 2, "created")]
    erase(person, at=NOON)
    assert not [one for one in held_about(person) if one.model == "imports.ImportRow"]
    assert ImportRow.objects.filter(sealed=None).count() == 1


def test_looking_costs_the_same_however_many_rows_there_are(world: World) -> None:
    costs = []
    for text in (TWO_NAMES, STRANGERS + "2-1-101,周民,户主,,,,12,\n" * 3):
        staged = world.stage(text)
        with CaptureQueriesContext(
            connection,
        ) as spent:
            world.look(staged)
            row_lines(viewer=world.admin, imported=staged, outcome="created")
        costs.append(len(spent))
    assert costs[0] == costs[1]


def test_the_report_says_of_every_row_what_became_of_it(world: World) -> None:
    seen = world.bring(FAMILY + ",=1+1,,,,,,\n合计,,,,,,,\n")
    report = report_sheet(viewer=world.admin, imported=seen.id, say=lambda group, code: f"{group}:{code}")
    (sheet,) = read_sheets(report)
    lines = [row.cells for row in sheet.rows[1:]]
    assert [(int(str(line[1]).partition(".")[0]), line[2]) for line in lines] == [
        (2, "imports.outcome:created"),
        (3, "imports.outcome:created"),
        (4, "imports.outcome:created"),
        (5, "imports.outcome:rejected"),
        (6, "imports.outcome:skipped"),
    ]
    assert [line[4] for line in lines] == ["", "", "id_missing", "cell_unreadable", "total_row_skipped"]
    assert "周民" not in repr(lines)


def test_stamps_of_an_import_are_its_own(world: World) -> None:
    now = replace(world.now(), base={"name": "x"})
    first, second = uuid7(), uuid7()
    one, other = import_stamp(now, first, "0"), import_stamp(now, second, "0")
    assert (one.source, one.channel, one.base) == ("import", "import", {})
    assert len({one.key, other.key}) == len({one.clock, other.clock}) == 2
    assert import_stamp(now, first, "u0", letter="u").clock > import_stamp(now, first, "0").clock
