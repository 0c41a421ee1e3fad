"""What forms hold about people: the files that were made, sealed, for a day."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from wangge.privacy.fields import PersonalField, register_fields
from wangge.privacy.holdings import Facts, Holding, register_holding
from wangge.privacy.models import Look
from wangge.situation.forms.models import Export
from wangge.situation.forms.rules.exports import ExportState

EXPORTERS = frozenset({"administrator", "county_lead", "town_lead", "community_lead", "clerk"})


def register() -> None:
    """Register every column, and how the files in which a person stands are shown and thrown away."""
    register_fields(
        "forms.ExportProfile",
        personal={},
        plain=(
            "id", "area", "path", "code", "name", "version", "revision", "body", "state", "made_by", "made_at",
            "published_at",
        ),
    )  # fmt: skip
    record = PersonalField(
        klass="record", purpose="register", retention="response", roles=EXPORTERS, merge="fixed", mask="hidden"
    )
    register_fields(
        "forms.Export",
        personal={"sealed": record},
        plain=(
            "id", "area", "path", "account", "made_by", "profile", "profile_name", "version", "body", "mark",
            "purpose", "kind", "masked", "on", "people", "rows", "done", "state", "failed", "made_at", "until_at",
        ),
    )  # fmt: skip
    register_holding(Holding("forms.Export", "id", "response", describe=_describe, erase=_erase))


def _files_with(subject: UUID) -> QuerySet[Export]:
    """Return the kept files in which somebody stands: whoever made one has a look at them of that moment."""
    look = Look.objects.filter(subject=subject, viewer_number=OuterRef("made_by"), at=OuterRef("made_at"))
    return Export.objects.filter(Exists(look), sealed__isnull=False)


def _describe(subject: UUID) -> Sequence[Facts]:
    return [
        {"form": row.profile_name, "purpose": row.purpose, "made_at": row.made_at, "until_at": row.until_at}
        for row in _files_with(subject).order_by("made_at")
    ]


def _erase(subject: UUID) -> int:
    """Throw away every kept file in which the person stands; that it was made stays, as a count."""
    ids = list(_files_with(subject).values_list("id", flat=True))
    return Export.objects.filter(id__in=ids).update(sealed=None, state=ExportState.GONE)
