"""The codes with which places say no, and the facts each carries."""

CODES: dict[str, tuple[str, ...]] = {
    "places.already_open": (),
    "places.area_unknown": ("code",),
    "places.code_malformed": ("code",),
    "places.code_taken": ("code",),
    "places.level_order": ("level", "parent_level"),
    "places.level_unknown": ("level",),
    "places.name_missing": (),
    "places.zone_unknown": ("zone",),
}
