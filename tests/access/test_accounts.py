from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access.house import DAY, TOMORROW, YESTERDAY, House, again, buildings, fresh, open_house
from tests.conftest import NOON
from wangge.access import commands, queries, tokens
from wangge.access.commands import Given, LinkWanted
from wangge.access.models import Account, Duty
from wangge.access.rules import Role
from wangge.journal.models import Line
from wangge.kernel.refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return open_house()


def test_nobody_gives_more_than_they_have_or_outside_their_areas(house: House) -> None:
    lead = house.add("he.min", Role.COMMUNITY_LEAD, house.east)
    clerk = house.add("shen.jie", Role.CLERK, house.east)
    cases = (
        (lead, Role.ADMINISTRATOR, house.east, "beyond_rights"),
        (lead, Role.AUDITOR, house.east, "beyond_rights"),
        (lead, Role.CLERK, house.west, "area_unknown"),
        (lead, Role.CLERK, house.town, "area_unknown"),
        (clerk, Role.VOLUNTEER, house.east, "area_unknown"),
    )
    for actor, role, area, code in cases:
        with pytest.raises(Refused, match=code):
            commands.add_account(stamp=fresh(), actor=actor, login="new.one", name="", role=role, area=area.id)
    made = commands.add_account(
        stamp=fresh(), actor=lead, login=" New.One ", name="", role=Role.CLERK, area=house.grid.id
    )
    assert Account.objects.get(id=made).login == "new.one"


def test_a_login_is_taken_in_any_case_and_width(house: House) -> None:
    house.add("he.min", Role.CLERK, house.east)
    for login, code in (("ＨＥ.min", "login_taken"), ("x", "login_malformed"), ("a b", "login_malformed")):
        with pytest.raises(Refused, match=code):
            house.add(login, Role.CLERK, house.east)


def test_duties_begin_and_end_on_their_days(house: House) -> None:
    worker = house.add("zhou.lan", Role.GRID_WORKER, house.grid)
    with pytest.raises(Refused, match="period_reversed"):
        commands.grant_duty(
            stamp=fresh(), actor=house.admin, account=worker.account_id, role=Role.CLERK, area=house.east.id,
            from_on=DAY, to_on=DAY,
        )  # fmt: skip
    commands.grant_duty(
        stamp=fresh(), actor=house.admin, account=worker.account_id, role=Role.CLERK, area=house.east.id,
        from_on=TOMORROW, to_on=TOMORROW + timedelta(days=1),
    )  # fmt: skip
    roles = [queries.read_viewer(worker.account_id, on=DAY + timedelta(days=n)) for n in range(3)]
    assert [len(viewer.roles) if viewer else 0 for viewer in roles] == [1, 2, 1]


def test_a_duty_that_is_held_is_not_given_twice(house: House) -> None:
    worker = house.add("zhou.lan", Role.GRID_WORKER, house.grid)
    with pytest.raises(Refused, match="duty_held"):
        commands.grant_duty(
            stamp=fresh(), actor=house.admin, account=worker.account_id, role=Role.GRID_WORKER, area=house.grid.id,
            from_on=TOMORROW,
        )  # fmt: skip


def test_nobody_changes_their_own_duties_or_account(house: House) -> None:
    own = Duty.objects.get(account=house.admin.account_id)
    with pytest.raises(Refused, match="own_duty"):
        commands.grant_duty(
            stamp=fresh(), actor=house.admin, account=house.admin.account_id, role=Role.CLERK, area=house.east.id,
            from_on=DAY,
        )  # fmt: skip
    with pytest.raises(Refused, match="own_duty"):
        commands.end_duty(stamp=fresh(), actor=house.admin, duty=own.pk)
    with pytest.raises(Refused, match="own_account"):
        commands.set_active(stamp=fresh(), actor=house.admin, account=house.admin.account_id, active=False)


def test_a_duty_is_ended_now_or_on_a_day_by_whoever_could_give_it(house: House) -> None:
    lead = house.add("he.min", Role.COMMUNITY_LEAD, house.east)
    stranger = house.add("li.wei", Role.COMMUNITY_LEAD, house.west)
    auditor = house.add("ma.yuan", Role.AUDITOR, house.east)
    worker = house.add("zhou.lan", Role.GRID_WORKER, house.grid)
    duty = Duty.objects.get(account=worker.account_id)
    audit = Duty.objects.get(account=auditor.account_id)
    for actor, row, on, code in (
        (stranger, duty, None, "duty_unknown"),
        (lead, audit, None, "beyond_rights"),
        (lead, duty, YESTERDAY, "end_past"),
    ):
        with pytest.raises(Refused, match=code):
            commands.end_duty(stamp=fresh(), actor=actor, duty=row.pk, on=on)
    commands.end_duty(stamp=fresh(), actor=lead, duty=duty.pk, on=TOMORROW)
    assert again(worker).roles == {Role.GRID_WORKER}
    commands.end_duty(stamp=fresh(), actor=lead, duty=duty.pk)
    assert again(worker).roles == frozenset()


