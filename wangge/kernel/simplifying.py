"""Traditional characters as simplified ones, for comparing what was written; what is kept stays as it was written."""

from functools import cache
from typing import Any


def simplified(text: str) -> str:
    """Return text in simplified characters; text that the simplified standard GB 2312 covers is returned as it is."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return str(_converter().convert(text))
    return text


@cache
def _converter() -> Any:
    from opencc import OpenCC  # its tables are loaded only where other signs are read

    return OpenCC("t2s")
