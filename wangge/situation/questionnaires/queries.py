"""How often questionnaires are used."""

from django.db.models import Count

from wangge.surveys.models import SurveyRound


def rounds_of_codes() -> dict[str, int]:
    """Return how many rounds used each questionnaire, by its code: a count, which says nothing of the rounds.

    One statement.
    """
    rows = SurveyRound.objects.filter(questionnaire__isnull=False)
    return dict(rows.values_list("questionnaire__code").annotate(rounds=Count("id")).order_by())
