"""Printing pages of doors for a round."""

from collections.abc import Sequence
from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.ids import uuid7
from wangge.kernel.paths import ancestors, contains, upper
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.models import Household
from wangge.people.rules.codes import HouseholdState
from wangge.places.models import Area
from wangge.places.rules import Level
from wangge.places.stillness import hold_still
from wangge.surveys import kinds
from wangge.surveys.models import PaperSheet, RoundDoor, SurveyRound
from wangge.surveys.rules import CLOSED_STATES
from wangge.surveys.rules.answers import RECORD
from wangge.surveys.rules.paper import DOORS_MOST, pages_of, sheet_code

PLACES = (Level.BUILDING.value, Level.STAIRWELL.value)
Door = tuple[UUID, str]


@command
def print_sheets(
    *, stamp: Stamp, actor: Viewer, round: UUID, area: int, open_only: bool = False, forms: bool = False
) -> UUID:
    """Make pages of the doors of a round in an area, a new page for every stairwell; return the batch.

    Row numbers stay what they are for keying, whoever moves afterwards. ``open_only`` leaves out doors that are done.
    Refused outside the round or the actor's reach, where no door is left, and for more than 2,000 doors.
    """
    hold_still()
    row = SurveyRound.objects.filter(id=round).first()
    where = Area.objects.filter(id=area, retired_at=None).first()
    if row is None or where is None or not (contains(row.path, where.path) or contains(where.path, row.path)):
        raise Refused("answers.round_unknown")
    require(actor, RECORD, where.path)
    within = where if contains(row.path, where.path) else Area.objects.get(id=row.area_id)
    doors = _doors(row, within.path, open_only=open_only)
    if not doors:
        raise Refused("answers.no_doors")
    if len(doors) > DOORS_MOST:
        raise Refused("answers.too_many_doors", limit=DOORS_MOST)
    rows = _sheets(stamp, actor, row, within, doors, forms=forms)
    PaperSheet.objects.bulk_create(rows)
    facts = {"round": str(row.id), "batch": str(rows[0].batch), "pages": len(rows), "doors": len(doors)}
    record(stamp=stamp, actor=actor, entries=[Entry(kinds.SHEETS_PRINTED, within.grid_path or within.path, facts)])
    return rows[0].batch


def _doors(row: SurveyRound, path: str, *, open_only: bool) -> list[Door]:
    """Return the doors (household, path) of an area in walking order: by grid, building, stairwell and door."""
    homes = Household.objects.filter(
        path__gte=path, path__lt=upper(path), state=HouseholdState.OPEN, dwelling__isnull=False
    )
    if open_only:
        done = RoundDoor.objects.filter(round=row, state__in=CLOSED_STATES).values("household")
        homes = homes.exclude(id__in=done)
    doors = list(homes.order_by("opened_at", "id").values_list("id", "path"))
    above = {one for _, where in doors for one in ancestors(where)}
    places = Area.objects.filter(path__in=above).values_list("path", "order", "id")
    walked = {where: (order, id_) for where, order, id_ in places}
    return sorted(doors, key=lambda door: [walked.get(one, (0, 0)) for one in ancestors(door[1])])


def _sheets(
    stamp: Stamp, actor: Viewer, row: SurveyRound, within: Area, doors: Sequence[Door], *, forms: bool
) -> list[PaperSheet]:
    batch = uuid7()
    above = {one for _, path in doors for one in ancestors(path)}
    named = {area.path: area for area in Area.objects.filter(path__in=above, level__in=PLACES)}
    parts: dict[str, list[UUID]] = {}
    for id_, path in doors:
        parts.setdefault(_stairwell(path, named) or within.path, []).append(id_)
    cut = [(where, page) for where, homes in parts.items() for page in pages_of(homes)]
    made = []
    for number, (where, homes) in enumerate(cut, start=1):
        id_, area = uuid7(), named.get(where, within)
        made.append(
            PaperSheet(
                id=id_,
                batch=batch,
                code=sheet_code(id_),
                round=row,
                area=area,
                path=area.path,
                title=_title(area, named),
                page=number,
                pages=len(cut),
                rows=[str(home) for home in homes],
                forms=forms,
                printed_by_id=actor.account_id,
                printed_at=stamp.received_at,
            )
        )
    return made


def _stairwell(path: str, named: dict[str, Area]) -> str:
    """Return the path of the stairwell, or of the building, that a door is in; empty for none."""
    return next((one for one in reversed(ancestors(path)) if one in named), "")


def _title(area: Area, named: dict[str, Area]) -> str:
    """Return what a page is called: building and stairwell."""
    return "-".join(named[one].name for one in ancestors(area.path) if one in named) or area.name
