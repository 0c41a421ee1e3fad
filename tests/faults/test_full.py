"""A full disk: the write is refused whole, reading goes on, and with room again so does writing."""

from pathlib import Path

from tests.faults.ground import own_storage


def test_a_full_disk_costs_no_acknowledged_write_and_leaves_none_half_done(tmp_path: Path) -> None:
    found = own_storage(tmp_path, always_a_file=True).ask("full")
    assert "full" in found["said"]
    assert found["told"] == found["there"] > 0
    assert found["holds"]
    assert (found["after"], found["holds_after"]) == (found["told"] + 1, True)
