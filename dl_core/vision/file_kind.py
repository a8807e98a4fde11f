"""What a file is, from its first bytes; nothing is decoded, nothing is reserved."""

from __future__ import annotations

import struct

_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
# what a file's first bytes say it is, for files that are no photo we read
_OTHER_KINDS = (
    (b"%PDF", "a PDF"),
    (b"%!PS", "an EPS or PostScript file"),
    (b"\xc5\xd0\xd3\xc6", "an EPS or PostScript file"),
    (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
    (b"II+\0", "a TIFF"),
    (b"MM\0+", "a TIFF"),
    (b"8BPS", "a Photoshop file"),
    (b"\0\0\1\0", "an icon"),
    (b"PK\3\4", "a zip archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (b"RIFF", "a sound or a film"),
)


def photo_format(data: bytes) -> str | None:
    """Pillow's name of the format that the content shows, whatever the file is called; else nothing.

    >>> photo_format(b"GIF89a...")
    'GIF'
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data.startswith(b"BM"):
        return "BMP"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "HEIF"
    return None


def other_kind(data: bytes) -> str:
    """Name a file that is no photo we read, as well as its first bytes allow."""
    for first, name in _OTHER_KINDS:
        if data.startswith(first):
            return name
    if data[4:8] == b"ftyp":
        return "an AVIF picture" if data[8:12] in (b"avif", b"avis") else "a film"
    text = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(b"<"):
        page = b"<html" in text or b"<!doctype html" in text
        return "a web page" if page else "an SVG drawing" if b"<svg" in text else "an XML file"
    return "a PDF" if b"%pdf-" in text else "something else"


def webp_size(data: bytes) -> tuple[int, int]:
    """Canvas size of a WebP (RFC 9649, section 2)."""
    kind, body = data[12:16], data[20:]
    if kind == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", body[6:10])
    return width & 0x3FFF, height & 0x3FFF


def heif_size(data: bytes) -> tuple[int, int]:
    """The largest size that an ``ispe`` box of a HEIC names (ISO/IEC 23008-12, 6.5.3)."""
    sizes, at = [], data.find(b"ispe")
    while at != -1:
        sizes.append(struct.unpack(">II", data[at + 8 : at + 16]))
        at = data.find(b"ispe", at + 4)
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return int(width), int(height)
