"""What the desk shows of declarations: the form for somebody else, and what was declared beside who is registered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.names import pinyin_of
from wangge.people.models import Resident
from wangge.people.rules.codes import ResidentState
from wangge.privacy.masks import mask_name
from wangge.surveys.answered import answers_of, definition_of
from wangge.surveys.models import Campaign, Response
from wangge.surveys.queries.campaigns import DeclarationDoor, declaration_door
from wangge.surveys.queries.campaigns.answers import declared_rows
from wangge.surveys.rules.answers import member_repeats
from wangge.surveys.rules.campaigns import ANSWERS, VISIT, NameProposal, propose_names
from wangge.surveys.rules.questionnaires import Definition, Member, label, said, walk

OF_ENTRY = ("resident", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDoor:
    """A household whose declaration is written for it: what is asked, of whom, and how they are called here."""

    door: DeclarationDoor
    definition: Definition
    members: tuple[Member, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in words."""

    question: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDeclared:
    """What was declared about one person: the name as it was typed or as the register has it, who that may be."""

    name: str
    resident: UUID | None
    proposal: UUID | None = None
    proposed: str = ""
    exact: bool = False
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One filling of a household: how it came, what was said about all of them and about each."""

    sheet: UUID
    at: datetime
    source: str
    helper: str
    by: str
    stands: bool
    answers: tuple[Answer, ...]
    people: tuple[PersonDeclared, ...]


def form_door(*, viewer: Viewer, campaign: UUID, household: UUID) -> FormDoor:
    """Return a household for the form in which somebody writes for it; refused as unknown where they do not visit.

    Names are masked for those who only visit. Six statements.
    """
    door = declaration_door(viewer=viewer, campaign=campaign, household=household, verb=VISIT)
    asked = Campaign.objects.select_related("questionnaire").get(id=campaign)
    people = _living(viewer, household)
    whole = viewer.permits("register.read", door.path)
    return FormDoor(
        door=door,
        definition=definition_of(asked.questionnaire),
        members=tuple(Member(id=str(row.id), name=row.name, birth_on=row.birth_on, sex=row.sex) for row in people),
        names={str(row.id): row.name if whole else mask_name(row.name) for row in people},
    )


def _living(viewer: Viewer, household: UUID, verb: str = VISIT) -> list[Resident]:
    rows = scoped(Resident, viewer, verb).filter(household=household, state=ResidentState.LIVING)
    return list(rows.order_by("-is_head", "added_at", "id"))


def declared(
    *, viewer: Viewer, campaign: UUID, household: UUID, language: str
) -> tuple[DeclarationDoor, list[Declared]]:
    """Return what a household declared, the latest first, in words; refused as unknown where answers are not read.

    A name that was typed is proposed for a resident of this household; nothing is joined. Six statements.
    """
    door = declaration_door(viewer=viewer, campaign=campaign, household=household, verb=ANSWERS)
    rows = declared_rows(viewer=viewer, campaign=campaign, household=household)
    members = [(row.id, row.name) for row in _living(viewer, household, ANSWERS)]
    sheets: dict[UUID, list[Response]] = {}
    for row in rows:
        sheets.setdefault(row.sheet, []).append(row)
    return door, [_declared(filling, door, members, language) for filling in sheets.values()]


def _declared(
    rows: Sequence[Response], door: DeclarationDoor, members: Sequence[tuple[UUID, str]], language: str
) -> Declared:
    head = next((row for row in rows if row.resident_id is None), rows[0])
    definition = definition_of(head.questionnaire)
    whole = answers_of(head) if head.resident_id is None else {}
    typed = [entry for one in member_repeats(definition) for entry in whole.pop(one.name, None) or ()]
    named = [row for row in rows if row.resident_id is not None]
    known = [
        PersonDeclared(
            name=row.resident.name if row.resident else "",
            resident=row.resident_id,
            answers=_words(definition, answers_of(row), language),
        )
        for row in named
    ]
    taken = {row.resident_id for row in named}
    found = propose_names([_name(entry) for entry in typed], [one for one in members if one[0] not in taken], _sounds)
    return Declared(
        sheet=head.sheet,
        at=head.at,
        source=head.source,
        helper=head.helper,
        by=head.observer.name if head.observer else "",
        stands=head.sheet == door.sheet,
        answers=_words(definition, whole, language),
        people=(*known, *_typed(definition, typed, found, dict(members), language)),
    )


def _typed(
    definition: Definition, entries: Iterable[Mapping[str, Any]], found: Sequence[NameProposal],
    names: Mapping[UUID, str], language: str,
) -> list[PersonDeclared]:  # fmt: skip
    """Return the people whose names were typed, each with the resident who may be meant."""
    return [
        PersonDeclared(
            name=one.typed,
            resident=None,
            proposal=one.resident,
            proposed=names.get(one.resident, "") if one.resident else "",
            exact=one.exact,
            answers=_words(definition, {key: entry[key] for key in entry if key not in OF_ENTRY}, language),
        )
        for entry, one in zip(entries, found, strict=True)
    ]


def _name(entry: Mapping[str, Any]) -> str:
    return str(entry.get("name") or "")


def _sounds(name: str) -> str:
    return pinyin_of(name)[0].lower()


def _words(definition: Definition, answers: Mapping[str, Any], language: str) -> tuple[Answer, ...]:
    """Return answers in the order of the questions, as people read them; what repeats freely stands line by line."""
    found = []
    for one in walk(definition.questions):
        given = answers.get(one.name)
        if given in (None, "", []):
            continue
        if one.type == "repeat":
            rows = [_words(definition, row, language) for row in given]
            lines = ["；".join(f"{each.question} {each.words}" for each in row) for row in rows]
            found.append(Answer(label(one.label, language), "\n".join(lines)))
        else:
            found.append(Answer(label(one.label, language), said(definition, one, given, language)))
    return tuple(found)
