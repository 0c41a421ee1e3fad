"""Reads about survey rounds: where they stand, from counts that are kept, so that they cost the same at any size."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum, Value
from django.db.models.functions import StrIndex, Substr

from wangge.access.viewing import Viewer
from wangge.journal import tallies
from wangge.kernel.paths import ancestors, contains, outermost, upper
from wangge.kernel.refused import Refused
from wangge.people.models import Household
from wangge.people.rules.codes import DOORS, HouseholdState
from wangge.places.copies import within
from wangge.places.models import Area
from wangge.places.rules import GRID_RANK
from wangge.surveys.models import Contradiction, Questionnaire, RoundCount, RoundDoor, RoundHour, SurveyRound
from wangge.surveys.rules.rounds import MANAGE, READ_VERBS, Numbers, numbers


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round as lists show it."""

    id: UUID
    name: str
    area: int
    area_name: str
    path: str
    from_on: date
    until_on: date
    deadline: datetime
    closed_at: datetime | None
    due: int
    done: int

    @property
    def open(self) -> int:
        """How many doors are left."""
        return self.due - self.done


@dataclass(frozen=True, slots=True)
class RoundHead:
    """A round as it was ordered; ``manageable`` says whether the viewer may close it."""

    id: UUID
    name: str
    area: int
    area_name: str
    path: str
    purpose: str
    basis: str
    questionnaire: UUID | None
    from_on: date
    until_on: date
    deadline: datetime
    before: UUID | None
    before_name: str
    opened_by: str
    opened_at: datetime
    closed_at: datetime | None
    closed_by: str
    close_note: str
    final: Numbers | None
    manageable: bool

    def holds(self, day: date) -> bool:
        """Tell whether visits of a day belong to the round."""
        return self.from_on <= day < self.until_on


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a round stands in an area; ``series`` holds (hour since 1970, doors done in it), hours with work only."""

    due: int
    done: int
    open: int
    by_state: Mapping[str, int]
    revisit: int
    refused: int
    series: tuple[tuple[int, int], ...]

    def since(self, hour: int) -> int:
        """Return how many doors were done from an hour on."""
        return sum(done for at, done in self.series if at >= hour)


@dataclass(frozen=True, slots=True)
class Below:
    """An area one step below with where a round stands in it."""

    id: int
    name: str
    code: str | None
    level: str
    path: str
    numbers: Numbers


def rounds_in(
    *, viewer: Viewer, path: str, state: str = "", text: str = "", offset: int = 0, limit: int = 50
) -> tuple[list[RoundLine], int]:
    """Return the rounds that touch an area, open ones first and the latest first, and how many; four statements.

    ``state`` is open, closed or empty for all; ``text`` narrows them by name.
    """
    rows = _visible(viewer).filter(_near(path))
    if state:
        rows = rows.filter(closed_at__isnull=state == "open")
    if text.strip():
        rows = rows.filter(name__contains=text.strip())
    part = list(rows.select_related("area").order_by("-closed_at", "-opened_at", "id")[offset : offset + limit])
    part.sort(key=lambda row: row.closed_at is not None)
    return _lines(part), rows.count()


def _lines(rows: list[SurveyRound]) -> list[RoundLine]:
    """Return rounds with their numbers; two statements."""
    counted = RoundCount.objects.filter(round__in=[row.id for row in rows]).order_by()
    by_round: dict[UUID, Counter[str]] = defaultdict(Counter)
    for one, state, doors in counted.values_list("round", "state").annotate(total=Sum("doors")):
        by_round[one][state] = doors
    due = tallies.stock_in(DOORS, [row.path for row in rows if row.closed_at is None])
    lines = []
    for row in rows:
        found = final_of(row) or numbers(due.get(row.path, 0), by_round[row.id])
        lines.append(
            RoundLine(
                row.id, row.name, row.area_id, row.area.name, row.path, row.from_on, row.until_on, row.deadline,
                row.closed_at, found.due, found.done,
            )
        )  # fmt: skip
    return lines


def round_of(*, viewer: Viewer, round: UUID) -> RoundHead:
    """Return a round; refused as unknown unless it touches the viewer's areas. One statement."""
    return _head(viewer, round_row(viewer, round))


