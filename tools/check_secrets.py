"""Whether a secret lies in the checkout: ``python -m tools.check_secrets``.

Everything that detect-secrets takes for one must be in ``.secrets.baseline`` and audited there as harmless. After
looking at what was found in a file: ``python -m tools.check_secrets --harmless FILE`` notes it there.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import transient_settings

from tools.house.source import ROOT, Fault

BASELINE = ROOT / ".secrets.baseline"
# Hashes of packages, invented people for tests, and what is no text.
LEFT_OUT = (".lock", ".secrets.baseline", ".gz", ".png", ".woff2", ".xlsx")
LEFT_OUT_FOLDERS = ("tests/data/",)
Known = Mapping[str, Sequence[Mapping[str, Any]]]


def main(words: list[str] | None = None) -> int:
    """Scan every file that git knows or would take, print what was not audited, and return 1 when there is any."""
    parser = argparse.ArgumentParser(prog="tools.check_secrets", description="Look for secrets in the checkout.")
    parser.add_argument("--harmless", metavar="FILE", action="append", default=[], help="you looked: it is none")
    given = parser.parse_args(words)
    baseline = json.loads(BASELINE.read_text("utf-8"))
    known: dict[str, list[dict[str, Any]]] = baseline["results"]
    with transient_settings({"plugins_used": baseline["plugins_used"], "filters_used": baseline["filters_used"]}):
        for path in given.harmless:
            known[path] = [{**one, "filename": path, "is_secret": False} for one in scan(ROOT / path)]
        found = [fault for path in _files() for fault in unaudited(path, scan(ROOT / path), known)]
    if given.harmless:
        baseline["results"] = {path: entries for path, entries in sorted(known.items()) if entries}
        BASELINE.write_text(json.dumps(baseline, indent=2) + "\n", "utf-8")
    found += unsettled(known)
    for fault in found:
        print(fault)
    print(f"secrets: {len(found)} faults", file=sys.stderr)
    return int(bool(found))


def _files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    wanted = {path for path in listed if path and not path.endswith(LEFT_OUT) and (ROOT / path).is_file()}
    return sorted(path for path in wanted if not path.startswith(LEFT_OUT_FOLDERS))


def scan(file: Path) -> list[dict[str, Any]]:
    """Return what looks like a secret in a file: type, line_number, hashed_secret."""
    collection = SecretsCollection()
    collection.scan_file(str(file))
    return [secret.json() for _, secret in collection]


def unaudited(path: str, found: Sequence[Mapping[str, Any]], known: Known) -> Iterator[Fault]:
    """Yield what was found in a file and is not in the baseline."""
    settled = {(one["type"], one["hashed_secret"]) for one in known.get(path, ())}
    for one in found:
        if (one["type"], one["hashed_secret"]) not in settled:
            told = f"looks like a secret ({one['type']}); take it out, or audit it into .secrets.baseline"
            yield Fault(path, int(one["line_number"]), told)


def unsettled(known: Known) -> Iterator[Fault]:
    """Yield entries of the baseline that nobody has judged, or that were judged to be real."""
    for path, entries in sorted(known.items()):
        for one in entries:
            if one.get("is_secret") is not False:
                told = f"{one['type']} is in .secrets.baseline without having been found harmless; audit it"
                yield Fault(path, int(one["line_number"]), told)


if __name__ == "__main__":
    sys.exit(main())
