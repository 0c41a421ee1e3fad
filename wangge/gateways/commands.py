"""Putting messages into the outbox and taking them out again; all join the transaction of their caller."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from wangge.gateways import drop
from wangge.gateways.models import OutgoingMessage
from wangge.gateways.rules import LIMITS, Channel, excess, longest_window, release_at, sms_parts
from wangge.gateways.sealing import seal_target
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused


def post(
    *,
    at: datetime,
    channel: str,
    target: str,
    body: str,
    key: str,
    subject: UUID | None = None,
    signature: str = "",
) -> UUID:
    """Put one message into the outbox and return its id; the same ``key`` again returns the first and changes nothing.

    It waits until the channel's rate for this target allows it. Refused when the channel is unknown, the body is
    empty or too long for it, or the key is used for another message.
    """
    way = _way(channel)
    _check(way, body)
    sealed, index = seal_target(target)
    with transaction.atomic():
        before = OutgoingMessage.objects.filter(key=key).first()
        if before is not None:
            if (before.channel, bytes(before.target_index), before.body) != (way.value, index, body):
                raise Refused("gateways.key_reused", key=key)
            return before.pk
        made = OutgoingMessage.objects.create(
            id=uuid7(),
            key=key,
            channel=way.value,
            target_sealed=sealed,
            target_index=index,
            subject=subject,
            body=body,
            parts=sms_parts(body, signature) if way is Channel.SMS else 1,
            made_at=at,
            release_at=release_at(_earlier(way, index, at), at, LIMITS[way].rates),
        )
    return made.pk


def forget_about(*, subject: UUID) -> int:
    """Delete every message about the subject with its file, and return how many there were."""
    return _forget(list(OutgoingMessage.objects.filter(subject=subject).values_list("id", flat=True)))


def forget_old(*, before: datetime, batch: int = 500) -> int:
    """Delete messages made before the instant with their files, at most ``batch``, and return how many went."""
    old = OutgoingMessage.objects.filter(made_at__lt=before).order_by("made_at").values_list("id", flat=True)
    return _forget(list(old[:batch]))


def _forget(messages: list[UUID]) -> int:
    for message in messages:
        drop.take_away(message)
    return OutgoingMessage.objects.filter(id__in=messages).delete()[0]


def _way(channel: str) -> Channel:
    try:
        return Channel(channel)
    except ValueError:
        raise Refused("gateways.channel_unknown", channel=channel) from None


def _check(way: Channel, body: str) -> None:
    if not body.strip():
        raise Refused("gateways.body_empty")
    too_much = excess(way, body)
    if too_much is not None:
        unit, length, most = too_much
        if unit == "bytes":
            raise Refused("gateways.too_many_bytes", channel=way.value, length=length, most=most)
        raise Refused("gateways.too_many_characters", channel=way.value, length=length, most=most)


def _earlier(way: Channel, index: bytes, at: datetime) -> list[datetime]:
    """Return the releases planned for this target within the channel's longest window, in order."""
    rates = LIMITS[way].rates
    if not rates:
        return []
    recent = OutgoingMessage.objects.filter(
        channel=way.value, target_index=index, release_at__gt=at - longest_window(rates)
    )
    return list(recent.order_by("release_at").values_list("release_at", flat=True))
