"""Words of answers, contradictions and spot checks."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "answers.questionnaire_unknown": _("This questionnaire is not in use here. Open the page anew."),
    "answers.resident_elsewhere": _("Somebody who was answered for is not in the register here. Open the page anew."),
    "answers.do_not_fit": _("Some answers do not fit their questions. They are marked."),
    "answers.helper_too_long": _("The helper's name is too long: at most 60 characters."),
    "answers.response_unknown": _("There are no such answers in your areas."),
    "answers.already_voided": _("These answers were taken back already."),
    "answers.reason_missing": _("Say in a few words why."),
    "answers.contradiction_unknown": _("There is no such contradiction in your areas."),
    "answers.already_settled": _("Somebody has settled this already."),
    "answers.round_unknown": _("There is no such survey round in your areas."),
    "answers.round_asks_nothing": _("This survey round has no questionnaire. Record the visit alone."),
    "answers.how_many_missing": _("Say how many doors are to be looked at again."),
    "answers.no_doors": _("There is no door left here to be printed."),
    "answers.too_many_doors": _("More than %(limit)s doors. Choose a smaller area."),
    "answers.sheet_unknown": _("There is no sheet with this code in your areas. Look at the code once more."),
    "answers.row_unknown": _("This sheet has no such row."),
    "answers.check_unknown": _("There is no such spot check in your areas."),
    "answers.check_done": _("Somebody has looked at this door again already."),
    "answers.check_own_door": _("You were at this door yourself. Somebody else has to look again."),
}
LABELS = {
    "answers.source": {
        "door": pgettext_lazy("how answers came", "at the door"),
        "desk": pgettext_lazy("how answers came", "at the desk"),
        "paper": pgettext_lazy("how answers came", "on paper"),
        "self": pgettext_lazy("how answers came", "by themselves"),
        "behalf": pgettext_lazy("how answers came", "written for them"),
        "call": pgettext_lazy("how answers came", "by telephone"),
        "check": pgettext_lazy("how answers came", "at a spot check"),
        "import": pgettext_lazy("how answers came", "from a sheet"),
        "register": pgettext_lazy("how answers came", "in the register"),
    },
    "answers.left_open": {
        "answers.register_not_written": _("You may not write the register here, so it stays as it was."),
        "answers.register_code_unknown": _("The register has no such value, so it stays as it was."),
    },
}
