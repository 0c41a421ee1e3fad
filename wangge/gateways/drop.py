"""The file drop: where nothing can be sent, each message becomes one file for somebody to take away.

A file appears whole or not at all, under the message's own id, so that laying it down twice leaves one.
"""

import json
import os
from pathlib import Path
from uuid import UUID

from django.conf import settings


def outbox() -> Path:
    """Return the folder of laid-down messages, made if missing, readable by its owner only."""
    folder = Path(settings.DATA) / "outbox"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def lay_down(message: UUID, content: dict[str, object]) -> Path:
    """Write the message as ``<id>.json`` and return the file; ``OSError`` when the disk says no."""
    folder = outbox()
    file, draft = folder / f"{message}.json", folder / f".{message}.draft"
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)
    return file


def take_away(message: UUID) -> None:
    """Delete the file of the message, if there is one."""
    (outbox() / f"{message}.json").unlink(missing_ok=True)
    (outbox() / f".{message}.draft").unlink(missing_ok=True)
