"""What rounds, questionnaires and answers hold about people, and how it is shown and erased."""

from uuid import UUID

from django.db.models import Q

from wangge.privacy.fields import PersonalField, register_fields
from wangge.privacy.holdings import Holding, register_holding
from wangge.surveys.fields.visits import FIELD_ROLES

ANSWER_ROLES = FIELD_ROLES | {"administrator", "county_lead", "town_lead"}


def register() -> None:
    """Register every field of these tables."""
    _register_rounds()
    _register_questionnaires()
    register_holding(Holding("surveys.Response", "household", "response", describe=_responses, erase=_erase_responses))
    register_holding(
        Holding("surveys.Contradiction", "subject", "response", describe=_contradictions, erase=_erase_contradictions)
    )
    register_holding(Holding("surveys.SpotCheck", "household", "response", describe=_checks, erase=_erase_checks))


def _register_questionnaires() -> None:
    register_fields(
        "surveys.Questionnaire",
        personal={},
        plain=(
            "id", "code", "version", "area", "path", "title", "definition", "digest", "state", "origin", "reports",
            "made_by", "made_at", "changed_at", "published_at", "withdrawn_at",
        ),
    )  # fmt: skip
    said = PersonalField(
        klass="survey", purpose="survey", retention="response", roles=ANSWER_ROLES, merge="event", mask="hidden"
    )
    sensitive = PersonalField(
        klass="health", purpose="survey", retention="response", roles=ANSWER_ROLES, merge="event", mask="hidden"
    )
    helper = PersonalField(
        klass="work", purpose="survey", retention="response", roles=ANSWER_ROLES, merge="event", mask="name"
    )
    register_fields(
        "surveys.Response",
        personal={"answers": said, "sealed": sensitive, "helper": helper},
        plain=(
            "id", "sheet", "round", "campaign", "questionnaire", "household", "resident", "visit", "observer", "source",
            "channel", "path", "grid_path", "day", "at", "received_at", "claim_clamped", "read_aloud", "voided_at",
            "voided_by", "void_reason",
        ),
    )  # fmt: skip


def _register_rounds() -> None:
    register_fields(
        "surveys.SurveyRound",
        personal={},
        plain=(
            "id", "area", "path", "name", "purpose", "basis", "questionnaire", "from_on", "until_on", "deadline",
            "before", "opened_by", "opened_at", "closed_by", "closed_at", "close_note", "final",
        ),
    )  # fmt: skip
    register_fields(
        "surveys.RoundDoor",
        personal={},
        plain=("id", "round", "household", "path", "grid_path", "visit", "state", "at", "revisit_at", "members"),
    )
    register_fields("surveys.RoundCount", personal={}, plain=("id", "round", "path", "state", "doors"))
    register_fields("surveys.RoundHour", personal={}, plain=("id", "round", "path", "hour", "done"))
    note = PersonalField(
        klass="survey", purpose="survey", retention="response", roles=ANSWER_ROLES, merge="event", mask="hidden"
    )
    register_fields(
        "surveys.SpotCheck",
        personal={"note": note},
        plain=(
            "id", "round", "household", "path", "grid_path", "visit", "checker", "drawn_by", "drawn_at", "done_at",
            "done_by", "state", "compared", "equal", "agrees",
        ),
    )  # fmt: skip
    register_fields(
        "surveys.Contradiction",
        personal={"reason": note},
        plain=(
            "id", "round", "household", "subject", "path", "grid_path", "question", "first", "second", "found_at",
            "chosen", "settled_by", "settled_at",
        ),
    )  # fmt: skip

    register_fields(
        "surveys.PaperSheet",
        personal={},
        plain=(
            "id", "batch", "code", "round", "area", "path", "title", "page", "pages", "rows", "forms", "printed_by",
            "printed_at",
        ),
    )  # fmt: skip


def _responses(subject: UUID) -> list[dict[str, object]]:
    """Return what was answered about a subject, sealed answers too, as question and answer in words."""
    from wangge.surveys.answered import said_in_words
    from wangge.surveys.models import Response

    rows = Response.objects.filter(_about(subject)).select_related("questionnaire").order_by("at")
    return [
        {
            "at": row.at,
            "questionnaire": row.questionnaire.code,
            "version": row.questionnaire.version,
            "how": row.source,
            "answers": said_in_words(row),
        }
        for row in rows
    ]


def _about(subject: UUID) -> Q:
    """Of a household what was said about it as a whole; of a resident what was said about them."""
    return Q(household=subject, resident=None) | Q(resident=subject)


def _erase_responses(subject: UUID) -> int:
    from wangge.surveys.models import Response

    return Response.objects.filter(Q(household=subject) | Q(resident=subject)).delete()[0]


def _contradictions(subject: UUID) -> list[dict[str, object]]:
    from wangge.surveys.models import Contradiction

    rows = Contradiction.objects.filter(subject=subject).order_by("found_at")
    return [{"found_at": row.found_at, "question": row.question, "reason": row.reason} for row in rows]


def _erase_contradictions(subject: UUID) -> int:
    from wangge.surveys.models import Contradiction

    return Contradiction.objects.filter(Q(household=subject) | Q(subject=subject)).delete()[0]


def _checks(subject: UUID) -> list[dict[str, object]]:
    from wangge.surveys.models import SpotCheck

    rows = SpotCheck.objects.filter(household=subject).order_by("drawn_at")
    return [{"drawn_at": row.drawn_at, "done_at": row.done_at, "note": row.note} for row in rows]


def _erase_checks(subject: UUID) -> int:
    from wangge.surveys.models import SpotCheck

    return SpotCheck.objects.filter(household=subject).delete()[0]
