"""Words of the board: what each number is called, what exactly it counts, and since when."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS = {
    "boards.number": {
        "doors_due": _("Doors due"),
        "doors_done": _("Doors done"),
        "doors_open": _("Doors open"),
        "doors_again": _("Doors to come to again"),
        "doors_refused": _("Doors that refused"),
        "visits": _("Visits at doors"),
        "persons_seen": _("Persons seen"),
        "person_times": _("Persons seen, each time"),
        "residents": _("Residents in the register"),
        "households": _("Households in the register"),
        "last_hour": _("The last hour"),
        "silent": _("Grids without a record"),
        "births_missing": _("Day of birth not known"),
        "unowned": _("Doors without anybody responsible"),
        "doorless": _("Households without a door"),
        "overdue": _("List rows past the deadline"),
        "contradictions_open": _("Statements that do not agree"),
        "flags": _("Priority groups"),
        "forecast": _("Forecast of the round"),
    },
    "boards.means": {
        "doors_due": _(
            "Every household with a door that lives here now. An empty flat and a household without a door are not due."
        ),
        "doors_done": _(
            "Doors whose latest visit of the day found somebody who answered, an empty flat, or that they moved away."
        ),
        "doors_open": _("Doors due less doors done: never knocked at, nobody home, gate locked, come again, refused."),
        "doors_again": _(
            "Doors whose latest visit of the day found nobody home, a locked gate, or another hour agreed."
        ),
        "doors_refused": _("Doors whose latest visit of the day was refused. Somebody has to decide what to do."),
        "visits": _("Every knock at a door that was recorded and not taken back; a door may have several."),
        "persons_seen": _("Residents met at a door, each once a day, however often they were met."),
        "person_times": _("Residents met at doors, counted at each visit. Do not add it to persons seen."),
        "residents": _("Everybody in the register who lives here, also those who are away for a while."),
        "households": _("Households that are open in the register, with or without a door."),
        "last_hour": _(
            "By how much the numbers of today grew within the last 60 to 75 minutes, by the hour they came in."
        ),
        "silent": _("Grids, and communities without grids, from which no visit of the day has come in."),
        "births_missing": _("Residents in the register without a day of birth. Age groups and under-14s miss them."),
        "unowned": _(
            "Doors due for which no active grid worker has a duty: neither for the door nor for an area above."
        ),
        "doorless": _("Households without a dwelling: a boat, a site hut, or an address that could not be read."),
        "overdue": _("Rows of handed-down lists past their deadline that are dealt to this area and not answered."),
        "contradictions_open": _(
            "Two answers about one question that cannot both be, and that nobody has settled yet."
        ),
        "flags": _(
            "Residents who carry a flag of this reason that has not ended; somebody with two flags counts in both."
        ),
        "forecast": _(
            "Reckoned from the pace of the last working hours; the true end lies in the span four times of five."
        ),
    },
    "boards.since": {
        "now": _("as of now"),
        "day": _("since midnight"),
        "hour": _("within the last hour"),
    },
    "boards.unit": {
        "doors": pgettext_lazy("unit", "doors"),
        "persons": pgettext_lazy("unit", "persons"),
        "households": pgettext_lazy("unit", "households"),
        "visits": pgettext_lazy("unit", "visits"),
        "person_times": pgettext_lazy("unit", "person-times"),
        "grids": pgettext_lazy("unit", "grids"),
        "rows": pgettext_lazy("unit", "rows"),
        "questions": pgettext_lazy("unit", "questions"),
    },
}
