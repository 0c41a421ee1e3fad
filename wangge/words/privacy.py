"""Words of keys and of the access log."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "privacy.keys_missing": _(
        "The keys of this installation are not in %(folder)s. Put them back, or set WANGGE_KEYS."
    ),
    "privacy.keys_unreadable": _("The keys in %(folder)s cannot be read. Put them back from where they are kept."),
    "privacy.key_version_unknown": _("A sealed value (%(field)s) was written by a newer Wangge. Install that one."),
    "privacy.value_broken": _("A sealed value (%(field)s) cannot be opened: it was changed, or the keys are others."),
    "privacy.looks_kept_too_short": _("The access log is kept for at least %(least)s days, not %(days)s."),
}
