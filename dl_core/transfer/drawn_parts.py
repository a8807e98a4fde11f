"""Drawn machine parts on a belt: rings that are whole, and rings with a chip out of their rim."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from PIL import ImageDraw

from dl_core.transfer.camera import FINE, Colour, Light, in_bursts, some_colour, some_light, speckled, taken
from dl_core.transfer.pictures import SIDE, Pixels

BIG = FINE * SIDE  # pixels of a side while drawing
AROUND = 180  # corners of the polygon that stands for a rim
NAMES = ("Whole", "Chipped")


@dataclass(frozen=True)
class Part:
    """One part on one spot of the belt; a burst shows it several times."""

    metal: Colour
    ground: Colour
    edge: Colour  # of the line around the part
    radius: float  # of the rim, in drawing pixels
    hole: float  # radius of the hole, as a share of the rim's
    corners: int  # 0 is a ring; else a nut with so many corners
    turn: float  # radians
    chip: float  # depth of the chip as a share of the rim's radius; 0 is whole
    chip_at: float  # radians around the rim
    middle: tuple[float, float]
    ground_seed: int  # of the patches on the belt
    light: Light


def some_part(chipped: bool, rng: np.random.Generator) -> Part:
    """Draw lots for one part; only the chip depends on the class.

    Parameters
    ----------
    chipped
        Whether a piece is missing.
    rng
        Decides everything else, the same way for both classes.
    """
    metal = int(rng.integers(110, 215))
    tone = rng.integers(-18, 18, 3).tolist()
    belt = int(rng.integers(30, 85))
    part = Part(
        metal=(metal + tone[0], metal + tone[1], metal + tone[2]),
        ground=(belt, belt + tone[1] // 3, belt + tone[2] // 3),
        edge=some_colour(rng, 10, 60),
        radius=rng.uniform(0.32, 0.4) * BIG,
        hole=rng.uniform(0.3, 0.5),
        corners=int(rng.choice([0, 0, 0, 8])),
        turn=rng.uniform(0, 2 * math.pi),
        chip=rng.uniform(0.2, 0.42),
        chip_at=rng.uniform(0, 2 * math.pi),
        middle=(BIG / 2 + rng.uniform(-0.06, 0.06) * BIG, BIG / 2 + rng.uniform(-0.06, 0.06) * BIG),
        ground_seed=int(rng.integers(1 << 30)),
        light=some_light(rng, 0.7),
    )
    return part if chipped else replace(part, chip=0.0)


def picture_of(part: Part, rng: np.random.Generator) -> Pixels:
    """One photo of the part, ``(64, 64, 3)``; ``rng`` moves hand and part a little."""
    fixed = np.random.default_rng(part.ground_seed)
    scene = speckled(BIG, part.ground, fixed, 14, 7)
    draw = ImageDraw.Draw(scene)
    x = part.middle[0] + rng.uniform(-0.02, 0.02) * BIG
    y = part.middle[1] + rng.uniform(-0.02, 0.02) * BIG
    turn = part.turn + rng.uniform(-0.06, 0.06)
    radius = part.radius * rng.uniform(0.98, 1.02)
    shadow = tuple(max(0, tone - 25) for tone in part.ground)
    _rim(draw, part, x + 0.02 * BIG, y + 0.025 * BIG, radius, turn, shadow, None)
    _rim(draw, part, x, y, radius, turn, part.metal, part.edge)
    hole = part.hole * radius
    draw.ellipse((x - hole, y - hole, x + hole, y + hole), fill=shadow, outline=part.edge, width=FINE)
    return taken(scene, part.light, rng)


def _rim(
    draw: ImageDraw.ImageDraw,
    part: Part,
    x: float,
    y: float,
    radius: float,
    turn: float,
    fill: tuple[int, ...],
    edge: Colour | None,
) -> None:
    """The outline as a polygon: a circle or a nut, with a jagged notch where the chip is."""
    points = []
    wide = 0.9 * part.chip  # radians to each side
    for step in range(AROUND):
        angle = 2 * math.pi * step / AROUND
        far = radius
        if part.corners:  # distance to the side of a regular polygon
            sector = 2 * math.pi / part.corners
            far *= math.cos(sector / 2) / math.cos(angle % sector - sector / 2)
        off = abs((angle - part.chip_at + math.pi) % (2 * math.pi) - math.pi)
        if part.chip and off < wide:
            jag = 1 + 0.25 * math.cos(9 * off / wide)
            far *= 1 - part.chip * (1 - (off / wide) ** 2) * jag
        points.append((x + far * math.cos(angle + turn), y + far * math.sin(angle + turn)))
    draw.polygon(points, fill=fill, outline=edge, width=FINE if edge else 1)


def parts(n_bursts: int, n_shots: int, seed: int) -> tuple[Pixels, list[int], list[int]]:
    """Pictures ``(N, 64, 64, 3)``, their classes and their bursts.

    Parameters
    ----------
    n_bursts
        Different parts of each class.
    n_shots
        Pictures of each part.
    seed
        Decides all of it.

    Examples
    --------
    >>> pixels, labels, bursts = parts(2, 3, seed=0)
    >>> pixels.shape, labels[:4], bursts[:4]
    ((12, 64, 64, 3), [0, 0, 0, 0], [0, 0, 0, 1])
    """
    rng = np.random.default_rng(seed)
    made = (
        (label, partial(picture_of, some_part(label == 1, rng), rng))
        for label in range(len(NAMES))
        for _ in range(n_bursts)
    )
    return in_bursts(made, n_shots)
