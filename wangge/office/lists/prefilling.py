"""What a list says about somebody newly found, filled into the form that registers them; nothing goes in by itself."""

from uuid import UUID

from wangge.kernel.refused import Refused
from wangge.office.register import family
from wangge.office.register.family import Row
from wangge.office.register.surroundings import saw
from wangge.office.viewing import Desk
from wangge.surveys.queries.entries import entry_page


def filled_from_list(request: Desk) -> tuple[str, list[Row]]:
    """Return the door and the first row that ``?entry=`` names; empty ones when it names none the viewer may answer.

    The number is whole in the form, so the look is written down.
    """
    rows = family.empty_rows()
    try:
        seen = entry_page(viewer=request.viewer, entry=UUID(request.GET.get("entry", "")), now=request.stamp().at)
    except (ValueError, Refused):
        return "", rows
    told = seen.entry.told
    if told is None:
        return "", rows
    rows[0].values |= {
        family.NAME: told.name,
        family.NUMBER: told.number,
        family.BIRTH: told.birth.isoformat() if told.birth and not told.number else "",
        family.SEX: told.sex,
        family.PHONES: " ".join(told.phones),
    }
    saw(request, [seen.entry.id], ("name", "id_number", "phones", "address"), "list")
    return told.door, rows
