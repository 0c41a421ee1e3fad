"""The matcher beside the truth of the rosters: it joins and asks what the truth says, and nothing else."""

from collections import Counter

import pytest

from tests.planning.rosters import returnees, roster
from wangge.planning.matching import match_rows

REASONS = {"same_door_same_name": "duplicate_merged", "duplicate_same_id": "duplicate_same_id"}


@pytest.mark.parametrize("name", ["urban_591", "village_358"])
def test_a_roster_is_joined_and_asked_about_exactly_as_its_truth_says(name: str) -> None:
    read = roster(name)
    found = match_rows([], read.subjects)
    said = set()
    for place, one in zip(read.places, found, strict=True):
        if one.same is not None:
            said.add((read.places[one.same], place, "merge", one.reason))
        said |= {(read.places[at], place, "ask", one.reason) for at in one.asks}
        said |= {(read.places[at], place, "ask", why) for at, why in one.also}
    wanted = set()
    for pair in read.truth["pairs"]:
        if pair["decision"] != "never":
            reason = REASONS[pair["reason"]] if pair["decision"] == "merge" else pair["reason"]
            wanted.add((tuple(pair["a"]), tuple(pair["b"]), pair["decision"], reason))
    assert said == wanted
    counts = read.truth["counts"]
    assert sum(one.same is None for one in found) == counts["persons_before_review"]


def test_people_of_a_roster_brought_a_second_time_are_all_found() -> None:
    read = roster("urban_591")
    once = [one for one, found in zip(read.subjects, match_rows([], read.subjects), strict=True) if found.same is None]
    again = match_rows(once, once)
    assert Counter(one.same == at for at, one in enumerate(again))[True] >= 0.99 * len(once)
    assert not any(one.same not in (None, at) for at, one in enumerate(again))


def test_a_list_handed_down_is_found_in_the_roster_as_its_truth_says() -> None:
    read = roster("urban_591")
    person = {tuple(place): one["pid"] for one in read.truth["persons"] for place in one["rows"]}
    rows, truth = returnees()
    wrong = []
    for one, row in zip(match_rows(read.subjects, rows), truth, strict=True):
        heads = [one.same] if one.same is not None else one.asks
        matched = {person[read.places[at]] for at in heads if at < len(read.subjects)}
        kind = "exact" if one.same is not None else "ask" if one.asks else "none"
        if (kind, matched) != (row["match"], {row["matched"]} - {None}):
            wrong.append((row["row"], kind, one.reason, row["match"]))
    assert wrong == []
