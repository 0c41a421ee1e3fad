"""One-time codes of an authenticator app: six digits that change every thirty seconds.

Source: RFC 4226, 5.3 (the code of a counter) and RFC 6238, 4.2 and 5.2 (time as the counter, each code once).
"""

import base64
import hmac
from urllib.parse import quote, urlencode

PERIOD = 30
DIGITS = 6
DRIFT = 1
ISSUER = "Wangge"


def step_at(seconds: float) -> int:
    """Return the number of the thirty seconds in which an instant (seconds since 1970) lies."""
    return int(seconds // PERIOD)


def code_of(secret: bytes, step: int) -> str:
    """Return the six digits of a secret (20 bytes) in one step."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_of(secret: bytes, code: str, seconds: float, *, after: int = 0) -> int | None:
    """Return the step of a right code, one step either way allowed; none at or before ``after`` counts again."""
    now, found = step_at(seconds), None
    for step in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(code_of(secret, step).encode(), code.encode()) and step > after:
            found = step
    return found


def letters(secret: bytes) -> str:
    """Return the secret as apps take it typed in: Base32 in groups of four."""
    text = base64.b32encode(secret).decode("ascii").rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def address(secret: bytes, login: str) -> str:
    """Return the ``otpauth`` address that apps read from a QR code."""
    query = urlencode({"secret": letters(secret).replace(" ", ""), "issuer": ISSUER}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{ISSUER}:{login}')}?{query}"
