"""Words of survey rounds."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "rounds.round_unknown": _("There is no such round in your areas."),
    "rounds.round_ambiguous": _("More than one round is called %(name)s. Use the id that was printed when it started."),
    "rounds.name_missing": _("Give the round a name."),
    "rounds.purpose_missing": _("Say what the round is for."),
    "rounds.basis_missing": _("Name the order or notice on which the round rests."),
    "rounds.text_too_long": _("That is too long; at most %(limit)s characters."),
    "rounds.days_reversed": _("The last day lies before the first. Choose the days again."),
    "rounds.too_long": _("A round takes at most %(days)s days. Start another one after it."),
    "rounds.deadline_early": _("The deadline lies before the first day. Choose a later one."),
    "rounds.name_taken": _("This area has a round %(name)s already. Choose another name."),
    "rounds.questions_unknown": _("There is no such questionnaire for this area."),
    "rounds.questions_unpublished": _("This questionnaire is not published. Publish it first, or choose another."),
    "rounds.questions_of_places": _("This questionnaire asks about places. A round asks at households' doors."),
    "rounds.closed_already": _("The round %(name)s is closed already."),
    "rounds.open_already": _("The round %(name)s is open."),
}
LABELS = {
    "rounds.state": {
        "open": pgettext_lazy("round", "under way"),
        "closed": pgettext_lazy("round", "closed"),
        "over": pgettext_lazy("round", "days are over"),
        "ahead": pgettext_lazy("round", "not begun"),
    },
}
