"""The access log: one row per subject shown unmasked, one per masked list."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import NOON
from wangge.kernel.refused import Refused
from wangge.privacy import looks
from wangge.privacy.models import ListLook, Look

pytestmark = pytest.mark.django_db


def look(subjects: list[UUID], *, viewer: int = 1, days_ago: int = 0) -> int:
    return looks.log_looks(
        at=NOON - timedelta(days=days_ago),
        viewer_number=viewer,
        subjects=subjects,
        fields=("name", "phone"),
        purpose="survey",
        channel="desk",
    )


def see_list(count: int, *, viewer: int = 1, days_ago: int = 0) -> None:
    looks.log_list(
        at=NOON - timedelta(days=days_ago),
        viewer_number=viewer,
        what="residents",
        path="1.2.",
        count=count,
        digest=looks.list_digest([UUID(int=count)]),
        purpose="survey",
        channel="desk",
    )


def test_every_subject_shown_is_one_row_however_often_it_stands_on_the_page() -> None:
    people = [uuid4() for _ in range(1000)]
    assert look([*people, people[0]]) == 1000
    assert (Look.objects.count(), set(Look.objects.values_list("subject", flat=True))) == (1000, set(people))


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_of_people_is_logged_in_one_statement(count: int) -> None:
    with CaptureQueriesContext(connection) as statements:
        look([uuid4() for _ in range(count)])
    assert len([one for one in statements if "INSERT" in one["sql"]]) == 1


def test_showing_nobody_writes_nothing() -> None:
    assert (look([]), Look.objects.count()) == (0, 0)


def test_a_subject_reads_who_looked_the_latest_first_and_nobody_elses_looks() -> None:
    mine, other = uuid4(), uuid4()
    look([mine], viewer=1, days_ago=2)
    look([mine, other], viewer=2)
    found = looks.looks_at(mine)
    assert [(line.viewer_number, line.fields, line.purpose, line.channel) for line in found] == [
        (2, ("name", "phone"), "survey", "desk"),
        (1, ("name", "phone"), "survey", "desk"),
    ]
    assert [line.at for line in found] == [NOON, NOON - timedelta(days=2)]
    assert len(looks.looks_at(mine, limit=1)) == 1
    assert {line.subject for line in looks.looks_by(2)} == {mine, other}


def test_a_masked_list_is_one_row_with_its_count_and_a_digest_of_whom() -> None:
    see_list(57)
    row = looks.lists_by(1)[0]
    assert (row.what, row.path, row.count, len(row.digest)) == ("residents", "1.2.", 57, 32)
    assert (Look.objects.count(), looks.lists_by(2)) == (0, [])


def test_the_digest_of_a_list_knows_whom_it_named_but_not_in_which_order() -> None:
    people = [uuid4() for _ in range(5)]
    assert looks.list_digest(people) == looks.list_digest(people[::-1])
    assert looks.list_digest(people) != looks.list_digest(people[1:])


def test_looks_are_dropped_after_half_a_year_in_portions_and_not_a_day_before() -> None:
    look([uuid4() for _ in range(5)], days_ago=181)
    look([uuid4()], days_ago=180)
    see_list(1, days_ago=181)
    see_list(2, days_ago=180)
    assert [looks.drop_old_looks(now=NOON, batch=3) for _ in range(3)] == [4, 2, 0]
    assert (Look.objects.count(), ListLook.objects.get().count) == (1, 2)


def test_nobody_may_have_the_access_log_dropped_earlier() -> None:
    look([uuid4()], days_ago=200)
    with pytest.raises(Refused) as refused:
        looks.drop_old_looks(now=NOON, keep=timedelta(days=179))
    assert (refused.value.code, refused.value.facts) == ("privacy.looks_kept_too_short", {"days": 179, "least": 180})
    assert Look.objects.count() == 1
    assert looks.drop_old_looks(now=NOON, keep=timedelta(days=180)) == 1
