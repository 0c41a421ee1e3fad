"""The form that corrects a resident: what was shown, what was typed, and what became of each field.

Numbers stay masked in the form: what is not touched is not sent on, and a masked telephone stands for the whole one.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wangge.kernel.identity import years_old
from wangge.kernel.refused import Refused
from wangge.office.register.family import CELL_OF, read_day, relation_options, split_phones
from wangge.people.queries import Member
from wangge.people.rules.codes import ADULT, ID_KINDS, READ_KINDS, Presence, Sex
from wangge.people.rules.particulars import read_number
from wangge.people.rules.wishes import FieldValue
from wangge.privacy import masks
from wangge.words import label, say

FIELDS = ("name", "id_number", "id_kind", "birth_on", "sex", "phones", "relation", "presence", "guardian")
PROTECTED = ("name", "id_number", "id_kind", "birth_on", "sex", "guardian")
MOST = {"name": 60, "id_number": 40, "birth_on": 10, "phones": 400}
CELLS = {"number": "id_number", "birth": "birth_on"}
GUARDIANS = ("people.guardian_is_self", "people.guardian_gone", "people.guardian_under_age")
# Other refusals name no field: they stand above the form.
FIELD_OF = {code: CELLS.get(cell, cell) for code, cell in CELL_OF.items()} | dict.fromkeys(GUARDIANS, "guardian")


@dataclass(slots=True)
class Conflict:
    """A field that somebody else has changed meanwhile: both values in words, and which one was chosen."""

    name: str
    label: str
    theirs: str
    mine: str
    mine_words: str
    who: str = ""


@dataclass(slots=True)
class Typed:
    """A correction as it was sent: values, the values and clocks that were shown before, and the choices made."""

    values: dict[str, str]
    shown: dict[str, str]
    clocks: dict[str, str]
    mine: dict[str, str] = field(default_factory=dict)
    number_confirmed: bool = False

    @property
    def changed(self) -> dict[str, str]:
        """The fields that were touched, and those in which the writer's own value was chosen after a conflict."""
        return {name: value for name, value in self.values.items() if value != self.shown.get(name, "")} | self.mine


@dataclass(frozen=True, slots=True)
class Entry:
    """One field as it is drawn."""

    name: str
    label: str | Promise
    value: str
    fault: str
    help: str
    options: tuple[tuple[str, str], ...] = ()
    lines: bool = False
    most: int = 0


def values_of(one: Member) -> dict[str, str]:
    """Return what the form shows of a resident; numbers are masked."""
    return {
        "name": one.name,
        "id_number": one.id_number,
        "id_kind": one.id_kind,
        "birth_on": one.birth_on.isoformat() if one.birth_on else "",
        "sex": one.sex,
        "phones": "\n".join(one.phones),
        "relation": one.relation,
        "presence": one.presence,
        "guardian": str(one.guardian or ""),
    }


def typed(posted: QueryDict) -> Typed:
    """Read what was sent; a hidden note of what was shown that cannot be read counts as nothing shown."""
    values = {name: _clean(name, posted.get(name, "")) for name in FIELDS if name in posted}
    note = _note(posted.get("shown", ""))
    mine = {
        name: _clean(name, posted.get(f"mine-{name}", "")) for name in PROTECTED if posted.get(f"keep-{name}") == "mine"
    }
    return Typed(
        values=values,
        shown=note.get("values", {}),
        clocks=note.get("clocks", {}),
        mine=mine,
        number_confirmed=posted.get("number_confirmed") == "on",
    )


def _clean(name: str, text: str) -> str:
    lines = [line.strip() for line in text.replace("\r", "").split("\n")]
    return "\n".join(line for line in lines if line)[:400]


