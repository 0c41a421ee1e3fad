"""Words of questionnaires."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "questionnaires.unreadable": _("This is no questionnaire that can be read: %(what)s."),
}
