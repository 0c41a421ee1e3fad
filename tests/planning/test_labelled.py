"""The matcher on two labelled lists of an invented place; ``wangge bench match`` runs the same with 100,000 people."""

import pytest

from wangge.cli.benches.labelled import judge_lists, labelled


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_who_is_who_in_two_lists_is_found_with_few_questions_and_no_twin_is_taken_for_the_other(seed: int) -> None:
    lists = labelled(3000, seed)
    judged = judge_lists(lists)
    assert judged.precision >= 0.995
    assert judged.recall >= 0.95
    assert judged.asked <= 0.02
    assert judged.found >= 0.995
    assert judged.twins == 0


def test_the_lists_hold_what_goes_wrong_in_offices() -> None:
    lists = labelled(5000)
    register, rows = lists.first, [one for one, at in zip(lists.second, lists.truth, strict=True) if at is not None]
    of = [lists.first[at] for at in lists.truth if at is not None]
    both = list(zip(of, rows, strict=True))
    assert len(register) == 5000
    assert sum(one.door != row.door for one, row in both) > 50
    assert sum(one.name != row.name for one, row in both) > 50
    assert sum(bool(row.doubtful) for row in rows) > 10
    assert sum(bool(row.partial) for row in rows) > 20
    assert sum(row.birth is None for row in rows) > 10
    assert sum(not row.phones for row in rows) > 500
    assert len({one.name for one in register}) < 5000, "people of one name"
    assert len({phone for one in register for phone in one.phones}) < 5000, "shared telephones"
    assert len(lists.twins) > 20
    assert None in lists.truth


def test_the_lists_are_the_same_for_the_same_seed() -> None:
    assert labelled(500, 7) == labelled(500, 7)
    assert labelled(500, 7) != labelled(500, 8)
