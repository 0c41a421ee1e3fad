"""Writes of accounts, duties, sign-in links, second factors and approvals. Nobody can give more than they have."""

from wangge.access.commands.accounts import (
    add_account,
    first_account,
    note_sign_in,
    set_active,
    set_password,
    set_preferences,
)
from wangge.access.commands.approvals import give_approval, use_approval
from wangge.access.commands.duties import Given, deal_areas, end_duty, grant_duty
from wangge.access.commands.factors import (
    FactorChecked,
    confirm_factor,
    drop_factor,
    renew_recovery_codes,
    set_up_factor,
)
from wangge.access.commands.kinds import register
from wangge.access.commands.links import LinkMade, LinkWanted, make_cards, make_link, use_link
from wangge.access.commands.subjects import renew_viewers
from wangge.access.passwords import common_passwords

__all__ = [
    "FactorChecked",
    "Given",
    "LinkMade",
    "LinkWanted",
    "add_account",
    "common_passwords",
    "confirm_factor",
    "deal_areas",
    "drop_factor",
    "end_duty",
    "first_account",
    "give_approval",
    "grant_duty",
    "make_cards",
    "make_link",
    "note_sign_in",
    "register",
    "renew_recovery_codes",
    "renew_viewers",
    "set_active",
    "set_password",
    "set_preferences",
    "set_up_factor",
    "use_approval",
    "use_link",
]
