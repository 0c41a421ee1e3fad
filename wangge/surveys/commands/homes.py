"""Households as whoever was at a door names them: after a merge, the one that is left."""

from collections.abc import Iterable
from uuid import UUID

from wangge.journal.among import among
from wangge.people.models import Household


def homes_of(ids: Iterable[UUID]) -> dict[UUID, Household]:
    """Return the households by the id that was asked for, following merges to the household that is left.

    They are locked, so that two visits at one door come one after the other.
    """
    asked = {id_: id_ for id_ in ids}
    found: dict[UUID, Household] = {}
    waiting = set(asked.values())
    while waiting:
        rows = Household.objects.select_for_update(no_key=True).filter(among("id", waiting)).order_by("id")
        found.update((row.id, row) for row in rows)
        waiting = set()
        for id_, now in asked.items():
            row = found.get(now)
            if row is not None and row.merged_into_id is not None:
                asked[id_] = row.merged_into_id
                if row.merged_into_id not in found:
                    waiting.add(row.merged_into_id)
                else:
                    waiting |= _unread(found, row.merged_into_id)
    return {id_: found[now] for id_, now in asked.items() if now in found}


def _unread(found: dict[UUID, Household], id_: UUID) -> set[UUID]:
    """Return the next id on the way of merges that has not been read."""
    while id_ in found:
        onward = found[id_].merged_into_id
        if onward is None:
            return set()
        id_ = onward
    return {id_}
