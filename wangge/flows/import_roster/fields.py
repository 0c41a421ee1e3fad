"""What staging holds about people: sealed rows, found by the resident they became, erased with them."""

from collections.abc import Sequence
from uuid import UUID

from wangge.flows.import_roster.models import ImportRow
from wangge.privacy.fields import PersonalField, register_fields
from wangge.privacy.holdings import Facts, Holding, register_holding

IMPORTERS = frozenset({"administrator", "county_lead", "town_lead", "community_lead", "clerk"})


def register() -> None:
    """Register every column of the staging tables, and how a person's rows are shown and erased."""
    register_fields(
        "imports.Import",
        personal={},
        plain=(
            "id", "area", "account", "file_name", "digest", "profile", "as_of", "state", "mapping", "dropped",
            "reports", "chunks", "total", "done", "staged_at", "ended_at",
        ),
    )  # fmt: skip
    record = PersonalField(
        klass="record", purpose="register", retention="response", roles=IMPORTERS, merge="fixed", mask="hidden"
    )
    register_fields(
        "imports.ImportRow",
        personal={"sealed": record, "fingerprint": record, "codes": record, "before": record},
        plain=(
            "id", "imported", "sheet", "row", "chunk", "action", "outcome", "state", "household", "resident", "founds",
        ),
    )  # fmt: skip
    register_fields(
        "imports.ImportAsk",
        personal={},
        plain=(
            "id", "imported", "position", "kind", "reason", "waiting", "rows", "candidates", "score", "answer",
            "answered_at",
        ),
    )  # fmt: skip
    register_holding(Holding("imports.ImportRow", "resident", "response", describe=_describe, erase=_erase))


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
    return rows.update(resident=None, sealed=None, fingerprint=None, before=None, codes=[])
