"""Drafting, publishing and withdrawing versions of questionnaires; a published version is never changed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from uuid import UUID

import msgspec

from wangge.access.viewing import Viewer, require
from wangge.journal.actors import Actor
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.journal.rules import canonical
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area
from wangge.places.stillness import hold_still
from wangge.surveys import kinds
from wangge.surveys.models import Questionnaire
from wangge.surveys.rules.questionnaires import (
    CODE,
    MANAGE,
    Definition,
    Fault,
    Report,
    code_from,
    definition_faults,
    forbidden,
    questions_asked,
    read_definition,
    stored_definition,
)
from wangge.surveys.shipped import shipped
from wangge.surveys.xlsform import open_apart, read_workbook


@dataclass(frozen=True, slots=True)
class Kept:
    """A version that was kept: its id, code and number, its state, and the digest by which the next writer names it."""

    id: UUID
    code: str
    version: int
    state: str
    digest: str


@command
def save_draft(
    *, stamp: Stamp, actor: Viewer, area: int, code: str, definition: dict[str, Any], seen: str = ""
) -> Kept:
    """Keep a questionnaire as the draft of its next version; what is wrong with it is said when it is published.

    ``seen`` is the digest of the draft that the writer saw, empty where there was none: refused when somebody saved in
    between. Refused outside the actor's areas, and for a code that another area has.
    """
    home = _managed(actor, area)
    read = read_definition(definition)
    latest = _latest(home, code)
    draft = latest if latest is not None and latest.state == "draft" else None
    if seen != (bytes(draft.digest).hex() if draft else ""):
        raise Refused("questionnaires.changed_meanwhile")
    row = draft or _next(stamp, home, code, latest, origin="editor")
    row.origin, row.reports = "editor", []
    return _save(stamp, actor, row, read)


@command
def keep_form(
    *,
    stamp: Stamp,
    actor: Viewer,
    area: int,
    code: str,
    definition: dict[str, Any],
    reports: Sequence[Report],
    publish: bool = False,
) -> Kept:
    """Keep a form that was imported as the next version of its code, and publish it if asked and nothing is in the way.

    What is the latest version already is returned as it is. A draft that was imported gives way; one that somebody
    wrote does not: refused until it is published or discarded.
    """
    home = _managed(actor, area)
    read = read_definition(definition)
    latest = _latest(home, code)
    same = latest is not None and latest.state != "withdrawn" and bytes(latest.digest) == digest_of(read)
    if latest is not None and same:
        row, kept = latest, _kept(latest)
    else:
        draft = latest if latest is not None and latest.state == "draft" else None
        if draft is not None and draft.origin != "xlsform":
            raise Refused("questionnaires.draft_open", code=code, version=draft.version)
        row = draft or _next(stamp, home, code, latest, origin="xlsform")
        row.reports = msgspec.to_builtins(list(reports))
        kept = _save(stamp, actor, row, read)
    if publish and row.state == "draft" and not faults_of(read):
        _publish(stamp, actor, row)
        kept = _kept(row)
    return kept


@dataclass(frozen=True, slots=True)
class Imported:
    """A form that was imported: the version that it became, how many questions it asks, what was reported."""

    kept: Kept
    area: int
    questions: int
    reported: tuple[Report, ...]


def import_form(
    *, stamp: Stamp, actor: Viewer, area: int, content: bytes, file_name: str, code: str = "", publish: bool = False
) -> Imported:
    """Read an XLSForm and keep it as the next version of a code: that given, else the form's id, else the file's name.

    With ``publish`` it is published at once when nothing is in the way. Refused as ``open_apart``, ``read_workbook``
    and ``keep_form``; what could not be taken over is reported, and everything else is kept.
    """
    require_managed(actor, area)
    stem = PurePath(file_name).stem
    read = read_workbook(open_apart(content), title=stem or file_name)
    stored = stored_definition(read.definition)
    named = code or code_from(read.form_id) or code_from(stem) or f"form-{digest_of(read.definition).hex()[:8]}"
    kept = keep_form(
        stamp=stamp, actor=actor, area=area, code=named, definition=stored, reports=list(read.reports), publish=publish
    )
    return Imported(kept, area, questions_asked(read.definition), read.reports)


@command
def publish_questionnaire(*, stamp: Stamp, actor: Viewer, questionnaire: UUID) -> int:
    """Publish a draft and return its version; from now on it is not changed.

    Refused while something is wrong with it, or asks what may not be asked.
    """
    row = _own(actor, questionnaire)
    if row.state != "draft":
        raise Refused("questionnaires.no_draft")
    found = faults_of(read_definition(row.definition))
    if found:
        first = found[0]
        raise Refused(
            "questionnaires.not_publishable",
            number=len(found), fault=first.code, question=first.question, column=first.column,
        )  # fmt: skip
    _publish(stamp, actor, row)
    return row.version


@command
def withdraw_questionnaire(*, stamp: Stamp, actor: Viewer, questionnaire: UUID) -> UUID:
    """Withdraw a published version: nothing new begins with it, what runs goes on."""
    row = _own(actor, questionnaire)
    if row.state != "published":
        raise Refused("questionnaires.not_published")
    row.state, row.withdrawn_at = "withdrawn", stamp.received_at
    row.save(update_fields=["state", "withdrawn_at"])
    _note(stamp, actor, kinds.QUESTIONS_WITHDRAWN, row)
    return row.id


@command
def discard_draft(*, stamp: Stamp, actor: Viewer, questionnaire: UUID) -> UUID:
    """Throw a draft away; the versions that were published stay."""
    row = _own(actor, questionnaire)
    if row.state != "draft":
        raise Refused("questionnaires.no_draft")
    _note(stamp, actor, kinds.QUESTIONS_DISCARDED, row)
    row.delete()
    return questionnaire


@command
def keep_shipped(*, stamp: Stamp, actor: Actor, area: int) -> int:
    """Publish the shipped questionnaires in the area of a response, as its own; return how many were new."""
    home = Area.objects.get(id=area)
    known = set(Questionnaire.objects.filter(code__in=shipped()).values_list("code", flat=True))
    new = {code: definition for code, definition in shipped().items() if code not in known}
    rows = [
        Questionnaire(
            id=uuid7(), code=code, version=1, area=home, path=home.path, title=dict(definition.title),
            definition=stored_definition(definition), digest=digest_of(definition), state="published",
            origin="shipped", made_at=stamp.received_at, changed_at=stamp.received_at,
            published_at=stamp.received_at,
        )
        for code, definition in new.items()
    ]  # fmt: skip
    Questionnaire.objects.bulk_create(rows)
    record(stamp=stamp, actor=actor, entries=[_entry(kinds.QUESTIONS_PUBLISHED, row) for row in rows])
    return len(rows)


def faults_of(definition: Definition) -> list[Fault]:
    """Return what keeps a questionnaire from being published: what is wrong with it, and what may not be asked."""
    return [*definition_faults(definition), *forbidden(definition)]


def digest_of(definition: Definition) -> bytes:
    """Return the digest by which equal questionnaires are known."""
    return hashlib.sha256(canonical(stored_definition(definition))).digest()


def _managed(actor: Viewer, area: int) -> Area:
    """Return the area whose questionnaires the actor may change, whose path holds still."""
    hold_still()
    return require_managed(actor, area)


def require_managed(actor: Viewer, area: int) -> Area:
    """Return an area; refused unless the actor may change its questionnaires."""
    home = Area.objects.filter(id=area, retired_at=None).first()
    if home is None:
        raise Refused("access.forbidden")
    require(actor, MANAGE, home.path)
    return home


def _own(actor: Viewer, questionnaire: UUID) -> Questionnaire:
    """Return a questionnaire that the actor manages, locked; refused alike when it is unknown and out of reach."""
    hold_still()
    rows = Questionnaire.objects.select_for_update(of=("self",)).select_related("area")
    row = rows.filter(id=questionnaire).first()
    if row is None or not actor.holds_at(MANAGE, row.path):
        raise Refused("questionnaires.unknown")
    require(actor, MANAGE, row.path)
    return row


def _latest(home: Area, code: str) -> Questionnaire | None:
    """Return the latest version of a code, locked; refused when the code is none, or another area's."""
    if not CODE.match(code):
        raise Refused("questionnaires.code_unfit", code=code[:80])
    row = Questionnaire.objects.select_for_update().filter(code=code).order_by("-version").first()
    if row is not None and row.area_id != home.id:
        raise Refused("questionnaires.code_taken", code=code)
    return row


