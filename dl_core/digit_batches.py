"""Softmax trained on digits three ways, against three ways to count: updates, passes, seconds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from dl_core.batch_sizes import WAYS
from dl_core.batch_times import Times, load_times
from dl_core.digits import N_CLASSES, digit_piles, load_digits
from dl_core.numbers_in_words import listed, percent, seconds_in_words, two_figures
from dl_core.softmax_regression import gradient, loss_and_gradient

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Axis = Literal["updates", "passes", "seconds"]

AXES: tuple[Axis, ...] = get_args(Axis)
RATES = (0.2, 0.3, 0.5)
MINI_BATCH = 32
N_PASSES = (700, 160, 8)  # in the order of WAYS: each computes for about a tenth of a second
TARGET = 0.3  # the validation loss that a run is to reach
SEED = 0
N_MARKS = 150  # times that a run looks at the validation pile
LOOKS_IN_A_ROW = 3  # that must be at the target: a noisy run dips below it long before it stays there
TOGETHER = 1.1  # the looks lie 6 % apart or more, so who is this near to the first arrives with it


@dataclass(frozen=True)
class Settings:
    """What the reader counts in, and the learning rate that all three share.

    Raises
    ------
    ValueError
        If either is not on offer.
    """

    axis: Axis = "seconds"
    learning_rate: float = 0.5  # one of RATES

    def __post_init__(self) -> None:
        if self.axis not in AXES:
            raise ValueError(f"Nothing is counted in “{self.axis}”: choose {', '.join(AXES)}.")
        if self.learning_rate not in RATES:
            offered = ", ".join(f"{rate:g}" for rate in RATES)
            raise ValueError(
                f"A learning rate of {self.learning_rate:g} is not on offer: choose one of {offered}."
            )


@dataclass(frozen=True)
class Pile:
    """The digits to learn from and to check on; the test pile stays closed."""

    inputs: Floats  # (898, 65) ink, then a column of ones
    targets: Floats  # (898, 10)
    held_inputs: Floats  # (360, 65) the validation pile
    held_targets: Floats  # (360, 10)


@dataclass(frozen=True, eq=False)
class Curve:
    """One way of training, and how it did on the validation pile on the way."""

    way: str  # one of WAYS
    batch_size: int  # examples that one update looks at
    updates_per_pass: int  # over the training pile
    seconds_per_pass: float  # processor seconds, as measured
    updates: Counts  # (n_marks,) after how many updates it was looked at, 0 first
    losses: Floats  # (n_marks,) mean cross-entropy on the validation pile
    right: Floats  # (n_marks,) share of the validation pile answered right

    @property
    def n_passes(self) -> int:
        """Passes over the training pile."""
        return int(self.updates[-1]) // self.updates_per_pass

    @property
    def seconds_per_update(self) -> float:
        """Processor seconds of one update."""
        return self.seconds_per_pass / self.updates_per_pass

    def counted(self, axis: Axis) -> Floats:
        """(n_marks,) where the marks lie on this axis."""
        each = {
            "updates": 1.0,
            "passes": 1 / self.updates_per_pass,
            "seconds": self.seconds_per_update,
        }
        places: Floats = np.asarray(self.updates * each[axis], np.float64)
        return places

    def reached(self, axis: Axis, loss: float = TARGET) -> float | None:
        """Where it first had this loss or less for three looks in a row, or None if it never did."""
        low = self._low(loss)
        return None if low is None else float(self.counted(axis)[low])

    def right_at(self, loss: float = TARGET) -> float | None:
        """The share of the validation pile that it answered right when it reached this loss."""
        low = self._low(loss)
        return None if low is None else float(self.right[low])

    def _low(self, loss: float) -> int | None:
        rows = np.lib.stride_tricks.sliding_window_view(self.losses <= loss, LOOKS_IN_A_ROW).all(axis=1)
        return int(rows.argmax()) if rows.any() else None

    def loss_at(self, axis: Axis, places: Floats) -> Floats:
        """(n_places,) the loss last seen at or before each place."""
        last = np.searchsorted(self.counted(axis), places * (1 + 1e-9), side="right") - 1
        seen: Floats = self.losses[np.maximum(last, 0)]
        return seen


@dataclass(frozen=True)
class DigitBatches:
    """Three curves and what they are counted in."""

    settings: Settings
    curves: tuple[Curve, ...]  # in the order of WAYS
    times: Times
    n_examples: int  # digits learned from
    n_held: int  # digits checked on

    def first(self, axis: Axis) -> tuple[Curve, ...]:
        """Who reaches the target first on this axis, and who arrives with it; empty where nobody does."""
        places = {curve: curve.reached(axis) for curve in self.curves}
        best = min((place for place in places.values() if place is not None), default=0.0)
        return tuple(
            curve for curve, place in places.items() if place is not None and place <= TOGETHER * best
        )

    @property
    def winners(self) -> tuple[str, ...]:
        """Who is first on each of AXES; an empty name where nobody gets there."""
        return tuple(listed([curve.way for curve in self.first(axis)]) for axis in AXES)

    def shared_end(self, axis: Axis) -> float:
        """How far all three curves go on this axis."""
        return min(float(curve.counted(axis)[-1]) for curve in self.curves)


@cache
def training_pile() -> Pile:
    """Half of the digits to learn from and a fifth to check on, as in the lesson on kNN and softmax.

    >>> pile = training_pile()
    >>> pile.inputs.shape, pile.held_inputs.shape
    ((898, 65), (360, 65))
    """
    digits = load_digits()
    inputs, piles = digits.inputs, digit_piles(SEED)
    targets = np.eye(N_CLASSES)[digits.labels]
    return Pile(
        inputs[piles.train], targets[piles.train], inputs[piles.validation], targets[piles.validation]
    )


def train(
    pile: Pile, batch_size: int, n_passes: int, learning_rate: float, marks: frozenset[int] = frozenset()
) -> tuple[Floats, list[tuple[float, float]]]:
    """Gradient descent from all zeros, in a new seeded order each pass.

    Parameters
    ----------
    pile
        What to learn from and to check on.
    batch_size
        Examples in each update; with all of them no order is drawn. Where they do not come out even, the
        last few of a pass are left out, others each time: a batch of two would be noisier than the rest.
    n_passes
        Times that every example is seen.
    learning_rate
        The same at every update.
    marks
        Updates after which the validation pile is looked at.

    Returns
    -------
    parameters : (10, 65)
    seen : one (validation loss, share right) for each mark

    Examples
    --------
    >>> _, seen = train(training_pile(), 898, 2, 0.5, frozenset({0, 1, 2}))
    >>> [round(loss, 2) for loss, _ in seen]  # ln 10 before the first update
    [2.3, 2.21, 2.12]
    """
    rng = np.random.default_rng(SEED)
    n = len(pile.inputs)
    parameters = np.zeros((pile.targets.shape[1], pile.inputs.shape[1]))
    seen = [_check(pile, parameters)] if 0 in marks else []
    inputs, targets, done = pile.inputs, pile.targets, 0
    for _ in range(n_passes):
        if batch_size < n:
            order = rng.permutation(n)
            inputs, targets = pile.inputs[order], pile.targets[order]
        for start in range(0, n - batch_size + 1, batch_size):
            batch = slice(start, start + batch_size)
            parameters -= learning_rate * gradient(parameters, inputs[batch], targets[batch])
            done += 1
            if done in marks:
                seen.append(_check(pile, parameters))
    return parameters, seen


def _check(pile: Pile, parameters: Floats) -> tuple[float, float]:
    loss, _ = loss_and_gradient(parameters, pile.held_inputs, pile.held_targets, 0.0)
    answers = (pile.held_inputs @ parameters.T).argmax(axis=1)
    return loss, float((answers == pile.held_targets.argmax(axis=1)).mean())


@lru_cache(maxsize=len(RATES))  # a third of a second each, and the axis does not move it
def _curves(learning_rate: float) -> tuple[Curve, ...]:
    pile, times = training_pile(), load_times()
    n = len(pile.inputs)
    made = []
    for way, size, n_passes, seconds in zip(
        WAYS, (n, MINI_BATCH, 1), N_PASSES, times.seconds_per_pass, strict=True
    ):
        each = n // size
        marks = np.unique(np.rint(np.geomspace(1, n_passes * each, N_MARKS)).astype(np.int64))
        marks = np.concatenate([[0], marks])
        _, seen = train(pile, size, n_passes, learning_rate, frozenset(marks.tolist()))
        losses, right = np.array(seen).T
        made.append(Curve(way, size, each, seconds, marks, losses, right))
    return tuple(made)


def story(settings: Settings) -> DigitBatches:
    """The three curves. The first call for a learning rate takes a third of a second, later ones none.

    Examples
    --------
    >>> story(Settings()).winners  # counted in updates, passes, seconds
    ('full batch and mini-batch', 'one example', 'mini-batch')
    """
    pile = training_pile()
    curves = _curves(settings.learning_rate)
    return DigitBatches(settings, curves, load_times(), len(pile.inputs), len(pile.held_inputs))


def in_units(axis: Axis, place: float) -> str:
    """A place on an axis with its unit.

    >>> in_units("seconds", 0.0065), in_units("passes", 12.3), in_units("updates", 1)
    ('6.5 milliseconds', '12 passes', '1.0 updates')
    """
    return seconds_in_words(place) if axis == "seconds" else f"{two_figures(place)} {axis}"


def takeaway(shown: DigitBatches) -> str:
    """Where each way reaches the target on the chosen axis, and what that loss means.

    >>> print(takeaway(story(Settings("passes"))).replace(", ", ",\\n"))
    To a validation loss of 0.3,
    one example needs 2.9 passes,
    mini-batch 8.5 passes and full batch 240 passes. At that point,
    93 % of the 360 validation digits are right.
    """
    axis = shown.settings.axis
    places = {curve: curve.reached(axis) for curve in shown.curves}
    there = sorted((place, curve.way) for curve, place in places.items() if place is not None)
    late = [curve for curve, place in places.items() if place is None]
    if not there:
        return (
            f"At a rate of {shown.settings.learning_rate:g}, no way reaches a validation loss of {TARGET:g}."
        )
    needs = [
        f"{way} {'needs ' if not i else ''}{in_units(axis, place)}" for i, (place, way) in enumerate(there)
    ]
    told = f"To a validation loss of {TARGET:g}, {listed(needs)}."
    if late:
        names = listed([curve.way for curve in late])
        told += f" {names[0].upper()}{names[1:]} did not get there in {late[0].n_passes} passes."
    share = shown.first(axis)[0].right_at() or 0.0
    return f"{told} At that point, {percent(share)} of the {shown.n_held} validation digits are right."
