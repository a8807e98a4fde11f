"""House numbers: handwritten digits painted on plates, lit and seen as by a camera."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.digits import FULL_INK, load_digits
from dl_core.transfer.camera import Colour, Light, in_bursts, some_colour, some_light, speckled, taken
from dl_core.transfer.pictures import SIDE, Pixels

BIG = 2 * SIDE  # pixels of a side while drawing
DIGITS = (1, 3, 5, 7, 8)
NAMES = ("One", "Three", "Five", "Seven", "Eight")


@dataclass(frozen=True)
class Plate:
    """One plate with one handwritten digit; a burst shows it several times."""

    ink: NDArray[np.uint8]  # (8, 8) of the digit, 0 to 16
    paint: Colour
    board: Colour
    wall: Colour
    size: float  # of the digit, as a share of the picture
    middle: tuple[float, float]  # drawing pixels
    tilt: float  # degrees
    wall_seed: int
    light: Light


def some_plate(ink: NDArray[np.uint8], rng: np.random.Generator) -> Plate:
    """Draw lots for a plate around the digit ``ink`` ``(8, 8)``."""
    paint, board = some_colour(rng, 10, 80), some_colour(rng, 165, 245)
    return Plate(
        ink, paint, board,
        wall=some_colour(rng, 40, 200),
        size=rng.uniform(0.62, 0.74),
        middle=(BIG * rng.uniform(0.46, 0.54), BIG * rng.uniform(0.46, 0.54)),
        tilt=rng.uniform(-6, 6),
        wall_seed=int(rng.integers(1 << 30)),
        light=some_light(rng, 0.5),
    )  # fmt: skip


def picture_of(plate: Plate, rng: np.random.Generator) -> Pixels:
    """One photo of the plate, ``(64, 64, 3)``; ``rng`` moves hand and camera a little."""
    fixed = np.random.default_rng(plate.wall_seed)
    scene = speckled(BIG, plate.wall, fixed, 18, 9)
    tilt = plate.tilt + rng.uniform(-2, 2)
    x, y = (at + rng.uniform(-0.02, 0.02) * BIG for at in plate.middle)
    size = plate.size * BIG * rng.uniform(0.97, 1.03)
    board = _turned(Image.new("L", (round(1.15 * size),) * 2, 255), tilt)
    scene.paste(plate.board, _box(board, x, y), board)
    digit = _stroke(plate.ink).resize((round(size),) * 2, Image.Resampling.BICUBIC)
    stroke = _turned(digit, tilt)
    scene.paste(plate.paint, _box(stroke, x, y), stroke)
    return taken(scene, plate.light, rng)


def _stroke(ink: NDArray[np.uint8]) -> Image.Image:
    """The digit as a smooth stroke: enlarged, with a soft threshold."""
    grey = Image.fromarray((ink.astype(np.float64) * 255 / FULL_INK).astype(np.uint8))
    large = np.asarray(grey.resize((64, 64), Image.Resampling.BICUBIC), np.float64)
    return Image.fromarray(np.clip((large - 90) * 3.5, 0, 255).astype(np.uint8))


def _turned(mask: Image.Image, tilt: float) -> Image.Image:
    return mask.rotate(tilt, Image.Resampling.BILINEAR, expand=True)


def _box(mask: Image.Image, x: float, y: float) -> tuple[int, int]:
    return round(x - mask.width / 2), round(y - mask.height / 2)


def house_numbers(n_bursts: int, n_shots: int, seed: int) -> tuple[Pixels, list[int], list[int]]:
    """Pictures ``(N, 64, 64, 3)``, their classes and their bursts; no digit is used for two plates.

    Parameters
    ----------
    n_bursts
        Different plates of each digit.
    n_shots
        Pictures of each plate.
    seed
        Decides all of it.

    Examples
    --------
    >>> pixels, labels, bursts = house_numbers(2, 1, seed=0)
    >>> pixels.shape, labels, bursts == list(range(10))
    ((10, 64, 64, 3), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4], True)
    """
    rng = np.random.default_rng(seed)
    known = load_digits()
    plates = (
        (label, partial(picture_of, some_plate(known.images[at], rng), rng))
        for label, digit in enumerate(DIGITS)
        for at in rng.permutation(np.flatnonzero(known.labels == digit))[:n_bursts]
    )
    return in_bursts(plates, n_shots)
