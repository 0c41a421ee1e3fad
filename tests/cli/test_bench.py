"""``wangge bench``: one object, its own storage, nothing of the installation touched."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from wangge.cli.benches.ground.measuring import cpu_seconds, latencies, percentile

ROOT = Path(__file__).parents[2]
SHORT = """
from wangge.cli.benches import journal
from wangge.cli.main import main
journal.ROUNDS, journal.CYCLES = 1, {"sqlite": 1, "postgres": 1}
main(%r)
"""


def wangge(words: list[str], data: Path) -> "subprocess.CompletedProcess[str]":
    """Run a bench that is shorter than the real one, beside an installation in the folder."""
    environment = {**os.environ, "WANGGE_DATA": str(data)}
    command = [sys.executable, "-c", SHORT % words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=240)


def databases() -> set[str]:
    """Return the names of the databases on the server, none on SQLite."""
    if connection.vendor == "sqlite":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_the_bench_of_the_journal_prints_one_object_and_leaves_nothing_behind(tmp_path: Path) -> None:
    data, before = tmp_path / "installation", databases()
    db = {"sqlite": "sqlite", "postgresql": "postgres"}[connection.vendor]
    done = wangge(["bench", "journal", "--db", db, "--residents", "4000", "--json"], data)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    writers = {"sqlite": 4, "postgres": 8}[db]
    assert (said["bench"], said["n"], said["writers"], said["residents"]) == ("journal", writers * 1250, writers, 4000)
    assert (said["lines"], said["skipped_by_reader"], said["verified"]) == (3 * writers * 1250, 0, True)
    assert said["db"].startswith(connection.vendor)
    assert said["share_of_floor"] == pytest.approx(said["ours_per_cpu_s"] / said["floor_per_cpu_s"], abs=0.001)
    assert said["share_of_unsealed"] == pytest.approx(said["ours_per_cpu_s"] / said["unsealed_per_cpu_s"], abs=0.001)
    assert 0 < said["p50_ms"] <= said["p99_ms"]
    assert said["longest_transaction_ms"] > 0
    assert {"python", "when", "load"} <= said.keys()
    assert "round 1 of 1" in done.stderr
    assert (data.exists(), databases()) == (False, before)


def test_a_typo_in_the_name_of_a_bench_offers_the_nearest(tmp_path: Path) -> None:
    done = wangge(["bench", "jurnal", "--json"], tmp_path / "installation")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean 'journal'?" in done.stderr


@pytest.mark.parametrize("words", [["--db", "oracle"], ["--residents", "0"]])
def test_an_option_that_cannot_be_is_wrong_use(words: list[str], tmp_path: Path) -> None:
    done = wangge(["bench", "journal", *words], tmp_path / "installation")
    assert (done.returncode, done.stdout) == (2, "")


def test_a_percentile_is_a_value_that_was_measured() -> None:
    values = [float(n) for n in range(1, 1001)]
    assert [percentile(values, share) for share in (0.5, 0.99, 1.0)] == [500, 990, 1000]
    assert percentile([7.0], 0.5) == 7
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_from_few_values_the_maximum_stands_in_for_the_99th_percentile() -> None:
    assert latencies([0.001] * 500 + [0.9]) == {"p50_ms": 1.0, "p99_ms": 900.0}
    assert latencies([0.001] * 1000 + [0.9])["p99_ms"] == 1.0


def test_the_cpu_time_of_a_process_grows_with_its_work_and_a_strangers_is_nothing() -> None:
    before = cpu_seconds([os.getpid()])
    until = time.process_time() + 0.1
    while time.process_time() < until:
        pass
    assert 0.05 <= cpu_seconds([os.getpid()]) - before < 5
    assert cpu_seconds([2**22 + 5]) == 0
