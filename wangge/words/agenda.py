"""Words of what is due."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "agenda.kind_unknown": _("Nobody does work of the kind %(kind)s."),
    "agenda.not_failed": _("Only work that failed can be tried again; number %(number)s did not."),
    "agenda.broken": _("This work broke off. The details are in the server's log."),
}
