"""What staging holds about people: sealed rows, found by the resident they became, erased with them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from wangge.flows.import_roster.models import ImportRow, ImportSheet, ImportUpload
from wangge.privacy.fields import PersonalField, register_fields
from wangge.privacy.holdings import Facts, Holding, register_holding

if TYPE_CHECKING:
    from django.db.models import QuerySet

IMPORTERS = frozenset({"administrator", "county_lead", "town_lead", "community_lead", "clerk"})


def register() -> None:
    """Register every column of the staging tables, and how a person's rows are shown and erased."""
    register_fields(
        "imports.Import",
        personal={},
        plain=(
            "id", "area", "account", "file_name", "digest", "profile", "as_of", "state", "mapping", "dropped",
            "reports", "chunks", "total", "done", "staged_at", "ended_at", "profile_version", "chosen", "refusal",
            "attempt", "held_until",
        ),
    )  # fmt: skip
    register_fields(
        "imports.ImportProfile",
        personal={},
        plain=("id", "area", "name", "version", "aliases", "account", "made_at", "retired_at"),
    )
    record = PersonalField(
        klass="record", purpose="register", retention="response", roles=IMPORTERS, merge="fixed", mask="hidden"
    )
    register_fields(
        "imports.ImportRow",
        personal=dict.fromkeys(("sealed", "fingerprint", "codes", "before", "after", "whom", "cells"), record),
        plain=(
            "id", "imported", "sheet", "row", "chunk", "action", "outcome", "state", "household", "resident", "founds",
        ),
    )  # fmt: skip
    register_fields(
        "imports.ImportAsk",
        personal={},
        plain=(
            "id", "imported", "position", "kind", "reason", "waiting", "rows", "candidates", "score", "answer",
            "answered_at", "answered_by", "later", "undo",
        ),
    )  # fmt: skip
    for label in ("imports.ImportUpload", "imports.ImportSheet"):
        names = ("sealed", "samples") if label.endswith("Upload") else ("sealed",)
        plain = ("imported", "stored_at") if label.endswith("Upload") else ("id", "imported", "position", "name")
        register_fields(label, personal=dict.fromkeys(names, record), plain=plain)
    # erased in the reverse order: files are found by the rows about somebody, so the rows go last
    register_holding(Holding("imports.ImportRow", "resident", "response", describe=_describe, erase=_erase))
    register_holding(Holding("imports.ImportUpload", "imported", "response", describe=_nobody, erase=_erase_upload))
    register_holding(Holding("imports.ImportSheet", "imported", "response", describe=_nobody, erase=_erase_sheets))


def _nobody(_subject: UUID) -> Sequence[Facts]:
    """Describe nothing: the rows of the file that are about somebody are described as such."""
    return ()


def _files_with(subject: UUID) -> "QuerySet[ImportRow, UUID]":
    return ImportRow.objects.filter(resident=subject).values_list("imported", flat=True)


def _erase_upload(subject: UUID) -> int:
    """Delete whole files in which somebody stands: a sealed file cannot be emptied by a line."""
    return ImportUpload.objects.filter(imported__in=_files_with(subject)).delete()[0]


def _erase_sheets(subject: UUID) -> int:
    """Delete titles and notes around the rows of somebody; they may name them."""
    return ImportSheet.objects.filter(imported__in=_files_with(subject)).delete()[0]


def _describe(subject: UUID) -> Sequence[Facts]:
    rows = ImportRow.objects.filter(resident=subject).select_related("imported").order_by("id")
    return [
        {
            "file": row.imported.file_name,
            "sheet": row.sheet,
            "row": row.row,
            "outcome": row.outcome,
            "staged_at": row.imported.staged_at,
        }
        for row in rows
    ]


def _erase(subject: UUID) -> int:
    """Empty what was read about a person; the row stays as a count of its file."""
    rows = ImportRow.objects.filter(resident=subject)
    return rows.update(
        resident=None, sealed=None, fingerprint=None, whom=None, before=None, after=None, cells=None, codes=[]
    )