def round_named(*, viewer: Viewer, name: str) -> UUID:
    """Return the round of an id or a name; refused as unknown, and as ambiguous where several have the name."""
    rows = _visible(viewer)
    try:
        found = list(rows.filter(id=UUID(name)))
    except ValueError:
        found = list(rows.filter(name=" ".join(name.split())))
    standing = [row for row in found if row.closed_at is None] or found
    if not standing:
        raise Refused("rounds.round_unknown")
    if len(standing) > 1:
        raise Refused("rounds.round_ambiguous", name=name)
    return standing[0].id


@dataclass(frozen=True, slots=True)
class Questions:
    """A questionnaire that a round may ask: its title by language."""

    id: UUID
    code: str
    version: int
    title: Mapping[str, str]


def questions_for(path: str) -> list[Questions]:
    """Return the questionnaires that may be asked at doors of an area, the latest version of each; one statement."""
    rows = Questionnaire.objects.filter(path__in=ancestors(path), state="published").order_by("code", "version")
    found = {row.code: row for row in rows.only("id", "code", "version", "title", "definition")}
    return [
        Questions(row.id, row.code, row.version, row.title)
        for row in found.values()
        if row.definition.get("subject") != "place"
    ]


def questions_named(path: str, name: str) -> UUID:
    """Return the questionnaire of an id or, in its latest published version, of a code that may be used in an area."""
    rows = Questionnaire.objects.filter(path__in=ancestors(path)).order_by("-version")
    try:
        found = rows.filter(id=UUID(name)).first()
    except ValueError:
        named = rows.filter(code=name.strip())
        found = named.filter(state="published").first() or named.first()
    if found is None:
        raise Refused("rounds.questions_unknown")
    return found.id


def round_row(viewer: Viewer, round_id: UUID) -> SurveyRound:
    """Return the row of a round; refused as unknown unless it touches the viewer's areas. One statement."""
    rows = _visible(viewer).select_related("area", "before", "opened_by", "closed_by")
    row = rows.filter(id=round_id).first()
    if row is None:
        raise Refused("rounds.round_unknown")
    return row


def open_rounds_at(*, viewer: Viewer, path: str, day: date | None = None) -> list[RoundHead]:
    """Return the open rounds whose area holds a place, on a day if one is given, the latest first; one statement."""
    if not reads(viewer, path):
        return []
    rows = SurveyRound.objects.filter(path__in=ancestors(path), closed_at=None)
    if day is not None:
        rows = rows.filter(from_on__lte=day, until_on__gt=day)
    shown = rows.select_related("area", "before", "opened_by", "closed_by").order_by("-from_on", "-opened_at", "id")
    return [_head(viewer, row) for row in shown]


def open_round_at(*, viewer: Viewer, path: str, day: date | None = None) -> RoundHead | None:
    """Return the latest open round whose area holds a place, None where there is none; one statement."""
    return next(iter(open_rounds_at(viewer=viewer, path=path, day=day)), None)


def progress(*, viewer: Viewer, round: UUID, path: str) -> Progress:
    """Return where a round stands in an area of it; refused as unknown outside the viewer's areas. Five statements.

    A closed round shows the numbers it was closed with, for its whole area.
    """
    row = _readable(viewer, round, path)
    found = (final_of(row) if path == row.path else None) or numbers_of(row, path)
    series = RoundHour.objects.filter(within("path", [path]), round=row, done__gt=0).order_by("hour")
    by_hour = series.values_list("hour").annotate(total=Sum("done"))
    return Progress(
        due=found.due,
        done=found.done,
        open=found.open,
        by_state=found.by_state,
        revisit=found.revisit,
        refused=found.refused,
        series=tuple((hour, done) for hour, done in by_hour),
    )


def progress_below(*, viewer: Viewer, round: UUID, path: str) -> list[Below]:
    """Return where a round stands in the areas one step below, down to the grid, in their order; four statements."""
    return _below(_readable(viewer, round, path), path)


