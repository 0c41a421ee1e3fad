"""The menu entry of questionnaires."""

from django.utils.translation import pgettext_lazy

from wangge.office.menu import Entry

ENTRIES = (
    Entry(
        name="questionnaires",
        label=pgettext_lazy("menu", "Questionnaires"),
        heading="monitoring",
        verb="questionnaire.read",
        icon="file",
        order=60,
        by_area=True,
        within=(
            "questionnaire", "questionnaire_try", "questionnaire_paper", "questionnaire_differences",
            "questionnaire_add", "questionnaire_import", "questionnaire_publish", "questionnaire_withdraw",
            "questionnaire_discard", "questionnaire_edit", "questionnaire_whole", "question_edit", "question_add",
            "question_remove",
        ),
    ),
)  # fmt: skip
