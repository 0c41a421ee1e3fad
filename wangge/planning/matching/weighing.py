"""Weighing two people whom the rules leave open, with the frequencies of both lists.

People of one household are alike in much: surname, door, telephone, and twins in the day of birth. So the weights stand
in two columns. Two rows with a door or a telephone in common are held against the few others there, where door and
telephone prove little and the given name nearly everything; two rows without are held against everybody, where a rare
name tells much and a common one little. The probabilities are estimates by judgement, the same for every list; what
is taken from the lists is how common each name, sound, day, door and telephone is.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from wangge.planning.matching.evidence import probability, weight
from wangge.planning.matching.rules import digits_agree
from wangge.planning.matching.spelling import (
    Likeness,
    likeness,
    neighbours_swapped,
    one_sign_apart,
    plain_name,
    same_day_mistyped,
    sound_of,
)
from wangge.planning.matching.subjects import Judged, Subject, Verdict, shared_phones

ASK_FROM = 0.7
REPEATED = 0.5
"""How likely somebody in a list stands in it, or in the other one, once more."""
SMALLEST = 1000
"""A shorter list is taken as a part of a place of this size: no name in it is rare for certain."""
CROWD, CROWDED = 30, 200
"""More than 30, and more than one in 200, are not born on one day."""
DAYS = 30_000
"""So many days people of today can be born on."""

NAMES_NEAR = {
    Likeness.EQUAL: weight(0.97, 0.004),
    Likeness.SOUND: weight(0.012, 0.0015),
    Likeness.SHAPE: weight(0.006, 0.0015),
    Likeness.NEAR: weight(0.005, 0.2),
    Likeness.OTHER: weight(0.007, 0.79),
}
"""Of two rows in one household: brothers and twins share signs of their names, hardly ever all of them."""
NAMES_FAR = {Likeness.SHAPE: weight(0.006, 0.002), Likeness.NEAR: weight(0.005, 0.01), Likeness.OTHER: -7.0}
NAME_SEEN, SOUND_SEEN = 0.97, 0.012
BIRTH_SEEN, BIRTH_SLIP, BIRTH_OTHER = 0.95, 0.03, 0.01
TWINS = 0.008
SEX_SAME, SEX_OTHER = weight(0.99, 0.5), weight(0.01, 0.5)
MOVED, MOVED_WITH_PHONE = weight(0.08, 1.0), weight(0.2, 0.5)
PHONE_AT_DOOR, PHONES_DIFFER_AT_DOOR, PHONES_DIFFER = weight(0.7, 0.4), weight(0.3, 0.6), weight(0.4, 1.0)
DIGITS_AGREE, DIGITS_DIFFER = weight(0.9, 0.1), weight(0.02, 0.9)
NUMBER_SLIP, NUMBER_OTHER = weight(0.3, 0.0001), weight(0.02, 1.0)


@dataclass(slots=True)
class Terms:
    """How often each name, sound, surname, given name, day, door and telephone stands in the lists at hand."""

    people: int = SMALLEST
    names: Counter[str] = field(default_factory=Counter)
    sounds: Counter[str] = field(default_factory=Counter)
    surnames: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    births: Counter[date] = field(default_factory=Counter)
    doors: Counter[str] = field(default_factory=Counter)
    phones: Counter[str | bytes] = field(default_factory=Counter)

    def of_name(self, name: str) -> float:
        """Return the share of people with a name: as counted, and as its surname and given name lead to expect."""
        expected = self.surnames[name[:1]] * self.given[name[1:]] / self.people
        return max(self.names[name] + expected, 1.0) / (2 * self.people)

    def of_sound(self, name: str) -> float:
        """Return the share of people whose names sound like a name and are written otherwise."""
        others = self.sounds[sound_of(name)] - self.names[name]
        return max(others, 1.0) / self.people

    def placeholders(self) -> frozenset[date]:
        """Return the days on which so many are born that an office wrote them for want of the real ones."""
        return frozenset(day for day, times in self.births.items() if times > max(CROWD, self.people / CROWDED))

    def of_birth(self, day: date) -> float:
        """Return the share of people born on a day."""
        return max(self.births[day] / self.people, 1 / DAYS)


def terms_of(*lists: Iterable[Subject]) -> Terms:
    """Count the terms of lists."""
    everybody = [one for part in lists for one in part]
    names = Counter(plain_name(one.name) for one in everybody if one.name)
    terms = Terms(max(len(everybody), SMALLEST), names)
    for name, times in names.items():
        terms.sounds[sound_of(name)] += times
        terms.surnames[name[:1]] += times
        terms.given[name[1:]] += times
    terms.births.update(one.birth for one in everybody if one.birth is not None)
    terms.doors.update(one.door for one in everybody if one.door)
    terms.phones.update(phone for one in everybody for phone in one.phones)
    return terms


def weigh(first: Subject, second: Subject, terms: Terms) -> Judged | None:
    """Judge two rows that no rule decides: ask when they are likely one, None when there is too little to ask about."""
    one, other = plain_name(first.name), plain_name(second.name)
    alike = likeness(one, other)
    at_door = bool(first.door) and first.door == second.door
    by_phone = bool(shared_phones(first, second))
    if alike == Likeness.OTHER and not _numbers_slip(first, second):
        return None
    bits = (
        _place(first, second, terms, at_door=at_door, by_phone=by_phone)
        + _names(one, alike, terms, near=at_door or by_phone)
        + _births(first, second, terms, near=at_door or by_phone)
        + _sexes(first, second)
        + _numbers(first, second)
    )
    chance = probability(bits)
    if chance < ASK_FROM:
        return None
    return Judged(Verdict.ASK, _reason(first, second, alike, at_door=at_door, by_phone=by_phone), chance)


def _place(first: Subject, second: Subject, terms: Terms, *, at_door: bool, by_phone: bool) -> float:
    """Return the odds before names are looked at: one of those at the door, with the telephone, or of all."""
    phones_differ = bool(first.phones and second.phones) and not by_phone
    if at_door:
        told = PHONE_AT_DOOR if by_phone else PHONES_DIFFER_AT_DOOR if phones_differ else 0.0
        return weight(REPEATED, max(terms.doors[first.door], 2)) + told
    doors_differ = bool(first.door and second.door)
    if by_phone:
        sharers = min(terms.phones[phone] for phone in shared_phones(first, second))
        return weight(REPEATED, max(sharers, 2)) + (MOVED_WITH_PHONE if doors_differ else 0.0)
    told = PHONES_DIFFER if phones_differ else 0.0
    return weight(REPEATED, terms.people) + (MOVED if doors_differ else 0.0) + told


def _names(name: str, alike: Likeness, terms: Terms, *, near: bool) -> float:
    """Return what the names tell."""
    if near:
        return NAMES_NEAR[alike]
    if alike == Likeness.EQUAL:
        return weight(NAME_SEEN, terms.of_name(name))
    if alike == Likeness.SOUND:
        return weight(SOUND_SEEN, terms.of_sound(name))
    return NAMES_FAR[alike]


def _births(first: Subject, second: Subject, terms: Terms, *, near: bool) -> float:
    """Return what the days of birth tell; of two in one household they may be twins' days."""
    one, other = first.birth, second.birth
    if one is None or other is None:
        return 0.0
    if one == other:
        return weight(BIRTH_SEEN, max(terms.of_birth(one), TWINS if near else 0.0))
    if same_day_mistyped(one, other):
        return weight(BIRTH_SLIP, 0.003)
    return weight(BIRTH_OTHER, 1.0)


