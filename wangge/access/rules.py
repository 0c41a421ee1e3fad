"""Who may do what: one table of roles and verbs, and the rules of links and passwords."""

import unicodedata
from collections.abc import Collection, Iterable
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


_WORK = frozenset(
    {
        "register.read", "register.write", "register.unmask", "flag.write", "visit.read", "visit.record",
        "list.answer", "answer.read",
    }
)  # fmt: skip
_LEAD = _WORK | {
    "board.read", "duty.deal", "area.manage", "import.apply", "account.manage", "looks.read", "approval.give",
    "register.export", "cutoff.take", "cutoff.manage", "form.manage", "list.read", "list.manage", "round.manage",
    "answer.settle", "questionnaire.read", "questionnaire.manage", "campaign.read", "campaign.manage", "map.manage",
}  # fmt: skip

VERBS: dict[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: _LEAD | {"journal.verify"},
    Role.COUNTY_LEAD: _LEAD,
    Role.TOWN_LEAD: _LEAD,
    Role.COMMUNITY_LEAD: _LEAD,
    Role.TEAM_LEADER: _WORK | {
        "board.read", "duty.deal", "cutoff.take", "round.manage", "answer.settle", "questionnaire.read",
        "campaign.read",
    },
    Role.CLERK: _WORK | {
        "board.read", "register.export", "import.apply", "cutoff.take", "list.read", "list.manage", "answer.settle",
        "questionnaire.read", "campaign.read", "campaign.manage", "map.manage",
    },
    Role.GRID_WORKER: _WORK,
    Role.VOLUNTEER: frozenset({"visit.read", "visit.record"}),
    Role.GUARD: frozenset(),
    Role.DOCTOR: frozenset(
        {"register.read", "register.unmask", "flag.write", "visit.read", "list.read", "answer.read"}
    ),
    Role.AUDITOR: frozenset({"board.read", "looks.read", "journal.verify", "questionnaire.read"}),
}  # fmt: skip

SECOND_FACTOR_VERBS = frozenset(
    {
        "account.manage", "area.manage", "duty.deal", "register.export", "import.apply", "approval.give",
        "journal.verify", "looks.read", "cutoff.manage", "form.manage", "list.manage",
        "round.manage", "questionnaire.manage", "campaign.manage", "map.manage",
    }
)  # fmt: skip
"""Command, export and administration: on the desk these need a second proof of who it is."""

FIELD_ROLES = frozenset({Role.GRID_WORKER, Role.VOLUNTEER, Role.GUARD})
LINK_LIFE = timedelta(hours=24)
# A card is printed on Friday and handed out on Monday.
CARD_LIFE = timedelta(hours=72)
CARDS_MOST = 200
IDLE_DESK = timedelta(minutes=15)
SHIFT_FIELD = timedelta(hours=12)

PASSWORD_LEAST, PASSWORD_MOST = 8, 128
# A password may not hold the login, unless that is so short that it stands in many words.
LOGIN_TELLS = 4
FACTOR_TRIES = 5
FACTOR_PAUSE = timedelta(minutes=15)
RECOVERY_CODES = 10
PURPOSE_MOST = 200
NAME_MOST = 60


def may_grant(own: Collection[str], role: Role) -> bool:
    """Tell whether somebody with these verbs may give the role: never more than they can do themselves."""
    return VERBS[role] <= set(own)


def session_life(roles: Collection[Role]) -> timedelta:
    """Return how long a session lasts: a field shift, or fifteen minutes without a click for everybody else."""
    return SHIFT_FIELD if roles and FIELD_ROLES.issuperset(roles) else IDLE_DESK


def needs_second_factor(verbs: Iterable[str]) -> bool:
    """Tell whether one of the verbs needs a second proof of who it is."""
    return not SECOND_FACTOR_VERBS.isdisjoint(verbs)


def factor_locked(failures: int, since_last: timedelta | None) -> bool:
    """Tell whether one-time codes are not looked at now: after five wrong ones, for a quarter of an hour."""
    return failures >= FACTOR_TRIES and since_last is not None and since_last < FACTOR_PAUSE


def failures_after(failures: int, since_last: timedelta | None) -> int:
    """Return the count of wrong codes after one more; those older than a quarter of an hour are forgotten."""
    return 1 if since_last is None or since_last >= FACTOR_PAUSE else failures + 1


def purpose_key(purpose: str) -> str:
    """Return a purpose as two people's wordings of it are compared: width, case and blanks make no difference."""
    return "".join(unicodedata.normalize("NFKC", purpose).casefold().split())


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


def password_fault(password: str, *, login: str, common: Collection[str] = (), words: Iterable[str] = ()) -> str:
    """Return the code of what is wrong with a password, empty when it will do.

    NIST SP 800-63B, 5.1.1.2: eight signs at least, long ones allowed, no rule which signs; not one that is tried
    first, and not a word of this work or of the person with nothing but digits and signs around it.
    """
    low = unicodedata.normalize("NFKC", password).casefold()
    if len(low) < PASSWORD_LEAST:
        return "access.password_short"
    if len(low) > PASSWORD_MOST:
        return "access.password_long"
    core = low.strip("0123456789 .,_-+*#@!?/\\$%&()=~^:;")
    local = {word.casefold() for word in words} - {""}
    if low in LOCAL_WORDS or low in common or core in local or (core != low and core in common) or len(set(low)) < 4:
        return "access.password_guessable"
    return "access.password_guessable" if len(login) >= LOGIN_TELLS and login in low else ""