def _note(text: str) -> dict[str, dict[str, str]]:
    try:
        told = json.loads(text)
        return {
            part: {str(key): str(value) for key, value in told[part].items() if key in FIELDS}
            for part in ("values", "clocks")
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def shown_note(one: Member) -> str:
    """Return the hidden note of what the form shows and of the clocks it was written with."""
    return json.dumps({"values": values_of(one), "clocks": dict(one.clocks)}, ensure_ascii=False)


def wanted(typed_: Typed, phones: Sequence[str]) -> dict[str, FieldValue]:
    """Return the new values for the command; ``phones`` are the whole numbers behind the masked ones."""
    changed: dict[str, FieldValue] = dict(typed_.changed)
    if "phones" in changed:
        changed["phones"] = "\n".join(whole_phones(str(changed["phones"]), phones))
    if "birth_on" in changed:
        changed["birth_on"] = _day(str(changed["birth_on"]))
    if "guardian" in changed:
        changed["guardian"] = str(changed["guardian"]) or None
    if str(changed.get("id_kind", "")) in READ_KINDS and "id_number" not in changed:
        del changed["id_kind"]
    return changed


def _day(text: str) -> str:
    day = read_day(text)
    return day.isoformat() if day else text


def whole_phones(text: str, phones: Sequence[str]) -> list[str]:
    """Return the telephone numbers of a text in which a masked line stands for a whole number, each once."""
    behind: dict[str, list[str]] = {}
    for number in phones:
        behind.setdefault(masks.mask_phone(number), []).append(number)
    taken: Counter[str] = Counter()
    whole = []
    for line in split_phones(text):
        known = behind.get(line, [])
        whole.append(known[taken[line]] if taken[line] < len(known) else line)
        taken[line] += 1
    return whole


def entries(
    one: Member, values: Mapping[str, str], faults: Mapping[str, str], household: Sequence[Member], on: date
) -> list[Entry]:
    """Return the fields of the form in the order they are filled in; a guardian is asked of those under age."""
    drawn = [
        _entry("name", values, faults),
        _entry("id_number", values, faults, _("What stays masked stays as it is.")),
        _entry("id_kind", values, faults, options=_kinds(one)),
        _entry("birth_on", values, faults),
        _entry("sex", values, faults, options=_sexes()),
        _entry("phones", values, faults, _("One on each line. A masked line keeps its number."), lines=True),
        _entry("relation", values, faults, options=relation_options()),
        _entry("presence", values, faults, options=_presences()),
    ]
    if one.guardian is None and (one.birth_on is None or years_old(one.birth_on, on) >= ADULT):
        return drawn
    return [*drawn, _entry("guardian", values, faults, options=_guardians(one, household, on))]


def _entry(
    name: str,
    values: Mapping[str, str],
    faults: Mapping[str, str],
    help_words: str = "",
    *,
    options: tuple[tuple[str, str], ...] = (),
    lines: bool = False,
) -> Entry:
    words = label("people.field", name)
    return Entry(
        name, words, values.get(name, ""), faults.get(name, ""), help_words, options, lines, MOST.get(name, 60)
    )


def _kinds(one: Member) -> tuple[tuple[str, str], ...]:
    """Return the kinds somebody may choose; those that a number tells itself stand only where one does."""
    told = (one.id_kind,) if one.id_kind in READ_KINDS else ()
    others = (kind for kind in ID_KINDS if kind not in READ_KINDS)
    return tuple((kind, label("people.id_kind", kind)) for kind in ("", *told, *others))


def _sexes() -> tuple[tuple[str, str], ...]:
    return (("", _("not known")), *((sex.value, label("people.sex", sex.value)) for sex in Sex))


def _presences() -> tuple[tuple[str, str], ...]:
    return tuple((one.value, label("people.presence", one.value)) for one in Presence)


def _guardians(ward: Member, household: Sequence[Member], on: date) -> tuple[tuple[str, str], ...]:
    """Return nobody, the present guardian, and the other grown members of the household."""
    found = {"": _("nobody")}
    if ward.guardian is not None:
        found[str(ward.guardian)] = ward.guardian_name
    for one in household:
        if one.id != ward.id and one.birth_on is not None and years_old(one.birth_on, on) >= ADULT:
            found.setdefault(str(one.id), one.name)
    return tuple(found.items())


def conflicts_of(one: Member, names: Sequence[str], typed_: Typed, who: Mapping[str, str], on: date) -> list[Conflict]:
    """Return both values of each field in conflict; the kind of a number goes with its number."""
    current, mine = values_of(one), _told(typed_, on) | typed_.changed
    asked = [name for name in names if name != "id_kind" or "id_number" not in names]
    return [
        Conflict(
            name=name,
            label=label("people.field", name),
            theirs=_words(name, current[name]),
            mine=mine.get(name, ""),
            mine_words=_words(name, mine.get(name, "")),
            who=who.get(name, ""),
        )
        for name in asked
    ]


def _told(typed_: Typed, on: date) -> dict[str, str]:
    """Return what a number that was typed tells by itself: kind, birth, sex."""
    read = read_number(typed_.changed.get("id_number", ""), "", on)
    return {
        "id_kind": read.kind,
        "birth_on": read.birth_on.isoformat() if read.birth_on else "",
        "sex": read.sex,
    }


def _words(name: str, value: str) -> str:
    if name in ("sex", "presence", "relation", "id_kind"):
        return label(f"people.{name}", value)
    return value or _("none")


def fault_of(refused: Refused) -> tuple[str, str]:
    """Return which field a refusal is about (empty for the whole form) and its words."""
    return FIELD_OF.get(refused.code, ""), say(refused)
