"""The codes with which flows say no, and the facts each carries."""

CODES: dict[str, tuple[str, ...]] = {
    "duties.worker_missing": (),
    "duties.building_missing": (),
}
