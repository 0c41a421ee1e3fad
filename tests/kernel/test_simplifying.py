import pytest

from wangge.kernel.simplifying import simplified


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("歐陽鋒", "欧阳锋"),
        ("與戶主關係", "与户主关系"),
        ("李乾坤", "李乾坤"),
        ("欧阳锋 A-1", "欧阳锋 A-1"),
        ("", ""),
    ],
)
def test_only_other_than_simplified_signs_are_changed(text: str, expected: str) -> None:
    assert simplified(text) == expected
