from tools.house.sizes import long_files, long_functions
from tools.house.source import Source


def function(name: str, lines: int) -> str:
    return f"def {name}():\n" + "    pass\n" * (lines - 1)


def test_a_file_of_350_lines_is_left_alone() -> None:
    assert not list(long_files([Source("wangge/a.py", "x = 1\n" * 350)]))


def test_a_file_above_350_lines_is_warned_about_and_one_above_500_fails() -> None:
    warned, failed = long_files([Source("wangge/a.py", "x = 1\n" * 351), Source("wangge/b.py", "x = 1\n" * 501)])
    assert (warned.path, warned.warning) == ("wangge/a.py", True)
    assert (failed.path, failed.warning) == ("wangge/b.py", False)


def test_a_function_of_60_lines_passes_among_many_short_ones_and_one_of_61_fails() -> None:
    short = "".join(function(f"short{n}", 35) for n in range(40))
    assert not list(long_functions([Source("wangge/a.py", short + function("long", 60))]))
    (fault,) = long_functions([Source("wangge/a.py", short + function("longer", 61))])
    assert "longer has 61 lines" in fault.text
    assert fault.line == 40 * 35 + 1


def test_more_than_one_long_function_in_twenty_fails() -> None:
    nineteen = "".join(function(f"short{n}", 2) for n in range(19))
    assert not list(long_functions([Source("wangge/a.py", nineteen + function("long", 36))]))
    found = list(long_functions([Source("wangge/a.py", nineteen + function("one", 36) + function("two", 40))]))
    assert [fault.text.split()[0] for fault in found] == ["one", "two"]


def test_methods_count_as_functions() -> None:
    method = "class A:\n    def long(self):\n" + "        pass\n" * 60
    (fault, *_) = long_functions([Source("wangge/a.py", method)])
    assert "long has 61 lines" in fault.text
