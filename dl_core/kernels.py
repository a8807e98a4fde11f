"""Nine weights slide over a photo: which nine products make one pixel of the map, and where a pixel goes.

The weights here are set by hand, as in image editing; a network learns its own. The photo is grey and small
enough for its cells to be seen. The map has no cell at the photo's rim, where three by three do not fit, and
is laid over the photo: the same row and column name the same place in both.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.convolution import Grid, convolve
from dl_core.photos import Photo

Way = Literal["made of", "goes to"]
Weights = tuple[float, ...]

WAYS: tuple[Way, ...] = ("made of", "goes to")
LONGEST_SIDE = 64  # cells of the shrunk photo
SIDE = 3  # cells of the kernel
LARGEST_WEIGHT = 9.0
BRIGHTEST = 255
SCALE = 255.0  # where the colours of a signed map end, for every photo and kernel: black against white, once
NEAR = 32.0  # sums this close to 0 count as near 0: an eighth of the scale

KERNELS: dict[str, Weights] = {
    "Upright edges": (1.0, 0.0, -1.0, 1.0, 0.0, -1.0, 1.0, 0.0, -1.0),
    "Level edges": (1.0, 1.0, 1.0, 0.0, 0.0, 0.0, -1.0, -1.0, -1.0),
    "Outline": (-1.0, -1.0, -1.0, -1.0, 8.0, -1.0, -1.0, -1.0, -1.0),
    "Blur": (0.1, 0.1, 0.1, 0.1, 0.2, 0.1, 0.1, 0.1, 0.1),
    "Sharpen": (0.0, -1.0, 0.0, -1.0, 5.0, -1.0, 0.0, -1.0, 0.0),
    "Emboss": (-2.0, -1.0, 0.0, -1.0, 1.0, 1.0, 0.0, 1.0, 2.0),
    "Leave it": (0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0),
}
FIRST = KERNELS["Upright edges"]


@dataclass(frozen=True)
class Settings:
    """A photo, nine weights, and the place that is looked at.

    Raises
    ------
    ValueError
        If there are not nine weights of −9 to 9, the place lies outside, or the way is unknown.
    """

    photo: Photo
    weights: Weights  # nine, row by row, each -9 to 9
    row: int  # from 1, counted down in the grey photo
    column: int  # from 1, counted to the right
    way: Way = "made of"  # what a pixel of the map is made of, or where one of the photo goes

    def __post_init__(self) -> None:
        if len(self.weights) != SIDE * SIDE:
            raise ValueError(f"A kernel here has {SIDE * SIDE} weights, not {len(self.weights)}.")
        if not all(math.isfinite(w) and abs(w) <= LARGEST_WEIGHT for w in self.weights):
            raise ValueError(f"Each weight is a number from −{LARGEST_WEIGHT:g} to {LARGEST_WEIGHT:g}.")
        if self.way not in WAYS:
            raise ValueError(f"The way is one of {', '.join(WAYS)}.")
        (top, bottom), (left, right) = limits(self.photo, self.way)
        if not (top <= self.row <= bottom and left <= self.column <= right):
            raise ValueError(f"Row {self.row}, column {self.column} has no such pixel.")


@dataclass(frozen=True)
class Term:
    """One of the nine multiplications at the chosen place."""

    row: int  # of the photo's pixel, or of the map's where a pixel of the photo is followed
    column: int
    brightness: int  # 0 black to 255 white
    weight: float  # -9 to 9
    exists: bool  # whether the map has a pixel there

    @property
    def product(self) -> float:
        """Brightness times weight."""
        return self.brightness * self.weight


@dataclass(frozen=True)
class Filtered:
    """A grey photo, the map that nine weights made of it, and the sums at one place."""

    settings: Settings
    grey: NDArray[np.uint8]  # (rows, columns) brightness
    sums: Grid  # (rows - 2, columns - 2): the first belongs to the photo's second row and column
    terms: tuple[Term, ...]  # nine, row by row

    @property
    def photo(self) -> Photo:
        """What the page's other scenes look at, too."""
        return self.settings.photo

    @property
    def kernel(self) -> str:
        """The name of these weights, or "Your own"."""
        return named(self.settings.weights)

    @property
    def is_brightness(self) -> bool:
        """Whether the weights add up to 1: then flat parts keep their brightness, and the map is a photo."""
        return adds_up_to(self.settings.weights, 1)

    @property
    def total(self) -> float:
        """The sum of the nine products; only where a pixel of the map is looked at."""
        return sum(term.product for term in self.terms)


