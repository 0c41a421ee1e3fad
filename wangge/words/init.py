"""Words of opening a response."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "init.already_done": _("A response is open here already. Nothing was changed."),
}
