"""What each way out carries, and when."""

from datetime import timedelta

import pytest

from tests.conftest import NOON
from wangge.gateways.rules import LIMITS, Channel, Rate, excess, longest_window, release_at, sms_parts

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("length", "signature", "parts"),
    [
        (1, "", 1),
        (70, "", 1),
        (71, "", 2),
        (134, "", 2),
        (135, "", 3),
        (64, "社区", 1),
        (66, "社区", 1),
        (67, "社区", 2),
    ],
)
def test_a_short_message_takes_one_part_of_70_or_several_of_67(length: int, signature: str, parts: int) -> None:
    assert sms_parts("请" * length, signature) == parts


def test_a_character_beyond_the_basic_plane_counts_two() -> None:
    assert (sms_parts("😷" * 35), sms_parts("😷" * 36)) == (1, 2)


@pytest.mark.parametrize(
    ("channel", "body", "found"),
    [
        (Channel.WECOM, "a" * 2048, None),
        (Channel.WECOM, "a" * 2049, ("bytes", 2049, 2048)),
        (Channel.WECOM, "请" * 683, ("bytes", 2049, 2048)),
        (Channel.WECOM_MARKDOWN, "请" * 1365, None),
        (Channel.SMS, "请" * 500, None),
        (Channel.SMS, "请" * 501, ("characters", 501, 500)),
        (Channel.FEISHU, "a" * 20481, ("bytes", 20481, 20480)),
        (Channel.BY_HAND, "a" * 100_000, None),
    ],
)
def test_a_body_too_long_for_its_channel_is_named_with_its_measure(
    channel: Channel, body: str, found: tuple[str, int, int] | None
) -> None:
    assert excess(channel, body) == found


def test_every_channel_has_its_limits() -> None:
    assert set(LIMITS) == set(Channel)


@pytest.mark.parametrize("rates", [((2, 60),), ((5, 1), (8, 60)), ((1, 10),)])
def test_in_no_window_go_more_than_the_rate_allows_and_none_overtakes(rates: tuple[Rate, ...]) -> None:
    released = [NOON]
    for n in range(1, 60):
        released.append(release_at(released, NOON + n * SECOND, rates))
    assert released == sorted(released)
    for messages, seconds in rates:
        for n in range(len(released) - messages):
            assert released[n + messages] - released[n] >= seconds * SECOND


def test_without_a_rate_or_with_room_left_a_message_goes_at_once() -> None:
    assert release_at([], NOON, ((2, 60),)) == NOON
    assert release_at([NOON - 61 * SECOND, NOON - 5 * SECOND], NOON, ((2, 60),)) == NOON
    assert release_at([NOON - 5 * SECOND] * 99, NOON, ()) == NOON
    assert (longest_window(((5, 1), (100, 60))), longest_window(())) == (60 * SECOND, timedelta(0))
