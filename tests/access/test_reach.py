from uuid import UUID

from wangge.access.rules import VERBS, Role, may_grant, password_fault
from wangge.access.viewing import Grant, Viewer


def viewer(*grants: Grant) -> Viewer:
    return Viewer(account_id=UUID(int=1), number=1, login="a", name="A", grants=grants)


def test_without_a_grant_nothing_is_permitted_anywhere() -> None:
    assert not any(viewer().permits(verb, "1.") for verbs in VERBS.values() for verb in verbs)


def test_a_grant_holds_below_its_area_and_not_beside_it() -> None:
    clerk = viewer(Grant(Role.CLERK, "1."))
    assert clerk.permits("register.read", "1.7.")
    assert not clerk.permits("register.read", "10.")
    assert not clerk.permits("account.manage", "1.7.")


def test_nobody_can_give_more_than_they_have() -> None:
    lead = VERBS[Role.COMMUNITY_LEAD]
    assert may_grant(lead, Role.CLERK)
    assert not may_grant(lead, Role.ADMINISTRATOR)
    assert not may_grant(VERBS[Role.CLERK], Role.COMMUNITY_LEAD)


def test_passwords_are_judged_by_length_and_guesses_only() -> None:
    assert password_fault("kurz", login="") == "access.password_short"
    assert password_fault("woaini1314", login="") == "access.password_guessable"
    assert password_fault("lihua-at-home", login="lihua") == "access.password_guessable"
    assert password_fault("four quiet rivers", login="lihua") == ""
