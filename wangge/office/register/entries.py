"""The menu entry of the register."""

from django.utils.translation import pgettext_lazy

from wangge.office.menu import Entry

ENTRIES = (
    Entry(
        name="register",
        label=pgettext_lazy("menu", "Register"),
        heading="monitoring",
        verb="register.read",
        order=20,
        by_area=True,
        within=(
            "building", "flag_add", "flag_end", "household", "household_add", "household_correct", "household_numbers",
            "households", "resident_add", "resident_correct", "residents", "search",
        ),
    ),
)  # fmt: skip
