"""The desk: pages for an office with a keyboard, rendered on the server, quickened by htmx."""
