"""The codes with which flows say no, and the facts each carries."""

CODES: dict[str, tuple[str, ...]] = {
    "register.door_unreadable": (),
    "duties.worker_missing": (),
    "duties.building_missing": (),
    "duties.nothing_left": (),
    "visits.heading_missing": ("column",),
    "campaigns.nobody_left": (),
    "campaigns.sent_too_often": (),
    "lists.headings_missing": (),
    "lists.too_many_rows": ("limit",),
    "lists.nobody": (),
    "lists.day_in_future": ("on",),
    "lists.deadline_unreadable": ("given",),
    "lists.list_ambiguous": ("name",),
    "lists.heading_missing": ("column",),
}
