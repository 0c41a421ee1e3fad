"""The signed token of a form for residents: it ties a form to its code and its hour without a cookie."""

import hashlib
from uuid import UUID, uuid4, uuid5

import msgspec
from django.core import signing

SALT = "wangge.resident.form"
LIFE_SECONDS = 12 * 3600
NAMES = UUID("6a1f6c0a-5f3c-5a57-8b0d-0d6e5a3f7c21")


def form_token(code: str) -> str:
    """Return the token of a form that is drawn now for a code; each drawing has its own."""
    return signing.dumps([_told(code), uuid4().hex], salt=SALT, compress=False)


def once_of(token: str, code: str) -> str:
    """Return what makes a form count once, empty when the token is none of ours, of another code, or too old."""
    try:
        told, once = signing.loads(token, salt=SALT, max_age=LIFE_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(once) if told == _told(code) else ""


def _told(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()[:16]


def sheet_of(once: str, code: str, content: object) -> UUID:
    """Return the id of what is sent: the same form with the same content is one sheet, however often it comes.

    What was changed on the way back and sent again is another one.
    """
    said = hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()
    return uuid5(NAMES, f"{once}\0{_told(code)}\0{said}")
