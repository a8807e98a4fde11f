"""Convolution and pooling as networks do them: a small window slides over a picture.

What networks call convolution is cross-correlation: the weights are not turned around first. Source:
Goodfellow, Bengio, Courville, "Deep Learning" (2016), equation 9.6. The formula for the output size is that
of PyTorch's ``Conv2d``; Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016),
relationship 6, has the same without dilation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Grid = NDArray[np.float64]
How = Literal["max", "average"]


@dataclass(frozen=True)
class Window:
    """How a window is laid over a picture, the same across and down.

    Raises
    ------
    ValueError
        If size, stride or dilation is below 1, or the padding below 0.
    """

    size: int = 3  # cells it reads along each side
    stride: int = 1  # cells it moves at each step
    padding: int = 0  # cells of 0 laid around the picture on each side
    dilation: int = 1  # cells from one it reads to the next

    def __post_init__(self) -> None:
        for name, value, least in (
            ("size", self.size, 1),
            ("stride", self.stride, 1),
            ("dilation", self.dilation, 1),
            ("padding", self.padding, 0),
        ):
            if value < least:
                raise ValueError(f"A {name} of {value} is no use: the least is {least}.")

    @property
    def span(self) -> int:
        """Cells from the first it reads to the last, both counted."""
        return self.dilation * (self.size - 1) + 1


def output_size(n: int, window: Window) -> int:
    """Places where the window fits: ``floor((n + 2p - d(k - 1) - 1) / s) + 1``, and 0 where it does not.

    Parameters
    ----------
    n
        Cells of the picture along one side, 0 or more.

    Examples
    --------
    >>> output_size(6, Window(3)), output_size(6, Window(3, padding=1)), output_size(6, Window(7))
    (4, 6, 0)
    """
    return max(0, (n + 2 * window.padding - window.span) // window.stride + 1)


def unread(n: int, window: Window) -> tuple[int, ...]:
    """Cells of the picture along one side that no place of the window reads.

    Parameters
    ----------
    n
        Cells of the picture along that side, counted from 0 in the answer.

    Examples
    --------
    >>> unread(6, Window(3, stride=2)), unread(6, Window(3, stride=2, padding=1))
    ((5,), ())
    """
    starts = range(0, output_size(n, window) * window.stride, window.stride)
    read = {
        start + step * window.dilation - window.padding for start in starts for step in range(window.size)
    }
    return tuple(cell for cell in range(n) if cell not in read)


def convolve(picture: Grid, kernel: Grid, *, stride: int = 1, padding: int = 0, dilation: int = 1) -> Grid:
    """Slide the weights over the picture; at each place multiply cell by cell and add up.

    Parameters
    ----------
    picture
        ``(rows, columns)`` numbers.
    kernel
        ``(k, k)`` weights; they are not turned around.
    stride
        Cells from one place to the next.
    padding
        Cells of 0 around the picture.
    dilation
        Cells from one that is read to the next.

    Returns
    -------
    NDArray
        ``(rows, columns)`` of `output_size`.

    Raises
    ------
    ValueError
        If the kernel is not square, or the window does not fit into the padded picture.

    Examples
    --------
    >>> convolve(np.array([[1.0, 2.0, 4.0]]), np.array([[3.0]])).tolist()
    [[3.0, 6.0, 12.0]]
    """
    if kernel.ndim != 2 or kernel.shape[0] != kernel.shape[1]:
        raise ValueError(f"A kernel has as many rows as columns, not {kernel.shape}.")
    window = Window(kernel.shape[0], stride, padding, dilation)
    padded = np.pad(np.asarray(picture, np.float64), padding)
    result = np.zeros(_places(picture, window))
    for (row, column), weight in np.ndenumerate(kernel):  # k² additions of whole pictures: no loop over cells
        if weight:
            result += weight * _seen(padded, row, column, result.shape, window)
    return result


def pool(picture: Grid, size: int, how: How, *, stride: int | None = None) -> Grid:
    """The largest or the average number of each window.

    Parameters
    ----------
    picture
        ``(rows, columns)`` numbers.
    size
        Cells of the window along each side.
    how
        "max" or "average".
    stride
        Cells from one window to the next; without it windows lie side by side.

    Returns
    -------
    NDArray
        ``(rows, columns)`` of `output_size`.

    Raises
    ------
    ValueError
        If the window does not fit into the picture, or ``how`` is neither of the two.

    Examples
    --------
    >>> pool(np.array([[1.0, 2.0], [3.0, 6.0]]), 2, "max").tolist()
    [[6.0]]
    >>> pool(np.array([[1.0, 2.0], [3.0, 6.0]]), 2, "average").tolist()
    [[3.0]]
    """
    if how not in ("max", "average"):
        raise ValueError(f"Pooling takes the max or the average, not “{how}”.")
    window = Window(size, stride or size)
    places = _places(picture, window)
    cells = np.asarray(picture, np.float64)
    stack = np.stack([_seen(cells, row, column, places, window) for row, column in np.ndindex(size, size)])
    return np.asarray(stack.max(axis=0) if how == "max" else stack.mean(axis=0))


def _places(picture: Grid, window: Window) -> tuple[int, int]:
    rows, columns = (output_size(n, window) for n in picture.shape)
    if not rows or not columns:
        raise ValueError(misfit(picture.shape[0], picture.shape[1], window))
    return rows, columns


def _seen(padded: Grid, row: int, column: int, places: tuple[int, ...], window: Window) -> Grid:
    """What one cell of the window sees at all its places."""
    top, left = row * window.dilation, column * window.dilation
    bottom, right = (
        start + window.stride * (n - 1) + 1 for start, n in zip((top, left), places, strict=True)
    )
    return padded[top : bottom : window.stride, left : right : window.stride]


def misfit(rows: int, columns: int, window: Window) -> str:
    """Why the window finds no place, in plain words; nothing where it fits.

    Parameters
    ----------
    rows, columns
        Cells of the picture.

    Examples
    --------
    >>> misfit(6, 6, Window(7))
    'The window is 7 cells wide and the picture only 6, so there is no place for it.'
    >>> misfit(6, 6, Window(3, dilation=3))
    'With gaps the window spans 7 cells and the picture only 6, so there is no place for it.'
    """
    n = min(rows, columns)
    if output_size(n, window):
        return ""
    wide = (
        f"The window is {window.size} cells wide"
        if window.dilation == 1
        else f"With gaps the window spans {window.span} cells"
    )
    room = f"the padded picture only {n + 2 * window.padding}" if window.padding else f"the picture only {n}"
    return f"{wide} and {room}, so there is no place for it."


def leftover(n: int, window: Window) -> str:
    """Which cells along one side are never read and why, in plain words; nothing where all are.

    Parameters
    ----------
    n
        Cells of the picture along that side.

    Examples
    --------
    >>> leftover(6, Window(3, stride=2))
    'The last row and column are never read: the next step would leave the picture.'
    >>> leftover(6, Window(1, stride=3))
    'The window jumps further than it is wide, so 4 of 6 rows and columns are never read.'
    >>> leftover(6, Window(3))
    ''
    """
    missed = unread(n, window)
    if not missed or not output_size(n, window):
        return ""
    if missed == tuple(range(n - len(missed), n)):
        last = "row and column" if len(missed) == 1 else f"{len(missed)} rows and columns"
        return f"The last {last} are never read: the next step would leave the picture."
    why = (
        "jumps further than it is wide"
        if window.stride > window.span
        else "has gaps that its steps never fill"
    )
    verb = "is" if len(missed) == 1 else "are"
    return f"The window {why}, so {len(missed)} of {n} rows and columns {verb} never read."
