"""Words of visits."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "surveys.household_unknown": _("There is no such door in your areas."),
    "surveys.batch_too_large": _("At most %(limit)s visits at once."),
    "surveys.remarks_too_long": _("The remarks are too long: at most 500 characters."),
    "surveys.revisit_before_visit": _("The time to come again must lie after the visit."),
    "surveys.resident_elsewhere": _("Somebody who was seen is not in the register. Open the page anew."),
    "surveys.visit_unknown": _("There is no such visit in your areas."),
    "surveys.already_voided": _("This visit was taken back already."),
    "surveys.visit_ahead": _("The time of the visit lies in the future."),
    "surveys.reason_missing": _("Say in a few words why the visit is taken back."),
}
LABELS = {
    "surveys.state": {
        "due": pgettext_lazy("door", "not visited"),
        "done": pgettext_lazy("door", "done"),
        "nobody_home": pgettext_lazy("door", "nobody home"),
        "refused": pgettext_lazy("door", "refused"),
        "vacant": pgettext_lazy("door", "vacant"),
        "moved_away": pgettext_lazy("door", "moved away"),
        "gate_locked": pgettext_lazy("door", "gate locked"),
        "revisit": pgettext_lazy("door", "come again"),
    },
    "surveys.kind": {
        "surveys.door_visited": _("Visit"),
        "surveys.visit_voided": _("Visit taken back"),
        "surveys.door_followed": _("Door's state carried along"),
        "surveys.answers_given": _("Questionnaire filled in"),
        "surveys.answers_voided": _("Answers taken back"),
        "surveys.contradiction_settled": _("Contradiction settled"),
        "surveys.contradictions_followed": _("Contradictions carried along"),
        "surveys.register_denies": _("Answer and register disagree"),
        "surveys.checks_drawn": _("Doors drawn for a spot check"),
        "surveys.check_done": _("Spot check"),
        "surveys.sheets_printed": _("Paper sheets printed"),
    },
}
