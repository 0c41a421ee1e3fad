"""Words of cut-offs."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "cutoffs.profile_unknown": _("There is no set of indicators called %(profile)s."),
    "cutoffs.snapshot_unknown": _("There is no such snapshot in your areas."),
    "cutoffs.area_too_fine": _("Choose a grid, a community or an area above it."),
    "cutoffs.time_missing": _("Say at which hour of that day the report was due."),
    "cutoffs.time_unreadable": _("“%(text)s” is not an hour. Write it as 18:00."),
    "cutoffs.too_many_times": _("At most %(limit)s hours a day."),
    "cutoffs.not_yet": _("This cut-off is still to come. Numbers can be kept once it has passed."),
    "cutoffs.too_long_ago": _(
        "This cut-off was more than %(hours)s hours ago. What stands now is not what stood then, so nothing was kept."
    ),
    "cutoffs.later_taken": _("A later cut-off has been taken already. They are taken in order."),
    "cutoffs.not_a_community": _("Zero reports are made by communities and villages."),
    "cutoffs.day_outside": _("A zero report is about today or one of the last %(days)s days."),
    "cutoffs.not_zero": _("Something was recorded here on that day, so the report is not zero."),
    "cutoffs.zero_unknown": _("There is no such zero report in your areas."),
    "cutoffs.zero_counted": _("A snapshot has counted this zero report already. It stays."),
    "cutoffs.code_unreadable": _("A code has small letters, digits, dots and hyphens, 40 at most."),
    "cutoffs.text_missing": _("Say who asks for this number and what it is used for."),
    "cutoffs.choice_unreadable": _("The field %(field)s cannot take the value “%(value)s”."),
    "cutoffs.prefix_unreadable": _("“%(value)s” does not begin a division code. Write 42 or 420100."),
    "cutoffs.source_missing": _("Choose either reasons of flags or one counter."),
    "cutoffs.counted_elsewhere": _("What is there now and what happens day by day are counted in different ways."),
    "cutoffs.edited_meanwhile": _("Somebody has edited this indicator in the meantime. Open the page anew."),
}
LABELS = {
    "cutoffs.indicator": {
        "returnee.from_wuhan": _("From elsewhere, came from Wuhan"),
        "returnee.from_hubei_other": _("From elsewhere, came from Hubei without Wuhan"),
        "resident.been_to_wuhan": _("From here, has been to Wuhan"),
        "resident.been_to_hubei_other": _("From here, has been to Hubei without Wuhan"),
        "contact.open": _("Close contacts"),
        "resident.staying_in_hubei": _("From here, still in Hubei"),
        "fever.other": _("Others with fever"),
        "register.residents": _("Residents in the register"),
        "register.households": _("Households in the register"),
        "flags.alone_elderly": _("Elderly living alone"),
        "surveys.doors_done": _("Doors done"),
        "surveys.visits": _("Visits at doors"),
        "surveys.person_times": _("Persons met, each time"),
    },
    "cutoffs.set": {
        "liuzhou-01": _("Daily report on priority groups"),
        "register": _("Register and visits"),
    },
    "cutoffs.unit": {
        "persons": pgettext_lazy("unit", "persons"),
        "households": pgettext_lazy("unit", "households"),
        "doors": pgettext_lazy("unit", "doors"),
        "visits": pgettext_lazy("unit", "visits"),
        "person_times": pgettext_lazy("unit", "person-times"),
        "responses": pgettext_lazy("unit", "questionnaires"),
        "contradictions": pgettext_lazy("unit", "contradictions"),
    },
    "cutoffs.kind": {
        "stock": _("what is there now"),
        "flow": _("what has happened so far"),
    },
    "cutoffs.counter": {
        "residents": _("Residents in the register"),
        "households": _("Households in the register"),
        "doors": _("Households with a door"),
        "visits": _("Visits at doors"),
        "person_times": _("Persons met, each time"),
        "declarations": _("Households that declared"),
        "doors_done": _("Doors done"),
        "doors_refused": _("Doors that refused"),
        "doors_again": _("Doors to come to again"),
        "responses": _("Questionnaires filled in"),
        "contradictions_open": _("Contradictions to be settled"),
        "births_missing": _("Residents whose day of birth is not known"),
    },
    "cutoffs.owner": {
        "headquarters": _("headquarters"),
        "civil_affairs": _("civil affairs office"),
    },
    "cutoffs.use": {
        "daily_report": _("daily report to the level above"),
        "coverage": _("seeing who has not been reached"),
        "care": _("help for those who need it"),
    },
    "cutoffs.state": {
        "reported": _("reported"),
        "zero": _("zero report"),
        "silent": _("not reported"),
    },
}
