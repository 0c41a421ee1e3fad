from datetime import timedelta

import pytest

from tests.access.house import House, again, fresh, open_house, unconfirmed
from tests.conftest import NOON
from wangge.access import commands, queries, tokens
from wangge.access.models import Approval
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.kernel.refused import Refused

pytestmark = pytest.mark.django_db
PURPOSE = "转交镇卫生院"


@pytest.fixture
def house() -> House:
    return open_house()


def approve(house: House, giver: Viewer, *, purpose: str = PURPOSE) -> str:
    code = tokens.new_approval_code()
    commands.give_approval(
        stamp=fresh(), actor=giver, digest=tokens.approval_digest(code), purpose=purpose, area=house.east.id
    )
    return code


def test_the_first_administrator_alone_needs_none_and_with_a_second_account_does(house: House) -> None:
    given = {"code": "", "purpose": PURPOSE, "area": house.east.id}
    assert commands.use_approval(stamp=fresh(), actor=house.admin, **given) is None  # type: ignore[arg-type]
    house.add("he.min", Role.COMMUNITY_LEAD, house.east)
    with pytest.raises(Refused, match="approval_needed"):
        commands.use_approval(stamp=fresh(), actor=again(house.admin), **given)  # type: ignore[arg-type]


def test_an_approval_works_once_for_somebody_else(house: House) -> None:
    lead = house.add("he.min", Role.COMMUNITY_LEAD, house.east)
    clerk = house.add("shen.jie", Role.CLERK, house.east)
    code = approve(house, lead)
    assert code.encode() not in bytes(Approval.objects.get().digest)
    with pytest.raises(Refused, match="approval_own"):
        commands.use_approval(stamp=fresh(), actor=lead, code=code, purpose=PURPOSE, area=house.east.id)
    spelt = f"{code[:4].lower()}-{code[4:]}"
    used = commands.use_approval(stamp=fresh(), actor=clerk, code=spelt, purpose=f" {PURPOSE} ", area=house.east.id)
    assert used == Approval.objects.get().id
    with pytest.raises(Refused, match="approval_used"):
        commands.use_approval(stamp=fresh(), actor=clerk, code=code, purpose=PURPOSE, area=house.east.id)
    (line,) = queries.approvals_by(viewer=lead)
    assert (line.purpose, line.used_by) == (PURPOSE, "shen.jie 的名字")
    assert queries.approvals_by(viewer=clerk) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [("code", "approval_wrong"), ("purpose", "approval_purpose"), ("area", "approval_area"), ("day", "approval_day")],
)
def test_an_approval_is_for_this_purpose_area_and_day_only(house: House, changed: str, code: str) -> None:
    lead = house.add("he.min", Role.COMMUNITY_LEAD, house.east)
    clerk = house.add("shen.jie", Role.CLERK, house.town)
    given = approve(house, lead)
    with pytest.raises(Refused, match=code):
        commands.use_approval(
            stamp=fresh(NOON + timedelta(days=1) if changed == "day" else NOON),
            actor=clerk,
            code="AAAA2222" if changed == "code" else given,
            purpose="转交报社" if changed == "purpose" else PURPOSE,
            area=house.west.id if changed == "area" else house.east.id,
        )
    assert Approval.objects.get().used_at is None


def test_an_approval_of_somebody_who_may_approve_no_more_is_void(house: House) -> None:
    lead = house.add("he.min", Role.COMMUNITY_LEAD, house.east)
    clerk = house.add("shen.jie", Role.CLERK, house.east)
    code = approve(house, lead)
    commands.set_active(stamp=fresh(), actor=house.admin, account=lead.account_id, active=False)
    with pytest.raises(Refused, match="approval_void"):
        commands.use_approval(stamp=fresh(), actor=clerk, code=code, purpose=PURPOSE, area=house.east.id)


def test_only_leads_approve_confirmed_in_their_own_areas_and_with_a_purpose(house: House) -> None:
    lead = house.add("he.min", Role.COMMUNITY_LEAD, house.east)
    cases = (
        (house.add("shen.jie", Role.CLERK, house.east), PURPOSE, "area_unknown"),
        (house.add("li.wei", Role.COMMUNITY_LEAD, house.west), PURPOSE, "area_unknown"),
        (unconfirmed(lead), PURPOSE, "second_factor_needed"),
        (lead, "  ", "purpose_missing"),
        (lead, "长" * 201, "purpose_long"),
    )
    for giver, purpose, code in cases:
        with pytest.raises(Refused, match=code):
            approve(house, giver, purpose=purpose)
    approve(house, lead)
