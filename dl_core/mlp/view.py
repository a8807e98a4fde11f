"""What a browser needs to draw a training without the server: its network at some moments, and the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dl_core.mlp.data import Dealt, Task
from dl_core.mlp.engine import Training
from dl_core.mlp.plan import Activation, n_parameters
from dl_core.numbers_in_words import listed, so_many

__all__ = ["LARGEST", "MOST_ROWS", "NetworkView"]

LARGEST = 400_000  # bytes that a view may weigh, as a film's
ABOUT = 40_000  # of them kept for the words: names, captions, losses
MOST_ROWS = 2_000  # rows that are drawn; more would cover one another
STEPS = 32_767  # a 16-bit number counts from −32,767 to 32,767
PADDING = 0.06  # of a column's range, left free on both sides

Int16s = NDArray[np.int16]
Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class NetworkView:
    """A training to be looked at, in numbers short enough to travel."""

    layers: tuple[int, ...]  # numbers in each layer, inputs and outputs included
    activation: Activation
    task: Task
    classes: tuple[str, ...]  # empty for a regression
    columns: tuple[str, ...]  # names of the inputs, with units where there are any
    target: tuple[str, float, float]  # unit, mean and spread of the values; ("", 0, 1) for classes
    axes: tuple[int, int]  # places of the two columns that are drawn, across and up
    mean: Floats  # (d,) of the columns, in their own units
    spread: Floats  # (d,) their standard deviation: real = mean + spread · scaled
    ranges: Floats  # (d, 2) from where to where each column is drawn, scaled
    epochs: Integers  # (n_frames,) after how many epochs
    captions: tuple[str, ...]  # one sentence for each frame
    train_loss: Floats  # (n_frames,) mean loss of the training rows
    test_loss: Floats  # (n_frames,) mean loss of the test rows
    scales: Floats  # (n_frames,) parameter = short number · scale of its frame
    parameters: Int16s  # (n_frames, n_parameters) in the engine's order
    steps: Floats  # (d,) input = short number · step of its column
    inputs: Int16s  # (n_rows, d) scaled inputs of the rows drawn
    targets: Integers | Floats  # (n_rows,) classes, or values in their own unit
    is_test: Flags  # (n_rows,) kept back from training
    rows: Integers  # (n_rows,) their numbers in the data, from 0
    n_all: int  # rows in the data; more than n_rows where only some are drawn
    summary: str  # one or two sentences for who cannot see the picture

    def __post_init__(self) -> None:
        if len(self.captions) != len(self.epochs):
            raise ValueError(f"{len(self.captions)} captions for {len(self.epochs)} frames: give each one.")
        across, up = self.axes
        if across == up or not 0 <= min(self.axes) <= max(self.axes) < len(self.columns):
            raise ValueError(f"Axes {self.axes}: choose two different columns, 0 to {len(self.columns) - 1}.")

    @classmethod
    def of(
        cls, training: Training, dealt: Dealt, captions: Sequence[str], axes: tuple[int, int] = (0, 1)
    ) -> NetworkView:
        """The view of a training on its data.

        Parameters
        ----------
        training
            What the engine gave.
        dealt
            The data it was trained on, with two columns or more.
        captions
            One sentence for each snapshot.
        axes
            Places of two different columns: the one drawn across, the one drawn up.

        Raises
        ------
        ValueError
            If there is not one caption for each snapshot, or an axis is no column.
        """
        if len(captions) != len(training.epochs):
            raise ValueError(f"{len(captions)} captions for {len(training.epochs)} snapshots: give each one.")
        rows = _spaced(len(dealt.inputs), MOST_ROWS)
        inputs, steps = _short(dealt.inputs[rows].T)
        weight = len(rows) * (2 * len(steps) + 9)  # bytes of the rows
        room = (LARGEST - ABOUT - weight) // (2 * n_parameters(training.layers))
        frames = _spaced(len(training.epochs), max(int(room), 2))
        parameters, scales = _short(training.parameters[frames].astype(np.float64))
        test = np.zeros(len(dealt.inputs), dtype=np.bool_)
        test[dealt.test] = True
        return cls(
            training.layers, training.plan.activation, training.task, dealt.data.classes, dealt.data.columns,
            (dealt.data.unit, dealt.target_mean, dealt.target_spread), axes, dealt.mean, dealt.spread,
            _ranges(dealt.inputs), training.epochs[frames], tuple(captions[i] for i in frames),
            training.train_loss[frames], training.test_loss[frames], scales, parameters, steps, inputs.T,
            dealt.data.targets[rows], test[rows], rows, len(dealt.inputs), _summary(training, dealt),
        )  # fmt: skip

    @cached_property
    def header(self) -> dict[str, Any]:
        """All but the long lists of numbers, as JSON knows it."""
        unit, target_mean, target_spread = self.target
        return {
            "layers": self.layers,
            "activation": self.activation,
            "task": self.task,
            "classes": self.classes,
            "columns": self.columns,
            "unit": unit,
            "target_mean": target_mean,
            "target_spread": target_spread,
            "axes": self.axes,
            "mean": _figures(self.mean),
            "spread": _figures(self.spread),
            "ranges": [_figures(pair) for pair in self.ranges],
            "epochs": self.epochs.tolist(),
            "captions": self.captions,
            "train_loss": _figures(self.train_loss),
            "test_loss": _figures(self.test_loss),
            "scales": self.scales.tolist(),
            "steps": self.steps.tolist(),
            "n_rows": len(self.rows),
            "n_all": self.n_all,
            "summary": self.summary,
        }

    @cached_property
    def payload(self) -> bytes:
        """The long lists one behind the other, the low byte first: what `header` counts.

        Parameters frame by frame and inputs column by column, both int16; targets, uint8 or float32; 1 for a
        test row, uint8; row numbers, uint32.
        """
        targets = "u1" if self.task == "classes" else "<f4"
        parts = (
            self.parameters.astype("<i2"),
            self.inputs.T.astype("<i2"),
            self.targets.astype(targets),
            self.is_test.astype("u1"),
            self.rows.astype("<u4"),
        )
        return b"".join(part.tobytes() for part in parts)


def _spaced(n: int, most: int) -> Integers:
    """Places 0 to n − 1, or ``most`` of them: evenly, always the first and the last."""
    if n <= most:
        return np.arange(n)
    return np.round(np.linspace(0, n - 1, most)).astype(np.int64)


def _short(rows: Floats) -> tuple[Int16s, Floats]:
    """Each row (n, k) in 16-bit numbers, and (n,) what one of its steps is worth."""
    furthest = np.abs(rows).max(axis=1)
    steps = np.where(furthest > 0, furthest, 1.0) / STEPS
    return np.round(rows / steps[:, None]).astype(np.int16), steps


def _ranges(inputs: Floats) -> Floats:
    """(d, 2) where each column of ``inputs`` (n, d) is drawn: all of it, with some air."""
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    air = np.where(high > low, PADDING * (high - low), 1.0)
    return np.column_stack([low - air, high + air])


def _figures(values: Floats) -> list[float]:
    """Numbers with the six figures that a picture can show."""
    return [float(f"{value:.6g}") for value in values]


def _summary(training: Training, dealt: Dealt) -> str:
    inside = training.layers[1:-1]
    hidden = "no hidden layer"
    if inside:
        hidden = f"{so_many(len(inside), 'hidden layer')} of {listed([str(n) for n in inside])} neurons"
    does = "answers with a value"
    if training.task == "classes":
        does = f"tells {listed(dealt.data.classes)} apart"
    return (
        f"A network with {training.n_inputs} inputs and {hidden}. "
        f"After {training.epochs[-1]:,} epochs it {does}. "
        f"Its loss is {training.train_loss[-1]:.2g} on the training rows "
        f"and {training.test_loss[-1]:.2g} on the test rows."
    )
