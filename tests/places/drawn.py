"""Files of shapes and pictures of plans, made for tests."""

import json
import struct
import zlib

from wangge.places.shapes.pictures import PNG_SIGN


def square(x: float, y: float, side: float = 1) -> list[list[float]]:
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def feature(ring: object, kind: str = "Polygon", /, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": ring}}


def collection(*features: object, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def part(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int = 4, height: int = 3, extra: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    dots = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return PNG_SIGN + part(b"IHDR", head) + extra + part(b"IDAT", dots) + part(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(*extra: bytes, frame: int = 0xC0, width: int = 40, height: int = 30) -> bytes:
    body = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + b"".join(extra) + segment(frame, body) + scan + b"\xff\xd9"


def exif(orientation: int) -> bytes:
    rows = struct.pack("<HHHIHH", 2, 0x0112, 3, 1, orientation, 0) + struct.pack("<HHII", 0x8825, 4, 1, 99)
    return segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + rows)
