"""Counting persons once a day: a count is news only when (person, day, counter) really is."""

from collections.abc import Sequence
from datetime import date

from wangge.journal import statements
from wangge.journal.counters import COUNTERS, PERSONS
from wangge.journal.counts import Count
from wangge.journal.models import PersonDay
from wangge.journal.statements import PersonDayKey

Counted = list[tuple[Count, date]]


def only_news(dated: Sequence[Counted]) -> Sequence[Counted]:
    """Return the counts without those of persons that change nothing, and remember who was counted.

    The table decides, not a look beforehand: of two transactions that meet the same person one waits for the other
    and finds that it brings no news.
    """
    asked = [(_key(count, day), count.delta > 0) for counts in dated for count, day in counts if _of_person(count)]
    if not asked:
        return dated
    comes = {key for key, more in asked if more}
    goes = {key for key, more in asked if not more}
    fresh = statements.add_person_days(comes)
    if len(fresh) == len(asked):
        return dated
    held = _held(goes - fresh)
    standing = (comes - fresh) | held.keys()
    before = fresh | held.keys()
    kept = [[item for item in counts if _is_news(*item, standing)] for counts in dated]
    _forget(before - standing, held)
    return kept


def _of_person(count: Count) -> bool:
    return COUNTERS[count.counter].kind == PERSONS


def _key(count: Count, day: date) -> PersonDayKey:
    if count.person is None:
        raise ValueError(f"a count of {count.counter} needs its person")
    return count.person, day, count.counter


def _is_news(count: Count, day: date, standing: set[PersonDayKey]) -> bool:
    """Tell whether a count changes anything, and remember it."""
    if not _of_person(count):
        return True
    key = _key(count, day)
    if (count.delta > 0) == (key in standing):
        return False
    if count.delta > 0:
        standing.add(key)
    else:
        standing.discard(key)
    return True


def _held(keys: set[PersonDayKey]) -> dict[PersonDayKey, int]:
    """Return the rows of the keys that are there, locked, by key."""
    if not keys:
        return {}
    persons, days, counters = zip(*keys, strict=True)
    rows = PersonDay.objects.filter(person__in=set(persons), day__in=set(days), counter__in=set(counters))
    found = rows.order_by("person", "day", "counter").select_for_update().values_list("id", "person", "day", "counter")
    return {(person, day, counter): id_ for id_, person, day, counter in found if (person, day, counter) in keys}


def _forget(keys: set[PersonDayKey], held: dict[PersonDayKey, int]) -> None:
    """Delete rows that no longer count; those made a moment ago have to be looked up."""
    if keys:
        ids = held | _held(keys - held.keys())
        PersonDay.objects.filter(id__in=[ids[key] for key in keys]).delete()
