"""What falls due is done once, put off when it fails, and given up with a code."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from tests.conftest import NOON
from wangge.agenda import commands, queries
from wangge.agenda.kinds import DueWork, _handlers, register_handler
from wangge.agenda.models import Due
from wangge.agenda.rules import FIRST_PAUSE, LEASE, LONGEST_PAUSE, MOST_ATTEMPTS, pause_after
from wangge.agenda.workers import Ran, run_due
from wangge.kernel.refused import Refused

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


class Bell:
    """A handler that notes what it was called with."""

    def __init__(self) -> None:
        self.rung: list[DueWork] = []
        self.fault: Callable[[DueWork, datetime], None] | None = None

    def __call__(self, work: DueWork, now: datetime) -> None:
        self.rung.append(work)
        if self.fault:
            self.fault(work, now)


@pytest.fixture
def bell() -> Iterator[Bell]:
    """Return the handler of the kind ``trial.bell``."""
    before, made = dict(_handlers), Bell()
    register_handler("trial.bell", made)
    yield made
    _handlers.clear()
    _handlers.update(before)


def plan(due_at: datetime = NOON, payload: Mapping[str, object] | None = None, once: str = "") -> int:
    return commands.plan(kind="trial.bell", due_at=due_at, payload=payload, once=once)


def break_down(work: DueWork, now: datetime) -> None:
    raise ConnectionError("张三 13812341234")


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 30), (2, 60), (3, 120), (7, 1920), (MOST_ATTEMPTS - 1, 1920), (MOST_ATTEMPTS, None)]
)
def test_each_pause_is_twice_the_one_before_until_it_is_given_up(attempts: int, seconds: int | None) -> None:
    pause = pause_after(attempts)
    assert pause == (None if seconds is None else timedelta(seconds=seconds))
    assert pause is None or FIRST_PAUSE <= pause <= LONGEST_PAUSE


def test_work_is_done_when_it_is_due_and_not_before_and_only_once(bell: Bell) -> None:
    subject = uuid4()
    number = commands.plan(kind="trial.bell", due_at=NOON, subject=subject, payload={"n": 3})
    assert (run_due(NOON - MINUTE), bell.rung) == (Ran(), [])
    assert run_due(NOON) == Ran(done=1)
    assert bell.rung == [DueWork(number, "trial.bell", NOON, subject, {"n": 3}, 1)]
    assert run_due(NOON + timedelta(days=1)) == Ran()
    assert (len(bell.rung), Due.objects.get().done_at) == (1, NOON)


def test_the_longest_due_is_done_first_and_no_more_than_the_limit(bell: Bell) -> None:
    late, early = plan(NOON), plan(NOON - MINUTE)
    assert run_due(NOON, limit=1) == Ran(done=1)
    assert [work.id for work in bell.rung] == [early]
    run_due(NOON)
    assert [work.id for work in bell.rung] == [early, late]


def test_a_second_plan_of_the_same_name_is_the_first(bell: Bell) -> None:
    first = plan(once="report 2020-02-10")
    assert plan(NOON + MINUTE, once="report 2020-02-10") == first
    assert plan(once="report 2020-02-11") != first
    assert run_due(NOON) == Ran(done=2)
    assert plan(once="report 2020-02-10") == first
    assert run_due(NOON) == Ran()


def test_plans_without_a_name_are_as_many_as_were_made(bell: Bell) -> None:
    assert plan() != plan()
    assert run_due(NOON) == Ran(done=2)


def test_a_kind_that_nobody_does_cannot_be_planned() -> None:
    with pytest.raises(Refused, match=r"agenda\.kind_unknown"):
        commands.plan(kind="trial.nobody", due_at=NOON)
    assert Due.objects.count() == 0


def test_a_plan_falls_away_with_the_transaction_that_made_it(bell: Bell) -> None:
    with transaction.atomic():
        plan()
        transaction.set_rollback(True)
    assert run_due(NOON) == Ran()


def test_work_that_another_worker_has_leased_is_left_alone(bell: Bell) -> None:
    plan()
    beside: list[Ran] = []
    bell.fault = lambda work, now: beside.append(run_due(now))
    assert run_due(NOON) == Ran(done=1)
    assert (beside, len(bell.rung)) == ([Ran()], 1)


def test_work_of_a_worker_that_died_is_done_again_after_its_lease(bell: Bell) -> None:
    number = plan()
    Due.objects.filter(id=number).update(leased_until=NOON + LEASE, attempts=1)
    assert run_due(NOON + LEASE - MINUTE) == Ran()
    assert run_due(NOON + LEASE) == Ran(done=1)
    assert bell.rung[0].attempts == 2


def test_a_worker_that_was_too_slow_leaves_the_work_to_who_has_it_now(bell: Bell) -> None:
    number = plan()

    def be_overtaken(work: DueWork, now: datetime) -> None:
        Due.objects.filter(id=number).update(attempts=work.attempts + 1)
        plan(NOON + timedelta(days=9), once="effect")

    bell.fault = be_overtaken
    assert run_due(NOON) == Ran()
    left = Due.objects.get(id=number)
    assert (left.done_at, Due.objects.filter(once="effect").exists()) == (None, False)


def test_what_a_handler_wrote_before_it_failed_is_undone(bell: Bell) -> None:
    plan()

    def write_and_fail(work: DueWork, now: datetime) -> None:
        plan(NOON + timedelta(days=9), once="half")
        raise ConnectionError

    bell.fault = write_and_fail
    assert run_due(NOON) == Ran(put_off=1)
    assert not Due.objects.filter(once="half").exists()


def test_failed_work_is_put_off_longer_each_time_and_given_up_after_eight_tries(bell: Bell) -> None:
    number = plan()
    bell.fault = break_down
    now, pauses = NOON, []
    for _ in range(MOST_ATTEMPTS - 1):
        assert run_due(now) == Ran(put_off=1)
        again = queries.next_due_at()
        assert again is not None
        assert run_due(again - timedelta(seconds=1)) == Ran()
        pauses.append((again - now).total_seconds())
        now = again
    assert pauses == [30, 60, 120, 240, 480, 960, 1920]
    assert run_due(now) == Ran(given_up=1)
    assert [work.attempts for work in bell.rung] == list(range(1, MOST_ATTEMPTS + 1))
    assert [(one.number, one.failed, one.attempts) for one in queries.failed_work()] == [
        (number, "agenda.broken", MOST_ATTEMPTS)
    ]
    assert (run_due(now + timedelta(days=1)), queries.next_due_at()) == (Ran(), None)


def test_the_log_of_a_failure_names_its_kind_and_nothing_that_somebody_typed(
    bell: Bell, caplog: pytest.LogCaptureFixture
) -> None:
    plan()
    bell.fault = break_down
    run_due(NOON)
    assert "ConnectionError" in caplog.text
    assert "张三" not in caplog.text
    assert "13812341234" not in caplog.text


def test_a_refusal_gives_the_work_up_under_its_code_and_others_go_on(bell: Bell) -> None:
    refused, fine = plan(payload={"refuse": True}), plan()

    def refuse(work: DueWork, now: datetime) -> None:
        if work.payload:
            raise Refused("trial.backwards", name="张三")

    bell.fault = refuse
    assert run_due(NOON) == Ran(done=1, given_up=1)
    assert (Due.objects.get(id=refused).failed, Due.objects.get(id=fine).done_at) == ("trial.backwards", NOON)


def test_work_given_up_can_be_tried_again_and_only_such(bell: Bell) -> None:
    number = plan()
    with pytest.raises(Refused, match=r"agenda\.not_failed"):
        commands.try_again(number=number, now=NOON)
    Due.objects.filter(id=number).update(failed="agenda.broken", attempts=8)
    assert run_due(NOON) == Ran()
    commands.try_again(number=number, now=NOON + MINUTE)
    assert run_due(NOON + MINUTE) == Ran(done=1)
    assert (bell.rung[0].attempts, queries.failed_work()) == (1, [])
    with pytest.raises(Refused, match=r"agenda\.not_failed"):
        commands.try_again(number=number, now=NOON)


def test_work_can_be_taken_back_until_it_is_done(bell: Bell) -> None:
    number, subject = plan(), uuid4()
    assert (commands.cancel(number=number), commands.cancel(number=number)) == (True, False)
    commands.plan(kind="trial.bell", due_at=NOON, subject=subject)
    assert commands.cancel_for(subject=subject, kind="trial.other") == 0
    assert commands.cancel_for(subject=subject) == 1
    done = plan()
    assert run_due(NOON) == Ran(done=1)
    assert commands.cancel(number=done) is False


def test_done_work_is_forgotten_in_portions_and_open_work_never(bell: Bell) -> None:
    for _ in range(5):
        plan(NOON - timedelta(days=9))
    run_due(NOON - timedelta(days=8))
    plan(NOON - timedelta(days=9))
    assert [commands.forget_done(before=NOON, batch=3) for _ in range(3)] == [3, 2, 0]
    assert Due.objects.count() == 1


def test_the_next_due_instant_knows_leases_and_nothing_of_done_work(bell: Bell) -> None:
    assert queries.next_due_at() is None
    number = plan(NOON + MINUTE)
    plan(NOON + 5 * MINUTE)
    assert queries.next_due_at() == NOON + MINUTE
    Due.objects.filter(id=number).update(leased_until=NOON + 9 * MINUTE)
    assert queries.next_due_at() == NOON + 5 * MINUTE
