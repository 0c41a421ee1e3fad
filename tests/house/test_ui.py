from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import ui


@pytest.mark.parametrize(
    ("version", "enough"),
    [
        ("v20.20.2", True),
        ("v20.19.0", True),
        ("v20.18.3", False),
        ("v21.7.3", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.19.0", True),
        ("v18.19.1", False),
        ("", False),
    ],
)
def test_only_a_node_that_can_build_the_scripts_is_used(version: str, enough: bool) -> None:
    assert ui.fits(version) is enough


def test_the_scripts_are_built_anew_when_a_source_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ui, "UI", tmp_path)
    source = tmp_path / "main.ts"

    def files() -> Iterator[Path]:
        yield source

    source.write_text("one", "utf-8")
    before = ui.digest_of(files())
    assert ui.digest_of(files()) == before
    source.write_text("two", "utf-8")
    assert ui.digest_of(files()) != before


def test_no_package_is_fetched_from_an_address_in_the_lock() -> None:
    assert '"resolved"' not in (ui.UI / "package-lock.json").read_text("utf-8")
