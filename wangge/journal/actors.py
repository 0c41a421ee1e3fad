"""Who acts: in the journal an account is a number."""

from typing import Protocol
from uuid import UUID

from wangge.journal.models import ActorNumber


class Actor(Protocol):
    """Whoever carries out a command."""

    @property
    def number(self) -> int:
        """The actor's number in the journal of this response."""


def number_of(account: UUID) -> int:
    """Return the account's number, giving it one the first time."""
    row, _ = ActorNumber.objects.get_or_create(account=account)
    return row.number


def accounts_of(numbers: set[int]) -> dict[int, UUID]:
    """Return the accounts behind numbers, as far as their keys have not been erased."""
    rows = ActorNumber.objects.filter(number__in=numbers, account__isnull=False)
    return {row.number: row.account for row in rows if row.account is not None}