def test_an_account_without_a_standing_duty_can_still_be_found_and_given_another(house: House) -> None:
    lead = house.add("he.min", Role.COMMUNITY_LEAD, house.east)
    worker = house.add("zhou.lan", Role.GRID_WORKER, house.grid)
    commands.end_duty(stamp=fresh(), actor=lead, duty=Duty.objects.get(account=worker.account_id).pk)
    found, total = queries.accounts(viewer=lead, on=DAY, text="ZHOU")
    assert (total, found[0].duties) == (1, ())
    commands.grant_duty(
        stamp=fresh(), actor=lead, account=worker.account_id, role=Role.CLERK, area=house.east.id, from_on=DAY
    )
    assert again(worker).roles == {Role.CLERK}


def test_an_account_that_also_works_elsewhere_is_beyond_reach(house: House) -> None:
    lead = house.add("he.min", Role.COMMUNITY_LEAD, house.east)
    worker = house.add("zhou.lan", Role.GRID_WORKER, house.grid)
    commands.grant_duty(
        stamp=fresh(), actor=house.admin, account=worker.account_id, role=Role.CLERK, area=house.west.id, from_on=DAY
    )
    with pytest.raises(Refused, match="beyond_reach"):
        commands.set_active(stamp=fresh(), actor=lead, account=worker.account_id, active=False)
    shown = queries.account_page(viewer=lead, account=worker.account_id, at=NOON, on=DAY)
    assert shown is not None
    assert (shown.manageable, shown.elsewhere, len(shown.duties)) == (False, 1, 1)


def test_deactivation_shuts_out_and_voids_open_links_and_reactivation_lets_in(house: House) -> None:
    worker = house.add("zhou.lan", Role.GRID_WORKER, house.grid)
    digest = tokens.token_digest("t")
    commands.make_link(stamp=fresh(), actor=house.admin, account=worker.account_id, digest=digest)
    commands.set_active(stamp=fresh(), actor=house.admin, account=worker.account_id, active=False)
    assert queries.read_viewer(worker.account_id, on=DAY) is None
    with pytest.raises(Refused, match="already_inactive"):
        commands.set_active(stamp=fresh(), actor=house.admin, account=worker.account_id, active=False)
    with pytest.raises(Refused, match="account_inactive"):
        commands.make_link(stamp=fresh(), actor=house.admin, account=worker.account_id, digest=b"x" * 32)
    commands.set_active(stamp=fresh(), actor=house.admin, account=worker.account_id, active=True)
    with pytest.raises(Refused, match="link_dead"):
        commands.use_link(stamp=fresh(), actor=house.admin, digest=digest)
    assert again(worker).session_epoch == worker.session_epoch + 2


def test_a_deactivated_account_is_forgotten_within_a_second_in_every_process(house: House) -> None:
    worker = house.add("zhou.lan", Role.GRID_WORKER, house.grid)
    assert queries.viewer_for(worker.account_id, at=NOON, zone="Asia/Shanghai")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert queries.viewer_for(worker.account_id, at=NOON + timedelta(seconds=0.9), zone="Asia/Shanghai")
    assert len(asked) == 0
    commands.set_active(stamp=fresh(), actor=house.admin, account=worker.account_id, active=False)
    assert queries.viewer_for(worker.account_id, at=NOON + timedelta(seconds=1), zone="Asia/Shanghai") is None


def test_a_link_works_once_and_for_a_day_and_a_card_for_three(house: House) -> None:
    worker = house.add("zhou.lan", Role.GRID_WORKER, house.grid)
    for n, days in ((1, 1), (2, 3)):
        late, used = tokens.token_digest(f"late {n}"), tokens.token_digest(f"used {n}")
        if n == 1:
            for digest in (late, used):
                commands.make_link(stamp=fresh(), actor=house.admin, account=worker.account_id, digest=digest)
        else:
            wanted = [LinkWanted(worker.account_id, digest) for digest in (late, used)]
            commands.make_cards(stamp=fresh(), actor=house.admin, links=wanted)
        end = NOON + timedelta(days=days)
        with pytest.raises(Refused, match="link_dead"):
            commands.use_link(stamp=fresh(end), actor=house.admin, digest=late)
        before = fresh(end - timedelta(seconds=1))
        assert commands.use_link(stamp=before, actor=house.admin, digest=used) == worker.account_id
        with pytest.raises(Refused, match="link_dead"):
            commands.use_link(stamp=fresh(end - timedelta(seconds=1)), actor=house.admin, digest=used)


