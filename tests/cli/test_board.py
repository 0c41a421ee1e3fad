"""``wangge board`` as it is typed."""

from pathlib import Path

from tests.cli.calling import Installation

KEYS = {"area", "at", "on", "seq", "counters", "children", "buildings", "silent", "round", "gaps", "changed"}


def test_the_board_is_printed_with_round_gaps_and_what_changed(opened: Installation) -> None:
    board = opened.call("board", "--area", "420322", "--json").object
    assert set(board) >= KEYS
    assert board["gaps"] == {
        "births_missing": 0, "unowned": 0, "doorless": 0, "contradictions_open": 0, "overdue": 0, "lists": [],
    }  # fmt: skip
    assert {key: board["changed"][key] for key in ("visits", "doors_done", "doors_refused")} == {
        "visits": 0, "doors_done": 0, "doors_refused": 0,
    }  # fmt: skip
    earlier = opened.call("board", "--area", "420322", "--on", "2020-02-01", "--json").object
    assert (earlier["round"], earlier["gaps"], earlier["changed"]) == (None, None, None)


def test_the_day_is_written_to_a_file_or_it_is_said_why_not(opened: Installation, tmp_path: Path) -> None:
    file = tmp_path / "day.pdf"
    assert opened.call("board", "--area", "420322", "--pdf", str(file), "--json").code == 0
    assert file.read_bytes().startswith(b"%PDF")
    refused = opened.call("board", "--area", "420322", "--pdf", str(tmp_path / "no" / "day.pdf"), "--json")
    assert refused.refused == "cli.file_unwritable"
