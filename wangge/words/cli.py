"""Words of the command line."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "cli.not_initialised": _("No response is open in %(folder)s. Type: wangge init"),
    "cli.file_missing": _("There is no file %(file)s."),
    "cli.file_empty": _("The file %(file)s is empty."),
    "cli.file_unreadable": _("The file %(file)s is no text in UTF-8 or GB18030."),
    "cli.folder_missing": _("There is no folder %(folder)s. Make it, or write the file elsewhere."),
    "cli.port_taken": _("Port %(port)s is in use. Choose another with --port."),
}
