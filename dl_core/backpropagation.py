"""Backpropagation on a network of six weights, one number at a time: forward, backward, update."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dl_core.numbers_in_words import number

Activation = Literal["relu", "sigmoid"]
Phase = Literal["start", "forward", "backward", "update", "check"]

RATES = (0.01, 0.1, 0.5)
FARTHEST = 5.0  # an input's size at most
TARGET = 1.0  # the answer that the network should give
# x1 → h1, x2 → h1, x1 → h2, x2 → h2, h1 → output, h2 → output; biases are left out to keep it readable
WEIGHTS = (0.5, 0.25, -1.0, 1.5, 1.0, 0.5)
EDGES = ("x1 → h1", "x2 → h1", "x1 → h2", "x2 → h2", "h1 → output", "h2 → output")
ACTIVATIONS: dict[Activation, str] = {"relu": "ReLU", "sigmoid": "sigmoid"}
N_FORWARD, N_BACKWARD, N_UPDATE = 6, 11, 6
LAST = N_FORWARD + N_BACKWARD + N_UPDATE + 1

Six = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Settings:
    """How far the pass has come, and what runs through the network.

    Raises
    ------
    ValueError
        If a choice is not on offer or a number out of range; says what to choose.
    """

    step: int = LAST  # numbers computed so far, 0 to 24
    activation: Activation = "relu"
    learning_rate: float = 0.1  # one of RATES
    x1: float = 1.0  # -5 to 5
    x2: float = 2.0  # -5 to 5

    def __post_init__(self) -> None:
        if self.step not in range(LAST + 1):
            raise ValueError(f"There is no number {self.step}: choose 0 to {LAST}.")
        if self.activation not in ACTIVATIONS:
            raise ValueError(f"“{self.activation}” is not on offer: choose {' or '.join(ACTIVATIONS)}.")
        if self.learning_rate not in RATES:
            listed = ", ".join(f"{rate:g}" for rate in RATES)
            raise ValueError(f"A rate of {self.learning_rate:g} is not on offer: choose one of {listed}.")
        for name in ("x1", "x2"):
            if not -FARTHEST <= getattr(self, name) <= FARTHEST:
                raise ValueError(f"{name} = {getattr(self, name):g} is too far away: choose -5 to 5.")


PRESETS = {
    "By hand": Settings(),
    "Through a sigmoid": Settings(activation="sigmoid"),
    "One neuron off": Settings(x1=2.0, x2=1.0),
}


@dataclass(frozen=True)
class Pass:
    """What one forward pass computes, all of it kept."""

    sums: tuple[float, float]  # of h1 and h2, before the activation
    hidden: tuple[float, float]  # after it
    output: float
    loss: float  # ½ · (output - target)²


@dataclass(frozen=True)
class Slopes:
    """How the loss grows when each number grows a little: what the backward pass computes."""

    output: float  # for the output
    hidden: tuple[float, float]  # for h1 and h2
    sums: tuple[float, float]  # for their sums
    weights: Six  # for each weight, in the order of EDGES


@dataclass(frozen=True)
class Number:
    """One computed number of the way."""

    phase: Phase
    place: str  # "h1", "output", "loss", or one of EDGES
    name: str  # what it is, in words
    value: float
    told: str  # how it came about, in one sentence


@dataclass(frozen=True)
class Backpropagation:
    """The whole way, and how far the reader has come."""

    settings: Settings
    numbers: tuple[Number, ...]  # all 25, the start first
    before: Pass
    slopes: Slopes
    new_weights: Six
    after: Pass  # the forward pass with the new weights

    @property
    def now(self) -> Number:
        """The latest number."""
        return self.numbers[self.settings.step]


def squash(activation: Activation, total: float) -> tuple[float, float]:
    """What a neuron passes on for its sum, and its slope there.

    Parameters
    ----------
    activation
        ``"relu"`` or ``"sigmoid"``.
    total
        The neuron's sum.

    Examples
    --------
    >>> squash("relu", -0.5), squash("sigmoid", 0.0)
    ((0.0, 0.0), (0.5, 0.25))
    """
    if activation == "relu":
        return max(0.0, total), float(total > 0)
    value = 0.5 + 0.5 * math.tanh(total / 2)  # the same curve, without large powers
    return value, value * (1 - value)


def forward(weights: Six, x1: float, x2: float, activation: Activation) -> Pass:
    """Two sums, two hidden values, the output, and the loss.

    Parameters
    ----------
    weights
        Six, in the order of `EDGES`.
    x1, x2
        The inputs.
    activation
        Of the hidden neurons; the output has none.

    Examples
    --------
    >>> forward(WEIGHTS, 1.0, 2.0, "relu")
    Pass(sums=(1.0, 2.0), hidden=(1.0, 2.0), output=2.0, loss=0.5)
    """
    w11, w21, w12, w22, v1, v2 = weights
    sums = (w11 * x1 + w21 * x2, w12 * x1 + w22 * x2)
    hidden = (squash(activation, sums[0])[0], squash(activation, sums[1])[0])
    output = v1 * hidden[0] + v2 * hidden[1]
    return Pass(sums, hidden, output, 0.5 * (output - TARGET) ** 2)


def backward(weights: Six, x1: float, x2: float, kept: Pass, activation: Activation) -> Slopes:
    """From the loss back to every weight: each slope is the one after it times a number that was kept.

    Parameters
    ----------
    weights
        Six, in the order of `EDGES`: those of the forward pass.
    x1, x2
        Its inputs.
    kept
        What the forward pass computed.
    activation
        Of the hidden neurons.

    Examples
    --------
    >>> backward(WEIGHTS, 1.0, 2.0, forward(WEIGHTS, 1.0, 2.0, "relu"), "relu").weights
    (1.0, 2.0, 0.5, 1.0, 1.0, 2.0)
    """
    *_, v1, v2 = weights
    output = kept.output - TARGET
    hidden = (output * v1, output * v2)
    bends = [squash(activation, total)[1] for total in kept.sums]
    sums = (hidden[0] * bends[0], hidden[1] * bends[1])
    first = (sums[0] * x1, sums[0] * x2, sums[1] * x1, sums[1] * x2)
    return Slopes(output, hidden, sums, (*first, output * kept.hidden[0], output * kept.hidden[1]))


def story(settings: Settings) -> Backpropagation:
    """Forward, backward, one update, and forward again.

    Examples
    --------
    >>> shown = story(Settings())
    >>> shown.before.loss, round(shown.after.output, 3), len(shown.numbers)
    (0.5, 0.975, 25)
    """
    x1, x2, activation = settings.x1, settings.x2, settings.activation
    before = forward(WEIGHTS, x1, x2, activation)
    slopes = backward(WEIGHTS, x1, x2, before, activation)
    w = [old - settings.learning_rate * slope for old, slope in zip(WEIGHTS, slopes.weights, strict=True)]
    new = (w[0], w[1], w[2], w[3], w[4], w[5])
    after = forward(new, x1, x2, activation)
    start = Number("start", "", "start", 0.0, f"Two inputs, six weights, and the answer wanted: {TARGET:g}.")
    check = Number("check", "loss", "new loss", after.loss, _check(before, after))
    ways = (
        *_forward(settings, before),
        *_backward(settings, before, slopes),
        *_update(settings, slopes, new),
    )
    return Backpropagation(settings, (start, *ways, check), before, slopes, new, after)


def four(value: float) -> str:
    """A number in at most four figures.

    >>> four(0.1714596), four(-1.05), four(0.0003125), four(1e-14)
    ('0.1715', '−1.05', '0.0003125', '0')
    """
    return number(float(f"{value:.4g}"))


def _held(value: float) -> str:
    """A number inside a sum: a negative one in brackets."""
    return f"({four(value)})" if value < 0 else four(value)


def _times(left: float, right: float) -> str:
    return f"{four(left)} × {_held(right)}"


def _forward(settings: Settings, kept: Pass) -> Iterator[Number]:
    inputs = (settings.x1, settings.x2)
    for i, neuron in enumerate(("h1", "h2")):
        terms = " + ".join(_times(WEIGHTS[2 * i + j], inputs[j]) for j in (0, 1))
        total = kept.sums[i]
        told = f"Sum of {neuron}: {terms} = {four(total)}."
        yield Number("forward", neuron, f"the sum of {neuron}", total, told)
        told = _passed_on(settings.activation, neuron, total, kept.hidden[i])
        yield Number("forward", neuron, neuron, kept.hidden[i], told)
    terms = " + ".join(_times(weight, value) for weight, value in zip(WEIGHTS[4:], kept.hidden, strict=True))
    told = f"Output: {terms} = {four(kept.output)}."
    yield Number("forward", "output", "the output", kept.output, told)
    told = f"Loss, half the squared miss: ½ × ({four(kept.output)} − {TARGET:g})² = {four(kept.loss)}."
    yield Number("forward", "loss", "the loss", kept.loss, told)


def _passed_on(activation: Activation, neuron: str, total: float, value: float) -> str:
    if activation == "sigmoid":
        return f"The sigmoid turns {four(total)} into {four(value)}: {neuron} = {four(value)}."
    if total > 0:
        return f"{four(total)} is above zero, so ReLU passes it on: {neuron} = {four(value)}."
    return f"{four(total)} is not above zero, so ReLU passes 0 on: {neuron} = 0."


def _backward(settings: Settings, kept: Pass, slopes: Slopes) -> Iterator[Number]:
    def slope(place: str, name: str, value: float, told: str) -> Number:
        return Number("backward", place, f"the slope for {name}", value, f"{told} = {four(value)}.")

    told = f"Back from the loss, the slope for the output: {four(kept.output)} − {TARGET:g}"
    yield slope("output", "the output", slopes.output, told)
    for edge, value, passed in zip(EDGES[4:], slopes.weights[4:], kept.hidden, strict=True):
        told = f"Slope for the weight {edge}: {_times(slopes.output, passed)} (kept)"
        yield slope(edge, edge, value, told)
    for neuron, weight, value in zip(("h1", "h2"), WEIGHTS[4:], slopes.hidden, strict=True):
        told = f"On to {neuron}, through its weight: {_times(slopes.output, weight)}"
        yield slope(neuron, neuron, value, told)
    for i, neuron in enumerate(("h1", "h2")):
        bend = squash(settings.activation, kept.sums[i])[1]
        kind = ACTIVATIONS[settings.activation]
        told = f"Back through the {kind}, times its slope: {_times(slopes.hidden[i], bend)}"
        yield slope(neuron, f"the sum of {neuron}", slopes.sums[i], told)
    for i, edge in enumerate(EDGES[:4]):
        product = _times(slopes.sums[i // 2], (settings.x1, settings.x2)[i % 2])
        told = f"Slope for the weight {edge}: {product} (kept)"
        yield slope(edge, edge, slopes.weights[i], told)


def _update(settings: Settings, slopes: Slopes, new: Six) -> Iterator[Number]:
    for i in (4, 5, 0, 1, 2, 3):
        told = (
            f"New weight {EDGES[i]}: {four(WEIGHTS[i])} − {settings.learning_rate:g} × "
            f"{_held(slopes.weights[i])} = {four(new[i])}."
        )
        yield Number("update", EDGES[i], EDGES[i], new[i], told)


def _check(before: Pass, after: Pass) -> str:
    return (
        f"Forward again with the new weights: the output goes from {four(before.output)} to "
        f"{four(after.output)}, the loss from {four(before.loss)} to {four(after.loss)}."
    )


def takeaway(shown: Backpropagation) -> str:
    """The latest number, how it came about, and what this part of the way is for.

    Examples
    --------
    >>> takeaway(story(Settings(step=8))).split(". ")[0]
    'Slope for the weight h1 → output: 1 × 1 (kept) = 1'
    """
    return f"{shown.now.told} {_part(shown)}"


def _part(shown: Backpropagation) -> str:
    phase = shown.now.phase
    if phase == "check":
        if shown.after.loss > shown.before.loss:
            return "The rate was too large: the loss rose."
        if shown.after.loss == shown.before.loss:
            return "No slope, no step: nothing moved."
        if not any(shown.after.hidden):
            return "The rate was too large: both hidden neurons fell silent."
        return "Backpropagation found the slopes; the optimiser took the step."
    return {
        "start": "Each step computes one number.",
        "forward": "Every number is kept for the way back.",
        "backward": "A slope is a product: what came back, times what was kept.",
        "update": "This is the optimiser's part: minus the rate times the slope.",
    }[phase]
