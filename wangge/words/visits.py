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
        "text_too_long": _("The remarks are too long: at most 500 characters."),
    }
}
