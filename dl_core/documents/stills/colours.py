"""Colours as a browser names them, and scales from a number to a colour."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import matplotlib
import numpy as np
from matplotlib.colors import to_rgba
from numpy.typing import NDArray

from dl_core.documents.stills.spec import CannotDraw, Numbers

Colour = tuple[float, float, float, float]
Pixels = NDArray[np.uint8]

CLEAR: Colour = (0.0, 0.0, 0.0, 0.0)
# used where a figure names no colour: the house's own series
SERIES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#7F7F7F")
FUNCTION = re.compile(r"rgba?\(([^)]*)\)")


def colour(name: Any, opacity: float = 1.0) -> Colour:
    """Red, green, blue and cover, each 0 to 1, of a colour as CSS writes it.

    Parameters
    ----------
    name
        Such as ``#0072B2``, ``rgb(0,114,178)``, ``rgba(0,114,178,0.4)`` or ``white``.
    opacity
        0 to 1; multiplies the colour's own.

    Raises
    ------
    CannotDraw
        If it is none of these.

    Examples
    --------
    >>> colour("rgba(255,0,0,0.5)", 0.5)
    (1.0, 0.0, 0.0, 0.25)
    """
    text = str(name).strip().lower()
    inside = FUNCTION.fullmatch(text)
    try:
        if inside:
            parts = [float(part) for part in inside.group(1).split(",")]
            red, green, blue = (part / 255 for part in parts[:3])
            cover = parts[3] if len(parts) > 3 else 1.0
        else:
            red, green, blue, cover = to_rgba("none" if text == "transparent" else text)
    except ValueError:
        raise CannotDraw(f"“{name}” is not a colour that is known here: write it as #rrggbb.") from None
    return red, green, blue, cover * opacity


def from_bytes(pixels: Pixels) -> list[Colour]:
    """Pixels ``(n, 4)`` of bytes as colours."""
    return [(red / 255, green / 255, blue / 255, cover / 255) for red, green, blue, cover in pixels.tolist()]


def faded(ink: Colour, opacity: float) -> Colour:
    """The colour with its cover multiplied by an ``opacity`` of 0 to 1."""
    return (*ink[:3], ink[3] * opacity)


def readable_on(background: Colour) -> str:
    """Dark or white ink, whichever stands out from a colour more.

    Examples
    --------
    >>> readable_on(colour("#0072B2")), readable_on(colour("#FFEE99"))
    ('#FFFFFF', '#1B1E23')
    """
    red, green, blue, cover = background
    light = (0.299 * red + 0.587 * green + 0.114 * blue) * cover + 1 - cover
    return "#1B1E23" if light > 0.55 else "#FFFFFF"


def scale_of(colourscale: Any, *, reverse: bool = False) -> Callable[[Numbers], Pixels]:
    """A function from numbers 0 to 1 to pixels of red, green, blue and cover.

    Parameters
    ----------
    colourscale
        Pairs of a place 0 to 1 and a colour, or the name of a scale such as ``Viridis``.
    reverse
        Whether it runs backwards.

    Raises
    ------
    CannotDraw
        If no scale has this name.

    Returns
    -------
    Callable
        From numbers of any shape ``(…,)`` to bytes ``(…, 4)``; what is missing is clear.

    Examples
    --------
    >>> scale_of([[0, "#000000"], [1, "#FFFFFF"]])(np.array([0.0, 1.0])).tolist()
    [[0, 0, 0, 255], [255, 255, 255, 255]]
    """
    places, shades = _stops(colourscale)
    if reverse:
        places, shades = (1 - places)[::-1], shades[::-1]

    def shade(values: Numbers) -> Pixels:
        known = np.nan_to_num(values, nan=0.0)
        found = np.stack([np.interp(known, places, shades[:, band]) for band in range(4)], axis=-1)
        found[np.isnan(values)] = 0
        return np.round(found * 255).astype(np.uint8)

    return shade


def _stops(colourscale: Any) -> tuple[Numbers, Numbers]:
    if colourscale is None or isinstance(colourscale, str):
        name = (colourscale or "viridis").lower()
        if name not in matplotlib.colormaps:
            raise CannotDraw(f"No scale is called “{colourscale}”: write it as pairs of place and colour.")
        places = np.linspace(0, 1, 33)
        return places, np.asarray(matplotlib.colormaps[name](places), dtype=np.float64)
    places = np.array([float(place) for place, _ in colourscale])
    return places, np.array([colour(name) for _, name in colourscale])
