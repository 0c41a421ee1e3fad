"""The column type of an XLSForm: what a row asks for, from which list, and what is not asked here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

PLAIN: Mapping[str, str] = {
    "text": "text", "string": "text", "phone number": "text", "integer": "integer", "int": "integer",
    "percentage": "integer", "number of days in last month": "integer", "number of days in last six months": "integer",
    "number of days in last year": "integer", "decimal": "decimal", "date": "date", "time": "time",
    "datetime": "datetime", "date time": "datetime", "note": "note", "calculate": "calculate",
    "acknowledge": "acknowledge", "trigger": "acknowledge", "range": "range",
}  # fmt: skip
PLACES = frozenset(
    {"geopoint", "geotrace", "geoshape", "gps", "location", "start-geopoint", "background-geopoint", "osm"}
)
MEDIA = frozenset(
    {"image", "photo", "picture", "audio", "video", "file", "background-audio", "barcode", "signature", "draw"}
)
NOTED = frozenset(
    {
        "start", "end", "today", "start time", "end time", "deviceid", "device id", "imei", "phonenumber", "username",
        "email", "simserial", "sim id", "subscriberid", "subscriber id", "audit", "hidden",
    }
)  # fmt: skip
"""What phones note by themselves."""
_SELECT = re.compile(
    r"(?:add |q )?(select[ _]?one|select1|select[ _]multiple|select all that apply|select|rank)"
    r"( external|_external)?([ _]from[ _]file)?(?: prompt)?(?: (?:from|using))? (\S+)"
    r"(?: (or[ _](?:specify[ _])?other))?\Z",
    re.IGNORECASE,
)
_NEST = re.compile(r"(begin|end)[ _]*(group|repeat|lgroup|loop|looped group)\b(.*)\Z", re.IGNORECASE)
_ASK = re.compile(r"(?:add|q|get|uri:) ?(.+?)(?: prompt)?\Z")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a row is: a type of ours or a code that says why it is none, the list of its choices, begin or end."""

    type: str = ""
    choices: str = ""
    other: bool = False
    nest: str = ""
    left_out: str = ""


def kind_of(text: str) -> Kind:
    """Return what the type of a row says."""
    plain = re.sub(r"\s+", " ", text.strip())
    if match := _NEST.match(plain):
        inner = "group" if match[2].lower() == "group" else "repeat"
        return Kind(type=inner, nest=match[1].lower(), left_out="type_other" if match[2].lower() == "loop" else "")
    if match := _SELECT.match(plain):
        return _select(match)
    low = plain.lower()
    words = (low, asked[1] if (asked := _ASK.match(low)) else low)
    found = next((PLAIN[word] for word in words if word in PLAIN), "")
    if found:
        return Kind(type=found)
    for code, known in (("type_place", PLACES), ("type_media", MEDIA), ("metadata", NOTED)):
        if known.intersection(words):
            return Kind(left_out=code)
    return Kind(left_out="type_other")


def _select(match: re.Match[str]) -> Kind:
    """Return what a row with choices says; choices in another file or in answers are not taken."""
    word, listed = match[1].lower().replace("_", " "), match[4]
    kind = (
        "rank" if word == "rank" else "select_multiple" if word in ("select multiple", "select all that apply") else ""
    )
    if match[2] or match[3] or re.search(r"\.(csv|xml|geojson)\Z", listed, re.IGNORECASE):
        return Kind(left_out="type_file")
    if listed.startswith("${"):
        return Kind(left_out="type_other")
    return Kind(type=kind or "select_one", choices=listed, other=bool(match[5]))
