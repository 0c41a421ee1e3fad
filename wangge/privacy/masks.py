"""What is shown of a personal value to those who may not see all of it."""

from collections.abc import Callable

STAR = "*"
HIDDEN = STAR * 3


def mask_name(name: str) -> str:
    """Return the first character and a star for each other; blanks and the dot of long names stay: ``阿***·***``."""
    return name[:1] + "".join(sign if sign in " ·" else STAR for sign in name[1:])


def mask_phone(number: str) -> str:
    """Return ``138****1234`` for a mobile number; of any other only the last four, of a short one nothing."""
    if len(number) == 11 and number.startswith("1"):
        return number[:3] + STAR * 4 + number[-4:]
    return STAR * 4 + number[-4:] if len(number) >= 7 else STAR * len(number)


def mask_id(number: str) -> str:
    """Return stars and the last four of a document's number; of a short one nothing."""
    return STAR * 4 + number[-4:] if len(number) >= 8 else STAR * len(number)


def hide(value: str) -> str:
    """Return three stars for any value, nothing for none, so that a missing value still shows as missing."""
    return HIDDEN if value else ""


MASKS: dict[str, Callable[[str], str]] = {
    "name": mask_name,
    "phone": mask_phone,
    "id": mask_id,
    "hidden": hide,
}


def mask(rule: str, value: str) -> str:
    """Return the value under the mask of that name; ``KeyError`` for an unknown rule."""
    return MASKS[rule](value)
