"""The fillings of a household in a campaign, for whoever may read answers."""

from uuid import UUID

from wangge.access.viewing import Viewer, scoped
from wangge.surveys.models import Response
from wangge.surveys.rules.campaigns import ANSWERS


def declared_rows(*, viewer: Viewer, campaign: UUID, household: UUID) -> list[Response]:
    """Return what a household and its residents declared in a campaign, the latest filling first; one statement."""
    rows = scoped(Response, viewer, ANSWERS, path_field="household__path")
    rows = rows.filter(campaign=campaign, household=household, voided_at=None)
    rows = rows.select_related("questionnaire", "resident", "observer")
    return list(rows.order_by("-at", "sheet", "id"))
