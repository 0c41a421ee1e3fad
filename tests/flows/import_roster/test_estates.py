"""Building 3 of one estate is not building 3 of another."""

from tests.flows.import_roster.books import read
from wangge.flows.import_roster.contents import fingerprints_of
from wangge.flows.import_roster.plan import make_plan
from wangge.flows.import_roster.planned import Picture, Plan

HEAD = "住址,姓名\n"
TWO = "阳光花园3栋2单元501,周民\n阳光花园3栋2单元502,吴梅\n锦绣苑3栋2单元501,钱七\n锦绣苑3栋2单元502,赵六\n"


def planned(text: str, *buildings: str) -> Plan:
    found = read(HEAD + text)
    picture = Picture(with_units=frozenset(buildings))
    return make_plan(found, fingerprints_of([row.person for row in found.rows]), picture)


def doors(plan: Plan) -> list[str]:
    return [row.person.door for row in plan.rows if row.person]


def test_one_estate_in_a_file_needs_no_name_before_its_buildings() -> None:
    assert doors(planned("阳光花园小区3栋2单元501,周民\n3栋2单元502,吴梅\n")) == ["3-2-501", "3-2-502"]


def test_doors_of_two_estates_stay_apart() -> None:
    plan = planned(TWO)
    assert len(set(doors(plan))) == 4
    assert doors(plan)[0] == "阳光花园3-2-501"


def test_among_two_estates_a_door_without_one_stays_unknown_and_is_said() -> None:
    plan = planned(f"{TWO}3栋2单元501,孙二\n")
    assert doors(plan)[4] == ""
    assert ("A", "address_incomplete") in plan.rows[4].codes


def test_the_register_tells_what_its_buildings_are_called() -> None:
    assert doors(planned("阳光花园3栋2单元501,周民\n", "阳光花园3")) == ["阳光花园3-2-501"]
    assert doors(planned(TWO, "3"))[0] == "3-2-501"
