"""Six ways to walk down a surface, step for step as PyTorch's optimisers take them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dl_core.surfaces import Surface

Name = Literal["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]
Slope = Callable[[float, float], tuple[float, float]]
Steps = Iterator[tuple[float, float]]
Schedule = Callable[[int], float]  # step, 0 for the first one → factor on the learning rate

OPTIMISERS: dict[Name, str] = {
    "gd": "Gradient descent",
    "momentum": "Momentum",
    "nesterov": "Nesterov",
    "adagrad": "AdaGrad",
    "rmsprop": "RMSProp",
    "adam": "Adam",
}

# All as PyTorch sets them, or as its documentation's example does (momentum).
MOMENTUM = 0.9  # share of the last velocity that is kept; of Nesterov too
ADAGRAD_EPSILON = 1e-10  # keeps the divisor above zero
RMSPROP_ALPHA = 0.99  # share of the old mean square that is kept
RMSPROP_EPSILON = 1e-8
ADAM_BETA_1, ADAM_BETA_2, ADAM_EPSILON = 0.9, 0.999, 1e-8

BLOWN_UP = 1e12  # a coordinate beyond this ends the walk


@dataclass(frozen=True)
class Walk:
    """Where an optimiser went, the start included; every number is finite."""

    xs: tuple[float, ...]  # (n_done + 1,)
    ys: tuple[float, ...]  # (n_done + 1,), all 0 where the surface has one dimension
    losses: tuple[float, ...]  # (n_done + 1,)
    left_picture_at: int | None  # first step whose place lies outside the picture; 0: the start does
    stopped_early: bool  # it blew up and was ended; its last place is cut to ±1e12

    @property
    def n_done(self) -> int:
        """How many steps were taken."""
        return len(self.xs) - 1

    @property
    def final_loss(self) -> float:
        """The loss after the last step."""
        return self.losses[-1]

    @property
    def rose(self) -> bool:
        """Whether it ended higher than it started; a bounce that only rounding lifts does not count."""
        first = self.losses[0]
        return self.losses[-1] > first + 1e-9 * abs(first) + 1e-12

    def settles_at(self, target: float) -> int | None:
        """The first step from which on the loss stays at or below ``target``; None if the last is above.

        >>> Walk((3.0, 1.0, 2.0, 1.0), (0.0,) * 4, (9.0, 1.0, 4.0, 1.0), None, False).settles_at(1.0)
        3
        """
        if self.losses[-1] > target:
            return None
        above = (step for step in range(self.n_done, -1, -1) if self.losses[step] > target)
        return next(above, -1) + 1


def walk(
    surface: Surface,
    learning_rate: float,
    start: tuple[float, float],
    n_steps: int,
    optimiser: Name = "gd",
    schedule: Schedule | None = None,
) -> Walk:
    """Descend from ``start``, and remember every place.

    Parameters
    ----------
    learning_rate
        0 or more; 0 stands still.
    start
        Any place, cut to ±1e12. On a surface of one dimension y is taken as 0.
    n_steps
        0 or more.
    schedule
        Step number, from 0, → factor on the learning rate; None leaves it as it is.

    Raises
    ------
    ValueError
        If the optimiser is unknown, the rate or the start is no number, or a number of steps is negative.

    Examples
    --------
    >>> from dl_core.surfaces import surface
    >>> curve = surface("curve")
    >>> walk(curve, 0.25, (8.0, 0.0), 3).xs
    (8.0, 4.0, 2.0, 1.0)
    >>> away = walk(curve, 1.1, (10.0, 0.0), 20)
    >>> round(away.xs[-1]), away.left_picture_at, away.stopped_early
    (383, 2, False)
    """
    _check(learning_rate, start, n_steps, optimiser)
    x, y = _cut(start[0]), _cut(start[1]) if surface.dimensions == 2 else 0.0
    rates = [learning_rate] * n_steps
    if schedule:
        rates = [learning_rate * schedule(step) for step in range(n_steps)]
    height, (left, right), (bottom, top) = surface.height, surface.x_range, surface.y_range
    xs, ys, losses = [x], [y], [height(x, y)]
    left_at, blown_up = None if surface.shows(x, y) else 0, False
    steps = _STEPPERS[optimiser](surface.slope, rates, x, y)
    for x, y in steps:
        if not (-BLOWN_UP <= x <= BLOWN_UP and -BLOWN_UP <= y <= BLOWN_UP):
            x, y, blown_up = _cut(x), _cut(y), True
        xs.append(x)
        ys.append(y)
        losses.append(height(x, y))
        if left_at is None and not (left <= x <= right and bottom <= y <= top):
            left_at = len(xs) - 1
        if blown_up:
            break
    return Walk(tuple(xs), tuple(ys), tuple(losses), left_at, blown_up)


def overshoot_factor(surface: Surface, learning_rate: float) -> float | None:
    """What a step at this ``learning_rate`` multiplies the distance across the steepest direction by.

    Above 1 the walk diverges. None where the surface is no quadratic: there it differs from place to place.

    Examples
    --------
    >>> from dl_core.surfaces import surface
    >>> round(overshoot_factor(surface("curve"), 1.1), 6)  # |1 - 1.1 · 2|
    1.2
    """
    return None if surface.curvatures is None else abs(1 - learning_rate * surface.curvatures[1])


def _check(learning_rate: float, start: tuple[float, float], n_steps: int, optimiser: str) -> None:
    if optimiser not in OPTIMISERS:
        raise ValueError(f'There is no optimiser "{optimiser}": choose one of {", ".join(OPTIMISERS)}.')
    if not (math.isfinite(learning_rate) and learning_rate >= 0):
        raise ValueError(f"A learning rate of {learning_rate} cannot be used: give 0 or more.")
    if not (math.isfinite(start[0]) and math.isfinite(start[1])):
        raise ValueError(f"A walk cannot start at {start}: give two numbers.")
    if n_steps < 0:
        raise ValueError(f"A walk of {n_steps} steps cannot be taken: give 0 or more.")


def _cut(coordinate: float) -> float:
    return min(max(float(coordinate), -BLOWN_UP), BLOWN_UP)


def _gd(slope: Slope, rates: Sequence[float], x: float, y: float) -> Steps:
    for rate in rates:
        gx, gy = slope(x, y)
        x -= rate * gx
        y -= rate * gy
        yield x, y


def _momentum(slope: Slope, rates: Sequence[float], x: float, y: float) -> Steps:
    vx = vy = 0.0  # velocity: a fading sum of all gradients so far
    for rate in rates:
        gx, gy = slope(x, y)
        vx = MOMENTUM * vx + gx
        vy = MOMENTUM * vy + gy
        x -= rate * vx
        y -= rate * vy
        yield x, y


def _nesterov(slope: Slope, rates: Sequence[float], x: float, y: float) -> Steps:
    vx = vy = 0.0
    for rate in rates:
        gx, gy = slope(x, y)
        vx = MOMENTUM * vx + gx
        vy = MOMENTUM * vy + gy
        x -= rate * (gx + MOMENTUM * vx)  # looks one step of the velocity ahead
        y -= rate * (gy + MOMENTUM * vy)
        yield x, y


def _adagrad(slope: Slope, rates: Sequence[float], x: float, y: float) -> Steps:
    sx = sy = 0.0  # sum of squared gradients: only grows, so steps only shrink
    for rate in rates:
        gx, gy = slope(x, y)
        sx += gx * gx
        sy += gy * gy
        x -= rate * (gx / (math.sqrt(sx) + ADAGRAD_EPSILON))
        y -= rate * (gy / (math.sqrt(sy) + ADAGRAD_EPSILON))
        yield x, y


def _rmsprop(slope: Slope, rates: Sequence[float], x: float, y: float) -> Steps:
    sx = sy = 0.0  # fading mean of squared gradients
    new = 1 - RMSPROP_ALPHA
    for rate in rates:
        gx, gy = slope(x, y)
        sx = RMSPROP_ALPHA * sx + new * gx * gx
        sy = RMSPROP_ALPHA * sy + new * gy * gy
        x -= rate * (gx / (math.sqrt(sx) + RMSPROP_EPSILON))
        y -= rate * (gy / (math.sqrt(sy) + RMSPROP_EPSILON))
        yield x, y


def _adam(slope: Slope, rates: Sequence[float], x: float, y: float) -> Steps:
    mx = my = sx = sy = 0.0  # fading means of the gradients and of their squares
    kept_1 = kept_2 = 1.0  # what is left of the zeros that both means began with
    new_1, new_2 = 1 - ADAM_BETA_1, 1 - ADAM_BETA_2
    for rate in rates:
        gx, gy = slope(x, y)
        kept_1 *= ADAM_BETA_1
        kept_2 *= ADAM_BETA_2
        mx += new_1 * (gx - mx)
        my += new_1 * (gy - my)
        sx = ADAM_BETA_2 * sx + new_2 * gx * gx
        sy = ADAM_BETA_2 * sy + new_2 * gy * gy
        step, root = rate / (1 - kept_1), math.sqrt(1 - kept_2)
        x -= step * mx / (math.sqrt(sx) / root + ADAM_EPSILON)
        y -= step * my / (math.sqrt(sy) / root + ADAM_EPSILON)
        yield x, y


_STEPPERS: dict[Name, Callable[[Slope, Sequence[float], float, float], Steps]] = {
    "gd": _gd,
    "momentum": _momentum,
    "nesterov": _nesterov,
    "adagrad": _adagrad,
    "rmsprop": _rmsprop,
    "adam": _adam,
}
