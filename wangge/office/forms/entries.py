"""The menu entries of forms and of what was taken out."""

from django.utils.translation import pgettext_lazy

from wangge.office.menu import Entry

ENTRIES = (
    Entry(
        name="forms",
        label=pgettext_lazy("menu", "Forms"),
        heading="reporting",
        verb="register.export",
        order=40,
        by_area=True,
        within=("form", "form_versions", "form_add", "form_edit", "form_discard", "form_retire", "form_export"),
    ),
    Entry(
        name="exports",
        label=pgettext_lazy("menu", "Exports made"),
        heading="reporting",
        verb="register.export",
        order=50,
        by_area=True,
        within=("export", "export_drop"),
    ),
)
