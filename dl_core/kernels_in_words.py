"""The sliding weights in words: the sum at one place, and what the whole map shows."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from dl_core.convolution import Grid
from dl_core.kernels import NEAR, SIDE, Filtered, adds_up_to
from dl_core.numbers_in_words import number, percent, so_many, two_figures


def as_sum(value: float) -> str:
    """A sum with at most one decimal and a real minus sign.

    Parameters
    ----------
    value
        Any size.

    Examples
    --------
    >>> as_sum(-182.0), as_sum(94.64), as_sum(-0.04), as_sum(2295.0)
    ('−182', '94.6', '0', '2,295')
    """
    return number(round(value, 1) + 0.0) if abs(value) < 10_000 else number(round(value))


def takeaway(told: Filtered) -> str:
    """The live sentences: what stands at this place, how often the nine weights are used, who set them."""
    place = f"row {told.settings.row}, column {told.settings.column}"
    uses = f"The same 9 weights serve the whole photo, {so_many(told.sums.size, 'time')}."
    by_whom = "People set these weights; a network learns its own."
    if told.settings.way == "goes to":
        n = sum(term.exists for term in told.terms)
        where = (
            f"**{n} pixels of the map**, each time with another weight" if n > 1 else "**1 pixel of the map**"
        )
        return (
            f"The photo’s pixel at {place} has brightness {told.terms[0].brightness}. "
            f"It goes into {where}. {uses} {by_whom}"
        )
    return (
        f"At {place}, nine brightness values times nine weights add up to **{as_sum(told.total)}**. "
        f"{_compared(told)} {uses} {by_whom}"
    )


def _compared(told: Filtered) -> str:
    if told.is_brightness:
        return f"The photo itself has {told.terms[SIDE * SIDE // 2].brightness} there."
    if adds_up_to(told.settings.weights, 0):
        return "A flat patch would give 0."
    return f"A flat patch of brightness 100 would give {as_sum(100 * math.fsum(told.settings.weights))}."


def finding(told: Filtered) -> str:
    """What the whole map shows, in at most 13 words, counted.

    Examples
    --------
    >>> from PIL import Image
    >>> from dl_core.kernels import FIRST, Settings, story
    >>> from dl_core.photos import photo
    >>> flat = photo("flat", Image.new("RGB", (9, 9), (90, 90, 90)))
    >>> finding(story(Settings(flat, FIRST, 5, 5)))
    'The whole map stays near 0: nothing here for these weights'
    """
    if told.is_brightness:
        return _finding_in_grey(told)
    low, high = float(told.sums.min()), float(told.sums.max())
    if not adds_up_to(told.settings.weights, 0):
        return f"The sums run from {as_sum(low)} to {as_sum(high)}"
    near = near_zero(told)
    if near == 1:
        return "The whole map stays near 0: nothing here for these weights"
    farthest = low if -low > high else high
    return f"{percent(near)} of the map stays near 0; its edges reach {as_sum(farthest)}"


def _finding_in_grey(told: Filtered) -> str:
    before, after = unevenness(told.grey[1:-1, 1:-1]), unevenness(told.sums)
    if before == 0:
        return "This photo is flat, and so is its map"
    change = after / before
    if abs(change - 1) < 0.02:
        return "Neighbouring cells differ as much as in the photo"
    if change < 1:
        return f"Neighbouring cells differ {percent(1 - change)} less than in the photo"
    return f"Neighbouring cells differ {two_figures(change)} times as much as in the photo"


def near_zero(told: Filtered) -> float:
    """Share of the map's sums within 32 of 0."""
    return float((np.abs(told.sums) <= NEAR).mean())


def unevenness(cells: NDArray[np.uint8] | Grid) -> float:
    """The average difference of two neighbouring cells, across and down; 0 where there are none.

    Parameters
    ----------
    cells
        ``(rows, columns)``.

    Examples
    --------
    >>> unevenness(np.array([[0.0, 10.0], [0.0, 10.0]]))
    5.0
    """
    values = cells.astype(np.float64)
    gaps = np.concatenate([np.abs(np.diff(values, axis=axis)).ravel() for axis in (0, 1)])
    return float(gaps.mean()) if gaps.size else 0.0


def whose(told: Filtered) -> str:
    """A line about the weights, short enough for a phone: their name, and that they were made by hand.

    Examples
    --------
    >>> from dl_core.kernels import FIRST, Settings, story
    >>> from dl_core.photos import first_sample
    >>> whose(story(Settings(first_sample(), FIRST, 20, 31)))
    'Upright edges: set by hand'
    """
    return f"{told.kernel}: set by hand"
