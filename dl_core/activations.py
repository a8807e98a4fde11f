"""Four activation functions, what comes out of each, and how much of a hint each lets back: its slope."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dl_core.numbers_in_words import number, two_figures

Name = Literal["step", "sigmoid", "tanh", "ReLU"]
Floats = NDArray[np.float64]
MOST = 6.0  # how far from 0 the sums of the picture reach
NUDGE = 1e-5  # for a slope found by trying


@dataclass(frozen=True)
class Activation:
    """One function of a neuron's sum, with its slope."""

    name: Name
    value: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]


def sigmoid(sums: Floats) -> Floats:
    """Shares between 0 and 1.

    Parameters
    ----------
    sums
        (...) of any size; no size overflows.

    Examples
    --------
    >>> sigmoid(np.array([-1.0, 0.0, 5.0])).round(3)
    array([0.269, 0.5  , 0.993])
    """
    small = np.exp(-np.abs(sums))
    shares: Floats = np.where(sums >= 0, 1.0, small) / (1.0 + small)
    return shares


def _step(sums: Floats) -> Floats:
    return (sums > 0).astype(float)


ACTIVATIONS = (
    Activation("step", _step, np.zeros_like),
    Activation("sigmoid", sigmoid, lambda sums: sigmoid(sums) * (1.0 - sigmoid(sums))),
    Activation("tanh", np.tanh, lambda sums: 1.0 - np.tanh(sums) ** 2),
    Activation("ReLU", lambda sums: np.maximum(sums, 0.0), _step),
)


@dataclass(frozen=True)
class Settings:
    """The sum that reaches the neuron.

    Raises
    ------
    ValueError
        If it lies outside of the picture; says what to choose.
    """

    x: float = 5.0  # weighted inputs plus bias, -6 to 6

    def __post_init__(self) -> None:
        if not -MOST <= self.x <= MOST:
            raise ValueError(f"A sum of {self.x:g} is out of the picture: choose −{MOST:g} to {MOST:g}.")


PRESETS = {
    "Far out": Settings(),
    "In the middle": Settings(0.0),
    "Below zero": Settings(-2.0),
}


@dataclass(frozen=True)
class Answer:
    """What one activation makes of the reader's sum."""

    name: Name
    value: float  # what the neuron passes on
    slope: float  # what comes back of a hint; at a corner or a jump, what programs take
    sharp: bool  # a corner or a jump: there the slope is an agreement


@dataclass(frozen=True)
class Curves:
    """All four over the picture."""

    sums: Floats  # (n,) from -6 to 6, close together around 0
    values: Floats  # (4, n) in the order of `ACTIVATIONS`
    slopes: Floats  # (4, n)

    def steepest(self, name: Name) -> float:
        """The largest slope of the activation called ``name``.

        >>> [curves().steepest(each.name) for each in ACTIVATIONS]
        [0.0, 0.25, 1.0, 1.0]
        """
        place = next(i for i, each in enumerate(ACTIVATIONS) if each.name == name)
        return float(self.slopes[place].max())


@dataclass(frozen=True)
class Activations:
    """The reader's sum, and the curves it lies on."""

    settings: Settings
    answers: tuple[Answer, ...]  # in the order of `ACTIVATIONS`
    curves: Curves

    def of(self, name: Name) -> Answer:
        """The answer of the activation called ``name``."""
        return next(one for one in self.answers if one.name == name)


@cache
def curves() -> Curves:
    """All four curves, with both sides of the jump at 0.

    >>> curves().values.shape
    (4, 122)
    """
    sums = np.sort(np.append(np.arange(-60, 61) / 10.0, 1e-6))
    return Curves(
        sums,
        np.array([each.value(sums) for each in ACTIVATIONS]),
        np.array([each.slope(sums) for each in ACTIVATIONS]),
    )


def tried_slope(value: Callable[[Floats], Floats], x: float) -> float:
    """The slope as one would find it by trying: nudge the sum to both sides, see how the output moves.

    Parameters
    ----------
    value
        The activation.
    x
        Where, away from any corner.

    Examples
    --------
    >>> round(tried_slope(sigmoid, 0.0), 6)
    0.25
    """
    after, before = value(np.array([x + NUDGE, x - NUDGE]))
    return float(after - before) / (2 * NUDGE)


def story(settings: Settings) -> Activations:
    """Put the reader's sum through all four.

    Examples
    --------
    >>> [round(one.slope, 4) for one in story(Settings(0.0)).answers]
    [0.0, 0.25, 1.0, 0.0]
    """
    x = np.array([settings.x])
    answers = tuple(
        Answer(
            each.name,
            float(each.value(x)[0]),
            float(each.slope(x)[0]),
            settings.x == 0 and each.name in ("step", "ReLU"),
        )
        for each in ACTIVATIONS
    )
    return Activations(settings, answers, curves())


def through(slope: float, n_layers: int) -> float:
    """What is left of a hint after so many layers of this slope, weights aside.

    Parameters
    ----------
    slope
        Of each layer's activation, 0 to 1.
    n_layers
        1 or more.

    Examples
    --------
    >>> f"{through(0.25, 10):.1e}"
    '9.5e-07'
    """
    return float(slope**n_layers)


def takeaway(shown: Activations) -> str:
    """The four slopes at the reader's sum, and what they mean for learning.

    Examples
    --------
    >>> takeaway(story(Settings(5.0))).split(". ")[1]
    'Sigmoid lets 0.66 % of a hint through, tanh 0.018 %, ReLU all of it'
    """
    x, relu = number(shown.settings.x), shown.of("ReLU")
    sigmoid_part, tanh_part = _part(shown.of("sigmoid").slope), _part(shown.of("tanh").slope)
    relu_part = "all of it" if relu.slope else "nothing"
    told = (
        f"At a sum of {x} each neuron passes a value on, and in training its slope passes a hint back. "
        f"Sigmoid lets {sigmoid_part} of a hint through, tanh {tanh_part}, ReLU {relu_part}. "
    )
    if relu.sharp:
        return (
            f"{told}Exactly at 0 ReLU has a corner, and programs count it as 0. A step passes back nothing."
        )
    if not relu.slope:
        return f"{told}Below 0 ReLU is silent, and learns from other examples. A step passes back nothing."
    return f"{told}A step passes nothing back, wherever it stands, so nothing can learn through it."


def _part(slope: float) -> str:
    if slope >= 0.9999:
        return "all of it"
    share = 100 * slope
    return f"{two_figures(share)} %" if share >= 0.001 or math.isclose(share, 0) else "almost nothing"
