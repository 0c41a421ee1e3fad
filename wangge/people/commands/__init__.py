"""Writes of the register."""

from wangge.people.commands.adding import add_households, add_residents
from wangge.people.commands.correcting import correct_household, correct_residents
from wangge.people.commands.flags import end_flag, lapse_flags, place_flag, raise_flags
from wangge.people.commands.joining import join_households, join_residents, undo_joining
from wangge.people.commands.leaving import leave_register, record_deaths, reinstate_resident, withdraw
from wangge.people.commands.moving import move_household, move_residents, split_household
from wangge.people.commands.restoring import digest_of, pictures_of, put_back
from wangge.people.commands.stays import begin_stay, end_stay

__all__ = [
    "add_households",
    "add_residents",
    "begin_stay",
    "correct_household",
    "correct_residents",
    "digest_of",
    "end_flag",
    "end_stay",
    "join_households",
    "join_residents",
    "lapse_flags",
    "leave_register",
    "move_household",
    "move_residents",
    "place_flag",
    "pictures_of",
    "put_back",
    "raise_flags",
    "record_deaths",
    "reinstate_resident",
    "split_household",
    "undo_joining",
    "withdraw",
]
