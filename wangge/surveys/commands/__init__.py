"""Writes of surveys."""

from wangge.surveys.commands.contradictions import follow_subjects, open_against_register, settle_contradiction
from wangge.surveys.commands.dealing import deal_entries
from wangge.surveys.commands.findings import record_findings
from wangge.surveys.commands.lists import (
    add_entries,
    begin_list,
    close_list,
    end_reading,
    erase_old_lists,
    open_list,
    reopen_list,
    withdraw_list,
)
from wangge.surveys.commands.quarters import forget_quarters
from wangge.surveys.commands.responses import record_responses, void_response
from wangge.surveys.commands.rounds import RoundStarted, close_round, reopen_round, start_round
from wangge.surveys.commands.visits import follow_doors, record_visits, void_visit

__all__ = [
    "RoundStarted",
    "add_entries",
    "begin_list",
    "close_list",
    "close_round",
    "deal_entries",
    "end_reading",
    "erase_old_lists",
    "follow_doors",
    "follow_subjects",
    "forget_quarters",
    "open_against_register",
    "open_list",
    "record_findings",
    "record_responses",
    "record_visits",
    "reopen_list",
    "reopen_round",
    "settle_contradiction",
    "start_round",
    "void_response",
    "void_visit",
    "withdraw_list",
]
