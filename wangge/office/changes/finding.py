"""Looking for another household or another person without leaving the question that needs them."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from wangge.office.changes.asking import called
from wangge.office.register.surroundings import door_words, reach_of, saw_list
from wangge.office.viewing import Desk
from wangge.office.wording import age_on
from wangge.people import queries as people
from wangge.people.queries import Hit
from wangge.words import label

LONGEST = 60
MOST = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody, or a household, that was found: what it is called and where it stands."""

    id: UUID
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked for and found; ``asked`` says that somebody has searched."""

    text: str = ""
    asked: bool = False
    choices: tuple[Choice, ...] = ()
    more: bool = False


def find_households(request: Desk, *, without: UUID) -> Finding:
    """Search the households that the viewer may read by the text that was sent, all but one."""
    text, hits, more = _search(request)
    found: dict[UUID, Choice] = {}
    for hit in hits:
        if hit.household != without and hit.state in ("living", "open"):
            found.setdefault(hit.household, Choice(hit.household, door_words(hit.door) or _("no door"), _who(hit)))
    return _found(request, text, list(found.values()), more)


def find_residents(request: Desk, *, without: UUID) -> Finding:
    """Search people by the text that was sent, all but one; a door finds who lives there."""
    text, hits, more = _search(request)
    homes = {hit.household: hit for hit in hits if hit.resident is None}
    found = {hit.resident: _person(request, hit) for hit in hits if hit.resident is not None}
    names = people.member_names(viewer=request.viewer, households=homes)
    for home, members in names.items():
        for id_, name in members:
            found.setdefault(id_, Choice(id_, called(name), _where(homes[home])))
    return _found(request, text, [choice for id_, choice in found.items() if id_ != without], more)


def _search(request: Desk) -> tuple[str, tuple[Hit, ...], bool]:
    text = request.POST.get("q", "").strip()[:LONGEST]
    if not text:
        return "", (), False
    found = people.search(viewer=request.viewer, text=text, limit=2 * MOST)
    return text, found.hits, found.more


def _found(request: Desk, text: str, choices: list[Choice], more: bool) -> Finding:
    if text:
        saw_list(request, "search", reach_of(request.viewer, ""), [choice.id for choice in choices], "search")
    return Finding(text, bool(text) or "find" in request.POST, tuple(choices[:MOST]), more or len(choices) > MOST)


def _who(hit: Hit) -> str:
    return " · ".join(part for part in (called(hit.name), hit.place) if part)


def _where(hit: Hit) -> str:
    return " · ".join(part for part in (door_words(hit.door), hit.place) if part)


def _person(request: Desk, hit: Hit) -> Choice:
    told = [label("people.sex", hit.sex)] if hit.sex else []
    if hit.birth_on is not None:
        told.append(_("%(years)d years old") % {"years": age_on(hit.birth_on, request.stamp().day)})
    if hit.state != "living":
        told.append(label("people.state", hit.state))
    assert hit.resident is not None
    return Choice(hit.resident, called(hit.name), " · ".join([*told, _where(hit)]))
