"""What was read in a row, sealed as it lies in staging."""

from dataclasses import dataclass, field
from typing import Any

import msgspec

from wangge.flows.import_roster.models import ImportRow
from wangge.flows.import_roster.rows import RosterRow
from wangge.people.rules.codes import ADDRESS_LIMIT, NOTE_LIMIT, PHONE_LIMIT
from wangge.people.rules.wishes import NewResident
from wangge.privacy import vault

SEALED = "imports.ImportRow.sealed"
BEFORE = "imports.ImportRow.before"
FINGERPRINT = "imports.ImportRow.fingerprint"
CELLS = "imports.ImportRow.cells"


@dataclass(frozen=True, slots=True)
class Contents:
    """A person as read, and what the register lacked of it: values by field, telephones."""

    person: RosterRow
    fill: dict[str, str | bool] = field(default_factory=dict)
    phones: tuple[str, ...] = ()


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Contents).decode


def seal_contents(contents: list[Contents]) -> list[bytes]:
    """Return the contents of rows as they are stored."""
    return vault.seal_many(SEALED, [_encode(one) for one in contents])


def contents_of(row: ImportRow) -> Contents | None:
    """Return what was read in a row, None for one that is no person, or whose person was erased."""
    if row.sealed is None:
        return None
    return _decode(vault.unseal_bytes(SEALED, bytes(row.sealed)))


@dataclass(frozen=True, slots=True)
class Before:
    """What a row changed: the values that it replaced, and the resident with telephones to the byte."""

    values: dict[str, str | bool | None]
    picture: dict[str, dict[str, dict[str, Any]]]


def seal_before(before: Before) -> bytes:
    """Return what a row changed as it is stored."""
    return vault.seal_bytes(BEFORE, msgspec.json.encode(before))


def before_of(row: ImportRow) -> Before | None:
    """Return what a row changed, None when it changed nothing."""
    if row.before is None:
        return None
    return msgspec.json.decode(vault.unseal_bytes(BEFORE, bytes(row.before)), type=Before)


def fingerprints_of(people: list[RosterRow | None]) -> list[bytes | None]:
    """Return a keyed index of what each row says about its person; equal rows of one file are counted apart."""
    seen: dict[str, int] = {}
    texts: list[str | None] = []
    for one in people:
        if one is None:
            texts.append(None)
            continue
        birth = one.birth.isoformat() if one.birth else ""
        said = (one.door, one.address, one.name, one.number, one.partial, birth, one.sex, one.relation, *one.phones)
        text = "\x1f".join(said)
        seen[text] = seen.get(text, 0) + 1
        texts.append(f"{text}\x1f{seen[text]}")
    indexes = iter(vault.blind_many(FINGERPRINT, [text for text in texts if text is not None]))
    return [None if text is None else next(indexes) for text in texts]


def new_resident(row: ImportRow, contents: Contents, *, confirmed: bool = False) -> NewResident:
    """Return the person of a row as the register takes it; the matcher has looked at numbers that are doubtful."""
    person = contents.person
    assert row.resident is not None
    return NewResident(
        id=row.resident,
        name=person.name,
        sex=person.sex,
        birth_on=person.birth,
        id_number=person.number,
        id_kind=person.number_kind,
        phones=person.phones[:PHONE_LIMIT],
        relation=person.relation,
        is_head=person.is_head,
        number_confirmed=confirmed or bool(person.number_doubt),
    )


def note_of(people: list[RosterRow]) -> str:
    """Return what is noted about a new household: the remarks of its rows, each once, with whom they stand beside."""
    remarks: dict[str, list[str]] = {}
    for one in people:
        if one.remark:
            remarks.setdefault(one.remark, []).append(one.name)
    if len(people) == 1:
        return "；".join(remarks)[:NOTE_LIMIT]
    return "；".join(f"{'、'.join(names)}：{remark}" for remark, names in remarks.items())[:NOTE_LIMIT]


def address_of(person: RosterRow) -> str:
    """Return how the place of a household without dwelling was written."""
    return person.address[:ADDRESS_LIMIT]
