"""Laying down what waits in the outbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from wangge.gateways import drop
from wangge.gateways.models import OutgoingMessage
from wangge.gateways.rules import State
from wangge.gateways.sealing import open_target
from wangge.kernel.refused import Refused

MOST_ATTEMPTS = 8
PAUSE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Laid:
    """What one run did: messages laid down as files, put off because the disk said no, and given up."""

    dropped: int = 0
    put_off: int = 0
    failed: int = 0


def lay_down_waiting(now: datetime, limit: int = 100) -> Laid:
    """Lay down at most ``limit`` messages whose turn has come at ``now``, the longest waiting first.

    The file is written before its mark is saved and bears the message's id: after a crash it is written again over
    itself. A full disk puts the message off by a minute, eight times; a target that does not open gives it up.
    """
    with transaction.atomic():
        waiting = OutgoingMessage.objects.filter(state=State.WAITING, release_at__lte=now)
        waiting = waiting.order_by("release_at", "id")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        outcomes = [_lay_down(message, now) for message in waiting[:limit]]
    return Laid(outcomes.count(State.DROPPED), outcomes.count(State.WAITING), outcomes.count(State.FAILED))


def _lay_down(message: OutgoingMessage, now: datetime) -> State:
    message.attempts += 1
    try:
        drop.lay_down(
            message.pk,
            {
                "channel": message.channel,
                "target": open_target(bytes(message.target_sealed)),
                "body": message.body,
                "key": message.key,
                "made_at": message.made_at.isoformat(),
            },
        )
    except Refused as refused:
        message.state, message.failed = State.FAILED, refused.code
    except OSError:
        if message.attempts >= MOST_ATTEMPTS:
            message.state, message.failed = State.FAILED, "gateways.disk"
        else:
            message.release_at = now + PAUSE
    else:
        message.state, message.dropped_at = State.DROPPED, now
    message.save(update_fields=["state", "failed", "attempts", "release_at", "dropped_at"])
    return State(message.state)
