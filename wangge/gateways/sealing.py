"""The target of a message, as it lies in the table."""

from wangge.privacy import vault

FIELD = "gateways.target"


def seal_target(target: str) -> tuple[bytes, bytes]:
    """Return the target sealed, and its keyed index."""
    return vault.seal(FIELD, target), vault.blind(FIELD, target)


def open_target(sealed: bytes) -> str:
    """Return the target of a sealed one; refused when it does not open."""
    return vault.unseal(FIELD, sealed)
