"""The plan of a network and of its training, and what follows from it before anything is trained."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Activation = Literal["linear", "sigmoid", "tanh", "relu", "leaky relu"]
Start = Literal["zero", "small", "xavier", "he"]
Optimiser = Literal["sgd", "momentum", "adam"]
Schedule = Literal["constant", "steps", "cosine"]

ACTIVATIONS: tuple[Activation, ...] = get_args(Activation)
STARTS: tuple[Start, ...] = get_args(Start)
OPTIMISERS: tuple[Optimiser, ...] = get_args(Optimiser)
SCHEDULES: tuple[Schedule, ...] = get_args(Schedule)

MOST_LAYERS, MOST_NEURONS, MOST_EPOCHS = 6, 32, 2000
HIGHEST_RATE, HIGHEST_DROPOUT, HIGHEST_PENALTY = 10.0, 0.8, 10.0
HIGHEST_SEED = 2**31 - 1
SMALL = 0.01  # spread of the weights of a "small" start

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Plan:
    """What the reader chose: the hidden layers, the start, and how the weights are moved.

    Raises
    ------
    ValueError
        If a choice lies outside its range; the message says the range.
    """

    hidden: tuple[int, ...] = (4, 4)  # neurons of each hidden layer: 0 to 6 layers of 1 to 32
    activation: Activation = "tanh"  # of the hidden neurons; outputs are plain sums, or softmax shares
    start: Start = "xavier"  # the first weights; biases start at 0
    optimiser: Optimiser = "sgd"  # plain steps, steps with momentum, or Adam
    learning_rate: float = 0.03  # 0 to 10
    schedule: Schedule = "constant"  # of the learning rate, over the epochs
    batch_size: int = 10  # rows per step: 1 up to all of them; 0 means all
    n_epochs: int = 200  # 1 to 2,000
    l1: float = 0.0  # adds l1 · Σ |weight| to the loss, 0 to 10; biases are left out
    l2: float = 0.0  # adds ½ · l2 · Σ weight² to the loss, 0 to 10; biases are left out
    dropout: float = 0.0  # share of hidden outputs dropped in each step of training, 0 to 0.8
    patience: int = 0  # epochs without a better test loss after which training stops; 0: never
    seed: int = 0  # of the start, the order of the rows and what is dropped

    def __post_init__(self) -> None:
        object.__setattr__(self, "hidden", tuple(self.hidden))
        _check_network(self.hidden)
        for what, choice, known in (
            ("activation", self.activation, ACTIVATIONS),
            ("start", self.start, STARTS),
            ("optimiser", self.optimiser, OPTIMISERS),
            ("schedule", self.schedule, SCHEDULES),
        ):
            if choice not in known:
                raise ValueError(f"There is no {what} “{choice}”: choose one of {', '.join(known)}.")
        _check_range("A learning rate", self.learning_rate, 0, HIGHEST_RATE)
        _check_range("An L1 penalty", self.l1, 0, HIGHEST_PENALTY)
        _check_range("An L2 penalty", self.l2, 0, HIGHEST_PENALTY)
        _check_range("A dropout", self.dropout, 0, HIGHEST_DROPOUT)
        _check_whole("A batch", "rows", self.batch_size, 0, None)
        _check_whole("A training", "epochs", self.n_epochs, 1, MOST_EPOCHS)
        _check_whole("A patience", "epochs", self.patience, 0, None)
        _check_whole("A seed", "", self.seed, 0, HIGHEST_SEED)


def other_start(plan: Plan, further: int = 1) -> Plan:
    """The same plan from the next start, or from one ``further`` on; after the highest seed comes 0.

    >>> other_start(Plan(seed=3)).seed, other_start(Plan(seed=HIGHEST_SEED), 2).seed
    (4, 1)
    """
    return replace(plan, seed=(plan.seed + further) % (HIGHEST_SEED + 1))


def _check_network(hidden: tuple[int, ...]) -> None:
    if len(hidden) > MOST_LAYERS:
        raise ValueError(f"{len(hidden)} hidden layers: choose 0 to {MOST_LAYERS}.")
    for neurons in hidden:
        _check_whole("A hidden layer", "neurons", neurons, 1, MOST_NEURONS)


def _check_range(what: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:  # also refuses what is no number
        raise ValueError(f"{what} of {value:g} cannot be used: choose {low:g} to {high:g}.")


def _check_whole(what: str, unit: str, value: int, low: int, high: int | None) -> None:
    if not isinstance(value, int | np.integer) or value < low or (high is not None and value > high):
        until = "or more" if high is None else f"to {high:,}"
        raise ValueError(f"{what} of {value} {unit}".rstrip() + f": choose {low} {until}.")


def widths(plan: Plan, n_inputs: int, n_outputs: int) -> tuple[int, ...]:
    """How many numbers stand in each layer, the inputs and the outputs included.

    Parameters
    ----------
    n_inputs
        Numbers per row, 1 or more.
    n_outputs
        One neuron per class, or one for a value.

    Examples
    --------
    >>> widths(Plan(hidden=(8, 3)), 2, 1)
    (2, 8, 3, 1)
    """
    return (n_inputs, *plan.hidden, n_outputs)


def n_parameters(layers: tuple[int, ...]) -> int:
    """Weights and biases of a network with these ``layers``, inputs and outputs included.

    >>> n_parameters((784, 30, 10))  # 784 · 30 + 30 + 30 · 10 + 10
    23860
    """
    return sum(n_out * (n_in + 1) for n_in, n_out in pairwise(layers))


def by_layer(parameters: Floats, layers: tuple[int, ...]) -> tuple[tuple[Floats, Floats], ...]:
    """Weights and biases of each layer, cut out of the flat list.

    Parameters
    ----------
    parameters
        (n_parameters,): for each layer its weights, neuron by neuron, then its biases.
    layers
        Numbers in each layer, inputs and outputs included.

    Returns
    -------
    tuple
        For each layer the weights (n_out, n_in) and the biases (n_out,), as views.

    Examples
    --------
    >>> ((weights, biases),) = by_layer(np.array([1.0, 2.0, 0.5]), (2, 1))
    >>> weights.tolist(), biases.tolist()
    ([[1.0, 2.0]], [0.5])
    """
    cut, at = [], 0
    for n_in, n_out in pairwise(layers):
        bias = at + n_out * n_in
        cut.append((parameters[at:bias].reshape(n_out, n_in), parameters[bias : bias + n_out]))
        at = bias + n_out
    return tuple(cut)


def first_parameters(plan: Plan, n_inputs: int, n_outputs: int) -> Floats:
    """The weights that training starts from, drawn from the plan's seed; biases are 0.

    Parameters
    ----------
    n_inputs, n_outputs
        Numbers in the first and in the last layer.

    Returns
    -------
    Floats
        (n_parameters,), each a number that 32 bits can hold, so that the first snapshot is the exact start.

    Notes
    -----
    Spread of the weights between n_in numbers and n_out neurons: xavier √(2 / (n_in + n_out)),
    he √(2 / n_in), small 0.01, all bell-shaped. Sources: X. Glorot and Y. Bengio, AISTATS 2010;
    K. He and others, ICCV 2015.

    Examples
    --------
    >>> first_parameters(Plan(hidden=(), start="zero"), 2, 1).tolist()
    [0.0, 0.0, 0.0]
    """
    draws = np.random.default_rng(plan.seed)
    layers = widths(plan, n_inputs, n_outputs)
    parameters = np.zeros(n_parameters(layers))
    if plan.start != "zero":
        for weights, _ in by_layer(parameters, layers):
            weights[:] = draws.normal(0, _spread(plan.start, *weights.shape), weights.shape)
    return parameters.astype(np.float32).astype(np.float64)


def _spread(start: Start, n_out: int, n_in: int) -> float:
    if start == "small":
        return SMALL
    return math.sqrt(2 / (n_in + n_out)) if start == "xavier" else math.sqrt(2 / n_in)


@lru_cache(maxsize=64)
def learning_rates(plan: Plan) -> Floats:
    """The learning rate in each epoch, (n_epochs,).

    "steps" drops it to a tenth after each third of the epochs; "cosine" lets it down slowly, almost to 0.

    Examples
    --------
    >>> learning_rates(Plan(learning_rate=1.0, schedule="steps", n_epochs=6)).round(2).tolist()
    [1.0, 1.0, 0.1, 0.1, 0.01, 0.01]
    >>> learning_rates(Plan(learning_rate=1.0, schedule="cosine", n_epochs=4)).round(2).tolist()
    [1.0, 0.85, 0.5, 0.15]
    """
    epochs = np.arange(plan.n_epochs)
    factors = np.ones(plan.n_epochs)
    if plan.schedule == "steps":
        factors = np.array([1.0, 0.1, 0.01])[3 * epochs // plan.n_epochs]
    elif plan.schedule == "cosine":
        factors = (1 + np.cos(np.pi * epochs / plan.n_epochs)) / 2
    rates: Floats = plan.learning_rate * factors
    rates.setflags(write=False)
    return rates


def snapshot_epochs(n_epochs: int, n_snapshots: int) -> tuple[int, ...]:
    """After which epochs a snapshot is kept: each at first, then ever rarer, because early steps change most.

    Parameters
    ----------
    n_epochs
        Length of the training, 1 or more.
    n_snapshots
        How many to keep, 2 or more; with fewer epochs there is one after each.

    Examples
    --------
    >>> snapshot_epochs(100, 6)
    (0, 4, 16, 36, 64, 100)
    >>> snapshot_epochs(3, 50)
    (0, 1, 2, 3)
    """
    last = min(n_snapshots - 1, n_epochs)
    return tuple(max(k, round(n_epochs * (k / last) ** 2)) for k in range(last + 1))
