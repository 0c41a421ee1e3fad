import pytest

from tests.people.world import fresh
from tests.situation.forms.town import town
from wangge.flows.import_roster.preview import preview
from wangge.flows.import_roster.staging import stage_file

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_sheet_that_went_out_comes_back_as_the_rows_that_are_there(kind: str) -> None:
    here = town()
    content = here.made("sanya-01", kind=kind)
    staged = stage_file(stamp=fresh(), actor=here.clerk, area=here.area, name=f"表.{kind}", content=content)
    seen = preview(viewer=here.clerk, imported=staged)
    assert (seen.counts.rows, seen.counts.unchanged, seen.counts.created, seen.counts.asked) == (4, 4, 0, 0)
    assert (seen.counts.households, seen.counts.residents) == (3, 4)
