"""Files that a reader could upload, made here: photos, and a ZIP of two classes."""

from __future__ import annotations

import io
import zipfile

import numpy as np
from PIL import Image

DISCS, BARS = "Discs", "Bars"


def encoded(image: Image.Image, kind: str = "PNG") -> bytes:
    """The picture as a file of this format."""
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP of these files, by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def plain(colour: tuple[int, int, int], kind: str = "PNG") -> bytes:
    """A photo of one colour."""
    return encoded(Image.new("RGB", (90, 60), colour), kind)


def drawn(kind: str, seed: int) -> bytes:
    """A disc or a few bars somewhere, in colours that no other seed gives."""
    chance = np.random.default_rng([seed, kind == DISCS])
    pixels = np.empty((96, 96, 3), np.uint8)
    pixels[:] = chance.integers(120, 256, 3)
    down, across = np.mgrid[0:96, 0:96]
    middle = chance.integers(34, 62, 2)
    if kind == DISCS:
        there = (down - middle[0]) ** 2 + (across - middle[1]) ** 2 < int(chance.integers(12, 30)) ** 2
    else:
        there = ((across + middle[0]) // int(chance.integers(6, 12))) % 2 == 0
    pixels[there] = chance.integers(0, 110, 3)
    pixels = np.clip(pixels + chance.normal(0, 6, pixels.shape), 0, 255).astype(np.uint8)
    return encoded(Image.fromarray(pixels))


def two_classes(each: int) -> tuple[str, bytes, str]:
    """A ZIP with a folder of discs and one of bars, as a field for files takes it: name, content, kind."""
    photos = {f"{kind}/{at}.png": drawn(kind, at) for kind in (DISCS, BARS) for at in range(each)}
    return ("photos.zip", zipped(photos), "application/zip")
