"""Words of maps: what they are coloured by, what a point is, what is wrong with a shape of a file."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS = {
    "maps.counter": {
        "doors_open": pgettext_lazy("map", "Doors open"),
        "doors_done": pgettext_lazy("map", "Doors done"),
        "doors_due": pgettext_lazy("map", "Doors due"),
        "doors_again": pgettext_lazy("map", "Doors to come to again"),
        "doors_refused": pgettext_lazy("map", "Doors that refused"),
        "visits": pgettext_lazy("map", "Visits"),
        "persons_seen": pgettext_lazy("map", "Persons seen"),
        "round_open": pgettext_lazy("map", "This round: doors open"),
        "round_done": pgettext_lazy("map", "This round: doors done"),
        "round_revisit": pgettext_lazy("map", "This round: doors to come to again"),
        "round_refused": pgettext_lazy("map", "This round: doors that refused"),
        "round_due": pgettext_lazy("map", "This round: doors due"),
        "residents": pgettext_lazy("map", "Residents"),
        "households": pgettext_lazy("map", "Households"),
    },
    "maps.point": {
        "gate": pgettext_lazy("map", "Gate"),
        "closed_road": pgettext_lazy("map", "Closed road"),
        "office": pgettext_lazy("map", "Office"),
    },
    "maps.fault": {
        "bad_coordinate": _("One of its corners is no pair of numbers. Draw it anew and export it again."),
        "no_geometry": _("It has no outline."),
        "not_degrees": _(
            "Its corners are no degrees of longitude and latitude, in this order. Export the layer again as WGS 84."
        ),
        "not_polygon": _("It is a point or a line. Only areas have outlines; points are placed on the map by hand."),
        "too_few_corners": _("It has fewer than three corners."),
    },
}
