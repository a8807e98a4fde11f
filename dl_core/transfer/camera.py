"""What a camera adds to a drawn thing: light from one side, colour of the lamp, blur and grain."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from dl_core.transfer.pictures import SIDE, Pixels

FINE = 4  # things are drawn this many times larger and shrunk, so that edges are smooth

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Light:
    """How one burst was lit and seen; all its pictures share it."""

    bright: float  # 1 is neutral
    warm: float  # 0 is white light; above it red gains and blue loses
    slope: tuple[float, float]  # change of brightness from middle to edge, across and down
    blur: float  # radius in pixels
    grain: float  # standard deviation of the noise, of 255


def some_light(rng: np.random.Generator, spread: float = 1.0) -> Light:
    """Draw the light of one burst.

    Parameters
    ----------
    rng
        Decides all of it.
    spread
        How different bursts are, 0 (all alike) or more.

    Examples
    --------
    >>> some_light(np.random.default_rng(0), 0.0).bright
    1.0
    """
    return Light(
        bright=1 + spread * rng.uniform(-0.3, 0.2),
        warm=spread * rng.uniform(-0.12, 0.12),
        slope=(spread * rng.uniform(-0.35, 0.35), spread * rng.uniform(-0.35, 0.35)),
        blur=max(0.0, spread * rng.uniform(-0.3, 0.9)),
        grain=2 + 8 * spread * rng.uniform(0, 1),
    )


def taken(drawn: Image.Image, light: Light, rng: np.random.Generator) -> Pixels:
    """One photo of what was drawn, ``(64, 64, 3)``.

    Parameters
    ----------
    drawn
        The scene, square, of any size.
    light
        Of its burst.
    rng
        Decides the grain and the small changes from one picture of a burst to the next.

    Examples
    --------
    >>> grey = Image.new("RGB", (256, 256), (120, 120, 120))
    >>> taken(grey, Light(1, 0, (0, 0), 0, 0), np.random.default_rng(0))[0, 0].tolist()
    [120, 120, 120]
    """
    small = drawn.resize((SIDE, SIDE), Image.Resampling.BOX)
    if light.blur > 0:
        small = small.filter(ImageFilter.GaussianBlur(light.blur))
    across = np.linspace(-1, 1, SIDE)
    shade = light.bright * (1 + light.slope[0] * across[None, :] + light.slope[1] * across[:, None])
    tint = np.array([1 + light.warm, 1.0, 1 - light.warm])
    grain = light.grain * rng.standard_normal((SIDE, SIDE, 3))
    seen = np.asarray(small, np.float64) * shade[:, :, None] * tint + grain
    photo: Pixels = np.clip(np.rint(seen), 0, 255).astype(np.uint8)
    return photo


def in_bursts(
    things: Iterable[tuple[int, Callable[[], Pixels]]], n_shots: int
) -> tuple[Pixels, list[int], list[int]]:
    """Several photos of one thing after the other: pictures ``(N, 64, 64, 3)``, their classes and bursts.

    Parameters
    ----------
    things
        Class of each, and what takes one photo of it, ``(64, 64, 3)``; the next comes when this one is done.
    n_shots
        Photos of each thing: one burst.

    Examples
    --------
    >>> dark = lambda: np.zeros((64, 64, 3), np.uint8)
    >>> pixels, labels, bursts = in_bursts([(0, dark), (1, dark)], 2)
    >>> pixels.shape, labels, bursts
    ((4, 64, 64, 3), [0, 0, 1, 1], [0, 0, 1, 1])
    """
    found: list[Pixels] = []
    labels: list[int] = []
    bursts: list[int] = []
    for burst, (label, shoot) in enumerate(things):
        for _ in range(n_shots):
            found.append(shoot())
            labels.append(label)
            bursts.append(burst)
    return np.stack(found), labels, bursts


def some_colour(rng: np.random.Generator, low: int = 30, high: int = 225) -> Colour:
    """A colour whose parts lie from ``low`` to ``high``, of 255."""
    red, green, blue = rng.integers(low, high, 3, endpoint=True).tolist()
    return red, green, blue


def speckled(size: int, colour: Colour, rng: np.random.Generator, depth: float, cells: int) -> Image.Image:
    """A ground of uneven colour: coarse patches, as of cloth, wood or concrete.

    Parameters
    ----------
    size
        Pixels of a side.
    colour
        On average.
    rng
        Decides the patches.
    depth
        Standard deviation of the patches, of 255.
    cells
        Patches along a side; fewer are larger.
    """
    patches = np.array(colour) + depth * rng.standard_normal((cells, cells, 1)) * np.ones(3)
    coarse = Image.fromarray(np.clip(np.rint(patches), 0, 255).astype(np.uint8))
    return coarse.resize((size, size), Image.Resampling.BICUBIC)
