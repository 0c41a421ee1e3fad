"""What a row of a list tells, and the index by which its person is known in another list."""

from wangge.flows.handed_down_list.sheet import ListRow
from wangge.planning.matching.persons import plain_name
from wangge.privacy import vault
from wangge.surveys.contents import PERSON, Told

FROM_ROW = tuple(name for name in Told.__dataclass_fields__ if name != "door")


def told_of(row: ListRow, door: str) -> Told:
    """Return what a row tells, with its door's key where that is certain."""
    return Told(door=door, **{name: getattr(row, name) for name in FROM_ROW})


def person_index(row: ListRow) -> bytes | None:
    """Return the keyed index of a good number and the name, None where one of them is missing."""
    if not row.number or row.number_doubt or not row.name:
        return None
    return vault.blind(PERSON, f"{row.number}\x1f{plain_name(row.name)}")
