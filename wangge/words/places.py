"""Words of the tree of areas."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "places.already_open": _("A response is open here already."),
    "places.area_unknown": _("There is no area with the code %(code)s. Check the digits, or give its name as well."),
    "places.code_malformed": _("%(code)s is no division code: it has 2, 4, 6, 9 or 12 digits."),
    "places.code_taken": _("The code %(code)s was used before. Leave it empty to get the next free one."),
    "places.level_order": _("This level cannot lie below the one above it. Choose a lower level."),
    "places.level_unknown": _("There is no level called %(level)s."),
    "places.name_missing": _("An area needs a name."),
    "places.zone_unknown": _("There is no time zone called %(zone)s."),
}
LABELS = {
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
    }
}
