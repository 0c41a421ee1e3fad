"""What each way out can carry: lengths, parts and rates, as data.

Source: the limits of the makers' own pages as seen in 2020-2026; ``None`` where none was seen. A rate is a pair of
(messages, seconds) for one target.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

Rate = tuple[int, int]


class Channel(StrEnum):
    """A way out of the house."""

    WECOM = "wecom"
    WECOM_MARKDOWN = "wecom_markdown"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    SMS = "sms"
    MAIL = "mail"
    BY_HAND = "by_hand"


class State(StrEnum):
    """Where a message is: waiting for its turn, laid down as a file, or given up."""

    WAITING = "waiting"
    DROPPED = "dropped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Limits:
    """The longest body in UTF-8 bytes and in characters, and the rates of one channel."""

    most_bytes: int | None = None
    most_characters: int | None = None
    rates: tuple[Rate, ...] = ()


LIMITS: dict[Channel, Limits] = {
    Channel.WECOM: Limits(most_bytes=2048, rates=((20, 60),)),
    Channel.WECOM_MARKDOWN: Limits(most_bytes=4096, rates=((20, 60),)),
    Channel.DINGTALK: Limits(rates=((20, 60),)),
    Channel.FEISHU: Limits(most_bytes=20 * 1024, rates=((5, 1), (100, 60))),
    Channel.SMS: Limits(most_characters=500, rates=((50, 86400),)),
    Channel.MAIL: Limits(),
    Channel.BY_HAND: Limits(),
}

ONE_PART = 70
EACH_PART = 67


def utf8_bytes(text: str) -> int:
    """Return the length of the text in UTF-8 bytes; a Chinese character mostly takes three."""
    return len(text.encode())


def utf16_units(text: str) -> int:
    """Return the length of the text as a telephone counts it; characters beyond the basic plane count two."""
    return len(text.encode("utf-16-le")) // 2


def sms_parts(body: str, signature: str = "") -> int:
    """Return how many parts a short message takes, its signature in 【】 counted: 70 units for one, else 67 each."""
    whole = f"【{signature}】{body}" if signature else body
    units = utf16_units(whole)
    return 1 if units <= ONE_PART else -(-units // EACH_PART)


def excess(channel: Channel, body: str) -> tuple[str, int, int] | None:
    """Return what is too long about the body as (unit, length, most), or nothing when the channel can carry it."""
    limits = LIMITS[channel]
    if limits.most_bytes is not None and utf8_bytes(body) > limits.most_bytes:
        return "bytes", utf8_bytes(body), limits.most_bytes
    if limits.most_characters is not None and utf16_units(body) > limits.most_characters:
        return "characters", utf16_units(body), limits.most_characters
    return None


def release_at(earlier: Sequence[datetime], at: datetime, rates: Sequence[Rate]) -> datetime:
    """Return when a message wished for ``at`` may go, after the releases already planned for its target, in order.

    In no window of ``seconds`` more than ``messages`` go out, and none overtakes an earlier one.
    """
    free = max([at, *earlier[-1:]])
    for messages, seconds in rates:
        if len(earlier) >= messages:
            free = max(free, earlier[-messages] + timedelta(seconds=seconds))
    return free


def longest_window(rates: Sequence[Rate]) -> timedelta:
    """Return the longest window of the rates, zero without any."""
    return timedelta(seconds=max((seconds for _, seconds in rates), default=0))
