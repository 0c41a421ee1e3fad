"""Reads of the register; each starts from the viewer's areas."""

from wangge.people.queries.changes import JoiningSpot, StaySpot, joining_spot, stay_spot
from wangge.people.queries.households import Clear, HouseholdPage, Member, household_of, household_page, spot, unmasked
from wangge.people.queries.listing import doors_with_members, export, households, member_names, persons, residents
from wangge.people.queries.searching import Found, Hit, place_names, search
from wangge.people.queries.sheets import Sheet, building_sheet, households_at

__all__ = [
    "Clear",
    "Found",
    "Hit",
    "HouseholdPage",
    "JoiningSpot",
    "Member",
    "Sheet",
    "StaySpot",
    "building_sheet",
    "doors_with_members",
    "export",
    "household_of",
    "household_page",
    "households",
    "households_at",
    "joining_spot",
    "member_names",
    "persons",
    "place_names",
    "residents",
    "search",
    "spot",
    "stay_spot",
    "unmasked",
]
