"""One list of what is held: it erases, it describes, and a restored backup is erased again."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.conf import settings

from tests.conftest import NOON, stamp
from tests.journal import trial
from wangge.agenda import commands as agenda
from wangge.agenda.kinds import _handlers, register_handler
from wangge.agenda.models import Due
from wangge.gateways import commands as gateways
from wangge.gateways.models import OutgoingMessage
from wangge.gateways.workers import lay_down_waiting
from wangge.journal.actors import accounts_of, number_of
from wangge.journal.models import ActorNumber, Line, LineFacts, PersonDay, Tally
from wangge.journal.verifying import verify
from wangge.privacy import holdings, looks
from wangge.privacy.holdings import erase, held_about, registered_holdings, replay_tombstones
from wangge.privacy.models import Look, Tombstone
from wangge.privacy.printout import what_is_held

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "13812341234"


@pytest.fixture(autouse=True)
def _trial_room() -> Iterator[None]:
    handlers = dict(_handlers)
    register_handler("trial.call", lambda work, now: None)
    with trial.registered():
        yield
    _handlers.clear()
    _handlers.update(handlers)


def leave_traces(person: UUID, key: str = "a") -> None:
    """Let every table of the ground hold something about the person."""
    trial.note(stamp(key), 1, person=person, subject=person)
    agenda.plan(kind="trial.call", due_at=NOON, subject=person)
    gateways.post(at=NOON, channel="sms", target=PHONE, body="请回电", key=key, subject=person)
    looks.log_look(at=NOON, viewer_number=3, subject=person, fields=("name",), purpose="survey", channel="desk")


def held(person: UUID) -> set[str]:
    return {one.model for one in held_about(person)}


GROUND = {"journal.LineFacts", "journal.PersonDay", "agenda.Due", "gateways.OutgoingMessage", "privacy.Look"}


def test_every_holding_names_a_table_and_finds_nothing_about_a_stranger() -> None:
    labels = {model._meta.label for model in apps.get_models()}
    assert {holding.model for holding in registered_holdings()} <= labels
    assert held_about(uuid4()) == []


def test_what_is_held_about_a_person_is_found_in_every_table_that_holds_it() -> None:
    person, other = uuid4(), uuid4()
    leave_traces(person)
    assert held(person) == GROUND
    assert held(other) == set()


def test_erasing_a_person_takes_everything_but_the_access_log_and_nothing_of_others() -> None:
    person, other = uuid4(), uuid4()
    leave_traces(person)
    leave_traces(other, "b")
    assert lay_down_waiting(NOON).dropped == 2
    done = erase(person, at=NOON)
    assert dict(done.erased) == {
        "journal.LineFacts": 1,
        "agenda.Due": 1,
        "gateways.OutgoingMessage": 1,
        "journal.PersonDay": 1,
    }
    assert dict(done.kept) == {"privacy.Look": "access_log"}
    assert (held(person), held(other)) == ({"privacy.Look"}, GROUND)
    left = [file.read_text("utf-8") for file in (settings.DATA / "outbox").glob("*.json")]
    assert [json.loads(text)["key"] for text in left] == ["b"]
    gateways.forget_about(subject=other)


def test_erasing_changes_no_count_and_the_journal_still_verifies() -> None:
    person = uuid4()
    leave_traces(person)
    trial.seal()
    counted = list(Tally.objects.order_by("counter").values_list("counter", "value"))
    erase(person, at=NOON)
    assert list(Tally.objects.order_by("counter").values_list("counter", "value")) == counted
    found = verify()
    assert (found.holds, found.lines, found.without_facts) == (True, 1, 1)


def test_an_erased_account_leaves_a_number_that_leads_to_nobody() -> None:
    account = uuid4()
    number = number_of(account)
    erase(account, at=NOON)
    assert (accounts_of({number}), ActorNumber.objects.get(number=number).account) == ({}, None)
    assert number_of(account) != number


def test_erasing_twice_is_safe_and_keeps_the_first_tombstone() -> None:
    person = uuid4()
    leave_traces(person)
    erase(person, at=NOON)
    again = erase(person, at=NOON + timedelta(days=1))
    assert (dict(again.erased), Tombstone.objects.get().at) == ({}, NOON)


def test_an_erasure_that_fails_half_way_erases_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    person = uuid4()
    leave_traces(person)

    def fail(subject: UUID) -> int:
        raise OSError("disk")

    broken = holdings.Holding("journal.ActorNumber", "account", "response", describe=lambda subject: [], erase=fail)
    monkeypatch.setitem(holdings._holdings, "journal.actornumber", broken)
    with pytest.raises(OSError, match="disk"):
        erase(person, at=NOON)
    assert (held(person), Tombstone.objects.count()) == (GROUND, 0)


def test_a_restored_backup_is_erased_again_and_the_others_in_it_stay() -> None:
    person, other = uuid4(), uuid4()
    leave_traces(person)
    leave_traces(other, "b")
    trial.seal()
    tables: tuple[type[Any], ...] = (LineFacts, PersonDay, Due, OutgoingMessage)
    backup = {table: list(table.objects.all()) for table in tables}
    erase(person, at=NOON)
    for table, rows in backup.items():
        table.objects.all().delete()
        table.objects.bulk_create(rows)
    assert held(person) == GROUND
    assert replay_tombstones() == 1
    assert (held(person), held(other)) == ({"privacy.Look"}, GROUND)
    assert (verify().holds, Line.objects.count()) == (True, 2)


def test_the_printout_says_what_is_held_why_how_long_and_who_looked() -> None:
    person = uuid4()
    leave_traces(person)
    shown = what_is_held(person, NOON)
    sections = {section.model: section for section in shown.sections}
    assert set(sections) == GROUND - {"privacy.Look"}
    message = sections["gateways.OutgoingMessage"]
    assert (message.retention, message.days, message.rows[0]["target"]) == ("order", 30, PHONE)
    assert ("target_sealed", "contact", "notice") in {(one.field, one.klass, one.purpose) for one in message.fields}
    assert message.rows[0]["not_sent"] is True
    assert sections["journal.LineFacts"].rows[0]["facts"] == {"times": 1}
    assert (sections["agenda.Due"].days, sections["agenda.Due"].rows[0]["kind"]) == (None, "trial.call")
    assert [(line.viewer_number, line.purpose) for line in shown.looks] == [(3, "survey")]
    assert (shown.subject, shown.at) == (person, NOON)


def test_the_printout_shows_no_more_looks_than_asked_for() -> None:
    person = uuid4()
    for _ in range(3):
        leave_traces(person, str(uuid4()))
    assert (len(what_is_held(person, NOON, most_looks=2).looks), Look.objects.count()) == (2, 3)
