"""Our own engine: trains the network of a plan and keeps snapshots; its loops stand in `_kernels`.

Importing this module loads no numba; the first training of a process does (`compile.kernels`).
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from dl_core.jobs import GoOn
from dl_core.mlp import compile as machine_code
from dl_core.mlp._dataset import Floats, Task
from dl_core.mlp._run import (
    Floats32,
    Integers,
    Pile,
    Run,
    Stopped,
    Targets,
    net_of,
    recipe_of,
    said_by,
)
from dl_core.mlp.plan import Plan, widths
from dl_core.softmax_regression import softmax

__all__ = [
    "Stopped",
    "Task",
    "Training",
    "epoch_order",
    "gradient",
    "layers",
    "mean_loss",
    "outputs",
    "train",
]


@dataclass(frozen=True, eq=False)
class Training:
    """What became of a plan; every number is finite, and no array can be written."""

    plan: Plan
    n_inputs: int  # numbers per row
    n_outputs: int  # one per class, or 1 for a value
    task: Task
    epochs: Integers  # (n_snapshots,) after how many epochs each was taken: 0 first, the end last
    parameters: (
        Floats32  # (n_snapshots, n_parameters) per layer its weights (n_out, n_in), then its biases (n_out)
    )
    train_loss: Floats  # (n_snapshots,) mean over the training rows, without penalty and without dropout
    test_loss: Floats  # (n_snapshots,) mean over the test rows
    diverged: bool  # it blew up; the last snapshot is from before that
    stopped: Stopped  # why it ended
    seconds: float  # from call to return

    @property
    def layers(self) -> tuple[int, ...]:
        """Numbers in each layer, inputs and outputs included."""
        return widths(self.plan, self.n_inputs, self.n_outputs)


def train(
    plan: Plan,
    train_inputs: Floats,
    train_targets: Targets,
    test_inputs: Floats,
    test_targets: Targets,
    task: Task,
    n_outputs: int,
    *,
    n_snapshots: int = 50,
    go_on: GoOn | None = None,
) -> Training:
    """Train the network of a plan from its start to its end.

    Parameters
    ----------
    train_inputs, test_inputs
        (n, n_inputs) and (m, n_inputs), columns on one scale: no number beyond ±10,000.
    train_targets, test_targets
        (n,) and (m,): classes 0 to n_outputs − 1, or values to be guessed.
    n_outputs
        2 to 5 for classes (softmax and mean cross-entropy), 1 for a regression (mean squared error).
    n_snapshots
        2 or more. How many to keep at most, the start and the end included.
    go_on
        Asked every 25 ms or so, with the share that is done, 0 to 1; False ends the training with the epoch.

    Raises
    ------
    ValueError
        If rows and targets do not fit together, or a number is missing or too large.

    Notes
    -----
    Same plan and same data: the same bits, on one machine. `epoch_order` says in which order rows come.

    Examples
    --------
    >>> halves = np.array([[-1.0], [-0.5], [0.5], [1.0]]), np.array([0, 0, 1, 1])
    >>> trained = train(Plan(hidden=(), learning_rate=1.0, n_epochs=100), *halves, *halves, "classes", 2)
    >>> outputs(trained, np.array([[-0.8], [0.8]])).round(1).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    began = perf_counter()
    if n_snapshots < 2:
        raise ValueError(f"{n_snapshots} snapshots: keep 2 or more, the start and the end.")
    piles = [
        Pile(train_inputs, train_targets, task, n_outputs),
        Pile(test_inputs, test_targets, task, n_outputs),
    ]
    if piles[0].inputs.shape[1] != piles[1].inputs.shape[1]:
        raise ValueError("The training rows and the test rows have different columns.")
    run = Run(plan, piles[0], piles[1])
    stopped = run.go(n_snapshots, go_on)
    epochs, parameters, train_loss, test_loss = (np.array(one) for one in zip(*run.snapshots, strict=True))
    for array in (epochs, parameters, train_loss, test_loss):
        array.setflags(write=False)
    return Training(
        plan, piles[0].inputs.shape[1], n_outputs, task, epochs, parameters, train_loss, test_loss,
        stopped == "diverged", stopped, perf_counter() - began,
    )  # fmt: skip


