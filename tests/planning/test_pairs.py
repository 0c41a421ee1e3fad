"""Pairs of two lists, or within one."""

from wangge.planning.matching import Subject, Verdict, pair_people, pair_records

GOOD, OTHER = "43112619390123997X", "431126193703259064"


def test_every_two_rows_of_one_person_are_a_pair() -> None:
    rows = [Subject("张伟", GOOD), Subject("李娜", OTHER), Subject("张伟", GOOD), Subject("張偉", GOOD)]
    pairs = pair_people(rows)
    assert [(one.first, one.second) for one in pairs] == [(0, 2), (0, 3), (2, 3)]
    assert {one.verdict for one in pairs} == {Verdict.SAME}


def test_a_person_who_stands_twice_in_each_list_is_four_pairs() -> None:
    rows = [Subject("张伟", GOOD), Subject("张伟", GOOD)]
    assert [(one.first, one.second) for one in pair_people(rows, rows)] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_what_must_be_asked_is_a_pair_to_ask() -> None:
    rows = [Subject("张伟", GOOD), Subject("章伟", GOOD)]
    assert [(one.first, one.second, one.verdict) for one in pair_people(rows)] == [(0, 1, Verdict.ASK)]
    assert [one.reason for one in pair_people(rows[:1], rows[1:])] == ["same_id_other_name"]
    assert pair_people(rows[:1], [Subject("李娜", OTHER), Subject("李娜", OTHER)]) == []


def test_of_very_many_rows_that_are_one_each_is_paired_with_the_first() -> None:
    rows = [Subject("张伟", GOOD)] * 60
    assert {one.first for one in pair_people(rows)} == {0}
    assert len(pair_people(rows)) == 59


def test_records_that_agree_on_rare_values_are_one_and_others_are_not() -> None:
    records = [(f"first {at * 37}", f"street {at * 91}", f"{at * 7919 % 10_000:04d}") for at in range(200)]
    again = [(name.replace("first", "frist"), street, code) for name, street, code in records]
    pairs = pair_records(records, [*again, ("nobody", "nowhere", "")])
    assert [(one.first, one.second) for one in pairs if one.verdict == Verdict.SAME] == [(at, at) for at in range(200)]
    assert pair_records(records) == []
    assert pair_records([], []) == pair_records([]) == pair_records(records, []) == []
    assert pair_records([], [*records, *records]) == []
