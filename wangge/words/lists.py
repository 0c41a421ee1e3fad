"""Words of handed-down lists."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "lists.list_unknown": _("There is no such list in your areas."),
    "lists.entry_unknown": _("There is no such row of a list in your areas."),
    "lists.head_missing": _("Write down what the list is called and who sent it."),
    "lists.text_too_long": _("The text is too long: at most %(limit)s characters."),
    "lists.period_wrong": _("The period has 1 to %(limit)s days."),
    "lists.name_taken": _(
        "A list called %(name)s is open here already. Give this one another name, or close that one."
    ),
    "lists.batch_too_large": _("At most %(limit)s rows at once."),
    "lists.wrong_state": _("That cannot be done with the list as it stands now. Load the page anew."),
    "lists.withdrawn": _("The list was withdrawn. Nothing is asked any more."),
    "lists.erased": _("What was known of the people on this list has been erased."),
    "lists.area_outside": _("This area lies outside the one for which the list was sent."),
    "lists.note_too_long": _("The note is too long: at most 300 characters."),
    "lists.finder_unknown": _("There is no account of the person who is said to have found this."),
    "lists.headings_missing": _(
        "No sheet has the headings of a list of people: 姓名 (name) or 身份证号 (document number), and one more."
    ),
    "lists.too_many_rows": _("The list has too many rows: at most %(limit)s. Divide it and bring the parts."),
    "lists.nobody": _("There is nobody on this list: below the headings stands no name, number or telephone."),
    "lists.day_in_future": _("The day %(on)s lies in the future."),
    "lists.deadline_unreadable": _("The deadline %(given)s cannot be read. Write 2020-02-12 or 2020-02-12 10:00."),
    "lists.list_ambiguous": _("Several open lists are called %(name)s. Name one by its id."),
    "lists.heading_missing": _("The sheet of findings has no column %(column)s."),
}
LABELS = {
    "lists.outcome": {
        "already_surveyed": _("True, registered already"),
        "wrong_info": _("Details were wrong, now right"),
        "newly_found": _("Newly found: lives here"),
        "not_resident": _("Does not live here"),
        "period_over": _("Period is over"),
        "in_transit": _("Only passed through, or left again"),
        "not_exposed": _("Did not come from a risk area"),
        "duplicate_in_list": _("On the list twice"),
    },
    "lists.proposal": {
        "already_surveyed": _("registered already"),
        "wrong_info": _("details differ"),
        "period_over": _("period is over"),
        "in_transit": _("has left again"),
        "not_exposed": _("not from a risk area"),
        "duplicate_in_list": _("on the list twice"),
        "needs_visit": _("somebody must go there"),
        "ask": _("perhaps somebody registered"),
    },
    "lists.match": {
        "exact": _("in the register"),
        "ask": _("perhaps in the register"),
        "none": _("not in the register"),
    },
    "lists.differs": {
        "name": pgettext_lazy("person", "Name"),
        "id_number": _("Document number"),
        "phone": _("Telephone"),
        "address": pgettext_lazy("person", "Address"),
    },
    "lists.state": {
        "reading": _("was not read to its end"),
        "staged": _("read, nobody is asked yet"),
        "open": pgettext_lazy("list", "open"),
        "closed": pgettext_lazy("list", "closed"),
        "withdrawn": pgettext_lazy("list", "withdrawn"),
    },
    "lists.state_of_row": {
        "open": pgettext_lazy("row of a list", "not answered"),
        "overdue": pgettext_lazy("row of a list", "overdue"),
    },
    "lists.report": {
        "flag_conflict": _("“Within the period” contradicts the day of leaving."),
        "row_unknown": _("The list has no such row."),
        "finding_unclear": _("What became of this person is not clear from the words."),
        "time_unreadable": _("The time cannot be read."),
        "finder_unknown": _(
            "There is no account of this name. It was recorded under whoever brought the sheet, with the name."
        ),
    },
    "lists.told": {"address": pgettext_lazy("person", "Address")},
    "lists.column": {
        "outcome": _("Result of the check"),
        "found_by": _("Checked by"),
        "found_at": _("Checked on"),
    },
    "lists.kind": {
        "lists.list_read": _("List read"),
        "lists.list_opened": _("List handed out"),
        "lists.list_closed": _("List closed"),
        "lists.list_reopened": _("List opened again"),
        "lists.list_withdrawn": _("List withdrawn"),
        "lists.list_exported": _("List given back as a sheet"),
        "lists.entries_dealt": _("Rows of a list given to another area"),
        "lists.entry_answered": _("Row of a list answered"),
        "lists.entries_erased": _("People of a closed list erased"),
    },
}