def outputs(training: Training, inputs: Floats, snapshot: int = -1) -> Floats:
    """What a trained network answers.

    Parameters
    ----------
    inputs
        (n, n_inputs), on the scale of the training rows.
    snapshot
        Which one, from 0; −1 is the last.

    Returns
    -------
    Floats
        (n, n_outputs): shares of the classes that add up to 1, or values.
    """
    return layers(training, inputs, snapshot, first=len(training.layers) - 1)[0]


def layers(training: Training, inputs: Floats, snapshot: int = -1, *, first: int = 1) -> tuple[Floats, ...]:
    """What every neuron says, for the pictures inside neurons.

    Parameters
    ----------
    inputs
        (n, n_inputs), on the scale of the training rows.
    snapshot
        Which one, from 0; −1 is the last.
    first
        The first layer to tell of: 1 for the first hidden one, or the outputs where there is none.

    Returns
    -------
    tuple
        One array (n, width) for each layer; the last holds the outputs.
    """
    rows = np.array(inputs, dtype=np.float64, order="C")
    parameters = training.parameters[snapshot].astype(np.float64)
    said = said_by(training.plan, training.layers, parameters, rows, first)  # (n_neurons, n)
    ends = np.cumsum(training.layers[first:])[:-1]
    told = [np.ascontiguousarray(one.T) for one in np.split(said, ends)]
    if training.task == "classes":
        told[-1] = softmax(told[-1])
    return tuple(told)


def mean_loss(
    plan: Plan, parameters: Floats, inputs: Floats, targets: Targets, task: Task, n_outputs: int = 1
) -> float:
    """The mean loss of any ``parameters``, without penalty and without dropout.

    Parameters
    ----------
    parameters
        (n_parameters,) in a snapshot's order.
    inputs, targets
        (n, n_inputs) and (n,), as `train` takes them.
    n_outputs
        One per class, 1 for a regression.

    Examples
    --------
    >>> plan = Plan(hidden=())
    >>> row, target = np.array([[3.0]]), np.array([5.0])
    >>> mean_loss(plan, np.array([2.0, 1.0]), row, target, "regression")  # (2 · 3 + 1 − 5)²
    4.0
    """
    pile = Pile(inputs, targets, task, n_outputs)
    shape = widths(plan, pile.inputs.shape[1], n_outputs)
    return pile.loss(
        said_by(plan, shape, np.array(parameters, dtype=np.float64), pile.inputs, len(shape) - 1)
    )


def gradient(
    plan: Plan, parameters: Floats, inputs: Floats, targets: Targets, task: Task, n_outputs: int = 1
) -> Floats:
    """How loss and penalty change with each parameter, over all rows at once and without dropout.

    Parameters
    ----------
    parameters
        (n_parameters,) in a snapshot's order.
    inputs, targets
        (n, n_inputs) and (n,), as `train` takes them.
    n_outputs
        One per class, 1 for a regression.

    Returns
    -------
    Floats
        (n_parameters,).

    Examples
    --------
    >>> plan = Plan(hidden=())
    >>> row, target = np.array([[3.0]]), np.array([5.0])
    >>> gradient(plan, np.array([2.0, 1.0]), row, target, "regression").tolist()  # 2 · 2 · 3 and 2 · 2
    [12.0, 4.0]
    """
    loops = machine_code.kernels()
    pile = Pile(inputs, targets, task, n_outputs)
    n_rows, n_inputs = pile.inputs.shape
    recipe = recipe_of(loops, plan, task, n_rows)._replace(dropout=0.0)
    net = net_of(loops, widths(plan, n_inputs, n_outputs))
    own = np.array(parameters, dtype=np.float64)
    slopes: Floats = loops.slopes_of_loss(recipe, net, own, pile.inputs, pile.targets, np.arange(n_rows))
    return slopes


def epoch_order(plan: Plan, n_rows: int, epoch: int) -> Integers:
    """The order in which an epoch takes the training rows; each mini-batch is the next piece of it.

    Parameters
    ----------
    n_rows
        Training rows.
    epoch
        From 0.

    Returns
    -------
    Integers
        (n_rows,) row numbers.

    Examples
    --------
    >>> sorted(epoch_order(Plan(), 5, epoch=0).tolist())
    [0, 1, 2, 3, 4]
    """
    order: Integers = machine_code.kernels().shuffled(int(plan.seed), epoch, n_rows)
    return order
