"""Pictures of a plan: that they are PNG or JPEG all through, how large they are drawn, and nothing else inside.

A photograph tells in hidden parts where, when and by whom it was taken. Here a picture is taken apart and put together
from those parts alone that draw it (PNG, ISO/IEC 15948; JPEG, ITU-T T.81); which way up it is held stays.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from wangge.kernel.refused import Refused

LARGEST = 8 * 1024 * 1024
MOST_DOTS = 50_000_000
LONGEST_SIDE = 12_000
PNG_SIGN = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"sRGB"}
JPEG_SIGN = b"\xff\xd8\xff"
START, END, SCAN, EXIF, ADOBE, COMMENT = 0xD8, 0xD9, 0xDA, 0xE1, 0xEE, 0xFE
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
SOME_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""The frames that browsers draw: baseline, extended and progressive."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may be served: its kind (``png`` or ``jpeg``), its size in dots as it is shown, its bytes."""

    media: str
    width: int
    height: int
    content: bytes


def clean_picture(content: bytes) -> Picture:
    """Return a picture without what does not draw it; refused when it is too large, broken, or neither PNG nor JPEG."""
    if len(content) > LARGEST:
        raise Refused("places.picture_too_big", limit=LARGEST // 1024 // 1024)
    try:
        if content.startswith(PNG_SIGN):
            picture = _png(content)
        elif content.startswith(JPEG_SIGN):
            picture = _jpeg(content)
        else:
            raise Refused("places.picture_kind")
    except (struct.error, IndexError, ValueError):
        raise Refused("places.picture_broken") from None
    if not picture.width or not picture.height:
        raise Refused("places.picture_broken")
    if picture.width * picture.height > MOST_DOTS or max(picture.width, picture.height) > LONGEST_SIDE:
        raise Refused("places.picture_too_wide", limit=LONGEST_SIDE)
    return picture


def _png(content: bytes) -> Picture:
    kept, names = [PNG_SIGN], []
    for name, whole in _png_parts(content):
        if name in PNG_KEPT:
            kept.append(whole)
        names.append(name)
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names:
        raise ValueError("parts are missing")
    width, height = struct.unpack(">II", content[16:24])
    return Picture("png", width, height, b"".join(kept))


def _png_parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and all of each part up to the last one, each with its sum checked."""
    at = len(PNG_SIGN)
    while True:
        (length,) = struct.unpack(">I", content[at : at + 4])
        whole = content[at : at + 12 + length]
        if len(whole) != 12 + length or zlib.crc32(whole[4:-4]) != struct.unpack(">I", whole[-4:])[0]:
            raise ValueError("a part is broken")
        yield whole[4:8], whole
        if whole[4:8] == b"IEND":
            return
        at += len(whole)


def _jpeg(content: bytes) -> Picture:
    kept, turned = [content[:2]], 1
    size: tuple[int, int] | None = None
    at = 2
    while True:
        marker, whole = _segment(content, at)
        if marker == EXIF and whole[4:10] == b"Exif\0\0":
            turned = _orientation(whole[10:]) or turned
        elif marker in FRAMES:
            if marker not in SOME_FRAMES or size is not None:
                raise ValueError("browsers do not draw this")
            height, width = struct.unpack(">HH", whole[5:9])
            size = (width, height)
            kept.append(whole)
        elif marker == ADOBE or not (0xE0 <= marker <= 0xEF or marker == COMMENT):
            kept.append(whole)
        at += len(whole)
        if marker == SCAN:
            break
    if size is None:
        raise ValueError("no frame")
    end = content.rfind(b"\xff\xd9")
    if end < at:
        raise ValueError("cut off")
    kept.append(_scans(content, at))
    if turned != 1:
        kept.insert(1, _turned(turned))
    width, height = size if turned < 5 else size[::-1]
    return Picture("jpeg", width, height, b"".join(kept))


def _segment(content: bytes, at: int) -> tuple[int, bytes]:
    """Return the marker and all of the segment at a place."""
    if content[at] != 0xFF:
        raise ValueError("no marker")
    marker = content[at + 1]
    if marker in (START, END) or marker < 0xC0:
        raise ValueError("a marker out of place")
    (length,) = struct.unpack(">H", content[at + 2 : at + 4])
    whole = content[at : at + 2 + length]
    if length < 2 or len(whole) != 2 + length:
        raise ValueError("a segment is cut off")
    return marker, whole


def _scans(content: bytes, at: int) -> bytes:
    """Return everything from the first scan's dots to the end of the picture, without notes between the scans."""
    kept = []
    while True:
        start = at
        while True:
            at = content.index(b"\xff", at)
            follows = content[at + 1]
            if follows == 0 or 0xD0 <= follows <= 0xD7:
                at += 2
            elif follows == 0xFF:
                at += 1
            else:
                break
        kept.append(content[start:at])
        if content[at + 1] == END:
            return b"".join([*kept, b"\xff\xd9"])
        marker, whole = _segment(content, at)
        if not (0xE0 <= marker <= 0xEF or marker == COMMENT):
            kept.append(whole)
        at += len(whole)


def _orientation(exif: bytes) -> int:
    """Return which way up the picture is held, 1 to 8, from its Exif part; 0 where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return 0
    (first,) = struct.unpack(order + "I", exif[4:8])
    (count,) = struct.unpack(order + "H", exif[first : first + 2])
    for n in range(min(count, 200)):
        entry = exif[first + 2 + 12 * n : first + 14 + 12 * n]
        tag, _, _, value = struct.unpack(order + "HHIH", entry[:10])
        if tag == 0x0112:
            return int(value) if 1 <= value <= 8 else 0
    return 0


def _turned(orientation: int) -> bytes:
    """Return an Exif part that says which way up the picture is held, and nothing else."""
    body = b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, orientation, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
