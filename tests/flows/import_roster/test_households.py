"""Households are matched as households: what became of one is said, and nobody is registered twice for it."""

from uuid import UUID

from tests.flows.import_roster.books import TODAY, read
from wangge.flows.import_roster.contents import fingerprints_of
from wangge.flows.import_roster.plan import make_plan
from wangge.flows.import_roster.planned import Picture, Plan, Registered
from wangge.flows.import_roster.states import Outcome
from wangge.kernel.ids import uuid7
from wangge.planning.matching import Door, Subject

HEAD = "住址,姓名,与户主关系,身份证号\n"
MAN, WOMAN, SON = "43112619390123997X", "431126193703259064", "431126194702179411"
HOME = uuid7()


def registered(*people: tuple[str, str, bool], door: str = "1-1-101", home: UUID = HOME) -> list[Registered]:
    return [
        Registered(uuid7(), home, door, Subject(name=name, number=number, door=door), is_head=head)
        for name, number, head in people
    ]


def planned(text: str, people: list[Registered]) -> Plan:
    found = read(HEAD + text)
    doors = {people[0].door: [Door(str(people[0].household), True, len(people))]}
    return make_plan(found, fingerprints_of([row.person for row in found.rows]), Picture(people=people, doors=doors))


FAMILY = registered(("周民", MAN, True), ("吴梅", WOMAN, False), ("周强", SON, False))


def codes(plan: Plan) -> list[tuple[int, str]]:
    return [(row.row, code) for row in plan.rows for _, code in row.codes if code != "id_missing"]


def test_a_household_that_stands_at_another_door_is_said_to_have_moved_and_newcomers_join_it() -> None:
    text = f"2-1-301,周民,户主,{MAN}\n,吴梅,妻,{WOMAN}\n,周强,子,{SON}\n,周小宝,孙,\n"
    plan = planned(text, FAMILY)
    assert codes(plan) == [(2, "household_moved")]
    assert [row.outcome == Outcome.CREATED for row in plan.rows] == [False, False, False, True]
    assert {row.household for row in plan.rows} == {HOME}


def test_part_of_a_household_at_another_door_is_said_to_have_left_it() -> None:
    text = f"1-1-101,周民,户主,{MAN}\n,吴梅,妻,{WOMAN}\n2-1-301,周强,户主,{SON}\n,郑丽,妻,\n"
    plan = planned(text, FAMILY)
    assert (4, "household_split") in codes(plan)
    assert [row.outcome == Outcome.CREATED for row in plan.rows] == [False, False, False, True]


def test_a_family_whose_head_is_not_listed_any_more_stays_one_household() -> None:
    plan = planned(f"1-1-101,吴梅,户主,{WOMAN}\n,周强,子,{SON}\n", FAMILY)
    assert codes(plan) == [(2, "head_gone")]
    assert [row.household for row in plan.rows] == [HOME, HOME]
    assert not plan.asks


def test_a_family_that_names_another_head_stays_one_household() -> None:
    plan = planned(f"1-1-101,周强,户主,{SON}\n,周民,父,{MAN}\n,吴梅,母,{WOMAN}\n", FAMILY)
    assert codes(plan) == [(2, "head_changed")]
    assert not plan.asks


def test_what_a_sheet_says_otherwise_than_the_register_is_said_and_the_register_stays() -> None:
    found = read("住址,姓名,性别,出生日期,证件号码\n1-1-101,Anna Lind,男,1950-01-01,护照E12345678\n")
    born = TODAY.replace(year=1949)
    subject = Subject(name="Anna Lind", number="E12345678", door="1-1-101", sex="F", birth=born)
    one = Registered(uuid7(), HOME, "1-1-101", subject, relation="head", is_head=True)
    plan = make_plan(found, fingerprints_of([row.person for row in found.rows]), Picture(people=[one]))
    (row,) = plan.rows
    assert codes(plan) == [(2, "birth_differs"), (2, "sex_differs")]
    assert (row.outcome, row.resident, row.fill) == (Outcome.UNCHANGED, one.resident, {})
