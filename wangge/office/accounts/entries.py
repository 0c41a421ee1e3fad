"""The menu entries of accounts and approvals."""

from django.utils.translation import pgettext_lazy

from wangge.office.menu import BOTTOM, Entry

ENTRIES = (
    Entry(
        name="accounts",
        label=pgettext_lazy("menu", "Accounts"),
        heading=BOTTOM,
        verb="account.manage",
        icon="team",
        order=60,
        within=(
            "account_add", "account_one", "account_link", "account_deactivate", "account_reactivate",
            "account_drop_factor", "duty_add", "duty_end", "sign_in_cards",
        ),
    ),
    Entry(
        name="approvals",
        label=pgettext_lazy("menu", "Approvals"),
        heading=BOTTOM,
        verb="approval.give",
        icon="s-done",
        order=62,
    ),
)  # fmt: skip
