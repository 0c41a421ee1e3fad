"""Writes of self-declaration campaigns."""

from wangge.surveys.commands.campaigns.codes import forget_wrong_codes, make_codes, note_wrong_code, replace_code
from wangge.surveys.commands.campaigns.declared import mark_declared
from wangge.surveys.commands.campaigns.heads import close_campaign, reopen_campaign, start_campaign
from wangge.surveys.commands.campaigns.teams import TeamSent, record_try, send_teams, withdraw_team

__all__ = [
    "TeamSent",
    "close_campaign",
    "forget_wrong_codes",
    "make_codes",
    "mark_declared",
    "note_wrong_code",
    "record_try",
    "reopen_campaign",
    "replace_code",
    "send_teams",
    "start_campaign",
    "withdraw_team",
]
