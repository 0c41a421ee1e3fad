"""Words of recording visits from a sheet."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "visits.heading_missing": _("The first row must name the columns; the column %(column)s is missing."),
}
LABELS = {
    "visits.problem": {
        "door_unreadable": _("The door cannot be read. Write it as 3-2-501 or 4/12."),
        "door_unknown": _("Nobody is registered behind this door."),
        "door_ambiguous": _(
            "This door stands in several communities. Add a column “area” with the code or name of one."
        ),
        "area_unknown": _("There is no community or grid of this code or name here."),
        "answers_unreadable": _("The answers cannot be read. Write them as one JSON object, or leave the cell empty."),
        "outside_round": _(
            "The round does not hold this day. Correct the time, or record the visit outside the round."
        ),
        "state_unknown": _("There is no such state."),
        "time_unreadable": _("The time cannot be read. Write it as 2020-02-10 14:30."),
        "worker_unknown": _("There is no such worker for this door."),
        "round_asks_nothing": _("The round has no questionnaire, so the answers were not kept."),
        "answers_whose": _(
            "Several households live behind this door. Name a member in the answers, so that they find their household."
        ),
        "answers_not_kept": _(
            "This answer does not fit its question. The visit is kept, the answers are not. Correct the cell and bring "
            "the sheet again."
        ),
        "answers_kept_all_the_same": _("This answer breaks a rule of the questionnaire. It was kept all the same."),
        "question_left_out": _("The questionnaire has no such question; this answer was left out."),
        "text_too_long": _("The remarks are too long: at most 500 characters."),
    }
}
