"""Every check and test there is; all of them run, and one that fails makes the whole fail."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = ROOT / ".venv" / "bin"
# Two at a time; what a browser does has a part of its own.
UNIT = ["-n", "2", "--dist", "loadfile", "--ignore=tests/journeys"]
# On PostgreSQL lines are sealed once every older transaction of the server has ended: what tests sealing runs alone.
SEALING = ["tests/journal", "tests/privacy", "tests/faults", "tests/cli/test_bench.py"]
ON_POSTGRES = ["python", "tools/pg.py", "run", "--", str(BIN / "pytest")]
PARTS = {
    "format": ["ruff", "format", "--check", "-q", "."],
    "lint": ["ruff", "check", "-q", "."],
    "types": ["mypy"],
    "imports": ["lint-imports"],
    "house": ["python", "-m", "tools.check_house"],
    "words": ["python", "-m", "tools.check_words"],
    "types of the scripts": ["python", "tools/ui.py", "check"],
    "tests of the scripts": ["python", "tools/ui.py", "test"],
    "unsafe code": ["bandit", "-q", "-c", "pyproject.toml", "-r", "wangge"],
    "secrets": ["python", "-m", "tools.check_secrets"],
    "django check": ["python", "-m", "django", "check", "--fail-level", "WARNING"],
    "migrations": ["python", "-m", "django", "makemigrations", "--check", "--dry-run"],
    "tests on SQLite": ["pytest", *UNIT],
    "tests on PostgreSQL": [*ON_POSTGRES, *UNIT, *(f"--ignore={part}" for part in SEALING)],
    "sealing on PostgreSQL": [*ON_POSTGRES, *SEALING],
    "journeys": ["pytest", "tests/journeys"],
}


def main() -> int:
    """Run the parts in order, print what became of each, and return 1 when any failed, or there is no browser."""
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "WANGGE_DATA": data, "DJANGO_SETTINGS_MODULE": "wangge.settings"}
        environment.pop("DATABASE_URL", None)
        if subprocess.run([str(BIN / "python"), "-m", "tools.browser"], cwd=ROOT, check=False).returncode:
            return 1
        failed = []
        for name, (program, *arguments) in PARTS.items():
            print(f"== {name}", flush=True)
            code = subprocess.run([str(BIN / program), *arguments], cwd=ROOT, env=environment, check=False).returncode
            if code:
                failed.append(name)
    print("failed: " + ", ".join(failed) if failed else "all parts passed", flush=True)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
