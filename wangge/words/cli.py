"""Words of the command line."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "cli.not_initialised": _("No response is open in %(folder)s. Type: wangge init"),
    "cli.file_missing": _("There is no file %(file)s."),
    "cli.file_unwritable": _("The file %(file)s cannot be written."),
    "cli.file_empty": _("The file %(file)s is empty."),
    "cli.file_unreadable": _("The file %(file)s is no text in UTF-8 or GB18030."),
    "cli.heading_missing": _("No row of %(file)s holds the heading %(heading)s."),
    "cli.headings_unknown": _(
        "No heading of %(file)s is known. Name the columns: --key-columns HEADING=name,HEADING=number,…"
    ),
    "cli.folder_missing": _("There is no folder %(folder)s. Make it, or write the file elsewhere."),
    "cli.port_taken": _("Port %(port)s is in use. Choose another with --port."),
}
