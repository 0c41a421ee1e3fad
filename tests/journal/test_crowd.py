"""Many writers at once, a sealer and a reader among them."""

from pathlib import Path

import pytest
from django.db import connection

from tests.faults.ground import own_storage

THREADS = {"postgresql": 8, "sqlite": 4}
LINES = {"postgresql": 100_000, "sqlite": 20_000}


@pytest.mark.django_db(transaction=True)
def test_a_reader_of_the_feed_misses_nothing_of_what_many_writers_write(tmp_path: Path) -> None:
    lines = LINES[connection.vendor]
    found = own_storage(tmp_path).ask("crowd", str(THREADS[connection.vendor]), str(lines))
    assert (found["lines"], found["seen"], found["gapless"]) == (lines, lines, True)
    assert found["ordered"], "a line was sealed before an older transaction had ended"
    assert (found["holds"], found["holds_after"]) == (True, True)
    assert found["without_facts"] == found["erased"] > 0
    assert found["checks"] > 0
    assert found["checks_held"], "a check while others write must not see half of a command"


@pytest.mark.django_db(transaction=True)
def test_those_who_run_into_each_other_all_get_their_answer_and_nothing_counts_twice(tmp_path: Path) -> None:
    found = own_storage(tmp_path).ask("clash")
    rounds = len(found["answers"])
    assert found["answers"] == [[2 * (100 + turn)] for turn in range(rounds)]
    assert found["ones"] == rounds
    assert found["crossed"] == 2 * 2 * found["crossings"] > 0
    assert found["seen"] == found["persons"] == 30 * rounds
    assert found["holds"]
