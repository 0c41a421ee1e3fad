"""Asking for rows by many values at once."""

import pytest

from wangge.journal.among import among
from wangge.journal.models import Receipt

pytestmark = pytest.mark.django_db


def test_rows_that_hold_none_of_the_values_are_not_found() -> None:
    _receipt("a", b"1")
    assert not Receipt.objects.filter(among("key", [])).exists()
    assert not Receipt.objects.filter(among("key", ["b"]), source="desk").exists()


def test_rows_are_found_by_text_and_by_bytes() -> None:
    for key, digest in (("a", b"1"), ("b", b"2"), ("c", b"3")):
        _receipt(key, digest)
    assert set(Receipt.objects.filter(among("key", {"a", "c", "d"})).values_list("key", flat=True)) == {"a", "c"}
    assert Receipt.objects.exclude(among("digest", [b"1", b"2"])).get().key == "c"


def _receipt(key: str, digest: bytes) -> None:
    Receipt.objects.create(
        source="desk", key=key, digest=digest, command="x", refused=False, answer=b"{}", received_at="2026-11-23T00:00Z"
    )
