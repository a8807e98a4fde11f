"""Drawn cloth: stripes, checks, dots and zigzags in two colours, bent a little and lit from one side."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.transfer.camera import Colour, Light, in_bursts, some_colour, some_light, taken
from dl_core.transfer.pictures import SIDE, Pixels

BIG = 2 * SIDE  # pixels of a side while drawing
NAMES = ("Stripes", "Checks", "Dots", "Zigzags")

Grid = NDArray[np.float64]


@dataclass(frozen=True)
class Cloth:
    """One piece of cloth; a burst shows it several times."""

    pattern: int  # which of NAMES
    first: Colour
    second: Colour
    repeat: float  # of the pattern, in pictures' sides
    turn: float  # radians
    fold: float  # how far a fold bends the pattern, in repeats
    fold_at: float  # radians
    light: Light


def some_cloth(pattern: int, rng: np.random.Generator) -> Cloth:
    """Draw lots for a piece of cloth.

    Parameters
    ----------
    pattern
        Which of `NAMES`, 0 to 3.
    rng
        Decides everything else, the same way for all of them.
    """
    first, second = some_colour(rng, 20, 120), some_colour(rng, 110, 235)
    if rng.random() < 0.5:
        first, second = second, first
    return Cloth(
        pattern, first, second,
        repeat=rng.uniform(0.13, 0.34),
        turn=rng.uniform(-0.6, 0.6),
        fold=rng.uniform(0.0, 0.22),
        fold_at=rng.uniform(0, 2 * math.pi),
        light=some_light(rng),
    )  # fmt: skip


def picture_of(cloth: Cloth, rng: np.random.Generator) -> Pixels:
    """One photo of the cloth, ``(64, 64, 3)``; ``rng`` moves cloth and camera a little."""
    turn = cloth.turn + rng.uniform(-0.05, 0.05)
    repeat = cloth.repeat * rng.uniform(0.96, 1.04)
    line = np.arange(BIG) / BIG
    x, y = np.meshgrid(line, line)
    across = (x * math.cos(turn) + y * math.sin(turn)) / repeat + rng.uniform(-0.2, 0.2)
    down = (y * math.cos(turn) - x * math.sin(turn)) / repeat + rng.uniform(-0.2, 0.2)
    bend = cloth.fold * np.sin(2 * math.pi * (x + y) + cloth.fold_at)
    painted = _painted(cloth.pattern, across + bend, down + bend)
    colours = np.where(painted[:, :, None], cloth.first, cloth.second).astype(np.uint8)
    return taken(Image.fromarray(colours), cloth.light, rng)


def _painted(pattern: int, across: Grid, down: Grid) -> NDArray[np.bool_]:
    """Where the first colour lies."""
    if pattern == 0:
        return np.asarray(across % 1 < 0.5)
    if pattern == 1:
        return np.asarray((across % 1 < 0.5) ^ (down % 1 < 0.5))
    if pattern == 2:
        return np.asarray((across % 1 - 0.5) ** 2 + (down % 1 - 0.5) ** 2 < 0.3**2)
    return np.asarray((across + 0.5 * np.abs(2 * (down % 1) - 1)) % 1 < 0.5)


def fabrics(n_bursts: int, n_shots: int, seed: int) -> tuple[Pixels, list[int], list[int]]:
    """Pictures ``(N, 64, 64, 3)``, their classes and their bursts.

    Parameters
    ----------
    n_bursts
        Different pieces of cloth of each pattern.
    n_shots
        Pictures of each piece.
    seed
        Decides all of it.

    Examples
    --------
    >>> pixels, labels, bursts = fabrics(1, 2, seed=0)
    >>> pixels.shape, labels, bursts
    ((8, 64, 64, 3), [0, 0, 1, 1, 2, 2, 3, 3], [0, 0, 1, 1, 2, 2, 3, 3])
    """
    rng = np.random.default_rng(seed)
    cloths = (
        (pattern, partial(picture_of, some_cloth(pattern, rng), rng))
        for pattern in range(len(NAMES))
        for _ in range(n_bursts)
    )
    return in_bursts(cloths, n_shots)
