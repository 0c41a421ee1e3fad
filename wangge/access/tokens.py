"""Secrets that are told to somebody once, and what is kept of them."""

import hashlib
import json
import secrets
from uuid import UUID

from django.utils.crypto import salted_hmac

from wangge.access.rules import RECOVERY_CODES
from wangge.privacy import vault

# Letters and digits that are not mistaken for each other on paper or the telephone: 31 of them, 8 make 39 bits.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
APPROVAL_SIGNS, RECOVERY_SIGNS, TOKEN_SIGNS = 8, 10, 26
SECRET_BYTES = 20
SECRET_FIELD = "access.SecondFactor.secret"  # noqa: S105
SETUP_FIELD = "access.setup"
APPROVAL_FIELD = "access.Approval.digest"
RECOVERY_FIELD = "access.RecoveryCode.digest"


def new_token() -> str:
    """Return a token for a sign-in link: 43 characters with 256 random bits."""
    return secrets.token_urlsafe(32)


def token_of(key: str, account: UUID) -> str:
    """Return a token of 128 bits that can be typed from paper: the same form sent twice gives the same."""
    return _derived("wangge.sign_in", key, account, TOKEN_SIGNS).lower()


def token_digest(token: str) -> bytes:
    """Return what is kept of a token: its SHA-256, plain, since the token has full entropy."""
    return hashlib.sha256(token.encode()).digest()


def new_approval_code() -> str:
    """Return a code that can be told on the telephone: eight signs."""
    return _drawn(APPROVAL_SIGNS)


def approval_code_of(key: str, account: UUID) -> str:
    """Return the approval code of a form's key: the same form sent twice gives the same code."""
    return _derived("wangge.approval", key, account, APPROVAL_SIGNS)


def approval_digest(code: str) -> bytes:
    """Return what is kept of an approval code: a keyed index; blanks, hyphens and case make no difference."""
    return vault.blind(APPROVAL_FIELD, plain_code(code))


def recovery_digest(account: UUID, code: str) -> bytes:
    """Return what is kept of a recovery code: a keyed index that holds for this account only."""
    return vault.blind(RECOVERY_FIELD, f"{account}\0{plain_code(code)}")


def plain_code(code: str) -> str:
    """Return a code as it is compared: capitals without blanks and hyphens."""
    return "".join(code.upper().replace("-", " ").split())


def new_setup() -> str:
    """Return a new secret and ten recovery codes, sealed, to be kept in the session until they are confirmed."""
    return sealed_setup(secrets.token_bytes(SECRET_BYTES), new_recovery_codes())


def new_recovery_codes() -> list[str]:
    """Return ten codes for the day the phone is lost: ten signs each."""
    return [_drawn(RECOVERY_SIGNS) for _ in range(RECOVERY_CODES)]


def sealed_setup(secret: bytes, codes: list[str]) -> str:
    """Return a secret and recovery codes as sealed text."""
    return vault.seal(SETUP_FIELD, json.dumps([secret.hex(), codes])).hex()


def open_setup(sealed: str) -> tuple[bytes, list[str]]:
    """Return the secret and the recovery codes of a sealed text."""
    secret, codes = json.loads(vault.unseal(SETUP_FIELD, bytes.fromhex(sealed)))
    return bytes.fromhex(secret), codes


def seal_secret(secret: bytes) -> bytes:
    """Return the secret of a second factor as it is stored."""
    return vault.seal(SECRET_FIELD, secret.hex())


def unseal_secret(sealed: bytes) -> bytes:
    """Return the secret of a stored second factor."""
    return bytes.fromhex(vault.unseal(SECRET_FIELD, sealed))


def _drawn(signs: int) -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(signs))


def _derived(salt: str, key: str, account: UUID, signs: int) -> str:
    """Return signs drawn from the installation's signing key, the form's random key and the account."""
    number = int(salted_hmac(salt, f"{key}\0{account}", algorithm="sha256").hexdigest(), 16)
    drawn = []
    for _ in range(signs):
        number, place = divmod(number, len(SIGNS))
        drawn.append(SIGNS[place])
    return "".join(drawn)
