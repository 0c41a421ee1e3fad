"""A county for benches, written straight into the tables: everything that is counted is what the tables hold."""

from datetime import date

import pytest

from wangge.cli.benches.ground import county as ground
from wangge.journal.counters import FLOW_RECOUNTS, STOCK_RECOUNTS
from wangge.journal.models import Stock, Tally

pytestmark = pytest.mark.django_db(transaction=True)


def test_stocks_and_flows_are_those_of_the_tables() -> None:
    county = ground.build(600)
    assert county.residents == 600
    assert (len(county.grids), bool(county.homes)) == (len({path for _, path in county.grids}), True)
    assert ground.visits(county, 3 * county.households) > 2 * county.households
    for code, recount in STOCK_RECOUNTS.items():
        assert dict(Stock.objects.filter(counter=code).values_list("path", "value")) == recount(), code
    for code, count_flow in FLOW_RECOUNTS.items():
        rows = Tally.objects.filter(counter=code, value__gt=0).values_list("path", "day", "value")
        assert {(path, day): value for path, day, value in rows} == count_flow(), code
    assert {type(day) for day in Tally.objects.values_list("day", flat=True)} == {date}


def test_whoever_was_made_at_once_is_found_like_anybody_else() -> None:
    from wangge.people.queries import household_page
    from wangge.surveys.models import DoorVisit

    county = ground.build(300)
    ground.visits_of_today(county)
    household, _ = county.homes[0]
    assert household_page(viewer=county.administrator, household=household, on=date(2020, 2, 1)) is not None
    assert DoorVisit.objects.count() > 0
    assert ground.signed_in(county.administrator).get(f"/board/{county.root.id}").status_code == 200
