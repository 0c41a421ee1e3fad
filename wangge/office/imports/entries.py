"""The menu entry of imports."""

from django.utils.translation import pgettext_lazy

from wangge.office.menu import Entry

ENTRIES = (
    Entry(
        name="imports",
        label=pgettext_lazy("menu", "Imports"),
        heading="monitoring",
        verb="import.apply",
        icon="file",
        order=40,
        by_area=True,
        within=(
            "import_add",
            "import",
            "import_undo",
            "import_rows",
            "import_discard",
            "import_asks",
            "import_profiles",
            "import_profile_rename",
        ),
    ),
)
