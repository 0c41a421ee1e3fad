"""Sentences about what happened, for people; they name areas and lists, never a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.office import wording
from wangge.situation.board import Change

SENTENCES: dict[str, str | Promise] = {
    "area_finished": _("All %(number)s doors are done"),
    "building_finished": _("%(building)s is done, %(number)s doors"),
    "stairwell_finished": _("%(building)s stairwell %(name)s is done, %(number)s doors"),
    "list_opened": _("List “%(name)s” handed down, %(number)s rows"),
    "list_closed": _("List “%(name)s” closed"),
    "duties_given": _("Duties given: %(number)s"),
    "import_applied": _("An import brought in or changed %(number)s rows"),
    "round_started": _("Round “%(name)s” began"),
    "round_closed": _("Round “%(name)s” was closed"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened: when (None: some time in the last hour), where, and the sentence."""

    at: datetime | None
    where: str
    words: str


def told(changes: Sequence[Change]) -> list[Told]:
    """Return the sentences, in the order given."""
    return [_told(change) for change in changes]


def _told(change: Change) -> Told:
    building = ""
    where = change.area.name if change.area else ""
    if change.area and change.area.level == "building":
        building, where = wording.building(change.area.name, change.area.kind), ""
    facts = {"building": building, "number": wording.number(change.number), "name": change.name}
    return Told(change.at, where, str(SENTENCES[change.code]) % facts)
