import re

import pytest

from tests.access.house import House, open_house
from tests.office.signing.desk import confirmed, present, sign_in
from wangge.access import commands
from wangge.access.models import Approval
from wangge.access.rules import Role
from wangge.kernel.refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return open_house()


def test_a_lead_approves_on_the_desk_and_the_code_works_for_somebody_else_once(house: House) -> None:
    lead = house.add("he.min", Role.COMMUNITY_LEAD, house.east)
    clerk = house.add("shen.jie", Role.CLERK, house.east)
    desk = confirmed(house, lead)
    form = {"purpose": "转交镇卫生院", "area": house.east.pk}
    assert desk.post("/approvals", {**form, "purpose": " ", "key": "1"}).status_code == 422
    assert desk.post("/approvals", {**form, "area": house.west.pk, "key": "2"}).status_code == 422
    page, same = (desk.post("/approvals", {**form, "key": "3"}).content.decode() for _ in range(2))
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", page)
    assert code
    assert code[0] in same
    assert code[0] not in desk.get("/approvals").content.decode()
    assert Approval.objects.count() == 1
    use = {"code": code[0], "purpose": "转交镇卫生院", "area": house.east.pk}
    with pytest.raises(Refused, match="approval_own"):
        commands.use_approval(stamp=present(), actor=lead, **use)  # type: ignore[arg-type]
    assert commands.use_approval(stamp=present(), actor=clerk, **use)  # type: ignore[arg-type]
    assert "shen.jie 的名字" in desk.get("/approvals").content.decode()


def test_a_clerk_may_not_approve(house: House) -> None:
    assert sign_in(house, house.add("shen.jie", Role.CLERK, house.east)).get("/approvals").status_code == 403
