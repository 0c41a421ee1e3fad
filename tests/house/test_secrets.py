from pathlib import Path

import pytest
from detect_secrets.settings import default_settings

from tools.check_secrets import scan, unaudited, unsettled

# In two parts, so that the check does not find it here.
HEADER = "-----BEGIN " + "RSA PRIVATE KEY-----"


@pytest.fixture
def _plugins() -> object:
    with default_settings():
        yield


@pytest.mark.usefixtures("_plugins")
def test_a_key_in_a_file_is_found_until_it_is_audited(tmp_path: Path) -> None:
    file = tmp_path / "notes.py"
    file.write_text(f"x = 1\nkey = '''{HEADER}'''\n", "utf-8")
    found = scan(file)
    (fault,) = unaudited("notes.py", found, {})
    assert (fault.line, "Private Key" in fault.text) == (2, True)
    known = {"notes.py": [{**found[0], "is_secret": False}]}
    assert not list(unaudited("notes.py", found, known))
    assert len(list(unaudited("other.py", found, known))) == 1


@pytest.mark.usefixtures("_plugins")
def test_a_file_without_secrets_passes(tmp_path: Path) -> None:
    file = tmp_path / "notes.py"
    file.write_text("greeting = 'hello, this is no secret'\n", "utf-8")
    assert scan(file) == []


def test_an_entry_that_nobody_judged_or_that_is_real_is_a_fault() -> None:
    entry = {"type": "Private Key", "hashed_secret": "x", "line_number": 2}
    assert not list(unsettled({"notes.py": [{**entry, "is_secret": False}]}))
    assert len(list(unsettled({"notes.py": [entry, {**entry, "is_secret": True}]}))) == 2
