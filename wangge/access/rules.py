"""Who may do what: one table of roles and verbs, and the rules of links and passwords."""

import unicodedata
from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum


class Role(StrEnum):
    """The roles an account can have in an area."""

    ADMINISTRATOR = "administrator"
    COUNTY_LEAD = "county_lead"
    TOWN_LEAD = "town_lead"
    COMMUNITY_LEAD = "community_lead"
    TEAM_LEADER = "team_leader"
    CLERK = "clerk"
    GRID_WORKER = "grid_worker"
    VOLUNTEER = "volunteer"
    GUARD = "guard"
    DOCTOR = "doctor"
    AUDITOR = "auditor"


_WORK = frozenset({"register.read", "register.write", "register.unmask", "flag.write", "visit.read", "visit.record"})
_LEAD = _WORK | {
    "board.read", "duty.deal", "area.manage", "import.apply", "account.manage", "looks.read", "approval.give",
    "register.export",
}  # fmt: skip

VERBS: dict[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: _LEAD | {"journal.verify"},
    Role.COUNTY_LEAD: _LEAD,
    Role.TOWN_LEAD: _LEAD,
    Role.COMMUNITY_LEAD: _LEAD,
    Role.TEAM_LEADER: _WORK | {"board.read", "duty.deal"},
    Role.CLERK: _WORK | {"board.read", "register.export", "import.apply"},
    Role.GRID_WORKER: _WORK,
    Role.VOLUNTEER: frozenset({"visit.read", "visit.record"}),
    Role.GUARD: frozenset(),
    Role.DOCTOR: frozenset({"register.read", "register.unmask", "flag.write", "visit.read"}),
    Role.AUDITOR: frozenset({"board.read", "looks.read", "journal.verify"}),
}

FIELD_ROLES = frozenset({Role.GRID_WORKER, Role.VOLUNTEER, Role.GUARD})
LINK_LIFE = timedelta(hours=24)
IDLE_DESK = timedelta(minutes=15)
SHIFT_FIELD = timedelta(hours=12)

PASSWORD_LEAST, PASSWORD_MOST = 8, 128


def may_grant(own: Collection[str], role: Role) -> bool:
    """Tell whether somebody with these verbs may give the role: never more than they can do themselves."""
    return VERBS[role] <= set(own)


def session_life(roles: Collection[Role]) -> timedelta:
    """Return how long a session lasts: a field shift, or fifteen minutes without a click for everybody else."""
    return SHIFT_FIELD if roles and FIELD_ROLES.issuperset(roles) else IDLE_DESK


def normal_login(text: str) -> str:
    """Return a login the way it is compared: NFKC, lower case, no blanks around it."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def login_fault(login: str) -> str:
    """Return the code of what is wrong with a normal login, empty when it will do."""
    if not 2 <= len(login) <= 40 or not all(sign.isalnum() or sign in "._-@" for sign in login):
        return "access.login_malformed"
    return ""


LOCAL_WORDS = frozenset(
    {
        "woaini1314", "woaini520", "wangge123", "wangge2020", "shequ123", "admin123", "admin888", "zhongguo",
        "wodemima", "mima1234", "mima123456", "a1234567", "abc123456", "qwer1234", "yiqing2020", "fangyi2020",
        "wuhanjiayou", "zhongguojiayou", "5201314520", "1314520520",
    }
)  # fmt: skip


def password_fault(password: str, *, login: str, common: Collection[str] = ()) -> str:
    """Return the code of what is wrong with a password, empty when it will do.

    NIST SP 800-63B: eight signs at least, long ones allowed, no rule which signs; not a word that is tried first.
    """
    plain = unicodedata.normalize("NFKC", password)
    low = plain.casefold()
    if len(plain) < PASSWORD_LEAST:
        return "access.password_short"
    if len(plain) > PASSWORD_MOST:
        return "access.password_long"
    if low in LOCAL_WORDS or low in common or len(set(low)) < 4 or (login and login in low):
        return "access.password_guessable"
    return ""
