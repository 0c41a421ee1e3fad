"""Log lines about faults that say where, never what: an error's text may hold what somebody typed."""

import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path


class Faults(logging.Formatter):
    """Writes when, who logged, the kind of error and the places in the code, without the error's own words."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines of one record."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        said = f"{at} {record.levelname} {record.name}"
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, places = record.exc_info
            frames = traceback.extract_tb(places)
            where = "".join(f"\n  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
            return f"{said} {kind.__module__}.{kind.__qualname__}{where}"
        return f"{said} {record.msg if isinstance(record.msg, str) else ''}"


class FaultFile(logging.Handler):
    """Appends to ``errors.log`` in a folder that is made when the first fault is written."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.file = Path(folder) / "errors.log"

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; a disk that takes nothing must not break the answer to whoever asked."""
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self.file.open("a", encoding="utf-8") as log:
                log.write(self.format(record) + "\n")
        except OSError:
            self.handleError(record)
