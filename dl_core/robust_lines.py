"""The best line through points for three losses: squared, absolute and Huber, each fitted exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Loss = Literal["squared", "absolute", "huber"]

LOSSES: tuple[Loss, ...] = ("squared", "absolute", "huber")
MOST_STEPS = 100  # of Newton's method, which takes about five


@dataclass(frozen=True)
class Line:
    """A guess of alcohol from proline."""

    slope: float  # points of alcohol for 1 mg of proline per litre
    intercept: float  # points at no proline

    def at(self, x: float) -> float:
        """Guessed alcohol at ``x`` mg of proline per litre."""
        return self.slope * x + self.intercept


def losses(residuals: Floats, loss: Loss, delta: float = 0.5) -> Floats:
    """What each residual costs.

    Parameters
    ----------
    residuals
        (n,) measured less guessed.
    loss
        "squared" gives r², "absolute" |r|, "huber" ½ r² up to ``delta`` and a straight line after it.
    delta
        Above 0.

    Examples
    --------
    >>> [losses(np.array([0.5, -3.0]), loss, 1.0).tolist() for loss in LOSSES]
    [[0.25, 9.0], [0.5, 3.0], [0.125, 2.5]]
    """
    size = np.abs(residuals)
    if loss == "squared":
        return residuals * residuals
    if loss == "absolute":
        return size
    return np.where(size <= delta, 0.5 * size * size, delta * (size - 0.5 * delta))


def loss_and_gradient(
    line: Line, x: Floats, y: Floats, loss: Loss, delta: float = 0.5
) -> tuple[float, tuple[float, float]]:
    """The mean loss of a line, and its slopes for the line's two numbers.

    Parameters
    ----------
    line
        The guess.
    x, y
        (n,) each.
    loss, delta
        Which, and where Huber turns, above 0.

    Returns
    -------
    tuple
        The loss, and its derivative for slope and for intercept. In the kink of the absolute loss the
        derivative is taken as 0.

    Examples
    --------
    >>> loss_and_gradient(Line(0.0, 1.0), np.array([1.0, 2.0]), np.array([1.0, 4.0]), "squared")
    (4.5, (-6.0, -3.0))
    """
    residuals = y - line.slope * x - line.intercept
    slopes = _slopes(residuals, loss, delta)
    return float(losses(residuals, loss, delta).mean()), (
        float((-slopes * x).mean()),
        float(-slopes.mean()),
    )


def _slopes(residuals: Floats, loss: Loss, delta: float) -> Floats:
    """The derivative of each loss for its residual."""
    if loss == "squared":
        return 2 * residuals
    if loss == "absolute":
        signs: Floats = np.sign(residuals)
        return signs
    clipped: Floats = np.clip(residuals, -delta, delta)
    return clipped


def best_line(x: Floats, y: Floats, loss: Loss, delta: float = 0.5) -> Line:
    """The line with the lowest loss, exactly.

    Parameters
    ----------
    x, y
        (n,) each; at least two different ``x``.
    loss
        Which.
    delta
        Where Huber turns.

    Raises
    ------
    ValueError
        If all ``x`` are the same.

    Notes
    -----
    Squared: closed form. Absolute: some best line passes through two of the points, so all pairs are
    tried. Huber: Newton's method, which is exact once it knows which points lie in the square part.

    Examples
    --------
    >>> best_line(np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 8.0]), "absolute").slope
    4.0
    """
    if np.ptp(x) == 0:
        raise ValueError("All wines have the same proline, so no line can be told: give two different ones.")
    centre = float(x.mean())  # far fewer digits are lost around the middle
    shifted = x - centre
    if loss == "squared":
        found = _least_squares(shifted, y)
    elif loss == "absolute":
        found = _least_absolute(shifted, y)
    else:
        found = _least_huber(shifted, y, delta)
    return Line(found.slope, found.intercept - found.slope * centre)


def _least_squares(x: Floats, y: Floats) -> Line:
    """``x`` around 0."""
    slope = float(x @ (y - y.mean()) / (x @ x))
    return Line(slope, float(y.mean()))


def _least_absolute(x: Floats, y: Floats) -> Line:
    one, two = np.triu_indices(len(x), 1)
    apart = x[two] != x[one]
    one, two = one[apart], two[apart]
    slopes = (y[two] - y[one]) / (x[two] - x[one])
    intercepts = y[one] - slopes * x[one]
    sums = np.abs(y - slopes[:, None] * x - intercepts[:, None]).sum(axis=1)
    best = int(np.argmin(sums))
    return Line(float(slopes[best]), float(intercepts[best]))


def _least_huber(x: Floats, y: Floats, delta: float) -> Line:
    """Newton's method with a halved step where a full one would lead uphill; starts at the better guess."""
    scale = float(np.abs(x).max())
    inputs = np.column_stack([x / scale, np.ones(len(x))])
    starts = [_least_absolute(x, y), _least_squares(x, y)]
    costs = [losses(y - one.slope * x - one.intercept, "huber", delta).sum() for one in starts]
    start = starts[int(np.argmin(costs))]
    now, cost = np.array([start.slope * scale, start.intercept]), float(min(costs))
    for _ in range(MOST_STEPS):
        residuals = y - inputs @ now
        downhill = inputs.T @ np.clip(residuals, -delta, delta)
        inside = inputs[np.abs(residuals) <= delta]
        step = np.linalg.solve(inside.T @ inside + 1e-9 * np.eye(2), downhill)
        length = 1.0
        while length > 1e-9:
            after = now + length * step
            cost_after = float(losses(y - inputs @ after, "huber", delta).sum())
            if cost_after < cost:
                break
            length /= 2
        else:
            break  # no step leads lower: this is the lowest
        now, cost = after, cost_after
    return Line(float(now[0] / scale), float(now[1]))
