"""The codes with which surveys say no, and the facts each carries."""

CODES: dict[str, tuple[str, ...]] = {
    "surveys.household_unknown": (),
    "surveys.batch_too_large": ("limit",),
    "surveys.remarks_too_long": (),
    "surveys.revisit_before_visit": (),
    "surveys.resident_elsewhere": (),
    "surveys.visit_unknown": (),
    "surveys.already_voided": (),
    "surveys.visit_ahead": (),
    "surveys.reason_missing": (),
}
