"""Who the people of a list are in the register: for certain, perhaps, or not; and in what the two differ."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from wangge.flows.handed_down_list.door import building_of
from wangge.flows.handed_down_list.register import Known, phone_index
from wangge.flows.handed_down_list.sheet import ListRow
from wangge.planning.matching import Found, Subject, match_rows
from wangge.planning.matching.persons import plain_name
from wangge.surveys.rules.lists import Match


@dataclass(frozen=True, slots=True)
class Matched:
    """What a row was found to be; ``repeats`` says that an earlier row of the list is about the same person."""

    match: Match
    known: Known | None = None
    differs: tuple[str, ...] = ()
    repeats: bool = False


def match_list(rows: Sequence[ListRow], doors: Sequence[str], known: Sequence[Known]) -> list[Matched]:
    """Return for each row whom it matches; ``doors`` are the keys of the rows' doors, empty where not certain.

    Certain is a good number together with the name; anything less is asked, nothing is decided.
    """
    subjects = [_subject(row, door) for row, door in zip(rows, doors, strict=True)]
    found = match_rows([one.subject for one in known], subjects)
    answers: list[Matched] = []
    seen: set[object] = set()
    for row, door, subject, result in zip(rows, doors, subjects, found, strict=True):
        earlier = result.same - len(known) if result.same is not None else -1
        if earlier >= 0:
            answers.append(replace(answers[earlier], repeats=True))
            continue
        one, sure = _whom(subject, result, known)
        match = Match.NONE if one is None else Match.EXACT if sure else Match.ASK
        differs = _differs(row, door, subject, one) if one else ()
        answers.append(Matched(match, one, differs, repeats=sure and one is not None and one.resident in seen))
        if sure and one is not None:
            seen.add(one.resident)
    return answers


def _subject(row: ListRow, door: str) -> Subject:
    return Subject(
        name=row.name,
        number="" if row.number_doubt else row.number,
        doubtful=row.number if row.number_doubt else "",
        partial=row.partial,
        birth=row.birth,
        sex=row.sex,
        door=door,
        phones=frozenset(phone_index(phone) for phone in row.phones),
    )


def _whom(subject: Subject, result: Found, known: Sequence[Known]) -> tuple[Known | None, bool]:
    """Return the person in the register whom the matcher found, and whether that is certain."""
    if result.same is not None:
        one = known[result.same]
        same_name = bool(subject.name) and plain_name(subject.name) == plain_name(one.subject.name)
        return one, bool(subject.number) and subject.number == one.subject.number and same_name
    return next((known[at] for at in result.asks if at < len(known)), None), False


def _differs(row: ListRow, door: str, subject: Subject, one: Known) -> tuple[str, ...]:
    """Return in what the list contradicts the register; what one of them does not know is no contradiction."""
    theirs = one.subject
    number, their_number = row.number, theirs.number or theirs.doubtful
    said = {
        "name": bool(row.name and theirs.name) and plain_name(row.name) != plain_name(theirs.name),
        "id_number": bool(number and their_number) and number != their_number,
        "phone": bool(row.phones and one.phones) and not one.phones & {phone_index(phone) for phone in row.phones},
        "address": _elsewhere(row.address, door, one.door),
    }
    return tuple(code for code, holds in said.items() if holds)


def _elsewhere(address: str, door: str, theirs: str) -> bool:
    """Tell whether an address is another place than a door: another door, or numbers that are not of its building."""
    if not address or not theirs:
        return False
    if door:
        return door != theirs
    building = building_of(address)
    if building:
        return building != re.split("[-/]", theirs)[0]
    return any(sign.isdigit() for sign in normalize("NFKC", address))
