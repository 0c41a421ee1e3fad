"""The vault: what is sealed opens only where it was sealed, and not without the keys."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wangge.kernel.refused import Refused
from wangge.privacy import vault

FIELD = "people.id_number"
NUMBER = "420322199001011234"


@pytest.fixture
def keys(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """Return a folder of keys of this test's own."""
    settings.KEYS = tmp_path / "keys"
    vault.make_keys()
    yield tmp_path / "keys"
    vault.forget_keys()


def code_of(field: str, sealed: bytes) -> str:
    with pytest.raises(Refused) as refused:
        vault.unseal(field, sealed)
    return refused.value.code


@pytest.mark.parametrize("text", ["", "张三", NUMBER, "a" * 5000, "\0\n"])
def test_what_is_sealed_opens_and_is_29_bytes_longer(text: str, keys: Path) -> None:
    sealed = vault.seal(FIELD, text)
    assert vault.unseal(FIELD, sealed) == text
    assert len(sealed) == len(text.encode()) + 29


def test_the_same_text_is_sealed_differently_every_time(keys: Path) -> None:
    sealed = [vault.seal(FIELD, NUMBER) for _ in range(20)] + vault.seal_many(FIELD, [NUMBER] * 20)
    assert len(set(sealed)) == 40
    assert {vault.unseal(FIELD, one) for one in sealed} == {NUMBER}


def test_every_changed_byte_is_noticed(keys: Path) -> None:
    sealed = vault.seal(FIELD, NUMBER)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        expected = "privacy.value_broken" if place else "privacy.key_version_unknown"
        assert code_of(FIELD, bytes(changed)) == expected


@pytest.mark.parametrize("length", [0, 1, 12, 13, 28, 46])
def test_a_value_cut_short_is_noticed(length: int, keys: Path) -> None:
    sealed = vault.seal(FIELD, NUMBER)
    assert code_of(FIELD, sealed[:length]) == ("privacy.value_broken" if length else "privacy.key_version_unknown")


def test_a_value_moved_into_another_column_does_not_open(keys: Path) -> None:
    sealed = vault.seal(FIELD, NUMBER)
    assert code_of("people.phone", sealed) == "privacy.value_broken"


def test_a_value_of_another_installation_does_not_open(keys: Path, settings: Any, tmp_path: Path) -> None:
    sealed, index = vault.seal(FIELD, NUMBER), vault.blind(FIELD, NUMBER)
    settings.KEYS = tmp_path / "other"
    vault.make_keys()
    assert code_of(FIELD, sealed) == "privacy.value_broken"
    assert vault.blind(FIELD, NUMBER) != index


def test_the_keyed_index_is_the_same_for_the_same_text_in_the_same_field_only(keys: Path) -> None:
    index = vault.blind(FIELD, NUMBER)
    assert (vault.blind(FIELD, NUMBER), len(index)) == (index, 16)
    assert vault.blind_many(FIELD, [NUMBER, "x"]) == [index, vault.blind(FIELD, "x")]
    assert vault.blind(FIELD + ".last4", NUMBER) != index


def test_keys_are_readable_by_their_owner_only_and_never_replaced(keys: Path) -> None:
    before = {file.name: file.read_text("ascii") for file in keys.iterdir()}
    assert sorted(before) == sorted(vault.KEY_NAMES)
    assert len(set(before.values())) == 3
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in keys.iterdir()} == {0o600}
    assert vault.make_keys() == []
    assert {file.name: file.read_text("ascii") for file in keys.iterdir()} == before


def test_only_the_key_that_is_missing_is_made(keys: Path) -> None:
    kept = (keys / "vault.key").read_text("ascii")
    (keys / "signing.key").unlink()
    assert not vault.keys_present()
    assert vault.make_keys() == ["signing.key"]
    assert vault.keys_present()
    assert (keys / "vault.key").read_text("ascii") == kept


@pytest.mark.parametrize("name", vault.KEY_NAMES[:2])
def test_without_a_key_nothing_is_sealed_opened_or_looked_up(name: str, keys: Path) -> None:
    sealed = vault.seal(FIELD, NUMBER)
    (keys / name).unlink()
    vault.forget_keys()
    assert code_of(FIELD, sealed) == "privacy.keys_missing"
    with pytest.raises(Refused, match=r"privacy\.keys_missing"):
        vault.seal(FIELD, NUMBER)
    with pytest.raises(Refused, match=r"privacy\.keys_missing"):
        vault.blind(FIELD, NUMBER)


@pytest.mark.parametrize("content", ["", "not hex", "ab" * 31, "ab" * 33])
def test_a_key_that_is_no_key_is_refused(content: str, keys: Path) -> None:
    sealed = vault.seal(FIELD, NUMBER)
    (keys / "vault.key").write_text(content, "ascii")
    vault.forget_keys()
    assert code_of(FIELD, sealed) == "privacy.keys_unreadable"
