"""Words of the journal."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "journal.key_reused": _("This form was sent before with other content. What stands was kept. Open the page anew."),
}
