"""Words of giving buildings to workers."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "duties.worker_missing": _("Choose at least one worker."),
    "duties.nothing_left": _("This worker has no building with open doors to hand over."),
    "duties.building_missing": _("There is no building here to give. Import the buildings or a roster first."),
}
