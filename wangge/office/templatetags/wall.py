"""How the wall tells time: short, since it stands in large type."""

from datetime import datetime

from django import template
from django.utils.translation import gettext as _

from wangge.kernel.periods import local_day
from wangge.office import wording
from wangge.office.frame import zone

register = template.Library()


@register.simple_tag
def span(first: datetime, last: datetime, now: datetime) -> str:
    """Write between which instants something ends: hours when both are today, days when they lie apart."""
    here = zone()
    begins, ends, today = (local_day(at, here) for at in (first, last, now))
    if begins != ends:
        return _("%(first)s to %(last)s") % {"first": wording.day(begins, today), "last": wording.day(ends, today)}
    start = wording.hour(first, here) if begins == today else wording.when(first, now, here)
    return _("%(first)s to %(last)s") % {"first": start, "last": wording.hour(last, here)}
