"""Counting persons once a day: a count is news only when (person, day, counter) really is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from wangge.journal import statements
from wangge.journal.counters import COUNTERS, PERSONS
from wangge.journal.counts import Count
from wangge.journal.models import PersonDay
from wangge.journal.statements import PersonDayKey

Counted = list[tuple[Count, date]]
Held = dict[PersonDayKey, tuple[int, str]]
"""Rows that are there: by key the id, and where the person counts."""


def only_news(dated: Sequence[Counted]) -> Sequence[Counted]:
    """Return the counts without those of persons that change nothing, and remember who was counted and where.

    What is taken back is taken back where it was counted. The table decides, not a look beforehand: of two
    transactions that meet the same person one waits for the other and finds that it brings no news.
    """
    asked = [(_key(count, day), count) for counts in dated for count, day in counts if _of_person(count)]
    if not asked:
        return dated
    comes: dict[PersonDayKey, str] = {}
    for key, count in asked:
        if count.delta > 0:
            comes.setdefault(key, count.path)
    goes = {key for key, count in asked if count.delta < 0}
    fresh = statements.add_person_days(comes)
    if len(fresh) == len(asked):
        return dated
    held = _held(goes - fresh)
    before = {key: comes[key] for key in fresh} | {key: path for key, (_, path) in held.items()}
    standing = dict.fromkeys(comes.keys() - fresh, "") | {key: path for key, (_, path) in held.items()}
    kept = [[item for item in (_news(*one, standing) for one in counts) if item] for counts in dated]
    _forget(before.keys() - standing.keys(), held)
    _move({key: standing[key] for key in before.keys() & standing.keys() if standing[key] != before[key]}, held)
    return kept


def _of_person(count: Count) -> bool:
    return COUNTERS[count.counter].kind == PERSONS


def _key(count: Count, day: date) -> PersonDayKey:
    if count.person is None:
        raise ValueError(f"a count of {count.counter} needs its person")
    return count.person, day, count.counter


def _news(count: Count, day: date, standing: dict[PersonDayKey, str]) -> tuple[Count, date] | None:
    """Return a count that changes anything, taken back where it was counted, and remember it."""
    if not _of_person(count):
        return count, day
    key = _key(count, day)
    if (count.delta > 0) == (key in standing):
        return None
    if count.delta > 0:
        standing[key] = count.path
        return count, day
    return replace(count, path=standing.pop(key)), day


def _held(keys: set[PersonDayKey]) -> Held:
    """Return the rows of the keys that are there, locked, by key."""
    if not keys:
        return {}
    persons, days, counters = zip(*keys, strict=True)
    rows = PersonDay.objects.filter(person__in=set(persons), day__in=set(days), counter__in=set(counters))
    columns = ("id", "path", "person", "day", "counter")
    found = rows.order_by("person", "day", "counter").select_for_update().values_list(*columns)
    return {
        (person, day, counter): (id_, path)
        for id_, path, person, day, counter in found
        if (person, day, counter) in keys
    }


def _forget(keys: set[PersonDayKey], held: Held) -> None:
    """Delete rows that no longer count; those made a moment ago have to be looked up."""
    if keys:
        rows = held | _held(keys - held.keys())
        PersonDay.objects.filter(id__in=[rows[key][0] for key in keys]).delete()


def _move(paths: dict[PersonDayKey, str], held: Held) -> None:
    """Let rows count somewhere else."""
    if paths:
        rows = held | _held(paths.keys() - held.keys())
        for key, path in paths.items():
            PersonDay.objects.filter(id=rows[key][0]).update(path=path)