def test_cards_are_made_for_accounts_one_manages_all_or_none(house: House) -> None:
    lead = house.add("he.min", Role.COMMUNITY_LEAD, house.east)
    worker = house.add("zhou.lan", Role.GRID_WORKER, house.grid)
    stranger = house.add("li.wei", Role.GRID_WORKER, house.west)
    ids = [worker.account_id, stranger.account_id]
    with pytest.raises(Refused, match="account_unknown"):
        commands.make_cards(stamp=fresh(), actor=lead, links=[LinkWanted(id_, id_.bytes * 2) for id_ in ids])
    with pytest.raises(Refused, match="nobody_chosen"):
        commands.make_cards(stamp=fresh(), actor=lead, links=[])
    with pytest.raises(Refused, match="too_many_cards"):
        commands.make_cards(stamp=fresh(), actor=lead, links=[LinkWanted(ids[0], bytes([n]) * 32) for n in range(201)])
    (made,) = commands.make_cards(stamp=fresh(), actor=lead, links=[LinkWanted(ids[0], b"c" * 32)])
    assert made.account == ids[0]


def test_buildings_are_dealt_to_grid_workers_of_the_place_only(house: House) -> None:
    worker = house.add("zhou.lan", Role.GRID_WORKER, house.grid)
    stranger = house.add("li.wei", Role.GRID_WORKER, house.west)
    one, two = buildings(house.grid, "1栋", "2栋")
    with pytest.raises(Refused, match="account_inactive"):
        commands.deal_areas(
            stamp=fresh(), actor=house.admin, inside=house.east.id, given=[Given(stranger.account_id, (one.id,))]
        )
    both = [Given(worker.account_id, (one.id, two.id))]
    assert commands.deal_areas(stamp=fresh(), actor=house.admin, inside=house.east.id, given=both) == 2
    (line,) = queries.account_lines(viewer=house.admin, on=DAY, ids=[worker.account_id])
    assert (line.buildings, len(line.roles)) == (2, 1)


def test_a_new_password_ends_other_sessions_and_names_are_kept_short(house: House) -> None:
    commands.set_password(stamp=fresh(), actor=house.admin, hashed="scrypt$x")
    assert again(house.admin).session_epoch == 1
    with pytest.raises(Refused, match="name_long"):
        commands.set_preferences(stamp=fresh(), actor=house.admin, name="长" * 61, language="")
    with pytest.raises(Refused, match="language_unknown"):
        commands.set_preferences(stamp=fresh(), actor=house.admin, name="", language="fr")
    commands.set_preferences(stamp=fresh(), actor=house.admin, name="  ", language="en")
    assert (again(house.admin).name, again(house.admin).language) == ("admin", "en")


def test_lists_are_scoped_searched_and_cost_the_same_for_one_account_as_for_many(house: House) -> None:
    lead = house.add("he.min", Role.COMMUNITY_LEAD, house.east)
    house.add("li.wei", Role.GRID_WORKER, house.west)
    assert [line.login for line in queries.account_index(viewer=lead, on=DAY)] == ["he.min"]
    costs = []
    for n in range(3):
        with CaptureQueriesContext(connection) as asked:
            queries.accounts(viewer=lead, on=DAY)
        costs.append(len(asked))
        house.add(f"worker{n}", Role.GRID_WORKER, house.grid)
    assert len(set(costs)) == 1
    assert len(queries.account_index(viewer=house.admin, on=DAY)) == 6
    assert [line.login for line in queries.account_index(viewer=lead, on=DAY, inside=house.grid.path)] == [
        "worker0", "worker1", "worker2",
    ]  # fmt: skip
    stranger = queries.account_index(viewer=house.admin, on=DAY, text="li.")[0].id
    assert queries.account_page(viewer=lead, account=stranger, at=NOON, on=DAY) is None
    assert queries.account_page(viewer=lead, account=UUID(int=5), at=NOON, on=DAY) is None


def test_everything_done_to_accounts_stands_in_the_journal(house: House) -> None:
    worker = house.add("zhou.lan", Role.GRID_WORKER, house.grid)
    commands.set_active(stamp=fresh(), actor=house.admin, account=worker.account_id, active=False)
    kinds = set(Line.objects.values_list("kind", flat=True))
    assert {"access.account_added", "access.duty_granted", "access.account_deactivated"} <= kinds
    assert not Line.objects.filter(path="").exclude(kind__startswith="places.").exists()
