"""The codes with which flows say no, and the facts each carries."""

CODES: dict[str, tuple[str, ...]] = {
    "register.door_unreadable": (),
    "duties.worker_missing": (),
    "duties.building_missing": (),
    "visits.heading_missing": ("column",),
}