def _sexes(first: Subject, second: Subject) -> float:
    if not (first.sex and second.sex):
        return 0.0
    return SEX_SAME if first.sex == second.sex else SEX_OTHER


def _numbers(first: Subject, second: Subject) -> float:
    """Return what numbers tell of which one at least is doubtful or cut off."""
    if (first.number or first.doubtful) and (second.number or second.doubtful):
        return NUMBER_SLIP if _numbers_slip(first, second) else NUMBER_OTHER
    if (first.partial or second.partial) and (first.number or first.partial) and (second.number or second.partial):
        return DIGITS_AGREE if digits_agree(first, second) else DIGITS_DIFFER
    return 0.0


def _numbers_slip(first: Subject, second: Subject) -> bool:
    """Tell whether one number is the other, mistyped; two good ones never are."""
    if first.number and second.number:
        return False
    one, other = first.number or first.doubtful, second.number or second.doubtful
    if not (one and other):
        return False
    return one == other or one_sign_apart(one, other) or neighbours_swapped(one, other)


def _reason(first: Subject, second: Subject, alike: Likeness, *, at_door: bool, by_phone: bool) -> str:
    """Return the code of what speaks most for one person."""
    if _numbers_slip(first, second):
        return "id_digits_swapped" if alike == Likeness.EQUAL or at_door else "id_close"
    if alike != Likeness.EQUAL:
        written = {Likeness.SOUND: "sounds", Likeness.SHAPE: "looks"}.get(alike, "close")
        return f"name_{written}_alike"
    return "same_phone_same_name" if by_phone and not at_door else "same_name_other_birth"
