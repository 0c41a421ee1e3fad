"""The menu entry of the own account."""

from django.utils.translation import pgettext_lazy

from wangge.office.menu import ACCOUNT, Entry

ENTRIES = (
    Entry(
        name="own_account",
        label=pgettext_lazy("menu", "My account"),
        heading=ACCOUNT,
        icon="user",
        within=("own_password", "factor_set_up", "recovery_codes", "confirm"),
    ),
)
