"""The textbook in loops: forward, loss, backward, update. numba turns it into machine code.

Where things lie: ``values[layer, neuron, row]`` is what a neuron says for a row of the mini-batch; layer 0
holds the inputs. ``slopes`` has the same shape: on the way forward the slope of each activation, on the way
back the slope of the loss for each weighted sum. ``parameters`` is one flat list: for each layer its weights,
neuron by neuron, then its biases. Rows come last, so that the processor handles eight in one instruction.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dl_core.mlp._activations import LEAK, exp, leaky_relu, sigmoid, tanh
from dl_core.mlp._chance import DROPS, SHUFFLES, draw, state_of
from dl_core.mlp._jit import entry, part
from dl_core.mlp._update import add_penalty, holds, update

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LINEAR, SIGMOID, TANH, RELU, LEAKY = range(5)  # in the order of plan.ACTIVATIONS
# Rows that are worked on at once; what is missing in a mini-batch is filled up with zeros. A number known
# ahead lets the compiler turn "for row in range(ROWS)" into two instructions of eight rows each.
ROWS = 16


class Recipe(NamedTuple):
    """A plan in numbers."""

    classes: bool  # softmax and cross-entropy; else squared error
    activation: int
    optimiser: int
    batch_size: int  # 1 to all rows
    l1: float
    l2: float
    dropout: float
    seed: int


class Net(NamedTuple):
    """The numbers in a network while a mini-batch passes through it."""

    widths: Integers  # (n_layers,) inputs and outputs included
    values: Floats  # (n_layers, widest, ROWS)
    slopes: Floats  # (n_layers, widest, ROWS)


@part
def activate(kind: int, net: Net, layer: int, o: int) -> None:
    """Weighted sums of neuron ``o`` in a ``layer`` become activations of that ``kind``, with their slopes."""
    values, slopes = net.values, net.slopes
    if kind == SIGMOID:
        for row in range(ROWS):
            values[layer, o, row], slopes[layer, o, row] = sigmoid(values[layer, o, row])
    elif kind == TANH:
        for row in range(ROWS):
            values[layer, o, row], slopes[layer, o, row] = tanh(values[layer, o, row])
    elif kind in (RELU, LEAKY):
        leak = LEAK if kind == LEAKY else 0.0
        for row in range(ROWS):
            values[layer, o, row], slopes[layer, o, row] = leaky_relu(values[layer, o, row], leak)
    else:
        for row in range(ROWS):
            slopes[layer, o, row] = 1.0


@entry
def shuffled(seed: int, epoch: int, n_rows: int) -> Integers:
    """Row numbers (n_rows,) in the order of this ``epoch`` and ``seed``.

    The last row changes places with any one up to it, then the one before it, and so on to the first.
    """
    order = np.empty(n_rows, np.int64)
    for row in range(n_rows):
        order[row] = row
    state = state_of(seed, SHUFFLES, epoch)
    for last in range(n_rows - 1, 0, -1):
        high = draw(state, last) >> np.uint64(32)
        other = np.int64((high * np.uint64(last + 1)) >> np.uint64(32))  # 0 … last, all but equally likely
        order[last], order[other] = order[other], order[last]
    return order


@part
def drop(net: Net, layer: int, dropout: float, state: np.uint64, first: int) -> None:
    """A share ``dropout`` of a layer's outputs becomes 0, the others larger, so that their mean stays.

    ``first`` is the place in the mini-batch of the first row at work; chance begins at ``state``.
    """
    n_layers, widest, _ = net.values.shape
    threshold, larger = np.int64(dropout * 2.0**53), 1 / (1 - dropout)
    for o in range(net.widths[layer]):
        for row in range(ROWS):
            k = ((first + row) * n_layers + layer) * widest + o
            factor = larger if np.int64(draw(state, k) >> np.uint64(11)) >= threshold else 0.0
            net.values[layer, o, row] *= factor
            net.slopes[layer, o, row] *= factor


@part
def read(net: Net, inputs: Floats, rows: Integers) -> None:
    """Layer 0: the inputs (n_rows, n_inputs) of these ``rows``, then rows of zeros."""
    for i in range(inputs.shape[1]):
        for row in range(len(rows)):
            net.values[0, i, row] = inputs[rows[row], i]
        for row in range(len(rows), ROWS):
            net.values[0, i, row] = 0.0


@part
def forward(net: Net, layer: int, parameters: Floats, at: int, activation: int) -> None:
    """One layer, whose parameters begin ``at``: weighted sums of the layer below, then the activation."""
    values = net.values
    n_in, n_out = net.widths[layer - 1], net.widths[layer]
    for o in range(n_out):
        bias = parameters[at + n_out * n_in + o]
        for row in range(ROWS):
            values[layer, o, row] = bias
        for i in range(n_in):
            weight = parameters[at + o * n_in + i]
            for row in range(ROWS):
                values[layer, o, row] += weight * values[layer - 1, i, row]
        if layer < len(net.widths) - 1:
            activate(activation, net, layer, o)


@part
def softmax(scores: Floats, n_out: int) -> None:
    """Scores (n_out, ROWS) become shares, in place; the largest score is e^0, so nothing overflows."""
    for row in range(ROWS):
        largest, total = scores[0, row], 0.0
        for o in range(1, n_out):
            largest = scores[o, row] if scores[o, row] > largest else largest
        for o in range(n_out):
            scores[o, row] = exp(scores[o, row] - largest)
            total += scores[o, row]
        for o in range(n_out):
            scores[o, row] /= total


@part
def loss_slope(net: Net, classes: bool, targets: Floats, rows: Integers, n_batch: int) -> None:
    """Slope of the mean loss of a batch of ``n_batch`` rows for each output; 0 where there is no row.

    ``targets`` (n_rows, n_out) of all rows; ``rows`` are the ones at work, at most 16 of the batch.
    Cross-entropy after a softmax: share − target. Squared error: 2 · (answer − target).
    """
    n_out, last = targets.shape[1], len(net.widths) - 1
    outputs, slopes = net.values[last], net.slopes[last]  # (widest, ROWS)
    factor = 2.0 / n_batch
    if classes:
        softmax(outputs, n_out)
        factor = 1.0 / n_batch
    for o in range(n_out):
        for row in range(len(rows)):
            slopes[o, row] = factor * (outputs[o, row] - targets[rows[row], o])
        for row in range(len(rows), ROWS):
            slopes[o, row] = 0.0


@part
def backward(net: Net, layer: int, parameters: Floats, at: int, gradient: Floats) -> None:
    """One layer, whose parameters begin ``at``: its part of the gradient, then the slopes below."""
    n_in, n_out = net.widths[layer - 1], net.widths[layer]
    for o in range(n_out):
        total = 0.0
        for row in range(ROWS):
            total += net.slopes[layer, o, row]
        gradient[at + n_out * n_in + o] += total
        for i in range(n_in):
            total = 0.0
            for row in range(ROWS):
                total += net.slopes[layer, o, row] * net.values[layer - 1, i, row]
            gradient[at + o * n_in + i] += total
    if layer == 1:
        return  # nobody asks how the loss changes with the inputs
    arriving = np.empty(ROWS)
    for i in range(n_in):
        for row in range(ROWS):
            arriving[row] = 0.0
        for o in range(n_out):
            weight = parameters[at + o * n_in + i]
            for row in range(ROWS):
                arriving[row] += weight * net.slopes[layer, o, row]
        for row in range(ROWS):
            net.slopes[layer - 1, i, row] *= arriving[row]


@part
def add_gradient(
    net: Net, recipe: Recipe, parameters: Floats, inputs: Floats, targets: Floats, batch: Integers,
    state: np.uint64, gradient: Floats,
) -> None:  # fmt: skip
    """Adds the slopes of the mean loss over the rows of ``batch`` to ``gradient`` (n_parameters,)."""
    n_layers = len(net.widths)
    for first in range(0, len(batch), ROWS):
        rows = batch[first : first + ROWS]
        read(net, inputs, rows)
        at = 0
        for layer in range(1, n_layers):
            forward(net, layer, parameters, at, recipe.activation)
            at += net.widths[layer] * (net.widths[layer - 1] + 1)
            if recipe.dropout > 0 and layer < n_layers - 1:
                drop(net, layer, recipe.dropout, state, first)
        loss_slope(net, recipe.classes, targets, rows, len(batch))
        for layer in range(n_layers - 1, 0, -1):
            at -= net.widths[layer] * (net.widths[layer - 1] + 1)
            backward(net, layer, parameters, at, gradient)


# -- what Python calls


@entry
def take_steps(
    recipe: Recipe, net: Net, parameters: Floats, memory: Floats, inputs: Floats, targets: Floats,
    rates: Floats, first_step: int, n_steps: int,
) -> bool:  # fmt: skip
    """``n_steps`` steps of training from ``first_step`` on, in place; False if an epoch ended blown up.

    ``parameters`` (n_parameters,), ``memory`` (2, n_parameters), ``inputs`` (n_rows, n_inputs), ``targets``
    (n_rows, n_out), ``rates`` (n_epochs,).
    """
    n_rows = len(inputs)
    per_epoch = (n_rows + recipe.batch_size - 1) // recipe.batch_size
    gradient = np.empty(len(parameters))
    order = shuffled(recipe.seed, first_step // per_epoch, n_rows)
    for step in range(first_step, first_step + n_steps):
        epoch, turn = step // per_epoch, step % per_epoch
        if turn == 0:
            order = shuffled(recipe.seed, epoch, n_rows)
        for k in range(len(parameters)):
            gradient[k] = 0.0
        batch = order[turn * recipe.batch_size : (turn + 1) * recipe.batch_size]
        state = state_of(recipe.seed, DROPS, step)
        add_gradient(net, recipe, parameters, inputs, targets, batch, state, gradient)
        add_penalty(net.widths, recipe.l1, recipe.l2, parameters, gradient)
        update(recipe.optimiser, parameters, gradient, memory, rates[epoch], step)
        if turn == per_epoch - 1 and not holds(parameters):
            return False
    return True


@entry
def slopes_of_loss(
    recipe: Recipe, net: Net, parameters: Floats, inputs: Floats, targets: Floats, rows: Integers
) -> Floats:
    """(n_parameters,): how the mean loss over ``rows``, with its penalty, changes with each parameter."""
    gradient = np.zeros(len(parameters))
    add_gradient(net, recipe, parameters, inputs, targets, rows, np.uint64(0), gradient)
    add_penalty(net.widths, recipe.l1, recipe.l2, parameters, gradient)
    return gradient


@entry
def answer(
    net: Net, activation: int, parameters: Floats, inputs: Floats, rows: Integers, first_layer: int,
    said: Floats,
) -> None:  # fmt: skip
    """What the neurons from ``first_layer`` on say for ``rows``, into ``said`` (n_neurons, n_rows).

    The hidden ones have the ``activation`` of that number; of the last layer these are sums, not yet shares.
    """
    for first in range(0, len(rows), ROWS):
        batch = rows[first : first + ROWS]
        read(net, inputs, batch)
        at, above = 0, 0
        for layer in range(1, len(net.widths)):
            forward(net, layer, parameters, at, activation)
            at += net.widths[layer] * (net.widths[layer - 1] + 1)
            if layer >= first_layer:
                for o in range(net.widths[layer]):
                    for row in range(len(batch)):
                        said[above + o, first + row] = net.values[layer, o, row]
                above += net.widths[layer]
