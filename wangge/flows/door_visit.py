"""What somebody brings from a door in one transaction: the visit, the answers, and what they mean for the register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from wangge.access.viewing import Viewer
from wangge.flows.bound_answers import Settling, apply_bound
from wangge.journal.commanding import command
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people import commands as people
from wangge.people.models import Household, Resident
from wangge.people.rules.codes import ResidentState
from wangge.people.rules.wishes import Joiner, NewResident
from wangge.surveys.answered import definition_of
from wangge.surveys.commands import record_responses, record_visits
from wangge.surveys.models import Questionnaire, Response
from wangge.surveys.rules import BATCH_LIMIT, VisitOutcome, VisitSeen
from wangge.surveys.rules.answers import Filling, FillingOutcome, member_repeats

WRITE = "register.write"


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorSeen:
    """What somebody brings from one door: the visit, the answers, or both."""

    visit: VisitSeen | None = None
    filling: Filling | None = None


@dataclass(frozen=True, slots=True)
class DoorRecorded:
    """What became of it: visit, answers, fields written to the register, people added to it, flags raised.

    ``left_open`` are codes of what the answers say and the register did not take; somebody settles it.
    """

    visit: VisitOutcome | None = None
    filling: FillingOutcome | None = None
    written: int = 0
    flags: int = 0
    added: tuple[UUID, ...] = ()
    left_open: tuple[str, ...] = ()


@dataclass(slots=True)
class _Batch:
    stamp: Stamp
    actor: Viewer
    outcomes: dict[UUID, FillingOutcome] = field(default_factory=dict)
    added: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    left: dict[UUID, list[str]] = field(default_factory=dict)


@command
def record_doors(*, stamp: Stamp, actor: Viewer, doors: Sequence[DoorSeen]) -> list[DoorRecorded]:
    """Record visits and answers, one outcome per door in the order given; at most 500 a call.

    People whom the register does not know yet are added to it; bound answers are written to it, unless it says
    otherwise by a later or a firmer entry: that becomes a contradiction. A visit is kept also when its answers are
    turned away.
    """
    if len(doors) > BATCH_LIMIT:
        raise Refused("surveys.batch_too_large", limit=BATCH_LIMIT)
    homes = {one.household for door in doors for one in (door.visit, door.filling) if one is not None}
    # two clerks with one sheet come one after the other
    list(Household.objects.select_for_update().filter(id__in=homes).order_by("id").values_list("id"))
    visits = [door.visit for door in doors if door.visit is not None]
    seen = {one.id: one for one in record_visits(stamp=stamp, actor=actor, visits=visits)} if visits else {}
    batch = _record_answers(stamp, actor, [door.filling for door in doors if door.filling is not None])
    done = apply_bound(
        stamp=stamp, actor=actor, sheets=[id_ for id_, one in batch.outcomes.items() if one.outcome == "applied"]
    )
    return [_recorded(door, seen, batch, done) for door in doors]


def _recorded(
    door: DoorSeen, seen: Mapping[UUID, VisitOutcome], batch: _Batch, done: Mapping[UUID, Settling]
) -> DoorRecorded:
    visit = seen[door.visit.id] if door.visit is not None else None
    if door.filling is None:
        return DoorRecorded(visit)
    id_ = door.filling.id
    settled = done.get(id_, Settling())
    left = (*batch.left.get(id_, ()), *settled.left_open)
    return DoorRecorded(
        visit, batch.outcomes[id_], settled.written, settled.flags, batch.added.get(id_, ()), tuple(dict.fromkeys(left))
    )


def _record_answers(stamp: Stamp, actor: Viewer, fillings: Sequence[Filling]) -> _Batch:
    """Record answers; those that bring somebody new one by one, so that nobody is added whose answers do not fit."""
    batch = _Batch(stamp, actor)
    named = _with_members(fillings)
    with_news = {id_ for id_, (_, news) in named.items() if news}
    plain = [named[one.id][0] for one in fillings if one.id not in with_news]
    for outcome in record_responses(stamp=stamp, actor=actor, fillings=plain) if plain else ():
        batch.outcomes.setdefault(outcome.id, outcome)
    for id_ in with_news:
        _record_with_news(batch, *named[id_])
    return batch


News = list[tuple[str, int, str]]
"""Entries about somebody who is nobody in the register yet: repeat, place in it, name."""


def _with_members(fillings: Sequence[Filling]) -> dict[UUID, tuple[Filling, News]]:
    """Return fillings in which members named by name are known by id, with the names that are left."""
    papers = Questionnaire.objects.in_bulk({one.questionnaire for one in fillings})
    known = set(Response.objects.filter(id__in=[one.id for one in fillings]).values_list("id", flat=True))
    living: dict[UUID, dict[str, list[UUID]]] = {}
    rows = Resident.objects.filter(household__in={one.household for one in fillings}, state=ResidentState.LIVING)
    for home, name, id_ in rows.values_list("household", "name", "id"):
        living.setdefault(home, {}).setdefault(name, []).append(id_)
    found: dict[UUID, tuple[Filling, News]] = {}
    for one in fillings:
        paper = papers.get(one.questionnaire)
        if paper is None or one.id in known:
            found.setdefault(one.id, (one, []))
        else:
            found.setdefault(one.id, _named(one, paper, living.get(one.household, {})))
    return found


def _named(one: Filling, paper: Questionnaire, living: Mapping[str, Sequence[UUID]]) -> tuple[Filling, News]:
    answers: dict[str, Any] = dict(one.answers)
    news: News = []
    for repeat in member_repeats(definition_of(paper)):
        entries = answers.get(repeat.name)
        if not isinstance(entries, list | tuple):
            continue
        told = []
        for place, entry in enumerate(entries):
            name = str(entry.get("name") or "").strip() if isinstance(entry, Mapping) else ""
            if not name or entry.get("resident"):
                told.append(entry)
            elif len(living.get(name, ())) == 1:
                told.append({**entry, "resident": str(living[name][0])})
            else:
                told.append({**entry, "resident": None})
                news.append((repeat.name, place, name))
        answers[repeat.name] = told
    return replace(one, answers=answers), news


def _record_with_news(batch: _Batch, one: Filling, news: News) -> None:
    """Add the people a filling names and record it with them; without them where they cannot be added."""
    try:
        with transaction.atomic():
            joiners = _joiners(one, news)
            people.add_residents(stamp=batch.stamp, actor=batch.actor, residents=joiners)
            known = _known_now(one, news, joiners)
            outcome = record_responses(stamp=batch.stamp, actor=batch.actor, fillings=[known])[0]
            if outcome.outcome != "applied":
                raise _NotTaken(outcome)
        batch.added[one.id] = tuple(joiner.resident.id for joiner in joiners)
    except _NotTaken as turned:
        outcome = turned.outcome
    except Refused as refused:
        batch.left[one.id] = [refused.code]
        outcome = record_responses(stamp=batch.stamp, actor=batch.actor, fillings=[one])[0]
    batch.outcomes[one.id] = outcome


class _NotTaken(Exception):
    """Answers that were turned away: nobody is added for them."""

    def __init__(self, outcome: FillingOutcome) -> None:
        super().__init__(outcome.code)
        self.outcome = outcome


def _joiners(one: Filling, news: News) -> list[Joiner]:
    return [
        Joiner(one.household, NewResident(id=uuid5(one.id, f"{repeat}/{place}"), name=name))
        for repeat, place, name in news
    ]


def _known_now(one: Filling, news: News, joiners: Sequence[Joiner]) -> Filling:
    answers: dict[str, Any] = {**one.answers}
    for (repeat, place, _), joiner in zip(news, joiners, strict=True):
        entries = list(answers[repeat])
        entries[place] = {**entries[place], "resident": str(joiner.resident.id)}
        answers[repeat] = entries
    return replace(one, answers=answers)
