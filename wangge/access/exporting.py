"""The right to take something out of the house, whatever it is: a purpose, and above 500 people somebody else's yes."""

from uuid import UUID

from wangge.access.commands import use_approval
from wangge.access.rules import PURPOSE_MOST
from wangge.access.viewing import Viewer, require
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area

VERB = "register.export"
ALONE_MOST = 500
"""Up to how many people one person may take out alone (ours)."""
LOOK_PURPOSE_MOST = 40


def needs_approval(viewer: Viewer, number: int) -> bool:
    """Tell whether a second person has to agree: above 500 people, unless there is no second account at all."""
    return number > ALONE_MOST and not viewer.sole_administrator


def exportable_area(actor: Viewer, area: int) -> Area:
    """Return the area that the actor may take something out of; refused as forbidden when there is none."""
    home = Area.objects.filter(id=area).first()
    if home is None:
        raise Refused("access.forbidden")
    require(actor, VERB, home.path)
    return home


def agreed(*, stamp: Stamp, actor: Viewer, area: int, purpose: str, approval: str, people: int) -> UUID | None:
    """Use up the second person's yes to taking so many people out, and return it; None where none is needed.

    Part of a command. Refused without a purpose, and above 500 people without a fitting approval code.
    """
    if not purpose.strip():
        raise Refused("access.purpose_missing")
    if len(purpose.strip()) > PURPOSE_MOST:
        raise Refused("access.purpose_long", most=PURPOSE_MOST)
    if not needs_approval(actor, people):
        return None
    return use_approval(stamp=stamp, actor=actor, code=approval, purpose=purpose, area=area)


def look_purpose(purpose: str) -> str:
    """Return a purpose as the access log keeps it for an export."""
    return f"export: {' '.join(purpose.split())}"[:LOOK_PURPOSE_MOST]
