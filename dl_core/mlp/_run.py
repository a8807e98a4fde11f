"""A training on its way: rows and targets as the loops want them, steps in portions, snapshots in between."""

from __future__ import annotations

import math
from time import perf_counter
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dl_core.jobs import GoOn
from dl_core.mlp import compile as machine_code
from dl_core.mlp._dataset import FEWEST_CLASSES, MOST_CLASSES, Floats, Task
from dl_core.mlp.plan import (
    ACTIVATIONS,
    OPTIMISERS,
    Plan,
    first_parameters,
    learning_rates,
    snapshot_epochs,
    widths,
)

Stopped = Literal["end", "patience", "reader", "diverged"]
Floats32 = NDArray[np.float32]
Integers = NDArray[np.int64]
Targets = Integers | Floats

LARGEST = 1e4  # input or target; columns on one scale stay far below
LIMIT = 1e12  # a loss beyond it has blown up, as a parameter has in `_update`
BETWEEN_QUESTIONS = 0.025  # seconds of training before go_on is asked again, about


class Pile:
    """Rows and targets as the loops want them: own copies, 1 for the true class and 0 for the others."""

    def __init__(self, inputs: Floats, targets: Targets, task: Task, n_outputs: int) -> None:
        self.task = task
        self.inputs = np.array(inputs, dtype=np.float64, order="C")
        given = np.asarray(targets)
        if self.inputs.ndim != 2 or given.shape != self.inputs.shape[:1] or not self.inputs.size:
            raise ValueError(
                f"{given.shape} targets do not fit {self.inputs.shape} inputs: give one for each row."
            )
        if task == "classes":
            if not FEWEST_CLASSES <= n_outputs <= MOST_CLASSES:
                raise ValueError(
                    f"{n_outputs} classes: {FEWEST_CLASSES} to {MOST_CLASSES} can be told apart here."
                )
            if given.dtype.kind not in "iu" or given.min() < 0 or given.max() >= n_outputs:
                raise ValueError(f"The classes must be whole numbers from 0 to {n_outputs - 1}.")
            self.targets = np.eye(n_outputs)[given]  # (n, n_outputs)
        else:
            if n_outputs != 1:
                raise ValueError(f"{n_outputs} outputs: a regression guesses one value.")
            self.targets = np.array(given, dtype=np.float64)[:, None]
        if not (np.abs(self.inputs).max() <= LARGEST and np.abs(self.targets).max() <= LARGEST):
            raise ValueError(
                "A number is missing or beyond 10,000: fill the gaps and bring the columns to one scale."
            )

    def loss(self, scores: Floats) -> float:
        """The mean loss of these ``scores`` (n_outputs, n)."""
        if self.task == "regression":
            return float(np.square(scores[0] - self.targets[:, 0]).mean())
        logits = scores - scores.max(axis=0)
        return float((np.log(np.exp(logits).sum(axis=0)) - (logits * self.targets.T).sum(axis=0)).mean())


def recipe_of(loops: Any, plan: Plan, task: Task, n_rows: int) -> Any:
    """The plan in numbers for ``n_rows`` rows, each of the kind that the loops were compiled for."""
    return loops.Recipe(
        task == "classes", ACTIVATIONS.index(plan.activation), OPTIMISERS.index(plan.optimiser),
        min(int(plan.batch_size) or n_rows, n_rows), float(plan.l1), float(plan.l2),
        float(plan.dropout), int(plan.seed),
    )  # fmt: skip


def net_of(loops: Any, layers: tuple[int, ...]) -> Any:
    """Room for the numbers in these ``layers``, on whole lines of the processor's memory (64 bytes)."""
    shape = (2, len(layers), max(layers), loops.ROWS)
    room = np.zeros(math.prod(shape) + 8)
    first = -room.ctypes.data // 8 % 8
    values, slopes = room[first : first + math.prod(shape)].reshape(shape)
    return loops.Net(np.array(layers, dtype=np.int64), values, slopes)


