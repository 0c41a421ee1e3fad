"""Words of making an invented town."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "simulate.not_empty": _(
        "There is something here already, and invented people are never put among it. "
        "Set WANGGE_DATA to a new folder and type the command again."
    ),
}