def _below(row: SurveyRound, path: str) -> list[Below]:
    """Return where a round stands one step below; areas that nobody names are looked through."""
    due = tallies.breakdown(path=path, counters=[DOORS], day=row.from_on, today=row.from_on).below
    segment: Any = Substr("path", 1, Value(len(path)) + StrIndex(Substr("path", len(path) + 1), Value(".")))
    counted = RoundCount.objects.filter(within("path", [path]), round=row).order_by().annotate(child=segment)
    by_child: dict[str, Counter[str]] = defaultdict(Counter)
    for child, state, doors in counted.values_list("child", "state").annotate(total=Sum("doors")):
        by_child[child][state] = doors
    found: list[Below] = []
    for one in Area.objects.filter(parent__path=path, retired_at=None, rank__lte=GRID_RANK).order_by("order", "id"):
        if one.hidden:
            found += _below(row, one.path)
        else:
            shown = numbers(due.get(one.path, {}).get(DOORS, 0), by_child[one.path])
            found.append(Below(one.id, one.name, one.code, one.level, one.path, shown))
    return found


def open_contradictions(*, viewer: Viewer, round: UUID, path: str) -> int:
    """Return how many contradictions of a round nobody has settled; two statements."""
    row = _readable(viewer, round, path)
    return Contradiction.objects.filter(within("path", [path]), round=row, settled_at=None).count()


def numbers_of(row: SurveyRound, path: str) -> Numbers:
    """Count a round in an area as it stands now: from the counts down to the grid, from the doors below it."""
    if Area.objects.filter(path=path, rank__gt=GRID_RANK).exists():
        homes = Household.objects.filter(within("path", [path]), state=HouseholdState.OPEN, dwelling__isnull=False)
        states = RoundDoor.objects.filter(within("path", [path]), round=row).values_list("state", flat=True)
        return numbers(homes.count(), Counter(states))
    due = tallies.stock_in(DOORS, [path]).get(path, 0)
    counted = RoundCount.objects.filter(within("path", [path]), round=row).order_by()
    return numbers(due, dict(counted.values_list("state").annotate(total=Sum("doors"))))


def final_of(row: SurveyRound) -> Numbers | None:
    """Return the numbers that a round was closed with, None while it is open."""
    return numbers(row.final["due"], row.final["by_state"]) if row.final else None


def reads(viewer: Viewer, path: str) -> bool:
    """Tell whether the viewer may see where rounds stand in an area."""
    return any(viewer.permits(verb, path) for verb in READ_VERBS)


def reach(viewer: Viewer, inside: str) -> tuple[str, ...]:
    """Return the outermost areas of the viewer that lie in an area, the area itself where it is in their reach."""
    if reads(viewer, inside):
        return (inside,)
    own = {path for verb in READ_VERBS for path in viewer.reaches(verb)}
    return outermost(path for path in own if contains(inside, path))


def _readable(viewer: Viewer, round_id: UUID, path: str) -> SurveyRound:
    row = round_row(viewer, round_id)
    if not contains(row.path, path) or not reads(viewer, path):
        raise Refused("rounds.round_unknown")
    return row


def _visible(viewer: Viewer) -> QuerySet[SurveyRound]:
    """Return the rounds that touch the viewer's areas: in them or around them."""
    return SurveyRound.objects.filter(_touching(path for verb in READ_VERBS for path in viewer.reaches(verb)))


def _touching(paths: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for path in outermost(paths):
        found |= _near(path)
    return found


def _near(path: str) -> Q:
    return Q(path__gte=path, path__lt=upper(path)) | Q(path__in=ancestors(path))


def _head(viewer: Viewer, row: SurveyRound) -> RoundHead:
    return RoundHead(
        id=row.id,
        name=row.name,
        area=row.area_id,
        area_name=row.area.name,
        path=row.path,
        purpose=row.purpose,
        basis=row.basis,
        questionnaire=row.questionnaire_id,
        from_on=row.from_on,
        until_on=row.until_on,
        deadline=row.deadline,
        before=row.before_id,
        before_name=row.before.name if row.before else "",
        opened_by=row.opened_by.name,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by.name if row.closed_by else "",
        close_note=row.close_note,
        final=final_of(row),
        manageable=viewer.holds_at(MANAGE, row.path),
    )
