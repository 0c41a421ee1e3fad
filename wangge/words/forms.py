"""Words of forms: fields, reasons, states, and what keeps a form from being used or taken out."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "forms.profile_unknown": _("There is no form %(profile)s in use here. Choose one of the list of forms."),
    "forms.version_unknown": _("There is no version %(version)s of this form here."),
    "forms.code_unfit": _("A code is 3 to 40 small letters, digits and hyphens, such as returnees-weekly."),
    "forms.code_taken": _("There is a form %(profile)s here already. Choose another code, or change that one."),
    "forms.name_missing": _("Give the form a name of at most 60 characters."),
    "forms.body_unreadable": _("This cannot be read as a form. Nothing was kept."),
    "forms.no_draft": _("Nothing of this form is being written here. Change it first, then publish it."),
    "forms.changed_meanwhile": _(
        "Somebody else has saved this form in the meantime. What you typed is still here; look at theirs in a new"
        " window before you save again."
    ),
    "forms.not_own": _("This area has no version of its own of this form."),
    "forms.grain_unknown": _("A form cannot have rows about “%(what)s”."),
    "forms.title_missing": _("The form has no title. Write one."),
    "forms.sheet_name_unfit": _(
        "The sheet cannot be named “%(what)s”: at most 31 characters, without [ ] : * ? / and \\."
    ),
    "forms.matrix_unfit": _("A building's sheet has no columns of its own. Take them out."),
    "forms.columns_missing": _("The form has no column. Add one."),
    "forms.columns_too_many": _("A form has at most %(what)s columns. Take some out."),
    "forms.header_rows_unfit": _("A form has one to four rows of headings, not %(what)s."),
    "forms.sort_unknown": _("Rows cannot be sorted by “%(what)s”."),
    "forms.flag_unknown": _("There is no flag “%(what)s”. Take it out."),
    "forms.flags_unfit": _("Only a form of people can be narrowed to those with a flag."),
    "forms.heading_twice": _("The heading “%(what)s” stands twice. Change one of them."),
    "forms.heading_missing": _("Column %(column)s has no heading. Write one, or take the column out."),
    "forms.heading_deep": _(
        "Column %(column)s (%(heading)s) has more headings above each other than the form has rows for them (%(what)s)."
        " Give the form more rows, or the column fewer headings."
    ),
    "forms.field_unknown": _(
        "Column %(column)s (%(heading)s) asks for “%(what)s”, which the register does not hold. Choose another field,"
        " or take the column out."
    ),
    "forms.field_other_grain": _(
        "Column %(column)s (%(heading)s) asks for “%(what)s”, which rows of this kind do not have. Choose another"
        " field."
    ),
    "forms.parts_missing": _("Column %(column)s (%(heading)s) names no field to put together. Name at least one."),
    "forms.mask_unknown": _("Column %(column)s (%(heading)s) has no mask “%(what)s”. Choose one of the list."),
    "forms.width_unfit": _("Column %(column)s (%(heading)s) can be at most %(what)s signs wide."),
    "forms.indicator_unknown": _(
        "Column %(column)s (%(heading)s) counts “%(what)s”, which nobody has defined. Choose another number."
    ),
    "forms.kind_unknown": _("A form becomes .xlsx, .csv or .pdf, not .%(kind)s."),
    "forms.day_in_future": _("This day lies in the future."),
    "forms.day_over": _(
        "The register knows how things stand today, not how they stood. Only forms of numbers can be made for a day"
        " that is over."
    ),
    "forms.too_many_rows": _(
        "This form would have %(rows)s rows; at most %(most)s leave at once. Choose a smaller area."
    ),
    "forms.paper_too_long": _(
        "%(rows)s rows are too many for paper (at most %(most)s). Choose Excel, or a smaller area."
    ),
    "forms.too_many_buildings": _("At most %(most)s buildings stand in one file. Choose a smaller area."),
    "forms.no_building": _("There is no building here. Choose a building, a grid or a community with buildings."),
    "forms.export_unknown": _("There is no such export of yours."),
    "forms.export_not_ready": _("This export is still being made. Wait a little."),
    "forms.export_gone": _("This file was kept for a day and is deleted. Make the export anew."),
    "forms.export_broken": _(
        "This export could not be made; nothing of it is kept. Try once more, then tell whoever runs the server."
    ),
}
LABELS = {
    "forms.field": {
        "resident.name": pgettext_lazy("person", "Name"),
        "resident.sex": _("Sex"),
        "resident.age": _("Age"),
        "resident.birth_date": _("Date of birth"),
        "resident.identity_number": _("Document number"),
        "resident.phone": _("Telephone"),
        "resident.address": _("Community and door"),
        "resident.presence": _("Presence"),
        "resident.flags": _("Flags"),
        "resident.flags_until": _("Last day of the flags"),
        "travel_history.region": _("Came from"),
        "travel_history.arrived_on": _("Day of arrival"),
        "household.relation_to_head": _("Relation to head"),
        "household.door": _("Door"),
        "household.stairwell": _("Stairwell"),
        "household.room": _("Room"),
        "household.people_count": _("People in the household"),
        "household.head_name": _("Name of the head"),
        "household.head_identity_number": _("Document number of the head"),
        "household.head_phone": _("Telephone of the head"),
        "household.note": _("Note of the household"),
        "household.area": _("Township and community"),
        "survey_visit.checked_at": _("Last visit"),
        "survey_visit.checked_by": _("Who visited last"),
        "grid.code": _("Grid"),
        "building.name": _("Building"),
        "building.address": _("Address of the building"),
        "building.storeys": _("Storeys"),
        "building.stairwells": _("Stairwells"),
        "building.households": _("Households in the building"),
        "building.people": _("People in the building"),
        "building.worker": _("Worker of the building"),
        "count.area": _("Area"),
        "count.day": _("Day"),
        "count.stock": _("Number as it stands"),
        "count.change": _("Increase since the cut-off before"),
        "formula.row_number": _("Number of the row"),
        "formula.constant": _("A fixed text, or empty for writing by hand"),
        "formula.join": _("Fields one behind the other"),
        "formula.filled": _("How many of these fields are known"),
        "door": _("Door"),
        "people": _("People in the household"),
        "marks": _("Signs on the building's sheet"),
    },
    "forms.grain": {
        "person": pgettext_lazy("rows of a form", "people"),
        "household": pgettext_lazy("rows of a form", "households"),
        "building": pgettext_lazy("rows of a form", "buildings"),
        "count": pgettext_lazy("rows of a form", "numbers"),
    },
    "forms.state": {
        "shipped": pgettext_lazy("form", "comes with Wangge"),
        "draft": pgettext_lazy("form", "being written"),
        "published": pgettext_lazy("form", "own version"),
        "retired": pgettext_lazy("form", "no longer used"),
    },
    "forms.why": {
        "not_held": _("The register does not hold this yet."),
        "location": _("Where somebody's telephone was, or a point on the map, is never taken."),
        "sensitive": _("Ethnicity, religion, politics and the like are never taken."),
        "police": _("Data of the police; an outbreak does not need them."),
        "not_needed": _("Not needed for an outbreak."),
    },
    "forms.mask": {
        "": _("whole"),
        "name": _("first sign of a name"),
        "phone": _("telephone, middle hidden"),
        "id": _("last four"),
        "hidden": _("hidden"),
    },
    "forms.sort": {"door": _("by door"), "name": _("by name")},
    "forms.export_state": {
        "waiting": pgettext_lazy("export", "waiting"),
        "making": pgettext_lazy("export", "being made"),
        "ready": pgettext_lazy("export", "ready"),
        "handed": pgettext_lazy("export", "handed out at the server"),
        "failed": pgettext_lazy("export", "could not be made"),
        "gone": pgettext_lazy("export", "deleted"),
    },
    "forms.kind": {
        "forms.draft_saved": _("A form was changed"),
        "forms.draft_discarded": _("A draft of a form was thrown away"),
        "forms.profile_published": _("A form was published"),
        "forms.profile_retired": _("A form was given up"),
        "forms.export_requested": _("A form was taken out"),
        "forms.export_finished": _("An export was made"),
        "forms.export_dropped": _("The file of an export was deleted"),
    },
    "forms.change": {
        "added": pgettext_lazy("version of a form", "new"),
        "removed": pgettext_lazy("version of a form", "gone"),
        "moved": pgettext_lazy("version of a form", "moved"),
        "changed": pgettext_lazy("version of a form", "changed"),
    },
    "forms.part": {
        "title": _("Title"),
        "sheet": _("Name of the sheet"),
        "audience": _("Who asks for it"),
        "above": _("Lines under the title"),
        "header_rows": _("Rows of headings"),
        "footer": _("Lines under the rows"),
        "sort": _("Order of the rows"),
        "flags": _("Only people with a flag"),
        "zero_row": _("Row where there is nobody"),
        "row_mark": _("Mark in each row"),
        "layout": _("Layout"),
        "source": _("What stands in it"),
        "parts": _("Fields"),
        "text": _("Text"),
        "indicator": _("Which number"),
        "width": _("Width"),
        "mask": _("Mask"),
        "codes": _("Words for values"),
        "place": _("Place"),
    },
}
