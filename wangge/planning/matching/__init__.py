"""Telling whether two rows are one person, and which rows are one household: proposals, never decisions in doubt."""

from wangge.planning.matching.homes import Door, Home, HomeRow, homes_of
from wangge.planning.matching.households import Finding, HouseholdChange
from wangge.planning.matching.pairs import pair_people, pair_records
from wangge.planning.matching.persons import compare, match_rows
from wangge.planning.matching.subjects import Found, Judged, Pair, Subject, Verdict

__all__ = [
    "Door",
    "Finding",
    "Found",
    "Home",
    "HomeRow",
    "HouseholdChange",
    "Judged",
    "Pair",
    "Subject",
    "Verdict",
    "compare",
    "homes_of",
    "match_rows",
    "pair_people",
    "pair_records",
]
