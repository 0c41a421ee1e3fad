"""Putting a shipped division into the tree."""

import pytest

from tests.places.world import fresh, open_county
from wangge.access.viewing import Viewer
from wangge.flows import areas as flow
from wangge.kernel.refused import Refused
from wangge.places.models import Area

pytestmark = pytest.mark.django_db


def test_a_shipped_division_is_put_into_the_tree_once_by_whoever_manages_above_it() -> None:
    admin = open_county()
    assert isinstance(admin, Viewer)
    nobody = Viewer(account_id=admin.account_id, number=admin.number, login="n", name="n")
    with pytest.raises(Refused, match="forbidden"):
        flow.open_division(stamp=fresh(), actor=nobody, code="420322101")
    for code in ("110101001", "420322999", "words"):
        with pytest.raises(Refused, match="area_unknown"):
            flow.open_division(stamp=fresh(), actor=admin, code=code)
    made = flow.open_division(stamp=fresh(), actor=admin, code="420322101")
    assert flow.open_division(stamp=fresh(), actor=admin, code="420322101") == made
    assert Area.objects.get(id=made).name == "土门镇"