def said_by(
    plan: Plan, layers: tuple[int, ...], parameters: Floats, inputs: Floats, first_layer: int
) -> Floats:
    """(n_neurons, n): what the neurons of ``layers`` say, from ``first_layer`` on.

    In the last layer these are sums, not shares. ``parameters`` (n_parameters,), ``inputs`` (n, n_inputs).
    """
    loops = machine_code.kernels()
    said = np.empty((sum(layers[first_layer:]), len(inputs)))
    rows = np.arange(len(inputs))
    kind = ACTIVATIONS.index(plan.activation)
    loops.answer(net_of(loops, layers), kind, parameters, inputs, rows, first_layer, said)
    return said


class Run:
    """A training on its way."""

    def __init__(self, plan: Plan, training: Pile, test: Pile) -> None:
        self.plan, self.training, self.test = plan, training, test
        n_rows, n_inputs = training.inputs.shape
        n_outputs = training.targets.shape[1]
        self.layers = widths(plan, n_inputs, n_outputs)
        self.loops = machine_code.kernels()
        self.recipe = recipe_of(self.loops, plan, training.task, n_rows)
        self.net = net_of(self.loops, self.layers)
        self.parameters = first_parameters(plan, n_inputs, n_outputs)
        self.memory = np.zeros((2, len(self.parameters)))  # of momentum and Adam
        self.rates = np.array(learning_rates(plan))
        self.per_epoch = -(-n_rows // self.recipe.batch_size)  # steps
        self.step = 0
        self.chunk = 8  # steps before go_on is asked; it follows the time they take
        self.snapshots: list[tuple[int, Floats32, float, float]] = []

    def go(self, n_snapshots: int, go_on: GoOn | None) -> Stopped:
        """Train until something ends it, with ``n_snapshots`` kept on the way, and say what ended it."""
        kept = snapshot_epochs(self.plan.n_epochs, n_snapshots)
        best, best_epoch = np.inf, 0
        self.keep()
        for epoch in range(1, self.plan.n_epochs + 1) if self.plan.patience else kept[1:]:
            asked_to_end, good = self.until(epoch, go_on)
            if not good:
                return "diverged"
            reached = self.step // self.per_epoch
            stopped: Stopped | None = None
            if asked_to_end:
                stopped = "reader"
            elif self.plan.patience:
                loss = self.loss(self.test)
                best, best_epoch = (loss, reached) if loss < best else (best, best_epoch)
                stopped = "patience" if reached - best_epoch >= self.plan.patience else None
            if (stopped or reached in kept) and not self.keep():
                return "diverged"
            if stopped and reached < self.plan.n_epochs:
                return stopped
        return "end"

    def until(self, epoch: int, go_on: GoOn | None) -> tuple[bool, bool]:
        """Train to the end of an epoch: whether somebody wants it to end here, and whether all is finite."""
        goal, total = epoch * self.per_epoch, self.plan.n_epochs * self.per_epoch
        while self.step < goal:
            if not self.take(min(self.chunk, goal - self.step) if go_on else goal - self.step):
                return False, False
            if go_on and self.step < total and not go_on(self.step / total):
                return True, self.take(-self.step % self.per_epoch)  # snapshots are of whole epochs
        return False, True

    def take(self, n_steps: int) -> bool:
        """``n_steps`` steps; whether the parameters are still finite."""
        began = perf_counter()
        good: bool = self.loops.take_steps(
            self.recipe, self.net, self.parameters, self.memory, self.training.inputs, self.training.targets,
            self.rates, self.step, n_steps,
        )  # fmt: skip
        self.step += n_steps
        pace = (perf_counter() - began) / max(n_steps, 1)
        self.chunk = max(min(int(BETWEEN_QUESTIONS / max(pace, 1e-9)), 8 * self.chunk), 1)
        return good

    def loss(self, pile: Pile) -> float:
        """The mean loss over a pile."""
        return pile.loss(said_by(self.plan, self.layers, self.parameters, pile.inputs, len(self.layers) - 1))

    def keep(self) -> bool:
        """Keep a snapshot, unless its losses have blown up; whether they have not."""
        train_loss, test_loss = self.loss(self.training), self.loss(self.test)
        if self.snapshots and not (train_loss <= LIMIT and test_loss <= LIMIT):
            return False
        reached = self.step // self.per_epoch
        self.snapshots.append((reached, self.parameters.astype(np.float32), train_loss, test_loss))
        return True
