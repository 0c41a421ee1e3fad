"""The menu entry of the register."""

from django.utils.translation import pgettext_lazy

from wangge.office.menu import Entry

ENTRIES = (
    Entry(
        name="register",
        label=pgettext_lazy("menu", "Register"),
        heading="monitoring",
        verb="register.read",
        icon="home",
        order=10,
        by_area=True,
        within=(
            "birth_add", "building", "flag_add", "flag_end", "household", "household_add", "household_correct",
            "household_join", "household_move", "household_numbers", "household_split", "households", "joining_undo",
            "resident_add", "resident_correct", "resident_leave", "resident_reinstate", "residents", "residents_join",
            "residents_move", "search", "stay_add", "stay_end", "what_is_held",
        ),
    ),
)  # fmt: skip
