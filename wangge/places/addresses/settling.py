"""What a word means by its place: 楼 is a building before a stairwell and a floor behind one; 号 is a street's number
before a building, a house, or a room."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wangge.places.addresses.doubts import Doubt
from wangge.places.addresses.tokens import MARK, Token

_INSIDE = frozenset(("building", "stairwell", "floor", "house"))


def settled(tokens: Sequence[Token], doubts: set[Doubt]) -> list[Token]:
    """Return the parts with kinds that stand by themselves: what was a part of the one before is joined to it."""
    done: list[Token] = []
    for place, token in enumerate(tokens):
        behind = tokens[place + 1 :]
        after = set(_kinds(behind))
        if token.kind == "house" and _is_before_the_place(behind):
            after.add("building")
        if token.kind in ("annex", "within"):
            _join(done, token, doubts)
        elif token.kind != "house" or all((one.kind, one.value) != ("house", token.value) for one in done):
            whole = _with_first_half(done, token, after, doubts)
            before = {one.kind for one in done}
            done.append(replace(whole, kind=_kind(whole, before, after, doubts), value=_value(whole)))
    return done


def _is_before_the_place(behind: Sequence[Token]) -> bool:
    """Tell whether the place is named behind a number, or a whole door follows: then the number is a road's."""
    whole = len(behind) == 3 and all(token.kind in ("bare", "room") for token in behind)
    return whole or any(MARK in token.between for token in behind)


def _kinds(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield kinds as far as they can be told from behind: 楼 before a stairwell and # are buildings."""
    for place, token in enumerate(tokens):
        if token.kind == "hash" or (token.kind == "storey" and any(one.kind == "stairwell" for one in tokens[place:])):
            yield "building"
        else:
            yield token.kind


_ALWAYS = {"row": "building", "plain_houses": "quarter", "named_quarter": "quarter"}


def _kind(token: Token, before: set[str], after: set[str], doubts: set[Doubt]) -> str:
    inside = bool(before & _INSIDE)
    kind = _ALWAYS.get(token.kind, token.kind)
    match kind:
        case "hash":
            kind = "room" if before & {"building", "house", "stairwell"} else "building"
        case "storey":
            kind = "floor" if inside or not after & {"stairwell", "floor", "storey"} else "building"
        case "household":
            kind = "room" if inside else "house"
        case "house":
            kind = _kind_of_house(token, before, after, doubts)
        case "cellar" | "cellar_alone":
            if kind == "cellar_alone":
                doubts.add(Doubt.UNCLEAR)
            kind = "room" if len(_value(token)) > 3 else "floor"
        case "building" if token.word == "座" and "building" in before and not (before | after) & {"stairwell"}:
            kind = "stairwell"
    return kind


def _value(token: Token) -> str:
    if token.kind == "cellar":
        return f"B{token.value}" if len(token.value) > 2 else f"-{token.value}"
    if token.kind == "floor" and token.value.startswith("B"):
        return f"-{token.value[1:]}"
    return "-1" if token.kind == "cellar_alone" else token.value


def _kind_of_house(token: Token, before: set[str], after: set[str], doubts: set[Doubt]) -> str:
    """Return what 号 counts; before a building it is the street's number, which says where the estate is."""
    if before & {"building", "stairwell", "floor"} or ("bare" in before and len(token.value) > 2):
        return "room"
    if "building" in after:
        return "street_number"
    if "house" in before:
        if len(token.value) < 3:
            doubts.add(Doubt.UNCLEAR)
        return "room"
    return "house"


def _with_first_half(done: list[Token], token: Token, after: set[str], doubts: set[Doubt]) -> Token:
    """Return a house or building with the number before it where both are one, as in 25-1号 and 3-1栋."""
    last = done[-1] if done else None
    if token.kind not in ("house", "building") or token.between != "-" or len(token.value) > 2:
        return token
    before = {one.kind for one in done}
    if last is None or last.kind != "bare" or before & {"building", "stairwell", "floor"}:
        return token
    done.pop()
    if "building" not in after and (token.kind == "building" or not before & {"group", "lane"}):
        doubts.add(Doubt.UNCLEAR)
    return replace(token, value=f"{last.value}-{token.value}", start=last.start, between=last.between)


def _join(done: list[Token], token: Token, doubts: set[Doubt]) -> None:
    """Join 附1 and 之1 to the number before; 附1 of a building is one of its doors."""
    if not done:
        doubts.add(Doubt.UNCLEAR)
    elif done[-1].kind in ("building", "stairwell", "floor"):
        sign = "附" if token.kind == "annex" else "之"
        if sign == "之":
            doubts.add(Doubt.UNCLEAR)
        done.append(replace(token, kind="room", value=f"{sign}{token.value}"))
    else:
        if done[-1].kind not in ("house", "room", "bare"):
            doubts.add(Doubt.UNCLEAR)
        value = f"{done[-1].value}{'附' if token.kind == 'annex' else '-'}{token.value}"
        done[-1] = replace(done[-1], value=value, end=token.end)
