from dataclasses import replace
from datetime import timedelta

import pytest

from tests.access.house import House, again, fresh, open_house, set_up, unconfirmed
from tests.conftest import NOON
from wangge.access import commands, queries, tokens, totp
from wangge.access.models import RecoveryCode, SecondFactor
from wangge.access.rules import Role
from wangge.access.viewing import require, scoped
from wangge.kernel.refused import Refused
from wangge.places.models import Area

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return open_house()


def code_at(secret: bytes, seconds: int = 0) -> str:
    return totp.code_of(secret, totp.step_at(NOON.timestamp() + seconds))


def test_without_confirmation_the_verbs_of_command_are_held_but_not_permitted(house: House) -> None:
    lead = unconfirmed(house.add("he.min", Role.COMMUNITY_LEAD, house.east))
    assert lead.permits("register.read", house.grid.path)
    assert not lead.permits("area.manage", house.grid.path)
    assert lead.holds_at("area.manage", house.grid.path)
    assert not scoped(Area, lead, "area.manage").exists()
    with pytest.raises(Refused, match=r"access\.second_factor_needed"):
        require(lead, "area.manage", house.grid.path)
    with pytest.raises(Refused, match=r"access\.forbidden"):
        require(lead, "area.manage", house.west.path)
    with pytest.raises(Refused, match=r"access\.second_factor_needed"):
        commands.add_account(stamp=fresh(), actor=lead, login="x.y", name="", role=Role.CLERK, area=house.east.id)
    require(again(lead), "area.manage", house.grid.path)


def test_a_factor_is_set_up_by_the_code_of_now_and_replaced_only_after_it_was_shown(house: House) -> None:
    setup = tokens.new_setup()
    secret, codes = tokens.open_setup(setup)
    with pytest.raises(Refused, match="factor_wrong"):
        commands.set_up_factor(stamp=fresh(), actor=house.admin, setup=setup, code=code_at(secret, 600))
    assert not again(house.admin).has_factor
    commands.set_up_factor(stamp=fresh(), actor=house.admin, setup=setup, code=code_at(secret))
    assert again(house.admin).has_factor
    assert len(set(codes)) == RecoveryCode.objects.count() == 10
    assert secret.hex().encode() not in bytes(SecondFactor.objects.get().secret)
    with pytest.raises(Refused, match="factor_there"):
        set_up(unconfirmed(house.admin))
    other, _ = set_up(house.admin)
    at = NOON + timedelta(seconds=60)
    for held, passed in ((secret, False), (other, True)):
        code = code_at(held, 60)
        assert commands.confirm_factor(stamp=fresh(at), actor=house.admin, code=code).passed is passed


def test_a_code_confirms_once(house: House) -> None:
    secret, _ = set_up(house.admin)
    later = NOON + timedelta(seconds=60)
    used = commands.confirm_factor(stamp=fresh(NOON), actor=house.admin, code=code_at(secret))
    assert not used.passed
    for code, passed in ((code_at(secret, 60), True), (code_at(secret, 60), False)):
        assert commands.confirm_factor(stamp=fresh(later), actor=house.admin, code=code).passed is passed


def test_five_wrong_codes_lock_even_the_right_one_for_fifteen_minutes(house: House) -> None:
    secret, _ = set_up(house.admin)
    left = [commands.confirm_factor(stamp=fresh(), actor=house.admin, code="000000").left for _ in range(5)]
    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(Refused, match="factor_locked"):
        commands.confirm_factor(
            stamp=fresh(NOON + timedelta(minutes=14)), actor=house.admin, code=code_at(secret, 14 * 60)
        )
    at = NOON + timedelta(minutes=15)
    assert commands.confirm_factor(stamp=fresh(at), actor=house.admin, code=code_at(secret, 15 * 60)).passed
    assert SecondFactor.objects.get().failures == 0


def test_a_recovery_code_stands_in_once_in_any_spelling(house: House) -> None:
    _, codes = set_up(house.admin)
    spelt = f" {codes[0][:5].lower()}-{codes[0][5:]} "
    assert commands.confirm_factor(stamp=fresh(), actor=house.admin, code=spelt).by == "recovery"
    assert not commands.confirm_factor(stamp=fresh(), actor=house.admin, code=codes[0]).passed
    assert queries.own_account(viewer=house.admin, on=fresh().day).recovery_left == 9


def test_new_recovery_codes_replace_the_old_ones_after_confirmation_only(house: House) -> None:
    with pytest.raises(Refused, match="factor_missing"):
        commands.renew_recovery_codes(stamp=fresh(), actor=house.admin, setup=tokens.new_setup())
    _, old = set_up(house.admin)
    setup = tokens.new_setup()
    with pytest.raises(Refused, match="second_factor_needed"):
        commands.renew_recovery_codes(stamp=fresh(), actor=unconfirmed(house.admin), setup=setup)
    commands.renew_recovery_codes(stamp=fresh(), actor=house.admin, setup=setup)
    assert not commands.confirm_factor(stamp=fresh(), actor=house.admin, code=old[1]).passed
    fresh_codes = tokens.open_setup(setup)[1]
    assert commands.confirm_factor(stamp=fresh(), actor=house.admin, code=fresh_codes[9]).passed


def test_another_persons_recovery_code_is_wrong(house: House) -> None:
    lead = house.add("he.min", Role.COMMUNITY_LEAD, house.east)
    _, codes = set_up(house.admin)
    set_up(lead)
    assert not commands.confirm_factor(stamp=fresh(), actor=lead, code=codes[0]).passed


def test_a_lost_factor_is_dropped_by_whoever_manages_the_account_and_its_sessions_end(house: House) -> None:
    lead = house.add("he.min", Role.COMMUNITY_LEAD, house.east)
    clerk = house.add("shen.jie", Role.CLERK, house.east)
    with pytest.raises(Refused, match="factor_missing"):
        commands.drop_factor(stamp=fresh(), actor=lead, account=clerk.account_id)
    set_up(clerk)
    set_up(lead)
    for actor, account, code in ((clerk, lead, "account_unknown"), (lead, lead, "own_account")):
        with pytest.raises(Refused, match=code):
            commands.drop_factor(stamp=replace(fresh(), channel="desk"), actor=actor, account=account.account_id)
    before = again(clerk)
    commands.drop_factor(stamp=fresh(), actor=lead, account=clerk.account_id)
    after = again(clerk)
    assert (before.has_factor, after.has_factor) == (True, False)
    assert after.session_epoch == before.session_epoch + 1
    assert RecoveryCode.objects.filter(account=clerk.account_id).count() == 0


def test_the_first_administrator_who_lost_the_phone_drops_the_factor_at_the_server(house: House) -> None:
    set_up(house.admin)
    with pytest.raises(Refused, match="own_account"):
        commands.drop_factor(stamp=replace(fresh(), channel="desk"), actor=house.admin, account=house.admin.account_id)
    commands.drop_factor(stamp=fresh(), actor=house.admin, account=house.admin.account_id)
    assert not again(house.admin).has_factor


def test_the_command_line_needs_no_confirmation(house: House) -> None:
    viewer = queries.viewer_by_login("admin", on=fresh().day)
    assert viewer is not None
    assert viewer.confirmed
