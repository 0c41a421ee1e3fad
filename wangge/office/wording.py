"""Numbers, days and hours as people read them, in the language of the page and the zone of the installation."""

from datetime import UTC, date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wangge.kernel.periods import local_day, zone_of

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


def language_tag() -> str:
    """Return the page's language as HTML's ``lang`` wants it (RFC 5646)."""
    return TAGS.get(get_language() or "", "zh-Hans")


def number(value: float | None) -> str:
    """Write a number with commas at the thousands; what is not known is said, never left blank."""
    return _("not known") if value is None else f"{value:,}"


def hour(at: datetime, zone: str) -> str:
    """Write the local hour and minute of an instant: 9:20."""
    local = at.astimezone(zone_of(zone))
    return f"{local.hour}:{local.minute:02d}"


def day(value: date, today: date | None = None) -> str:
    """Write a day: 1月19日 or 19 Jan; with its year when that is not the year of ``today``."""
    if get_language() == "en":
        short = f"{value.day} {MONTHS[value.month - 1]}"
        return short if today and today.year == value.year else f"{short} {value.year}"
    short = f"{value.month}月{value.day}日"
    return short if today and today.year == value.year else f"{value.year}年{short}"


def when(at: datetime, now: datetime, zone: str) -> str:
    """Write an instant as near as people say it: 今天9:20, 昨天16:52, else the day and the hour."""
    there, today = local_day(at, zone), local_day(now, zone)
    away = (today - there).days
    clock = hour(at, zone)
    if away == 0:
        return _("today %(clock)s") % {"clock": clock}
    if away == 1:
        return _("yesterday %(clock)s") % {"clock": clock}
    if away == -1:
        return _("tomorrow %(clock)s") % {"clock": clock}
    return _("%(day)s %(clock)s") % {"day": day(there, today), "clock": clock}


def age_on(birth: date, today: date) -> int:
    """Return the age in full years on that day."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def now() -> datetime:
    """Return the present instant; only doors may ask for it."""
    return datetime.now(UTC)


def building(name: str, kind: str = "") -> str:
    """Write a building or villagers' group that is named by a number: 3栋, 3组; any other name stays."""
    if not name.isdecimal():
        return name
    return (_("Group %(number)s") if kind == "group" else _("Building %(number)s")) % {"number": name}