def grey_size(width: int, height: int) -> tuple[int, int]:
    """Columns and rows of a photo shrunk to at most 64 cells; three at least, so that the kernel fits.

    Parameters
    ----------
    width, height
        Pixels, 1 or more. A small photo is not made larger.

    Examples
    --------
    >>> grey_size(512, 341), grey_size(10, 6), grey_size(4000, 20)
    ((64, 43), (10, 6), (64, 3))
    """
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    return max(SIDE, round(width * scale)), max(SIDE, round(height * scale))


def in_grey(shown: Photo) -> NDArray[np.uint8]:
    """The shrunk photo's brightness, ``(rows, columns)`` of 0 to 255.

    Examples
    --------
    >>> from dl_core.photos import photo
    >>> in_grey(photo("white", Image.new("RGB", (1, 1), "white"))).tolist()
    [[255, 255, 255], [255, 255, 255], [255, 255, 255]]
    """
    size = grey_size(*shown.image.size)
    # the gap makes a large photo ten times faster to shrink, and no cell differs that an eye could tell
    small = shown.image.resize(size, Image.Resampling.BOX, reducing_gap=3.0)
    return np.asarray(small.convert("L"))


def limits(shown: Photo, way: Way) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last row, first and last column that can be chosen.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> limits(first_sample(), "made of"), limits(first_sample(), "goes to")
    (((2, 42), (2, 63)), ((1, 43), (1, 64)))
    """
    columns, rows = grey_size(*shown.image.size)
    rim = 1 if way == "made of" else 0  # the map has no pixel at the rim; the photo has
    return (1 + rim, rows - rim), (1 + rim, columns - rim)


def adds_up_to(weights: Weights, value: float) -> bool:
    """Whether the weights add up to ``value``, apart from the computer's rounding.

    >>> adds_up_to(KERNELS["Blur"], 1), adds_up_to(FIRST, 1)
    (True, False)
    """
    return abs(math.fsum(weights) - value) < 1e-9


def named(weights: Weights) -> str:
    """The name of these weights, or "Your own".

    Examples
    --------
    >>> named((0, 0, 0, 0, 1, 0, 0, 0, 0)), named((9.0,) * 9)
    ('Leave it', 'Your own')
    """
    return next((name for name, known in KERNELS.items() if known == weights), "Your own")


def filtered(grey: NDArray[np.uint8], weights: Weights) -> Grid:
    """The map: one sum for each place, ``(rows - 2, columns - 2)``.

    Parameters
    ----------
    grey
        ``(rows, columns)`` of 0 to 255, three or more each.
    weights
        Nine, row by row.
    """
    return convolve(grey.astype(np.float64), np.array(weights, np.float64).reshape(SIDE, SIDE))


def strongest(shown: Photo, weights: Weights) -> tuple[int, int]:
    """Row and column, from 1, where the map answers most; the middle where it never does.

    That is the sum farthest from 0; where weights add up to 1, the one farthest from the photo's own pixel.

    Parameters
    ----------
    weights
        Nine, row by row.
    """
    grey = in_grey(shown)
    sums = filtered(grey, weights)
    answer = np.abs(sums - grey[1:-1, 1:-1] if adds_up_to(weights, 1) else sums)
    if answer.max() < 1e-6:
        return (grey.shape[0] + 1) // 2, (grey.shape[1] + 1) // 2
    row, column = np.unravel_index(int(answer.argmax()), answer.shape)
    return int(row) + 2, int(column) + 2


def story(settings: Settings) -> Filtered:
    """Slide the weights over the photo, and look closely at one place.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> told = story(Settings(first_sample(), FIRST, 20, 31))
    >>> told.grey.shape, told.sums.shape, len(told.terms)
    ((43, 64), (41, 62), 9)
    """
    grey = in_grey(settings.photo)
    sums = filtered(grey, settings.weights)
    for kept in (grey, sums):
        kept.flags.writeable = False  # a sample's result is shown to many
    return Filtered(settings, grey, sums, _terms(settings, grey))


def _terms(settings: Settings, grey: NDArray[np.uint8]) -> tuple[Term, ...]:
    found = []
    forward = settings.way == "goes to"
    # the map's pixel to the lower right sees this pixel at its upper left: so the weights come in reverse
    weights = settings.weights[::-1] if forward else settings.weights
    for place, weight in enumerate(weights):
        row, column = settings.row + place // SIDE - 1, settings.column + place % SIDE - 1
        if forward:
            own = grey[settings.row - 1, settings.column - 1]
            inside = 2 <= row <= grey.shape[0] - 1 and 2 <= column <= grey.shape[1] - 1
            found.append(Term(row, column, int(own), float(weight), inside))
        else:
            found.append(Term(row, column, int(grey[row - 1, column - 1]), float(weight), True))
    return tuple(found)
