"""Words of the comparison of teams and workers."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "comparison.reason_missing": _("Say why teams and workers are to be compared. Everybody sees the reason."),
    "comparison.end_outside": _("The last day is today or one of the next %(days)s days."),
    "comparison.on_already": _("It is on here already. Switch it off first to begin anew."),
    "comparison.off_already": _("It is not on here any more."),
}