def _next(stamp: Stamp, home: Area, code: str, latest: Questionnaire | None, *, origin: str) -> Questionnaire:
    return Questionnaire(
        id=uuid7(), code=code, version=latest.version + 1 if latest else 1, area=home, path=home.path, state="draft",
        origin=origin, made_at=stamp.received_at,
    )  # fmt: skip


def _save(stamp: Stamp, actor: Viewer, row: Questionnaire, definition: Definition) -> Kept:
    row.definition, row.title = stored_definition(definition), dict(definition.title)
    row.digest, row.changed_at = digest_of(definition), stamp.received_at
    row.made_by_id = actor.account_id
    row.save()
    _note(stamp, actor, kinds.QUESTIONS_SAVED, row)
    return _kept(row)


def _publish(stamp: Stamp, actor: Viewer, row: Questionnaire) -> None:
    row.state, row.published_at = "published", stamp.received_at
    row.save(update_fields=["state", "published_at"])
    _note(stamp, actor, kinds.QUESTIONS_PUBLISHED, row)


def _kept(row: Questionnaire) -> Kept:
    return Kept(row.id, row.code, row.version, row.state, bytes(row.digest).hex())


def _entry(kind: str, row: Questionnaire) -> Entry:
    questions = questions_asked(read_definition(row.definition))
    facts = {"questionnaire": str(row.id), "code": row.code, "version": row.version, "questions": questions}
    return Entry(kind, row.area.grid_path or row.area.path, facts, subject=row.id)


def _note(stamp: Stamp, actor: Viewer, kind: str, row: Questionnaire) -> None:
    record(stamp=stamp, actor=actor, entries=[_entry(kind, row)])
