"""What a row of a file says otherwise than the register, and where somebody lives who stands at two doors."""

from collections.abc import Iterator

from wangge.flows.import_roster.planned import Picture, Registered
from wangge.flows.import_roster.rows import RosterRow
from wangge.people.rules.codes import Relation

CLOSE = frozenset(
    {
        Relation.HEAD, Relation.SPOUSE, Relation.CHILD, Relation.PARENT, Relation.GRANDPARENT, Relation.GRANDCHILD,
        Relation.SIBLING,
    }
)  # fmt: skip
FAR = frozenset({Relation.IN_LAW, Relation.OTHER_RELATIVE, Relation.TENANT, Relation.NON_RELATIVE})


def doors_differ(first: str, second: str) -> bool:
    """Tell whether two doors are known and not the same."""
    return bool(first) and bool(second) and first != second


def is_closer(relation: str, other: str) -> bool:
    """Tell whether somebody is of the family by one relation and only beside it by another.

    A daughter-in-law whom her parents' village still lists lives where she is the wife.
    """
    return relation in CLOSE and other in FAR


def differences(person: RosterRow, known: Registered, picture: Picture) -> Iterator[tuple[str, str]]:
    """Yield what a row says otherwise than the register about somebody, as code and field; the register stays."""
    subject = known.subject
    if person.birth and subject.birth and person.birth != subject.birth:
        yield "birth_differs", "birth"
    if person.sex and subject.sex and person.sex != subject.sex:
        yield "sex_differs", "sex"
    if person.size is not None:
        new = {picture.phone_index(phone) for phone in person.phones} - known.phones
        if new and known.phones:
            yield "phone_differs", "phones"
        if person.size != picture.size_of(known.household):
            yield "size_differs", "size"
