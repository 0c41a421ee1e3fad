"""What the journal holds about people; it lies below privacy and cannot say so itself."""

import json
from uuid import UUID

from wangge.journal.erasing import erase_facts_of
from wangge.journal.models import ActorNumber, LineFacts, PersonDay
from wangge.privacy.fields import PersonalField, register_fields
from wangge.privacy.holdings import Holding, register_holding

LEADERS = frozenset({"administrator", "county_lead", "town_lead", "community_lead", "auditor"})


def register() -> None:
    """Register the journal's tables and what they hold."""
    fact = PersonalField(klass="record", purpose="proof", retention="kind", roles=LEADERS, merge="fixed")
    counted = PersonalField(klass="record", purpose="count", retention="response", roles=frozenset(), merge="fixed")
    account = PersonalField(klass="work", purpose="proof", retention="response", roles=LEADERS, merge="fixed")
    register_fields("journal.ActorNumber", personal={"account": account}, plain=("number",))
    register_fields(
        "journal.LineFacts",
        personal={"facts": fact, "at": fact, "received_at": fact},
        plain=("line", "salt", "retention", "subject"),
    )
    register_fields(
        "journal.PersonDay", personal={"day": counted, "counter": counted, "path": counted}, plain=("id", "person")
    )
    _register_plain()
    register_holding(Holding("journal.ActorNumber", "account", "response", describe=_actor, erase=_forget_actor))
    register_holding(Holding("journal.LineFacts", "subject", "kind", describe=_facts, erase=erase_facts_of))
    register_holding(Holding("journal.PersonDay", "person", "response", describe=_days, erase=_forget_days))


def _register_plain() -> None:
    register_fields(
        "journal.Line",
        personal={},
        plain=(
            "id", "seq", "txid", "kind", "actor", "path", "hour", "received_hour", "tallies", "facts_digest",
        ),
    )  # fmt: skip
    register_fields("journal.Block", personal={}, plain=("number", "first_seq", "last_seq", "previous", "digest"))
    register_fields(
        "journal.Receipt",
        personal={},
        plain=("id", "source", "key", "digest", "command", "refused", "answer", "received_at"),
    )
    register_fields(
        "journal.Tally", personal={}, plain=("id", "path", "day", "counter", "value", "unproven", "rowless")
    )
    register_fields("journal.Stock", personal={}, plain=("id", "path", "counter", "value"))


def _actor(subject: UUID) -> list[dict[str, object]]:
    return [{"number": row.number} for row in ActorNumber.objects.filter(account=subject)]


def _forget_actor(subject: UUID) -> int:
    """Cut the number off its account: the lines stay with a number that leads to nobody."""
    return ActorNumber.objects.filter(account=subject).update(account=None)


def _facts(subject: UUID) -> list[dict[str, object]]:
    rows = LineFacts.objects.filter(subject=subject).select_related("line").order_by("line_id")
    return [{"at": row.at, "kind": row.line.kind, "facts": json.loads(row.facts)} for row in rows]


def _days(subject: UUID) -> list[dict[str, object]]:
    return [
        {"day": row.day, "counter": row.counter} for row in PersonDay.objects.filter(person=subject).order_by("day")
    ]


def _forget_days(subject: UUID) -> int:
    return PersonDay.objects.filter(person=subject).delete()[0]
