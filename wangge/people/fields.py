"""What the register holds about people: every column declared, and how a person's rows are shown and erased."""

from collections.abc import Sequence
from uuid import UUID

from wangge.people.models import Household, Joining, Phone, PriorityFlag, Resident, Stay
from wangge.privacy.fields import PersonalField, register_fields
from wangge.privacy.holdings import Facts, Holding, register_holding

REGISTER = frozenset(
    {"administrator", "county_lead", "town_lead", "community_lead", "team_leader", "clerk", "grid_worker"}
)
CARE = REGISTER | {"doctor"}


def _field(klass: str, merge: str = "soft", mask: str = "hidden", roles: frozenset[str] = REGISTER) -> PersonalField:
    purpose = "care" if roles is CARE else "register"
    return PersonalField(klass=klass, purpose=purpose, retention="response", roles=roles, merge=merge, mask=mask)


def register() -> None:
    """Register every column and every holding of this room."""
    _households()
    _residents()
    _around()
    register_holding(Holding("people.Household", "id", "response", describe=_household, erase=_erase_household))
    register_holding(Holding("people.Resident", "id", "response", describe=_resident, erase=_erase_resident))
    register_holding(Holding("people.Phone", "resident", "response", describe=_phones, erase=_erase_phones))
    register_holding(Holding("people.PriorityFlag", "resident", "response", describe=_flags, erase=_erase_flags))
    register_holding(Holding("people.Stay", "resident", "response", describe=_stays, erase=_erase_stays))
    register_holding(Holding("people.Joining", "kept", "response", describe=_joinings, erase=_erase_joinings))


def _households() -> None:
    register_fields(
        "people.Household",
        personal={"address": _field("address"), "note": _field("note")},
        plain=(
            "id", "dwelling", "path", "grid_path", "state", "merged_into", "opened_at", "closed_at", "clocks",
        ),
    )  # fmt: skip


def _residents() -> None:
    name = _field("identity", "protected", "name", CARE)
    number = _field("identity", "protected", "id")
    register_fields(
        "people.Resident",
        personal={
            "name": name, "pinyin": name, "initials": name, "other_initials": name,
            "sex": _field("identity", "protected"), "birth_on": _field("identity", "protected"),
            "id_kind": number, "id_doubt": number, "id_sealed": number, "id_index": number, "id_last4": number,
            "relation": _field("family"), "is_head": _field("family"), "guardian": _field("family", "protected"),
            "presence": _field("whereabouts"), "state": _field("identity", "step"),
            "state_on": _field("identity", "step"),
        },
        plain=("id", "household", "path", "merged_into", "added_at", "clocks"),
    )  # fmt: skip
    phone = _field("contact", mask="phone")
    register_fields(
        "people.Phone",
        personal={"sealed": phone, "index": phone, "last4": phone},
        plain=("id", "resident", "position"),
    )


def _around() -> None:
    care = _field("care", "step", roles=CARE)
    travel = _field("whereabouts", "step", roles=CARE)
    register_fields(
        "people.PriorityFlag",
        personal={
            "reason": care, "note": care, "basis": care, "from_on": care, "until_on": care, "review_on": care,
            "end_reason": care, "origin": travel, "came_on": travel,
        },
        plain=("id", "resident", "path", "grid_path", "raised_by", "raised_at", "ended_at"),
    )  # fmt: skip
    stay = _field("whereabouts")
    register_fields(
        "people.Stay",
        personal={"from_on": stay, "until_on": stay, "ended_on": stay, "note": stay},
        plain=("id", "resident", "household", "path", "grid_path"),
    )
    register_fields(
        "people.Joining",
        personal={"before": _field("record", "fixed")},
        plain=("id", "what", "kept", "gone", "path", "after", "joined_at", "joined_by", "undone_at"),
    )


def _household(subject: UUID) -> Sequence[Facts]:
    rows = Household.objects.filter(id=subject)
    return [{"address": row.address, "note": row.note, "opened_at": row.opened_at, "state": row.state} for row in rows]


def _erase_household(subject: UUID) -> int:
    """Empty what was written about a household; its row stays as long as somebody's row points to it."""
    return Household.objects.filter(id=subject).exclude(address="", note="").update(address="", note="")


def _resident(subject: UUID) -> Sequence[Facts]:
    from wangge.people.commands.writing import number_of

    return [
        {
            "name": row.name,
            "sex": row.sex,
            "birth_on": row.birth_on,
            "id_kind": row.id_kind,
            "id_number": number_of(row),
            "relation": row.relation,
            "presence": row.presence,
            "state": row.state,
            "added_at": row.added_at,
        }
        for row in Resident.objects.filter(id=subject)
    ]


def _erase_resident(subject: UUID) -> int:
    return Resident.objects.filter(id=subject).delete()[0]


def _phones(subject: UUID) -> Sequence[Facts]:
    from wangge.people.commands.writing import phones_of

    rows = list(Resident.objects.filter(id=subject))
    return [{"number": number} for numbers in phones_of(rows).values() for number in numbers]


def _erase_phones(subject: UUID) -> int:
    return Phone.objects.filter(resident=subject).delete()[0]


def _flags(subject: UUID) -> Sequence[Facts]:
    rows = PriorityFlag.objects.filter(resident=subject).order_by("from_on")
    return [
        {
            "reason": row.reason,
            "origin": row.origin,
            "came_on": row.came_on,
            "from_on": row.from_on,
            "until_on": row.until_on,
            "note": row.note,
            "basis": row.basis,
        }
        for row in rows
    ]


def _erase_flags(subject: UUID) -> int:
    return PriorityFlag.objects.filter(resident=subject).delete()[0]


def _stays(subject: UUID) -> Sequence[Facts]:
    rows = Stay.objects.filter(resident=subject).order_by("from_on")
    return [
        {"from_on": row.from_on, "until_on": row.until_on, "ended_on": row.ended_on, "note": row.note} for row in rows
    ]


def _erase_stays(subject: UUID) -> int:
    return Stay.objects.filter(resident=subject).delete()[0]


def _joinings(subject: UUID) -> Sequence[Facts]:
    rows = Joining.objects.filter(kept=subject).order_by("joined_at")
    return [{"joined_at": row.joined_at, "undone_at": row.undone_at} for row in rows]


def _erase_joinings(subject: UUID) -> int:
    """Delete the pictures in which the subject may stand, whichever of the two rows it was."""
    kept = Joining.objects.filter(kept=subject).delete()[0]
    return kept + Joining.objects.filter(gone=subject).delete()[0]
