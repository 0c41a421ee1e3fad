"""What handed-down lists hold about people, and how it is shown and erased."""

from uuid import UUID

from wangge.privacy.fields import PersonalField, register_fields
from wangge.privacy.holdings import Holding, register_holding
from wangge.surveys.fields.visits import FIELD_ROLES

LIST_ROLES = FIELD_ROLES | {"administrator", "county_lead", "town_lead", "doctor"}


def register() -> None:
    """Register handed-down lists: what stands in their rows is kept until the list is closed and a month longer."""
    row = PersonalField(
        klass="whereabouts", purpose="list", retention="list", roles=LIST_ROLES, merge="fixed", mask="hidden"
    )
    sheet = PersonalField(
        klass="record", purpose="list", retention="list", roles=LIST_ROLES, merge="fixed", mask="hidden"
    )
    finding = PersonalField(
        klass="survey", purpose="list", retention="list", roles=LIST_ROLES, merge="event", mask="hidden"
    )
    register_fields(
        "surveys.HandedDownList",
        personal={"layout": sheet},
        plain=(
            "id", "area", "path", "name", "source", "basis", "deadline", "as_of", "period_days", "risk_areas",
            "file_name", "digest", "dropped", "reports", "total", "state", "account", "received_at", "ended_at",
        ),
    )  # fmt: skip
    register_fields(
        "surveys.ListEntry",
        personal={"sealed": row, "original": row, "person": row, "differs": row, "codes": row},
        plain=(
            "id", "list", "sheet", "row", "resident", "match", "proposal", "path", "grid_path", "outcome", "found_at",
            "found_by",
        ),
    )  # fmt: skip
    register_fields(
        "surveys.ListFinding",
        personal={"words": finding, "note": finding},
        plain=(
            "id", "entry", "outcome", "by", "grid_path", "day", "at", "received_at", "channel", "along", "stands",
        ),
    )  # fmt: skip
    register_holding(Holding("surveys.HandedDownList", "id", "list", describe=_nothing, erase=_erase_layout))
    register_holding(Holding("surveys.ListEntry", "resident", "list", describe=_entries, erase=_erase_entries))
    register_holding(Holding("surveys.ListFinding", "entry", "list", describe=_findings, erase=_erase_findings))


def _nothing(_subject: UUID) -> list[dict[str, object]]:
    """A list as a whole is about nobody; what its sheet says around the rows goes with the list."""
    return []


def _erase_layout(subject: UUID) -> int:
    from wangge.surveys.models import HandedDownList

    return HandedDownList.objects.filter(id=subject, layout__isnull=False).update(layout=None)


def _entries(subject: UUID) -> list[dict[str, object]]:
    from wangge.surveys.models import ListEntry

    rows = ListEntry.objects.filter(resident=subject).select_related("list").order_by("list__received_at", "row")
    return [
        {
            "list": row.list.name,
            "source": row.list.source,
            "row": row.row,
            "outcome": row.outcome,
            "received_at": row.list.received_at,
        }
        for row in rows
    ]


def _erase_entries(subject: UUID) -> int:
    """Empty the rows about a person and what was noted with them; the rows stay as counts of their lists."""
    from wangge.surveys.commands.lists import empty_entries
    from wangge.surveys.models import ListEntry, ListFinding

    rows = ListEntry.objects.filter(resident=subject)
    ListFinding.objects.filter(entry__in=rows).update(words="", note="")
    return empty_entries(rows)


def _findings(subject: UUID) -> list[dict[str, object]]:
    from wangge.surveys.models import ListFinding

    rows = ListFinding.objects.filter(entry__resident=subject).order_by("at")
    return [{"at": row.at, "outcome": row.outcome, "words": row.words, "note": row.note} for row in rows]


def _erase_findings(subject: UUID) -> int:
    from wangge.surveys.models import ListFinding

    return ListFinding.objects.filter(entry__resident=subject).update(words="", note="")
