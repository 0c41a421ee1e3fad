"""Codes and receipts of campaigns as they follow from the index key: what is printed is never stored in clear."""

from uuid import UUID

from wangge.privacy import vault
from wangge.surveys.rules.campaigns import code_of, receipt_of

CODE = "surveys.CampaignDoor.code"
DIGEST = "surveys.CampaignDoor.digest"
RECEIPT = "surveys.CampaignDoor.receipt"
CLIENT = "surveys.CodeTry.client"


def door_code(campaign: UUID, household: UUID, turn: int) -> str:
    """Return the ten letters of a door in a campaign: the same each time, until a lost sheet is replaced."""
    return code_of(vault.blind(CODE, f"{campaign}\0{household}\0{turn}"))


def code_digest(code: str) -> bytes:
    """Return what is kept of a code: a keyed index."""
    return vault.blind(DIGEST, code)


def sheet_receipt(sheet: UUID) -> str:
    """Return the eight letters that the sender of a filling is given; they tell nothing by themselves."""
    return receipt_of(vault.blind(RECEIPT, str(sheet)))


def client_index(address: str) -> bytes:
    """Return under what the wrong codes of an address are counted: a keyed index that tells nobody the address."""
    return vault.blind(CLIENT, address)
