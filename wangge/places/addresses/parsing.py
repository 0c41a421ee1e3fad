"""Reading an address: which door it names, what was not understood, and why it must be asked.

Nothing is guessed. The parts that were read are given even where a doubt remains; ``certain`` tells whether they may be
believed without a person.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import NamedTuple

from wangge.places.addresses.doubts import Doubt
from wangge.places.addresses.filling import Slots, fill, is_room
from wangge.places.addresses.surroundings import (
    Around,
    Lead,
    below_divisions,
    estate_in,
    is_of_nowhere_else,
    names_nobody,
    read_lead,
    says_something,
    set_aside,
    tidy,
)
from wangge.places.addresses.tokens import MARK, Token, plain_text, runs_of
from wangge.places.addresses.words import AS_ABOVE, NOTHING, SURE_HAMLET_END

CERTAIN, SPOKEN = 0.85, 0.99
_HEAVY = frozenset(("building", "stairwell", "room", "hash", "shop", "row", "household"))
_LIGHT = frozenset(("house", "lane", "group", "storey", "floor", "cellar", "cellar_alone", "quarter"))
_CARRIED = frozenset(("lane", "group", "quarter", "named_quarter", "plain_houses"))
_PLAIN = re.compile(r"([1-9][0-9]{0,2})(?:栋|幢|座|号楼) ?([1-9][0-9]?)单元 ?([1-9][0-9]{2,3})[室号]?")
"""How most doors are written; what is read of them is what the long way reads, twenty times sooner."""


class Door(NamedTuple):
    """What tells one door from all others of a place; parts that it does not have are empty.

    A villagers' house has a group and its number under ``building``; ``quarter`` is a phase, a part of an estate or
    the estate's name.
    """

    lane: str = ""
    group: str = ""
    quarter: str = ""
    building: str = ""
    stairwell: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """An address as it was read. ``place`` is another known place that it names, ``rest`` what was not understood."""

    lane: str = ""
    group: str = ""
    quarter: str = ""
    building: str = ""
    stairwell: str = ""
    floor: str = ""
    room: str = ""
    place: str = ""
    rest: str = ""
    remark: str = ""
    house: bool = False
    without_stairwell: bool = False
    confidence: float = 0.0
    doubts: frozenset[Doubt] = frozenset()

    @property
    def certain(self) -> bool:
        """Tell whether it names exactly one door, and nothing in it is doubtful."""
        return not self.doubts and self.confidence >= CERTAIN

    @property
    def door(self) -> Door:
        """The key of the door, as far as it was read."""
        room = f"{self.floor}{self.room}" if self.room.endswith("户") else self.room
        quarter = f"{self.place}{self.quarter}"
        return Door(self.lane, self.group, quarter, self.building, self.stairwell, room)

    @property
    def estate(self) -> str:
        """The estate or village that the address names, known or not; empty when it names none or it is the scope."""
        return self.place or ("" if Doubt.WORDS in self.doubts else estate_in(self.rest))


def parse_address(text: str, *, scope: str = "", known: Collection[str] = ()) -> Address:
    """Read an address; ``scope`` is the place whose list it stands in, ``known`` are names of other places."""
    if not (scope or known) and (door := _PLAIN.fullmatch(text)):
        return Address(building=door[1], stairwell=door[2], room=door[3], confidence=SPOKEN)
    plain = plain_text(text)
    if plain.casefold() in NOTHING or not plain or names_nobody(plain):
        return Address(doubts=frozenset({Doubt.NO_ADDRESS}))
    if plain.casefold() in AS_ABOVE or plain.startswith(("SAME AS", "同上")):
        return Address(rest=plain, doubts=frozenset({Doubt.AS_ABOVE}))
    around = set_aside(plain, scope, known)
    if not tidy(around.text) and not around.named and not around.place:
        return Address(remark=around.remark, doubts=frozenset({Doubt.NO_ADDRESS}))
    return _address(around, scoped=bool(scope))


def _address(around: Around, scoped: bool) -> Address:
    text = around.text
    runs = runs_of(text, len(text) - len(below_divisions(text)))
    if not runs:
        return _of_words(around)
    place, several = _main(runs)
    tokens = runs[place]
    carried = [token for run in runs[:place] for token in run if token.kind in _CARRIED]
    slots = fill([*carried, *tokens])
    before = _without(text[: tokens[0].start], carried)
    behind = text[tokens[-1].end :]
    lead = _named(slots, read_lead(before), before) + slots.street_number
    if several:
        slots.doubts.add(Doubt.SEVERAL)
    if around.unclear:
        slots.doubts.add(Doubt.UNCLEAR)
    said = says_something(behind)
    if said:
        slots.doubts.add(Doubt.WORDS)
    named_within = any(MARK in token.between for token in tokens)
    if scoped and not around.place and not named_within and not is_of_nowhere_else(lead, bool(slots.lane)):
        slots.doubts.add(Doubt.PLACE_UNKNOWN)
    rest = tidy(f"{lead} {behind if said else ''}")
    return _made(slots, around, rest)


def _made(slots: Slots, around: Around, rest: str) -> Address:
    return Address(
        slots.lane, slots.group, slots.quarter, slots.building, slots.stairwell, slots.floor, slots.room,
        place=around.place, rest=rest, remark=around.remark, house=slots.house,
        without_stairwell=slots.without_stairwell, confidence=_confidence(slots), doubts=frozenset(slots.doubts),
    )  # fmt: skip


def _of_words(around: Around) -> Address:
    """Return what words without any number say: at most a hamlet."""
    lead = read_lead(around.text)
    hamlet = lead.hamlet if SURE_HAMLET_END.search(lead.hamlet) else ""
    rest = tidy(lead.rest if hamlet else around.text)
    doubts = frozenset({Doubt.INCOMPLETE})
    return Address(group=hamlet, rest=rest, place=around.place, remark=around.remark, confidence=0.2, doubts=doubts)


def _main(runs: list[list[Token]]) -> tuple[int, bool]:
    """Return which run of numbers names the door, and whether more than one could."""
    for kinds in (_HEAVY, _LIGHT):
        fitting = [place for place, run in enumerate(runs) if _is_of(run, kinds)]
        if fitting:
            return fitting[-1], len(fitting) > 1 and kinds is _HEAVY
    return len(runs) - 1, False


def _is_of(run: list[Token], kinds: frozenset[str]) -> bool:
    """Tell whether a run names a part of these kinds, or is 3-2-501, which weighs as much as a building."""
    bare = sum(token.kind == "bare" for token in run)
    joined = kinds is _HEAVY and bare > 1 and any(token.kind == "bare" and is_room(token.value) for token in run)
    return joined or any(token.kind in kinds for token in run)


def _without(text: str, tokens: list[Token]) -> str:
    """Return the text without some of its parts."""
    for token in reversed(tokens):
        text = f"{text[: token.start]} {text[token.end :]}"
    return text


def _named(slots: Slots, lead: Lead, before: str) -> str:
    """Take the street or hamlet before a house's number as its lane or group; return the words that are left."""
    alone = not slots.group and not slots.lane
    if lead.street and slots.lane.endswith(("巷", "胡同")):  # each street may have a third lane
        slots.lane = f"{lead.street}{slots.lane}"
        return lead.rest
    if slots.house and alone and lead.street:
        slots.lane = lead.street
        if slots.stairwell and not slots.spoken:  # the road's number may be an estate's: 人民路88号3-501
            slots.doubts.add(Doubt.UNCLEAR)
        return lead.rest
    if alone and lead.hamlet and slots.loose and not slots.building:
        slots.building, slots.house = slots.loose, True
        slots.doubts.discard(Doubt.INCOMPLETE)
    if slots.house and alone and lead.hamlet:
        slots.group = lead.hamlet
        return lead.rest
    if lead.building and not slots.building and (slots.room or slots.stairwell):
        slots.building = lead.building
        if slots.whole:
            slots.doubts.discard(Doubt.INCOMPLETE)
        return lead.rest
    return before


def _confidence(slots: Slots) -> float:
    """Return how surely the parts name one door, from 0 to 1."""
    doubts = slots.doubts
    if doubts & {Doubt.SEVERAL, Doubt.JOINED, Doubt.LETTER}:
        return 0.2
    if doubts:
        return 0.5 if doubts <= {Doubt.INCOMPLETE, Doubt.STAIRWELL_OPEN, Doubt.WORDS} else 0.4
    if slots.house and not slots.room:
        return 0.97 if slots.group or slots.lane else 0.7
    if slots.stairwell or slots.without_stairwell or slots.lane:
        return SPOKEN if slots.spoken else 0.95
    return 0.9


def with_group(address: Address, group: str) -> Address:
    """Return the address as it reads when its villagers' group is known from elsewhere."""
    if not group or address.group == group:
        return address
    if address.group:
        return replace(address, doubts=address.doubts | {Doubt.SEVERAL}, confidence=0.2)
    confidence = 0.97 if address.house and not address.doubts else address.confidence
    return replace(address, group=group, confidence=confidence)
