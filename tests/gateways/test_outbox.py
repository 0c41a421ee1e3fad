"""The outbox and the file drop: laid down is not sent, and says so."""

import json
import stat
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from tests.conftest import NOON
from wangge.gateways import commands, queries
from wangge.gateways.models import OutgoingMessage
from wangge.gateways.workers import MOST_ATTEMPTS, PAUSE, Laid, lay_down_waiting
from wangge.kernel.refused import Refused

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "13812341234"


@pytest.fixture(autouse=True)
def outbox(settings: Any, tmp_path: Path) -> Path:
    """Return the folder of laid-down messages, one of its own for each test."""
    settings.DATA = tmp_path
    return tmp_path / "outbox"


def post(
    key: str = "a", *, channel: str = "sms", body: str = "请回电", at: datetime = NOON, subject: UUID | None = None
) -> UUID:
    return commands.post(at=at, channel=channel, target=PHONE, body=body, key=key, subject=subject)


def files(outbox: Path) -> dict[str, Any]:
    return {file.stem: json.loads(file.read_text("utf-8")) for file in outbox.glob("*.json")}


def test_a_message_is_laid_down_as_one_file_and_shown_as_not_sent(outbox: Path) -> None:
    message = post()
    assert (queries.counts(), files(outbox)) == ({"waiting": 1}, {})
    assert lay_down_waiting(NOON) == Laid(dropped=1)
    assert files(outbox)[str(message)] == {
        "channel": "sms", "target": PHONE, "body": "请回电", "key": "a", "made_at": NOON.isoformat()
    }  # fmt: skip
    shown = queries.messages()[0]
    assert (shown.id, shown.state, shown.not_sent) == (message, "dropped", True)
    assert lay_down_waiting(NOON) == Laid()


def test_no_state_of_a_message_claims_that_somebody_was_reached() -> None:
    post("a")
    post("b", channel="mail")
    lay_down_waiting(NOON)
    post("c", channel="by_hand")
    assert [message.not_sent for message in queries.messages()] == [True, True, True]
    assert "sent" not in queries.counts()


def test_the_files_are_for_their_owner_only(outbox: Path) -> None:
    post()
    lay_down_waiting(NOON)
    assert stat.S_IMODE(outbox.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in outbox.iterdir()} == {0o600}


def test_the_target_lies_sealed_in_the_table() -> None:
    post()
    row = OutgoingMessage.objects.get()
    assert PHONE.encode() not in bytes(row.target_sealed) + bytes(row.target_index)
    assert PHONE not in str(queries.messages())


def test_the_same_key_is_the_same_message_and_another_message_under_it_is_refused() -> None:
    assert post() == post()
    for other in ({"body": "别的"}, {"channel": "mail"}):
        with pytest.raises(Refused, match=r"gateways\.key_reused"):
            post(**other)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=r"gateways\.key_reused"):
        commands.post(at=NOON, channel="sms", target="13900000000", body="请回电", key="a")
    assert OutgoingMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("channel", "body", "code"),
    [
        ("pigeon", "请回电", "gateways.channel_unknown"),
        ("sms", "  \n", "gateways.body_empty"),
        ("sms", "请" * 501, "gateways.too_many_characters"),
        ("wecom", "请" * 683, "gateways.too_many_bytes"),
    ],
)
def test_what_a_channel_cannot_carry_is_refused_and_leaves_nothing(channel: str, body: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        post(channel=channel, body=body)
    assert (refused.value.code, OutgoingMessage.objects.count()) == (code, 0)
    post(channel="sms" if channel == "pigeon" else channel, body="请回电")
    assert OutgoingMessage.objects.count() == 1


def test_a_message_falls_away_with_the_transaction_that_posted_it(outbox: Path) -> None:
    with transaction.atomic():
        post()
        transaction.set_rollback(True)
    assert (lay_down_waiting(NOON), files(outbox)) == (Laid(), {})


def test_the_rate_of_a_channel_holds_messages_to_one_target_back_and_not_to_others(outbox: Path) -> None:
    for n in range(21):
        post(str(n), channel="wecom")
    commands.post(at=NOON, channel="wecom", target="another robot", body="请回电", key="other")
    assert lay_down_waiting(NOON) == Laid(dropped=21)
    assert lay_down_waiting(NOON + timedelta(seconds=59)) == Laid()
    assert lay_down_waiting(NOON + timedelta(seconds=60)) == Laid(dropped=1)
    assert len(files(outbox)) == 22


def test_after_a_crash_between_file_and_mark_the_file_is_written_over_itself(outbox: Path) -> None:
    message = post()
    lay_down_waiting(NOON)
    OutgoingMessage.objects.update(state="waiting", dropped_at=None)
    assert lay_down_waiting(NOON) == Laid(dropped=1)
    assert [file.name for file in outbox.iterdir()] == [f"{message}.json"]


def test_a_disk_that_says_no_puts_a_message_off_and_gives_it_up_after_eight_tries(outbox: Path) -> None:
    post()
    outbox.write_text("a file where the folder should be")
    now = NOON
    for _ in range(MOST_ATTEMPTS - 1):
        assert lay_down_waiting(now) == Laid(put_off=1)
        assert lay_down_waiting(now) == Laid()
        now += PAUSE
    assert lay_down_waiting(now) == Laid(failed=1)
    assert [(message.state, message.failed) for message in queries.messages()] == [("failed", "gateways.disk")]
    assert lay_down_waiting(now + timedelta(days=1)) == Laid()


def test_a_disk_with_room_again_gets_the_message(outbox: Path) -> None:
    post()
    outbox.write_text("a file where the folder should be")
    assert lay_down_waiting(NOON) == Laid(put_off=1)
    outbox.unlink()
    assert lay_down_waiting(NOON + PAUSE) == Laid(dropped=1)


def test_a_target_that_does_not_open_fails_alone(outbox: Path) -> None:
    broken = post("a")
    fine = post("b", channel="mail")
    OutgoingMessage.objects.filter(id=broken).update(target_sealed=b"\x01" + bytes(40))
    assert lay_down_waiting(NOON) == Laid(dropped=1, failed=1)
    assert list(files(outbox)) == [str(fine)]
    assert [message.failed for message in queries.messages(state="failed")] == ["privacy.value_broken"]


def test_messages_about_an_erased_person_go_with_their_files(outbox: Path) -> None:
    subject = uuid4()
    post("a", subject=subject)
    lay_down_waiting(NOON)
    post("b", subject=subject)
    kept = post("c")
    lay_down_waiting(NOON)
    assert commands.forget_about(subject=subject) == 2
    assert (list(files(outbox)), OutgoingMessage.objects.get().pk) == ([str(kept)], kept)


def test_old_messages_go_with_their_files_in_portions_and_young_ones_stay(outbox: Path) -> None:
    for n in range(5):
        post(str(n), channel="mail", at=NOON - timedelta(days=31))
    young = post("young", channel="mail")
    lay_down_waiting(NOON)
    before = NOON - timedelta(days=30)
    assert [commands.forget_old(before=before, batch=3) for _ in range(3)] == [3, 2, 0]
    assert list(files(outbox)) == [str(young)]


def test_the_worker_lays_down_what_waits(outbox: Path) -> None:
    from wangge.cli import serving

    message = post()
    serving._turn(0)
    assert list(files(outbox)) == [str(message)]
