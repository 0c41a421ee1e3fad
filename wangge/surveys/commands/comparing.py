"""New answers laid beside those that stand: which contradict each other, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from wangge.access.viewing import Viewer
from wangge.kernel.ids import uuid7
from wangge.kernel.stamps import Stamp
from wangge.people.models import Household, Resident
from wangge.surveys.answered import answers_of, definition_of
from wangge.surveys.models import Contradiction, Questionnaire, Response
from wangge.surveys.rules.answers import Compared, Observation, Settled, against, compared

Key = tuple[UUID, str]
"""A subject and what it was asked."""


@dataclass(slots=True)
class Beside:
    """Answers by subject and question, how each question is compared, what is open, and how the rest was settled."""

    observed: dict[Key, list[Observation]] = field(default_factory=lambda: defaultdict(list))
    open: set[Key] = field(default_factory=set)
    settled: dict[Key, Settled] = field(default_factory=dict)


def subject_of(row: Response) -> UUID:
    """Return whom a response is about: the resident, or the household as a whole."""
    return row.resident_id or row.household_id


def home_of(row: Response) -> Household:
    """Return the household at whose door a response's subject is at home today."""
    return row.resident.household if row.resident is not None else row.household


def observations(row: Response, questionnaire: Questionnaire) -> Iterable[tuple[Compared, Observation]]:
    """Yield the answers of a response that are compared."""
    asked = compared(questionnaire.code, definition_of(questionnaire))
    for name, value in answers_of(row).items():
        if name in asked:
            seen = Observation(row.id, row.sheet, row.round_id, row.day, row.at, row.received_at, value)
            yield asked[name], seen


def find_contradictions(stamp: Stamp, rows: Sequence[Response], where: Mapping[UUID, Household]) -> list[Contradiction]:
    """Return the contradictions between new responses, saved or not, and those that stand; ``where`` by subject.

    At most one is open about a subject and a question.
    """
    beside = _beside({subject_of(row) for row in rows})
    found: list[Contradiction] = []
    for row in sorted(rows, key=lambda one: (one.at, one.id.bytes)):
        subject = subject_of(row)
        for how, seen in observations(row, row.questionnaire):
            key = (subject, how.key)
            other = None if key in beside.open else against(how, seen, beside.observed[key], beside.settled.get(key))
            beside.observed[key].append(seen)
            if other is not None:
                beside.open.add(key)
                found.append(_contradiction(stamp, row, where[subject], how.key, other.response))
    return found


def _contradiction(stamp: Stamp, row: Response, home: Household, question: str, first: UUID | None) -> Contradiction:
    return Contradiction(
        id=uuid7(),
        round_id=row.round_id,
        household=home,
        subject=subject_of(row),
        path=home.path,
        grid_path=home.grid_path,
        question=question,
        first_id=first,
        second=row,
        found_at=stamp.received_at,
    )


def _beside(subjects: Collection[UUID]) -> Beside:
    """Return what stands about some subjects, and about the rows that were merged into them."""
    beside = Beside()
    names = _names(subjects)
    about = Q(household__in=names, resident=None) | Q(resident__in=names)
    for row in Response.objects.filter(about, voided_at=None).select_related("questionnaire").order_by("at", "id"):
        for how, seen in observations(row, row.questionnaire):
            beside.observed[names[subject_of(row)], how.key].append(seen)
    for one in Contradiction.objects.filter(subject__in=names).order_by("found_at"):
        key = (names[one.subject], one.question)
        if one.settled_at is None:
            beside.open.add(key)
        else:
            beside.settled[key] = Settled(one.settled_at, one.chosen_id)
    return beside


def _names(subjects: Collection[UUID]) -> dict[UUID, UUID]:
    """Return subjects and what was merged into them, each with the subject it stands for now."""
    names = {id_: id_ for id_ in subjects}
    for table in (Household, Resident):
        merged = table._default_manager.filter(merged_into__in=subjects).values_list("id", "merged_into")
        names |= {gone: kept for gone, kept in merged if kept is not None}
    return names


def register_contradictions(
    stamp: Stamp, rows: Sequence[tuple[Response, str]], where: Mapping[UUID, Household]
) -> list[Contradiction]:
    """Return a contradiction for each bound answer that the register denies, unless one about it is open."""
    keys = {(subject_of(row), question) for row, question in rows}
    taken = set(
        Contradiction.objects.filter(subject__in={subject for subject, _ in keys}, settled_at=None).values_list(
            "subject", "question"
        )
    )
    found = []
    for row, question in rows:
        if (subject_of(row), question) not in taken:
            taken.add((subject_of(row), question))
            found.append(_contradiction(stamp, row, where[subject_of(row)], question, None))
    return found


def close_contradictions(stamp: Stamp, actor: Viewer, voided: Sequence[Response]) -> list[str]:
    """Settle what is open about answers that no longer stand, for the other side; return their tally paths."""
    gone = [row.id for row in voided]
    rows = list(
        Contradiction.objects.select_for_update()
        .filter(Q(first__in=gone) | Q(second__in=gone), settled_at=None)
        .order_by("id")
    )
    for one in rows:
        left = [id_ for id_ in (one.first_id, one.second_id) if id_ is not None and id_ not in gone]
        one.chosen_id = left[0] if left else None
        one.reason = voided[0].void_reason
        one.settled_at, one.settled_by_id = stamp.received_at, actor.account_id
    Contradiction.objects.bulk_update(rows, ["chosen", "reason", "settled_at", "settled_by"])
    return [one.grid_path for one in rows]
