"""The browser of the journeys: find Chromium, or install it where that is allowed.

``python -m tools.browser`` prints the path of the program it found or installed; when there is none it says the one
command to type and returns 1.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
FROM_SYSTEM = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium", "fonts-noto-cjk"]
FROM_PLAYWRIGHT = [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]
INSTALL_SECONDS = 900


def program() -> str | None:
    """Return the path of a Chromium: Playwright's own when it is present, else the system's; None without any."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    if own.is_file():
        return str(own)
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _install() -> None:
    """Install Chromium from the system's packages, or else Playwright's own; needs root."""
    steps = [["apt-get", "update", "--quiet"], FROM_SYSTEM] if shutil.which("apt-get") else []
    for line in [*steps, FROM_PLAYWRIGHT]:
        if line is FROM_PLAYWRIGHT and program():
            return
        print("installing the browser of the journeys: " + " ".join(line), file=sys.stderr, flush=True)
        subprocess.run(line, check=False, timeout=INSTALL_SECONDS, stdout=sys.stderr)


def ready() -> str | None:
    """Return the path of a Chromium, after installing one when there is none and this is root."""
    found = program()
    if found is None and os.geteuid() == 0:
        _install()
        found = program()
    return found


def remedy() -> str:
    """Return the one command that brings a browser."""
    if shutil.which("apt-get"):
        return "sudo apt-get install --yes chromium fonts-noto-cjk"
    return ".venv/bin/playwright install chromium"


def main() -> int:
    """Print where the browser is; without one name the command that brings it, and return 1."""
    found = ready()
    if found is None:
        print("The journeys need Chromium, and there is none here. Type:\n  " + remedy(), file=sys.stderr)
        return 1
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
