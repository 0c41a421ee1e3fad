"""Encryption of single values and keyed indexes over them; the keys lie outside the database.

A sealed value is one byte of key version, twelve random bytes, then AES-256-GCM over the text with the field's name
as associated data: a value moved into another column does not open. An index is HMAC-SHA256 over field and text with
a key of its own, cut to sixteen bytes.
"""

import hmac
import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from wangge.kernel.refused import Refused

KEY_NAMES = ("vault.key", "index.key", "signing.key")
VERSION = b"\x01"
NONCE = 12
INDEX = 16


@dataclass(frozen=True, slots=True)
class _Keys:
    cipher: AESGCM
    index: bytes


def seal(field: str, text: str) -> bytes:
    """Return the text encrypted for the field: 29 bytes longer than its UTF-8 form."""
    return seal_bytes(field, text.encode())


def seal_bytes(field: str, content: bytes) -> bytes:
    """Return bytes, such as a file, encrypted for the field: 29 bytes longer."""
    nonce = os.urandom(NONCE)
    return VERSION + nonce + _keys().cipher.encrypt(nonce, content, field.encode())


def seal_many(field: str, texts: Sequence[str | bytes]) -> list[bytes]:
    """Return each text encrypted for the field; random bytes are drawn once for all."""
    encrypt, name = _keys().cipher.encrypt, field.encode()
    drawn = os.urandom(NONCE * len(texts))
    nonces = (drawn[start : start + NONCE] for start in range(0, len(drawn), NONCE))
    plain = (text if isinstance(text, bytes) else text.encode() for text in texts)
    return [VERSION + nonce + encrypt(nonce, content, name) for nonce, content in zip(nonces, plain, strict=True)]


def unseal(field: str, blob: bytes) -> str:
    """Return the text of a sealed value; refused when it was changed, sealed for another field or by another key."""
    return unseal_bytes(field, blob).decode()


def unseal_bytes(field: str, blob: bytes) -> bytes:
    """Return the bytes of a sealed value; refused as ``unseal``."""
    sealed = bytes(blob)
    if sealed[:1] != VERSION:
        raise Refused("privacy.key_version_unknown", field=field)
    try:
        return _keys().cipher.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], field.encode())
    except (InvalidTag, ValueError):
        raise Refused("privacy.value_broken", field=field) from None


def blind(field: str, text: str) -> bytes:
    """Return the keyed index of the text in the field: equal texts give equal bytes, and only there."""
    return hmac.digest(_keys().index, f"{field}\0{text}".encode(), "sha256")[:INDEX]


def blind_many(field: str, texts: Iterable[str]) -> list[bytes]:
    """Return the keyed index of each text in the field."""
    begun = hmac.new(_keys().index, f"{field}\0".encode(), "sha256")
    return [_ended(begun.copy(), text) for text in texts]


def _ended(index: hmac.HMAC, text: str) -> bytes:
    index.update(text.encode())
    return index.digest()[:INDEX]


def make_keys() -> list[str]:
    """Make the keys that are missing, readable by their owner only, and return their names; never replaces one."""
    folder = Path(settings.KEYS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    made = [name for name in KEY_NAMES if _make_key(folder / name)]
    forget_keys()
    return made


def keys_present() -> bool:
    """Tell whether all keys of this installation are there."""
    return all((Path(settings.KEYS) / name).is_file() for name in KEY_NAMES)


def forget_keys() -> None:
    """Read the keys again at the next use: for tests, and after keys were made or destroyed."""
    _keys.cache_clear()


@lru_cache(maxsize=1)
def _keys() -> _Keys:
    folder = Path(settings.KEYS)
    try:
        vault, index = (bytes.fromhex((folder / name).read_text("ascii")) for name in KEY_NAMES[:2])
    except FileNotFoundError:
        raise Refused("privacy.keys_missing", folder=str(folder)) from None
    except (OSError, ValueError):
        raise Refused("privacy.keys_unreadable", folder=str(folder)) from None
    if len(vault) != 32 or len(index) != 32:
        raise Refused("privacy.keys_unreadable", folder=str(folder))
    return _Keys(AESGCM(vault), index)


def _make_key(file: Path) -> bool:
    """Write a new key beside its place and link it there, so that a half-written or replaced key never exists."""
    if file.exists():
        return False
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as opened:
            opened.write(secrets.token_hex(32) + "\n")
            opened.flush()
            os.fsync(opened.fileno())
        os.link(draft, file)
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return True
