"""Cells that are kept compressed come back as they were, in the parts in which they are written."""

from wangge.flows.import_roster.packing import PART, Packed


def test_lines_come_back_in_order_part_by_part() -> None:
    lines = [f"[{number}]".encode() for number in range(2 * PART + 3)]
    packed = Packed()
    packed.add(lines[:7])
    packed.add(lines[7:])
    assert len(packed) == len(lines)
    assert [packed.part(number) for number in range(3)] == [lines[:PART], lines[PART : 2 * PART], lines[2 * PART :]]


def test_nothing_is_one_empty_part() -> None:
    assert (len(Packed()), Packed().part(0)) == (0, [])
