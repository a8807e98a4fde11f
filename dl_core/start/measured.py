"""What a person may measure of small pictures: ink here and there, and the holes that ink closes in."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.digits import FULL_INK, load_digits
from dl_core.start.rules import COLUMN_NAMES, HOLES, PICTURE_MEASURES, ROW_NAMES, Floats, Truth

TIMES = 6  # pixels a side for each cell of a digit, so that browsers do not smear it
_THIRDS = (slice(0, 3), slice(3, 5), slice(5, 8))
# key → which cells of a picture: rows, and columns
PARTS: dict[str, tuple[slice, ...]] = {
    "ink": (slice(None),),
    "top": (slice(0, 4),),
    "bottom": (slice(4, 8),),
    "left": (slice(None), slice(0, 4)),
    "right": (slice(None), slice(4, 8)),
    **{
        f"{row} {column}": (_THIRDS[i], _THIRDS[j])
        for i, row in enumerate(ROW_NAMES)
        for j, column in enumerate(COLUMN_NAMES)
    },
}
_AS_IT_IS, _TURNED = slice(None), slice(None, None, -1)
MIRRORS = {"mirror": (_AS_IT_IS, _AS_IT_IS, _TURNED), "upside down": (_AS_IT_IS, _TURNED)}


def measured(images: NDArray[np.uint8], wanted: Iterable[str] = tuple(PICTURE_MEASURES)) -> dict[str, Floats]:
    """What a person may measure of small pictures: ink in %, of a full part; white cells that ink closes in.

    Parameters
    ----------
    images
        ``(n, 8, 8)`` ink from 0 to 16.
    wanted
        Keys of PICTURE_MEASURES. Each measurement has the shape (n,).

    Examples
    --------
    >>> ring = np.zeros((1, 8, 8), np.uint8)
    >>> ring[0, 1:4, 1:4], ring[0, 2, 2] = 16, 0
    >>> found = measured(ring)
    >>> [float(found[key][0]) for key in ("ink", "holes", "hole above", "hole below")]
    [12.5, 1.0, 1.0, 0.0]
    """
    ink = 100 / FULL_INK * images.astype(np.float64)
    wanted = tuple(wanted)
    closed = _closed_in(images) if set(wanted) & set(HOLES) else np.zeros(images.shape, bool)
    return {key: _measure(key, ink, closed) for key in wanted}


def _measure(key: str, ink: Floats, closed: Truth) -> Floats:
    found: Floats
    if key == "holes":
        found = _parts(closed)
    elif key in HOLES:
        half = closed[:, :4] if key == "hole above" else closed[:, 4:]
        found = half.sum(axis=(1, 2)).astype(np.float64)
    elif key in MIRRORS:
        found = np.abs(ink - ink[MIRRORS[key]]).mean(axis=(1, 2))
    else:
        found = ink[(slice(None), *PARTS[key])].mean(axis=(1, 2))
    return found


def _closed_in(images: NDArray[np.uint8]) -> Truth:
    """(n, 8, 8): cells with less than half ink from which no walk over such cells leads out."""
    white = np.pad(images < FULL_INK / 2, ((0, 0), (1, 1), (1, 1)), constant_values=True)
    outside = np.zeros(white.shape, np.int64)
    outside[:, 0] = 1  # the frame of white around each picture hangs together
    closed: Truth = (white & (_spread(outside, white) == 0))[:, 1:-1, 1:-1]
    return closed


def _parts(cells: Truth) -> Floats:
    """(n,): into how many parts the cells of each picture fall; cells that share a side hang together."""
    own = np.arange(1, cells[0].size + 1).reshape(1, *cells.shape[1:]) * cells
    names = np.sort(_spread(own, cells).reshape(len(cells), -1))
    new = (names[:, 1:] != names[:, :-1]).sum(axis=1) + (names[:, 0] != 0)
    parts: Floats = new.astype(np.float64)
    return parts


def _spread(numbers: NDArray[np.int64], where: Truth) -> NDArray[np.int64]:
    """Each cell takes the largest number of all the cells it hangs together with."""
    while True:
        grown = numbers.copy()
        for onto, start in (
            (grown[:, 1:], numbers[:, :-1]),
            (grown[:, :-1], numbers[:, 1:]),
            (grown[:, :, 1:], numbers[:, :, :-1]),
            (grown[:, :, :-1], numbers[:, :, 1:]),
        ):
            np.maximum(onto, start, out=onto)
        grown *= where
        if np.array_equal(grown, numbers):
            return grown
        numbers = grown


def digit_link(index: int) -> str:
    """One digit as a picture in a link, dark ink on white.

    Parameters
    ----------
    index
        Of the 1,797 pictures, from 0.

    Examples
    --------
    >>> digit_link(8)[:22]
    'data:image/png;base64,'
    """
    cells = 255 - load_digits().images[index] * (255 // FULL_INK)
    file = io.BytesIO()
    Image.fromarray(cells.repeat(TIMES, 0).repeat(TIMES, 1)).save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
