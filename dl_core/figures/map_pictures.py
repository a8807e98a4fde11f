"""Maps and filters as small PNG pictures that travel inside a figure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.figures.drawing import rgb
from dl_core.figures.images import enlarged, link, png_uri
from dl_core.figures.picture import ACCENT
from dl_core.network_layers import shades
from dl_core.vision.explain import COLOURS
from dl_core.vision.layers import Layer, first_filters

DOTS = 64  # least pixels of a map's side on its way to the browser, so that its cells stay sharp
LEVELS = 64  # shades of a map
EDGE = (200, 202, 206)  # grey around a map, or white places would run into the paper


def boxed(pixels: NDArray[np.uint8], top: int, left: int, end: tuple[int, int]) -> NDArray[np.uint8]:
    """An enlarged picture with a frame around some of its cells.

    Parameters
    ----------
    pixels
        ``(H, W, 3)`` of 0 to 255.
    top, left
        Row and column of the first framed cell, from 0.
    end
        Row and column of the last one.
    """
    fine = max(1, 2 * DOTS // len(pixels))
    large = enlarged(pixels, fine)
    ring = np.zeros(large.shape[:2], bool)
    edge = 3
    y0, y1 = max(0, top * fine - edge), (end[0] + 1) * fine + edge
    x0, x1 = max(0, left * fine - edge), (end[1] + 1) * fine + edge
    ring[y0:y1, x0:x1] = True
    ring[top * fine : (end[0] + 1) * fine, left * fine : (end[1] + 1) * fine] = False
    large[ring] = rgb(ACCENT)
    framed = np.full((large.shape[0] + 2, large.shape[1] + 2, 3), EDGE, np.uint8)
    framed[1:-1, 1:-1] = large
    return framed


def filter_picture(number: int) -> NDArray[np.uint8]:
    """A filter of the first layer as a colour picture: ``(3, 3, 3)``; grey is 0, its largest weight is full.

    Parameters
    ----------
    number
        Which of the 24 filters, from 0.
    """
    weights = first_filters()[0][number].transpose(1, 2, 0)
    return np.asarray(np.rint(127.5 + 127.5 * weights / np.abs(weights).max()), np.uint8)


def png(pixels: NDArray[np.uint8]) -> str:
    """The ``pixels`` ``(H, W, 3)`` as a PNG in a link, small ones enlarged so that their cells stay sharp."""
    return png_uri(_fine(pixels))


@cache
def _ramp() -> NDArray[np.uint8]:
    """White to dark vermillion in LEVELS steps: ``(LEVELS, 3)``."""
    steps, at = np.linspace(0, 1, len(COLOURS)), np.linspace(0, 1, LEVELS)
    shades_of_each = [np.interp(at, steps, channel) for channel in zip(*COLOURS, strict=True)]
    return np.rint(np.stack(shades_of_each, axis=-1)).astype(np.uint8)


def coloured(shade: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The ``shade`` ``(H, W)``, 0 to 1, in colour: ``(H, W, 3)``, white to dark vermillion."""
    return np.asarray(_ramp()[_levels(shade)], np.uint8)


def _levels(shade: NDArray[np.float64]) -> NDArray[np.uint8]:
    return np.rint(shade * (LEVELS - 1)).astype(np.uint8)


def _indexed(levels: NDArray[np.uint8]) -> str:
    """Levels of the ramp as an 8-bit PNG; LEVELS itself is the grey of an edge."""
    image = Image.fromarray(levels)
    image.putpalette(_ramp().tobytes() + bytes(EDGE))
    return link(image, "PNG")


def _fine(cells: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Small pictures enlarged so that their cells stay sharp."""
    return enlarged(cells, max(1, DOTS // len(cells)))


def map_png(layer: Layer, number: int, *, shared: bool) -> str:
    """One map as a PNG in a link, with a grey edge.

    Parameters
    ----------
    layer
        Whose map.
    number
        Which of its maps, from 0.
    shared
        On the layer's one scale, or on the map's own.
    """
    return sheet(layer, (number,), 1, shared=shared)


def sheet(layer: Layer, numbers: Sequence[int], in_a_row: int, *, shared: bool) -> str:
    """Several maps as one PNG in a link, side by side with grey edges.

    Parameters
    ----------
    layer
        Whose maps.
    numbers
        Which of its maps, from 0; a multiple of ``in_a_row``.
    in_a_row
        How many side by side.
    shared
        On the layer's one scale, or each on its own.
    """
    framed = [
        np.pad(_fine(_levels(shades(layer, number, shared=shared))), 1, constant_values=LEVELS)
        for number in numbers
    ]
    rows = [np.concatenate(framed[i : i + in_a_row], axis=1) for i in range(0, len(framed), in_a_row)]
    return _indexed(np.concatenate(rows))


def bar_code(averages: NDArray[np.float32], *, upright: bool = False) -> str:
    """One thin line for each of the ``averages`` ``(320,)``, darkest the largest, as a PNG in a link.

    Parameters
    ----------
    averages
        One number for each map.
    upright
        From top to bottom instead of from left to right.
    """
    top = max(float(averages.max()), 1e-9)
    lines = _levels(np.asarray(averages / top, np.float64)).repeat(2)
    return _indexed(np.tile(lines[:, None], (1, 80)) if upright else np.tile(lines, (80, 1)))
