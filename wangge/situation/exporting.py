"""Taking the register of an area out of the house: who may, who else agreed, and a line for everybody who is in it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from wangge.access.exporting import VERB, agreed, exportable_area, look_purpose
from wangge.access.viewing import Viewer, scoped
from wangge.journal.commanding import command
from wangge.journal.kinds import Kind, register_kind
from wangge.journal.recording import Entry, record
from wangge.kernel.paths import upper
from wangge.kernel.stamps import Stamp
from wangge.people import queries as people
from wangge.people.models import Resident
from wangge.people.queries.listing import ExportedHousehold, ExportedMember
from wangge.people.rules.codes import ResidentState
from wangge.privacy import masks
from wangge.privacy.looks import log_looks

EXPORTED = "register.exported"
FIELDS = ("name", "sex", "birth_on", "is_head")
NUMBERS = ("id_number", "phones")
LOOKS_AT_ONCE = 500

register_kind(Kind(EXPORTED, retention="response"))


@dataclass(frozen=True, slots=True)
class ExportAllowed:
    """An export that may be made now: of which area, of how many people, and the approval that it used up."""

    area: int
    people: int
    approval: UUID | None = None


def people_in(*, viewer: Viewer, path: str) -> int:
    """Return how many people an export of an area would hold; one statement."""
    rows = scoped(Resident, viewer, VERB).filter(path__gte=path, path__lt=upper(path), state=ResidentState.LIVING)
    return rows.count()


@command
def allow_export(
    *, stamp: Stamp, actor: Viewer, area: int, purpose: str, approval: str = "", unmasked: bool = False
) -> ExportAllowed:
    """Use up the approval that an export needs, and write down that it is made; the rows are read afterwards.

    Refused outside the actor's areas, without a purpose, and above 500 people without a fitting approval code.
    """
    home = exportable_area(actor, area)
    number = people_in(viewer=actor, path=home.path)
    used = agreed(stamp=stamp, actor=actor, area=home.id, purpose=purpose, approval=approval, people=number)
    facts = {"area": home.id, "people": number, "unmasked": unmasked, "approval": str(used) if used else None}
    path = home.grid_path or home.path
    record(stamp=stamp, actor=actor, entries=[Entry(EXPORTED, path, facts, subject=home.uid)])
    return ExportAllowed(home.id, number, used)


def exported(*, stamp: Stamp, viewer: Viewer, path: str, purpose: str, unmasked: bool) -> Iterator[ExportedHousehold]:
    """Return the households of an area as they leave the house, numbers and telephones masked unless asked for.

    Before a household is handed out, everybody in it has their line in the access log.
    """
    fields = (*FIELDS, *NUMBERS) if unmasked else FIELDS
    waiting: list[ExportedHousehold] = []
    for home in people.export(viewer=viewer, path=path):
        waiting.append(home)
        if len(waiting) >= LOOKS_AT_ONCE:
            yield from _logged(stamp, viewer, waiting, fields, purpose, unmasked)
            waiting = []
    yield from _logged(stamp, viewer, waiting, fields, purpose, unmasked)


def _logged(  # noqa: PLR0917  (one batch of one export)
    stamp: Stamp, viewer: Viewer, homes: list[ExportedHousehold], fields: tuple[str, ...], purpose: str, unmasked: bool
) -> list[ExportedHousehold]:
    """Write the looks of one batch and return it as it may be seen."""
    log_looks(
        at=stamp.received_at,
        viewer_number=viewer.number,
        subjects=[member.id for home in homes for member in home.members],
        fields=fields,
        purpose=look_purpose(purpose),
        channel=stamp.channel,
    )
    return homes if unmasked else [_masked(home) for home in homes]


def _masked(home: ExportedHousehold) -> ExportedHousehold:
    return replace(home, members=tuple(_masked_member(one) for one in home.members))


def _masked_member(one: ExportedMember) -> ExportedMember:
    number = masks.mask_id(one.id_number) if one.id_number else None
    return replace(one, id_number=number, phones=tuple(masks.mask_phone(phone) for phone in one.phones))
