"""What happened to a household, from its visits and its journal, and who looked at it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from wangge.journal import feed
from wangge.journal.feed import HistoryLine
from wangge.office.register import doors
from wangge.people.queries import HouseholdPage
from wangge.people.rules.origins import origin_name
from wangge.privacy.looks import looks_at
from wangge.situation.inhabitants import names_by_number
from wangge.surveys.queries import VisitLine
from wangge.words import label

LINES_READ = 60
LINES_SHOWN = 20
LOOKS_SHOWN = 12
VISITS = "surveys."
PURPOSES: dict[str, Promise] = {
    "register": gettext_lazy("opened the page"),
    "search": gettext_lazy("searched"),
    "call": gettext_lazy("saw the numbers: to telephone"),
    "check": gettext_lazy("saw the numbers: to check a document"),
    "form": gettext_lazy("saw the numbers: to fill in a form"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened: when, what, who did it, and more words where there are some."""

    at: datetime
    words: str
    who: str
    more: str


@dataclass(frozen=True, slots=True)
class LookWords:
    """One look at the household."""

    at: datetime
    who: str
    words: str


def timeline(home: HouseholdPage, visits: Iterable[VisitLine]) -> list[Moment]:
    """Return what happened to a household, the latest first; two statements beside the visits."""
    lines = [line for line in feed.history(subject=home.id, limit=LINES_READ) if not line.kind.startswith(VISITS)]
    who = names_by_number(line.actor for line in lines)
    people = {str(one.id): one.name for one in (*home.members, *home.former)}
    moments = [_visit(visit) for visit in visits]
    moments += [_line(line, who.get(line.actor, ""), people) for line in lines]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)[:LINES_SHOWN]


def _visit(visit: VisitLine) -> Moment:
    words = doors.words(visit.state)
    if visit.persons_seen:
        seen = ngettext("%(n)d person seen", "%(n)d people seen", visit.persons_seen) % {"n": visit.persons_seen}
        words = _("%(first)s, %(second)s") % {"first": words, "second": seen}
    if visit.voided_at is not None:
        words = _("%(visit)s (taken back: %(reason)s)") % {"visit": words, "reason": visit.void_reason}
    return Moment(visit.at, _("Visit: %(words)s") % {"words": words}, visit.worker, visit.remarks)


def _line(line: HistoryLine, who: str, people: dict[str, str]) -> Moment:
    return Moment(line.at, label("people.kind", line.kind), who, _facts(line.facts, people))


def _facts(facts: dict[str, Any], people: dict[str, str]) -> str:
    """Write whom a line is about, with the reason of a flag or the fields that were corrected."""
    about = people.get(str(facts.get("resident", "")), "")
    if not about and isinstance(facts.get("residents"), list):
        number = len(facts["residents"])
        about = ngettext("%(n)d person", "%(n)d people", number) % {"n": number} if number else ""
    more = ""
    if isinstance(facts.get("fields"), list):
        more = pgettext("in a list", ", ").join(label("people.field", str(field)) for field in facts["fields"])
    elif facts.get("reason"):
        more = label("people.flag", str(facts["reason"]))
        if facts.get("origin"):
            more = _("%(flag)s (%(place)s)") % {"flag": more, "place": origin_name(str(facts["origin"]))}
    return _("%(first)s, %(second)s") % {"first": about, "second": more} if about and more else about or more


def looks_of(household: UUID) -> list[LookWords]:
    """Return who looked at a household, the latest first; two statements."""
    lines = looks_at(household, LOOKS_SHOWN)
    who = names_by_number(line.viewer_number for line in lines)
    return [LookWords(line.at, who.get(line.viewer_number, ""), _purpose(line.purpose)) for line in lines]


def _purpose(purpose: str) -> str:
    code, _sep, said = purpose.partition(": ")
    if code == "other" and said:
        return _("saw the numbers: %(why)s") % {"why": said}
    return str(PURPOSES.get(code, purpose))
