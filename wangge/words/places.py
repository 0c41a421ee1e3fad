"""Words of the tree of areas."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "places.above_retired": _("%(name)s above it was given up too. Restore that first."),
    "places.already_open": _("A response is open here already."),
    "places.already_there": _("It belongs to %(name)s already."),
    "places.area_is_root": _("%(name)s is the area of this response, or lies above it. Its place cannot be changed."),
    "places.area_retired": _("%(name)s was given up. Nothing can be changed in it any more."),
    "places.area_unknown": _("There is no area with the code %(code)s. Check the digits, or give its name as well."),
    "places.building_numbers": _(
        "These numbers fit no building: at most 60 stairwells, 1 to 120 floors, 1 to 60 doors on a floor."
    ),
    "places.building_taken": _(
        "There is a building %(name)s in this community already. Put the estate's name before the number."
    ),
    "places.child_unknown": _("What you chose does not lie directly in %(name)s any more. Open the page anew."),
    "places.code_level": _("The code %(code)s stands for another level. Check the digits, or leave it empty."),
    "places.code_malformed": _("%(code)s is no division code: it has 2, 4, 6, 9 or 12 digits."),
    "places.code_taken": _("The code %(code)s was used before. Leave it empty to get the next free one."),
    "places.file_unreadable": _("%(file)s cannot be read. Save it as a text sheet (csv) in UTF-8 or GB18030."),
    "places.header_missing": _("The first row lacks these columns: %(columns)s."),
    "places.level_order": _("This level cannot lie below the one above it. Choose a lower level."),
    "places.level_unknown": _("There is no level called %(level)s."),
    "places.managed_above": _("This changes the area above %(name)s too. Ask whoever manages that one."),
    "places.name_missing": _("An area needs a name."),
    "places.name_taken": _("There is another %(name)s in the same place. Rename one of them first."),
    "places.not_alike": _("Only two different areas of the same level can become one."),
    "places.not_empty": _(
        "Nobody may be left when an area is given up: %(count)s households or duties still stand here. Move them first."
    ),
    "places.not_retired": _("This area stands: there is nothing to restore."),
    "places.nothing_chosen": _("Choose what goes into the new area."),
    "places.nothing_left": _("Nothing would be left in %(name)s. Leave at least one there, or just rename it."),
    "places.part_of_building": _("Stairwells and doors stay with their building."),
    "places.too_many": _("That is too many at once: at most %(limit)s. Do it in parts."),
    "places.zone_unknown": _("There is no time zone called %(zone)s."),
}
LABELS = {
    "places.doubt": {
        "as_above": _("The address repeats the row above."),
        "floor_differs": _("Floor and room number do not agree."),
        "incomplete": _("Building, room, group or house number is missing."),
        "joined": _("The figures run together and can be divided in more than one way."),
        "letter": _("A letter stands where a figure may be meant."),
        "no_address": _("No address."),
        "place_unknown": _("Another estate or village is named here."),
        "several": _("More than one door is named."),
        "stairwell_open": _("The stairwell is missing, if this building has any."),
        "unclear": _("The numbers can be read in more than one way."),
        "words": _("Words stand behind the door that may mean another place."),
    },
    "places.level": {
        "province": _("province"),
        "prefecture": _("prefecture"),
        "county": _("county"),
        "township": _("township"),
        "village": _("village"),
        "community": _("community"),
        "grid": _("grid"),
        "building": _("building"),
        "stairwell": _("stairwell"),
        "dwelling": _("dwelling"),
    },
    "places.done": {
        "places.area_added": pgettext_lazy("area", "Added"),
        "places.area_moved": pgettext_lazy("area", "Moved to %(to)s"),
        "places.area_renamed": pgettext_lazy("area", "Renamed from %(old)s to %(new)s"),
        "places.area_restored": pgettext_lazy("area", "Restored"),
        "places.area_retired": pgettext_lazy("area", "Given up"),
        "places.area_retired.into": pgettext_lazy("area", "Merged into %(into)s and given up"),
        "places.area_split": pgettext_lazy("area", "Split: a part went to %(new)s"),
        "places.areas_merged": pgettext_lazy("area", "%(gone)s was merged into it"),
        "places.building_enlarged": pgettext_lazy("area", "Noted as larger"),
        "places.installation_opened": pgettext_lazy("area", "The response was opened here"),
    },
    "places.reported": {
        "building_elsewhere": _("A building of this name stands in another grid of the community. Not used."),
        "building_repeated": _("The same building stands further up in this sheet. Not used."),
        "code_malformed": _("This is no division code of 12 digits. Not used."),
        "code_missing": _("The code is missing. Not used."),
        "code_repeated": _("The same code stands further up in this sheet. Not used."),
        "level_differs": _("The level differs from what the code says. The code was followed."),
        "name_differs": _("It stands here under another name, which was kept."),
        "name_missing": _("The name is missing. Not used."),
        "name_too_long": _("The name is too long. Not used."),
        "number_impossible": _("These numbers fit no building. Not used."),
        "number_malformed": _("This is no whole number. Not used."),
        "outside": _("It lies outside the area that this account manages. Not used."),
        "parent_added": _("The area above it was missing and was added from the shipped list."),
        "parent_unknown": _("The area above it is not known here. Not used."),
        "retired": _("It was given up here. Left as it is."),
        "smaller": _("The building here is larger. No door was taken away."),
    },
}
