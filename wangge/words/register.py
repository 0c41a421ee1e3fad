"""Words of the flows that write the register."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "register.door_unreadable": _("This door cannot be read. Write it as 3-2-501 or 4/12."),
}
