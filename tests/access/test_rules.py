from datetime import timedelta

import pytest

from wangge.access import passwords, rules
from wangge.access.rules import SECOND_FACTOR_VERBS, VERBS, Role
from wangge.kernel.refused import Refused

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("role", "needs"),
    [
        (Role.ADMINISTRATOR, True),
        (Role.TOWN_LEAD, True),
        (Role.TEAM_LEADER, True),
        (Role.CLERK, True),
        (Role.AUDITOR, True),
        (Role.GRID_WORKER, False),
        (Role.VOLUNTEER, False),
        (Role.GUARD, False),
        (Role.DOCTOR, False),
    ],
)
def test_command_export_and_administration_need_a_second_factor(role: Role, needs: bool) -> None:
    assert rules.needs_second_factor(VERBS[role]) is needs


def test_board_register_and_visits_need_no_second_factor() -> None:
    assert SECOND_FACTOR_VERBS.isdisjoint({"board.read", "register.read", "visit.read", "visit.record"})
    assert set().union(*VERBS.values()) >= SECOND_FACTOR_VERBS


@pytest.mark.parametrize(
    ("failures", "since", "locked"),
    [(4, MINUTE, False), (5, MINUTE, True), (5, 14 * MINUTE, True), (5, 15 * MINUTE, False), (5, None, False)],
)
def test_five_wrong_codes_lock_for_a_quarter_of_an_hour(failures: int, since: timedelta | None, locked: bool) -> None:
    assert rules.factor_locked(failures, since) is locked


@pytest.mark.parametrize(("failures", "since", "after"), [(0, None, 1), (3, MINUTE, 4), (5, 15 * MINUTE, 1)])
def test_old_wrong_codes_are_forgotten(failures: int, since: timedelta | None, after: int) -> None:
    assert rules.failures_after(failures, since) == after


def test_a_purpose_is_the_same_in_any_width_case_and_spacing() -> None:
    assert rules.purpose_key("转交 镇卫生院（A）") == rules.purpose_key("转交镇卫生院(a) ")
    assert rules.purpose_key("转交镇卫生院") != rules.purpose_key("转交县卫生院")


@pytest.mark.parametrize(
    "password",
    ["password", "PASSWORD1", "woaini520", "5201314aa", "yiqing2020", "wangge-2020", "aaaabbbb", "lihua8888",
     "chenlixin2020", "clx-2020!!", "翠湖社区2020", "cuihushequ123"],
)  # fmt: skip
def test_passwords_that_are_tried_first_are_refused(password: str) -> None:
    with pytest.raises(Refused, match="password_guessable"):
        passwords.accept(password, login="lihua", words=["陈立新", "翠湖社区"], key="k")


def test_any_other_password_will_do_and_the_same_form_gives_the_same_hash() -> None:
    given = [passwords.accept("四条 安静 的 河流", login="lihua", words=["陈立新"], key=key) for key in ("k", "k", "m")]
    assert given[0] == given[1] != given[2]
    assert passwords.accept("four quiet rivers", login="lihua", words=[], key="k")
