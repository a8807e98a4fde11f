"""Six surfaces to descend on: their height, their slope, and where their floors are.

Polynomials and fractions, written with multiplications only: a place far outside gives a huge height or an
endless one, never an error. Each surface's lowest value is 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Point = tuple[float, float]
Coordinate = TypeVar("Coordinate", float, Numbers)

FARTHEST = 1_000.0  # from the middle, in each direction, that a walk may start


@dataclass(frozen=True)
class Surface:
    """A loss over two numbers, or over one, drawn as a landscape."""

    key: str  # "curve", "bowl", "ravine", "valleys", "saddle", "plateau"
    name: str  # as a reader picks it
    dimensions: int  # 1: only x moves and y stays 0; 2: both move
    x_range: tuple[float, float]  # what the picture shows
    y_range: tuple[float, float]  # (0, 0) where only x moves
    start: Point  # an interesting place to start from
    minima: tuple[Point, ...]  # every local minimum inside the picture, the lowest first
    curvatures: tuple[float, float] | None  # smallest and largest, of a quadratic; else None
    height: Callable[[Any, Any], Any]  # (x, y) → loss; for loops: no care for numpy's warnings
    slope: Callable[[Any, Any], tuple[Any, Any]]  # (x, y) → the gradient's two parts; the same

    @overload
    def value(self, x: float, y: float) -> float: ...
    @overload
    def value(self, x: Numbers, y: Numbers | float) -> Numbers: ...
    @overload
    def value(self, x: float, y: Numbers) -> Numbers: ...
    def value(self, x: float | Numbers, y: float | Numbers) -> float | Numbers:
        """The loss at a place, or at many.

        Parameters
        ----------
        x, y
            Floats, or arrays that broadcast: contours give ``xs`` ``(n,)`` and ``ys`` ``(m, 1)``.

        Examples
        --------
        >>> surface("ravine").value(2.0, 1.0)  # (4 + 25) / 2
        14.5
        >>> surface("bowl").value(np.array([0.0, 3.0]), np.array([[0.0], [1.0]])).tolist()
        [[0.0, 9.0], [1.0, 10.0]]
        """
        if type(x) is float and type(y) is float:
            return self.height(x, y)  # type: ignore[no-any-return]
        with np.errstate(over="ignore"):
            found: float | Numbers = self.height(x, y)
        return np.broadcast_to(found, np.broadcast_shapes(np.shape(x), np.shape(y))) if np.ndim(y) else found

    @overload
    def gradient(self, x: float, y: float) -> tuple[float, float]: ...
    @overload
    def gradient(self, x: Numbers, y: Numbers | float) -> tuple[Numbers, Numbers]: ...
    @overload
    def gradient(self, x: float, y: Numbers) -> tuple[Numbers, Numbers]: ...
    def gradient(self, x: float | Numbers, y: float | Numbers) -> tuple[Any, Any]:
        """How fast the loss rises along x and along y at a place, or at many.

        Parameters
        ----------
        x, y
            Floats, or arrays that broadcast.

        Examples
        --------
        >>> surface("ravine").gradient(2.0, 1.0)
        (2.0, 25.0)
        >>> surface("curve").gradient(10.0, 0.0)
        (20.0, 0.0)
        """
        if type(x) is float and type(y) is float:
            return self.slope(x, y)
        with np.errstate(over="ignore"):
            along_x, along_y = self.slope(x, y)
        shape = np.broadcast_shapes(np.shape(x), np.shape(y))
        return (
            (np.broadcast_to(along_x, shape), np.broadcast_to(along_y, shape))
            if shape
            else (along_x, along_y)
        )

    def shows(self, x: float, y: float) -> bool:
        """Whether the picture shows the place at ``x`` and ``y``.

        >>> surface("curve").shows(-12.0, 0.0), surface("curve").shows(14.4, 0.0)
        (True, False)
        """
        return self.x_range[0] <= x <= self.x_range[1] and self.y_range[0] <= y <= self.y_range[1]

    @property
    def best_rate(self) -> float | None:
        """The rate at which the slowest direction shrinks fastest; None where no closed form exists."""
        return None if self.curvatures is None else 2 / (self.curvatures[0] + self.curvatures[1])

    @property
    def largest_stable_rate(self) -> float | None:
        """At this rate the walk bounces for ever, above it diverges; None where no closed form exists."""
        return None if self.curvatures is None else 2 / self.curvatures[1]


def _curve_height(x: Coordinate, y: Coordinate) -> Coordinate:
    return x * x


def _curve_slope(x: Coordinate, y: Coordinate) -> tuple[Coordinate, float]:
    return 2 * x, 0.0


def _bowl_height(x: Coordinate, y: Coordinate) -> Coordinate:
    return x * x + y * y


def _bowl_slope(x: Coordinate, y: Coordinate) -> tuple[Coordinate, Coordinate]:
    return 2 * x, 2 * y


def _ravine_height(x: Coordinate, y: Coordinate) -> Coordinate:
    return 0.5 * (x * x + 25 * (y * y))


def _ravine_slope(x: Coordinate, y: Coordinate) -> tuple[Coordinate, Coordinate]:
    return 1.0 * x, 25 * y


# Two valleys: the slope along x is (x - 2)(x + 1/4)(x + 7/4), so the floors lie at 2 and -7/4, and the
# pass between them at -1/4. Multiplied out: x³ - 3.5625 x - 0.875. Its integral is lowest at 2: -4.875 there.
def _valleys_height(x: Coordinate, y: Coordinate) -> Coordinate:
    return x * (x * (0.25 * x * x - 1.78125) - 0.875) + y * y + 4.875


def _valleys_slope(x: Coordinate, y: Coordinate) -> tuple[Coordinate, Coordinate]:
    return x * (x * x - 3.5625) - 0.875, 2 * y


def _saddle_height(x: Coordinate, y: Coordinate) -> Coordinate:
    return 0.5 * (x * x) + 0.25 * (y * y - 2.25) * (y * y - 2.25)


def _saddle_slope(x: Coordinate, y: Coordinate) -> tuple[Coordinate, Coordinate]:
    return 1.0 * x, y * (y * y - 2.25)


# Plateau: 1 far outside, 0 in its one well, with slopes that fade with the fifth power of the distance.
def _plateau_height(x: Coordinate, y: Coordinate) -> Coordinate:
    far = 1 + x * x + y * y
    return 1 - 1 / (far * far)


def _plateau_slope(x: Coordinate, y: Coordinate) -> tuple[Coordinate, Coordinate]:
    far = 1 + x * x + y * y
    share = 4 / (far * far * far)
    return share * x, share * y


SURFACES: tuple[Surface, ...] = (
    Surface(
        "curve", "Curve", 1, (-12.5, 12.5), (0.0, 0.0), (10.0, 0.0), ((0.0, 0.0),), (2.0, 2.0),
        _curve_height, _curve_slope,
    ),
    Surface(
        "bowl", "Bowl", 2, (-6.0, 6.0), (-3.0, 3.0), (-5.0, 2.0), ((0.0, 0.0),), (2.0, 2.0),
        _bowl_height, _bowl_slope,
    ),
    Surface(
        "ravine", "Ravine", 2, (-12.0, 12.0), (-3.0, 3.0), (-10.0, 2.0), ((0.0, 0.0),), (1.0, 25.0),
        _ravine_height, _ravine_slope,
    ),
    Surface(
        "valleys", "Two valleys", 2, (-3.6, 3.6), (-2.0, 2.0), (-3.0, 1.2), ((2.0, 0.0), (-1.75, 0.0)), None,
        _valleys_height, _valleys_slope,
    ),
    Surface(
        "saddle", "Saddle", 2, (-3.6, 3.6), (-2.2, 2.2), (-3.0, 0.01), ((0.0, 1.5), (0.0, -1.5)), None,
        _saddle_height, _saddle_slope,
    ),
    Surface(
        "plateau", "Plateau", 2, (-4.0, 4.0), (-2.2, 2.2), (-2.8, 1.0), ((0.0, 0.0),), None,
        _plateau_height, _plateau_slope,
    ),
)  # fmt: skip
_BY_KEY = {one.key: one for one in SURFACES}


def surface(key: str) -> Surface:
    """The surface with this key.

    Raises
    ------
    ValueError
        If there is no such surface.

    Examples
    --------
    >>> surface("ravine").best_rate, surface("ravine").largest_stable_rate
    (0.07692307692307693, 0.08)
    >>> surface("hill")
    Traceback (most recent call last):
    ValueError: There is no surface "hill": choose one of curve, bowl, ravine, valleys, saddle, plateau.
    """
    if key not in _BY_KEY:
        raise ValueError(f'There is no surface "{key}": choose one of {", ".join(_BY_KEY)}.')
    return _BY_KEY[key]


def check_start(start: Point) -> None:
    """Refuse a place that is too far out to walk from.

    Raises
    ------
    ValueError
        If it is.

    Examples
    --------
    >>> check_start((5000.0, 0.0))
    Traceback (most recent call last):
    ValueError: The start (5000.0, 0.0) is too far out: stay within 1,000.
    """
    if not all(abs(each) <= FARTHEST for each in start):
        raise ValueError(f"The start {start} is too far out: stay within {FARTHEST:,.0f}.")
