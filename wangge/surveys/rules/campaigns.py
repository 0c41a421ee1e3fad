"""Self-declaration campaigns: codes on paper, tries that are wrong, names that were typed, teams. Pure decisions."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

READ, MANAGE, VISIT, ANSWERS = "campaign.read", "campaign.manage", "visit.record", "answer.read"
DECLARED = "declarations"
NAME_MOST, PURPOSE_MOST, BASIS_MOST, PHONE_MOST, NOTE_MOST, HELPER_MOST = 80, 200, 200, 40, 200, 60
BATCH_LIMIT = 500
DAYS_MOST = 366

# Capitals only, none of which is mistaken for another in print, by hand or on the telephone; ten of twenty: 43 bits.
SIGNS = "ABCDEFGHJKMNPQRTVWXY"
CODE_SIGNS, RECEIPT_SIGNS = 10, 8
CODE_GROUPS, RECEIPT_GROUPS = (3, 4, 3), (4, 4)

TRY_WINDOW = timedelta(hours=1)
TRIES, TRIES_UNDER_ATTACK = 10, 3
ATTACK = 600
"""Wrong codes an hour, from everywhere together, beyond which nobody has more than three tries an hour."""
FILLINGS_A_DAY = 10
"""How often one door may send by itself on one day."""


class Source(StrEnum):
    """Who filled a declaration in: the household, somebody on its behalf, or a clerk on the telephone."""

    SELF = "self"
    BEHALF = "behalf"
    CALL = "call"


class Try(StrEnum):
    """What a team found at a door where nothing was declared; a later visit replaces it."""

    NOBODY_HOME = "nobody_home"
    REFUSED = "refused"


class TeamRole(StrEnum):
    """Who goes along in the evening: one of the property office, one of the community, one of the police."""

    PROPERTY = "property"
    COMMUNITY = "community"
    POLICE = "police"


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignHead:
    """What a campaign is called, what for, on what basis, whom to call, from a day up to but without another."""

    id: UUID
    area: int
    name: str
    purpose: str
    basis: str
    questionnaire: UUID
    telephone: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class NewTeam:
    """A team as it is sent out: the names by role; ``account`` is whose desk or telephone shows its list."""

    id: UUID
    members: tuple[tuple[TeamRole, str], ...]
    account: UUID | None = None


def head_fault(head: CampaignHead, today: date) -> tuple[str, dict[str, object]] | None:
    """Return the code and the facts of what is wrong with a campaign, or nothing."""
    texts = ((head.name, NAME_MOST), (head.purpose, PURPOSE_MOST), (head.basis, BASIS_MOST))
    if not all(text.strip() for text, _ in texts):
        return "campaigns.head_missing", {}
    if not any(sign.isdigit() for sign in head.telephone):
        return "campaigns.telephone_missing", {}
    for text, most in (*texts, (head.telephone, PHONE_MOST)):
        if len(text.strip()) > most:
            return "campaigns.text_too_long", {"limit": most}
    if not timedelta(0) < head.until_on - head.from_on <= timedelta(days=DAYS_MOST) or head.until_on <= today:
        return "campaigns.days_wrong", {}
    return None


def code_of(digest: bytes) -> str:
    """Return the ten letters that a keyed digest gives: the same digest the same letters."""
    return _letters(digest, CODE_SIGNS)


def receipt_of(digest: bytes) -> str:
    """Return the eight letters of a receipt."""
    return _letters(digest, RECEIPT_SIGNS)


def _letters(digest: bytes, number: int) -> str:
    value = int.from_bytes(digest, "big")
    found = []
    for _ in range(number):
        value, place = divmod(value, len(SIGNS))
        found.append(SIGNS[place])
    return "".join(found)


def plain_code(text: str, length: int = CODE_SIGNS) -> str:
    """Return a code as it is compared, empty when it cannot be one; width, case, blanks and hyphens do not matter."""
    signs = [sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum()]
    known = len(signs) == length and all(sign in SIGNS for sign in signs)
    return "".join(signs) if known else ""


def spaced(code: str) -> str:
    """Return a code in groups, as it is read out and typed: ABC DEFG HJK."""
    groups = RECEIPT_GROUPS if len(code) == RECEIPT_SIGNS else CODE_GROUPS
    found, start = [], 0
    for size in groups:
        found.append(code[start : start + size])
        start += size
    return " ".join(found)


def is_barred(own: int, everybody: int) -> bool:
    """Tell whether a client has no more tries: ten wrong codes within the hour, three while somebody guesses widely."""
    return own >= (TRIES_UNDER_ATTACK if everybody >= ATTACK else TRIES)


def says_nothing(answers: Mapping[str, Any]) -> bool:
    """Tell whether nothing is filled in: a row of somebody of the register without an answer says nothing either."""
    for value in answers.values():
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
        if rows and any(told for row in rows for name, told in row.items() if name != "resident"):
            return False
        if not rows and value not in (None, "", []):
            return False
    return True


@dataclass(frozen=True, slots=True)
class NameProposal:
    """A name that somebody typed, and the resident of the household whom it may mean; a clerk decides."""

    typed: str
    resident: UUID | None
    exact: bool


def propose_names(
    typed: Sequence[str], members: Sequence[tuple[UUID, str]], sounds: Callable[[str], str]
) -> list[NameProposal]:
    """Propose for each typed name a resident of its household: of the same name, else of one that sounds alike.

    Nobody is proposed twice, and nobody where two could be meant. ``sounds`` gives a name's reading.
    """
    left = dict(members)
    found: dict[int, NameProposal] = {}
    for exact in (True, False):
        for place, name in enumerate(typed):
            plain = _plain_name(name)
            if place in found or not plain:
                continue
            alike = [id_ for id_, known in left.items() if _alike(plain, _plain_name(known), None if exact else sounds)]
            if len(alike) == 1:
                found[place] = NameProposal(name, alike[0], exact)
                del left[alike[0]]
    return [found.get(place, NameProposal(name, None, False)) for place, name in enumerate(typed)]


def _plain_name(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _alike(first: str, second: str, sounds: Callable[[str], str] | None) -> bool:
    if sounds is None:
        return first == second
    heard = sounds(first)
    return bool(heard) and heard == sounds(second)


def team_fault(teams: Sequence[NewTeam]) -> str:
    """Return the code of what is wrong with teams that are sent out, empty when nothing is."""
    if not teams:
        return "campaigns.team_missing"
    for team in teams:
        named = {role for role, name in team.members if name.strip()}
        if named != set(TeamRole):
            return "campaigns.team_incomplete"
        if any(len(name.strip()) > HELPER_MOST for _, name in team.members):
            return "campaigns.name_too_long"
    return ""
