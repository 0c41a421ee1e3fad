"""Writes of sign-in links and cards. The token is made by the door and never comes here: only its digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from wangge.access import rules
from wangge.access.commands import kinds, subjects
from wangge.access.commands.subjects import Subject
from wangge.access.models import SignInLink
from wangge.access.viewing import Viewer
from wangge.journal.actors import Actor
from wangge.journal.commanding import command
from wangge.journal.recording import record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp


@dataclass(frozen=True, slots=True)
class LinkWanted:
    """A link for an account: the digest of the token that the door has made (``tokens.token_digest``)."""

    account: UUID
    digest: bytes


@dataclass(frozen=True, slots=True)
class LinkMade:
    """A link that now lets its account in once, until it expires."""

    account: UUID
    expires_at: datetime


@command
def make_link(*, stamp: Stamp, actor: Viewer, account: UUID, digest: bytes) -> datetime:
    """Keep the hash of a sign-in token for an account and return when it expires, a day from now."""
    own = account == actor.account_id
    found = subjects.load([account], stamp.day) if own else subjects.managed(actor, [account], stamp.day)
    return _make(stamp, actor, found, [LinkWanted(account, digest)], rules.LINK_LIFE)[0].expires_at


@command
def make_cards(*, stamp: Stamp, actor: Viewer, links: Sequence[LinkWanted]) -> list[LinkMade]:
    """Make links to be printed on cards, each good once within three days; all of them or none, at most 200."""
    if not links:
        raise Refused("access.nobody_chosen")
    if len(links) > rules.CARDS_MOST:
        raise Refused("access.too_many_cards", most=rules.CARDS_MOST)
    found = subjects.managed(actor, [link.account for link in links], stamp.day)
    return _make(stamp, actor, found, links, rules.CARD_LIFE)


@command
def use_link(*, stamp: Stamp, actor: Actor, digest: bytes) -> UUID:
    """Take a sign-in link and return its account; a link works once and until it expires.

    The stamp's key must be new at every call, or the receipt would give the first answer again.
    """
    row = SignInLink.objects.select_for_update(of=("self",)).select_related("account").filter(digest=digest).first()
    if row is None or row.used_at is not None or row.expires_at <= stamp.received_at or not row.account.is_active:
        raise Refused("access.link_dead")
    row.used_at = stamp.received_at
    row.save(update_fields=["used_at"])
    (subject,) = subjects.load([row.account_id], stamp.day)
    subjects.note(stamp, actor, subject.entry(kinds.LINK_USED))
    return row.account_id


def _make(
    stamp: Stamp, actor: Viewer, found: Sequence[Subject], links: Sequence[LinkWanted], life: timedelta
) -> list[LinkMade]:
    if any(not subject.account.is_active for subject in found):
        raise Refused("access.account_inactive")
    expires_at = stamp.received_at + life
    SignInLink.objects.bulk_create(
        SignInLink(digest=link.digest, account_id=link.account, made_by=actor.number, expires_at=expires_at)
        for link in links
    )
    record(stamp=stamp, actor=actor, entries=[subject.entry(kinds.LINK_MADE) for subject in found])
    return [LinkMade(link.account, expires_at) for link in links]
