"""The codes with which an import says no, and the facts each carries."""

CODES: dict[str, tuple[str, ...]] = {
    "imports.file_empty": (),
    "imports.file_too_big": ("limit",),
    "imports.file_unpacks_too_big": ("limit",),
    "imports.file_protected": (),
    "imports.file_has_macros": (),
    "imports.not_a_table": (),
    "imports.too_many_rows": ("limit",),
    "imports.too_many_columns": ("limit",),
    "imports.headings_missing": (),
    "imports.area_not_fitting": ("level",),
    "imports.day_in_future": ("on",),
    "imports.profile_unknown": ("profile",),
    "imports.import_unknown": (),
    "imports.not_staged": ("state",),
    "imports.not_applied": ("state",),
    "imports.ask_unknown": (),
    "imports.ask_answered": ("answer",),
    "imports.answer_unknown": ("answer",),
    "imports.candidate_gone": (),
}
