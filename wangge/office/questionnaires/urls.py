"""The addresses of questionnaires."""

from django.urls import path

from wangge.office.questionnaires import acting, editing, excel, making, one, questions, trying
from wangge.office.questionnaires.listed import questionnaires

urlpatterns = [
    path("questionnaires/<int:area_id>", questionnaires, name="questionnaires"),
    path("questionnaires/<int:area_id>/new", making.questionnaire_add, name="questionnaire_add"),
    path("questionnaires/<int:area_id>/import", excel.questionnaire_import, name="questionnaire_import"),
    path("questionnaire/<uuid:questionnaire_id>", one.questionnaire, name="questionnaire"),
    path("questionnaire/<uuid:questionnaire_id>/try", trying.questionnaire_try, name="questionnaire_try"),
    path("questionnaire/<uuid:questionnaire_id>/paper", trying.questionnaire_paper, name="questionnaire_paper"),
    path("questionnaire/<uuid:questionnaire_id>/workbook", excel.questionnaire_workbook, name="questionnaire_workbook"),
    path(
        "questionnaire/<uuid:questionnaire_id>/differences",
        one.questionnaire_differences,
        name="questionnaire_differences",
    ),
    path("questionnaire/<uuid:questionnaire_id>/publish", acting.questionnaire_publish, name="questionnaire_publish"),
    path(
        "questionnaire/<uuid:questionnaire_id>/withdraw", acting.questionnaire_withdraw, name="questionnaire_withdraw"
    ),
    path("questionnaire/<uuid:questionnaire_id>/discard", acting.questionnaire_discard, name="questionnaire_discard"),
    path("questionnaire/<uuid:questionnaire_id>/change", making.questionnaire_change, name="questionnaire_change"),
    path("questionnaire/<uuid:questionnaire_id>/edit", editing.questionnaire_edit, name="questionnaire_edit"),
    path("questionnaire/<uuid:questionnaire_id>/edit/whole", editing.questionnaire_whole, name="questionnaire_whole"),
    path("questionnaire/<uuid:questionnaire_id>/edit/add", questions.question_add, name="question_add"),
    path(
        "questionnaire/<uuid:questionnaire_id>/edit/question/<str:name>", questions.question_edit, name="question_edit"
    ),
    path(
        "questionnaire/<uuid:questionnaire_id>/edit/question/<str:name>/remove",
        editing.question_remove,
        name="question_remove",
    ),
]
