"""Inserting many rows gives what saving each of them gives."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from wangge.agenda.models import Due
from wangge.journal.inserting import insert_rows, insert_values
from wangge.journal.models import Tally
from wangge.kernel.ids import uuid7

pytestmark = pytest.mark.django_db


def test_every_kind_of_column_is_stored_as_saving_stores_it() -> None:
    at = datetime(2020, 2, 10, 4, 5, 6, 789, tzinfo=UTC)
    subject = uuid7()
    given = {"kind": "x", "due_at": at, "payload": {"a": [1, "\t\\N\"'", None]}, "subject": subject}
    saved = Due.objects.create(**given)
    insert_rows([Due(**given), Due(**given)])
    columns = [column.attname for column in Due._meta.concrete_fields if column.attname != "id"]
    rows = list(Due.objects.filter(subject=subject).values(*columns))
    assert rows == [rows[0]] * 3
    assert saved.pk


def test_nothing_is_inserted_when_a_key_is_taken_and_nothing_for_nobody() -> None:
    row = ("visits", date(2020, 2, 10), "1.", 3)
    columns = ("counter", "day", "path", "value", "unproven")
    insert_rows([])
    insert_values(Tally, columns, [(*row, 0)])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_values(Tally, columns, [("visits", date(2020, 2, 11), "1.", 3, 0), (*row, 0)])
    assert Tally.objects.count() == 1
