"""The codes with which the command line says no, and the facts each carries."""

CODES: dict[str, tuple[str, ...]] = {
    "init.already_done": (),
    "simulate.not_empty": (),
    "cli.not_initialised": ("folder",),
    "cli.file_missing": ("file",),
    "cli.file_unwritable": ("file",),
    "cli.file_empty": ("file",),
    "cli.file_unreadable": ("file",),
    "cli.port_taken": ("port",),
    "cli.heading_missing": ("file", "heading"),
    "cli.headings_unknown": ("file",),
    "cli.folder_missing": ("folder",),
}
