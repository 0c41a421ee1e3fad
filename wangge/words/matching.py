"""Words of matching: why two rows were made one, or why it is asked, and what became of a household."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "matching.reason": {
        "duplicate_same_id": _("same document number and name"),
        "duplicate_merged": _("same name at the same door"),
        "same_phone_name_birth": _("same name, date of birth and telephone"),
        "same_id_other_name": _("same document number, another name"),
        "id_one_digit": _("document numbers differ in one place"),
        "id_digits_swapped": _("two digits of the document number stand the other way round"),
        "id_close": _("document numbers and names nearly the same"),
        "same_door_same_name": _("same door and name, another document number"),
        "same_name_same_birth": _("same name and date of birth, another door"),
        "several_of_the_name": _("several people of this name live at the door"),
        "name_sounds_alike": _("the names sound alike, and much else agrees"),
        "name_looks_alike": _("the names look alike, and much else agrees"),
        "name_close_alike": _("the names are nearly the same, and much else agrees"),
        "same_phone_same_name": _("same name and telephone"),
        "same_name_other_birth": _("same name and household, but date of birth or sex differ"),
        "alike": _("most of what is compared agrees"),
    },
    "matching.household": {
        "household_moved": _("The household stands at another door. It was kept as one household."),
        "household_split": _("Part of the household stands at another door."),
        "head_changed": _("The household has another head; the former one is listed as a member."),
        "head_gone": _("The household has another head; the former one is not listed any more."),
    },
}
