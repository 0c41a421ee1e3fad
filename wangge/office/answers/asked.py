"""A round's questionnaire on a page: what is drawn, and what of it may be saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language

from wangge.kernel.ids import uuid7
from wangge.kernel.periods import zone_of
from wangge.office.frame import zone
from wangge.office.register.surroundings import link, saw
from wangge.office.viewing import Desk
from wangge.situation import filling
from wangge.situation.answering import Asking, asking_at
from wangge.situation.filling import FillingSeen
from wangge.surveys.rules.answers import SOFT_FAULTS
from wangge.surveys.rules.questionnaires import check_answers

LAST, KEEP = "last", "keep"
NAMES: Mapping[str, str] = {"zh-hans": "简体中文", "zh-hant": "繁體中文", "en": "English"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page shows of a questionnaire; ``answers`` are set when they may be saved.

    ``keepable`` says that what is wrong may stay as it stands on paper, ``begun`` that it shows what was said last.
    """

    drawn: FillingSeen
    status: int = 200
    answers: Mapping[str, Any] | None = None
    keepable: bool = False
    begun: bool = False


def asking_of(request: Desk, round_id: UUID, household: UUID) -> Asking:
    """Return what a round asks at a door; the look at its members is written down."""
    stamp = request.stamp()
    asking = asking_at(
        viewer=request.viewer,
        round=round_id,
        household=household,
        on=stamp.day,
        now=stamp.at.astimezone(zone_of(zone())),
    )
    if request.method != "POST":
        saw(request, [household, *(id_ for id_, _ in asking.door.members)], ["name", "answers"], "survey")
    return asking


def ask(request: Desk, asking: Asking, *, late: bool = False) -> Asked:
    """Draw the questions as they stand, or take what was sent; ``late`` is what was written on paper before."""
    language = language_of(request, asking)
    definition, context, names = asking.definition, asking.context, asking.names
    if request.method != "POST" or request.POST.get("do") == LAST:
        begun = asking.begun() if request.POST.get("do") == LAST else {}
        drawn = filling.draw(definition, begun, context, language=language, names=names)
        return Asked(drawn=drawn, begun=bool(begun))
    sent = filling.read_posted(definition, request.POST, context)
    checked = check_answers(definition, sent.answers, context)
    faults = () if sent.looks else checked.faults
    drawn = filling.draw(definition, sent.answers, context, language=language, names=names, faults=faults, sent=sent)
    if sent.looks:
        return Asked(drawn=drawn)
    soft = late and all(fault.code in SOFT_FAULTS for fault in faults)
    if drawn.more or (faults and not (soft and request.POST.get(KEEP))):
        return Asked(drawn=drawn, status=422, keepable=bool(faults) and soft)
    return Asked(drawn=drawn, answers=sent.answers if faults else checked.answers)


def blank(request: Desk, asking: Asking) -> Asked:
    """Draw the questions without answers, for a door at which nobody answered."""
    language = language_of(request, asking)
    return Asked(drawn=filling.draw(asking.definition, {}, asking.context, language=language, names=asking.names))


def language_of(request: Desk, asking: Asking) -> str:
    """Return the language in which is asked: the one chosen on the page, else the desk's, else the first there is."""
    wanted = request.POST.get("language") or request.GET.get("language") or get_language() or ""
    known = asking.languages
    return wanted if wanted in known else (known[0] if known else "zh-hans")


def languages(request: Desk, asking: Asking) -> list[tuple[str, str, bool]]:
    """Return the languages to choose from: code, name, whether it is the present one."""
    now = language_of(request, asking)
    return [(code, NAMES.get(code, code), code == now) for code in asking.languages]


def identity(request: Desk, name: str) -> UUID:
    """Return the id that was made when the form was first shown."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return uuid7()


def back_from(request: Desk, asking: Asking) -> str:
    """Return where to go afterwards: where the worker came from, else the doors of the round."""
    asked = request.POST.get("back") or request.GET.get("back") or ""
    if asked.startswith(("/areas/", "/sweeps/", "/households/")) and "//" not in asked:
        return asked
    return link("sweep_doors", asking.round.id) or reverse("household", args=[asking.door.household])
