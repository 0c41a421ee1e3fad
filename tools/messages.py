"""Compile the message catalogues, so that no installation needs gettext."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent.parent / "wangge" / "locale"


def compile_catalogues() -> int:
    """Write the .mo file beside every .po file that is newer; return how many."""
    written = 0
    for source in sorted(LOCALE.glob("*/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as po, target.open("wb") as mo:
            write_mo(mo, read_po(po))
        written += 1
    return written


if __name__ == "__main__":
    compile_catalogues()
