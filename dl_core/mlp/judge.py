"""How good a trained network is: scores on both piles, which rows it gets wrong, and a verdict in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.intervals import Share, share_of
from dl_core.mlp._dataset import Floats, Labels
from dl_core.mlp._meter import Meter, meter
from dl_core.mlp._remedy import Kind, Remedy
from dl_core.mlp._verdict import Measured, Verdict, verdict_on
from dl_core.mlp.data import Dealt
from dl_core.mlp.engine import Training, outputs
from dl_core.nearest_neighbours import NearestNeighbours

__all__ = [
    "Judgement",
    "Kind",
    "Measured",
    "Meter",
    "Remedy",
    "Score",
    "Verdict",
    "guess_of",
    "judge",
    "meter",
    "meter_of",
]

N_NEIGHBOURS = 5
MOST_ASKED = 500  # test rows that the neighbours are asked; more would only cost time


@dataclass(frozen=True)
class Score:
    """How well the rows of one pile are answered, and how well without a network."""

    n: int  # rows
    loss: float  # mean cross-entropy in nats, or mean squared error in units of the training pile's variance
    guess_loss: (
        float  # the same for one who only knows how often each class, or which mean, stands in training
    )
    right: Share | None  # answered rightly, with the 95 % interval; None for a regression
    guess_right: (
        float | None
    )  # share that always answering the commonest class gets right; None for a regression
    rmse: float | None  # typical error in the target's unit; None for classes
    guess_rmse: float | None  # the same for always answering the training pile's mean


@dataclass(frozen=True)
class Judgement:
    """Everything that is said about one network."""

    train: Score
    test: Score
    answers: (
        Labels | Floats
    )  # (n,) for every row of the data: number of the class, or the value in its own unit
    wrong: NDArray[
        np.bool_
    ]  # (n,) the class is wrong, or the value is off by more than twice the test's RMSE
    confusion: tuple[
        tuple[tuple[int, ...], ...], ...
    ]  # [true class][answered class]: test rows; () for values
    verdict: Verdict
    meter: Meter

    @property
    def wrong_test_rows(self) -> tuple[int, ...]:
        """Row numbers in the test pile that stand off the diagonal of the confusion matrix."""
        cells = [cell for i, row in enumerate(self.confusion) for j, cell in enumerate(row) if i != j]
        return tuple(sorted(number for cell in cells for number in cell))


def meter_of(training: Training) -> Meter:
    """What this network costs, and how long its training took."""
    return meter(training.n_inputs, training.plan.hidden, training.n_outputs, training.seconds)


def judge(training: Training, dealt: Dealt, snapshot: int = -1) -> Judgement:
    """Scores, wrong rows and a verdict for one network.

    Parameters
    ----------
    training
        What `train` gave for this data.
    dealt
        The data it was trained on.
    snapshot
        Which moment of the training; the last one if nothing is said.
    """
    given = _finite(outputs(training, dealt.inputs, snapshot))
    losses, guesses = _losses(given, dealt), _guess_losses(dealt)
    answers: Labels | Floats = given.argmax(axis=1)
    if dealt.data.task == "regression":
        answers = dealt.in_units(given[:, 0])
    train, test = (_score(answers, losses, guesses, dealt, pile) for pile in (dealt.train, dealt.test))
    commonest = "" if dealt.data.task == "regression" else dealt.data.classes[dealt.commonest]
    measured = Measured(
        training.plan, dealt.data.task, commonest, dealt.data.unit, train, test,
        neighbours=_neighbours(dealt), beyond_chance=_gap_beyond_chance(losses, dealt),
        still_falling=_still_falling(training, snapshot, float(guesses[dealt.train].mean())),
        diverged=training.diverged or not np.isfinite(training.parameters[snapshot]).all(),
    )  # fmt: skip
    wrong, confusion = _wrong(answers, dealt, test)
    return Judgement(train, test, answers, wrong, confusion, verdict_on(measured), meter_of(training))


def guess_of(dealt: Dealt, pile: Labels) -> float:
    """What always answering the training pile's commonest class, or its mean, gets.

    Parameters
    ----------
    pile
        (n,) row numbers in the data.

    Returns
    -------
    float
        Share of the pile that is right, or the typical error in the target's unit.

    Examples
    --------
    >>> from dl_core.mlp import data
    >>> dealt = data.make(data.Settings("moons", n=100))
    >>> guess_of(dealt, dealt.test)
    0.5
    """
    truth = dealt.data.targets[pile]
    if dealt.data.task == "classes":
        return float((truth == dealt.commonest).mean())
    return float(np.sqrt(np.mean((dealt.target_mean - truth) ** 2)))


def _finite(given: Floats) -> Floats:
    """Outputs (n, n_outputs) that can be compared; one that could not be calculated is a guess."""
    rows = given.reshape(len(given), -1)
    fallback = 0.0 if rows.shape[1] == 1 else 1 / rows.shape[1]
    return np.where(np.isfinite(rows).all(axis=1, keepdims=True) & (np.abs(rows) < 1e100), rows, fallback)


def _losses(given: Floats, dealt: Dealt) -> Floats:
    """(n,) what each row costs: cross-entropy in nats, or squared error in the training pile's variance."""
    if dealt.data.task == "regression":
        squares: Floats = (given[:, 0] - dealt.targets) ** 2
        return squares
    chosen = np.take_along_axis(given, dealt.data.targets[:, None].astype(np.int64), axis=1)[:, 0]
    costs: Floats = -np.log(np.maximum(chosen, 1e-300))
    return costs


def _guess_losses(dealt: Dealt) -> Floats:
    """(n,) what each row costs who only knows the training pile's shares, or its mean."""
    if dealt.data.task == "regression":
        return np.asarray(dealt.targets, dtype=np.float64) ** 2
    shares = np.bincount(dealt.data.targets[dealt.train], minlength=dealt.n_outputs) / len(dealt.train)
    costs: Floats = -np.log(shares)[dealt.data.targets]
    return costs


def _score(answers: Labels | Floats, losses: Floats, guesses: Floats, dealt: Dealt, pile: Labels) -> Score:
    truth, n = dealt.data.targets, len(pile)
    costs = n, float(losses[pile].mean()), float(guesses[pile].mean())
    if dealt.data.task == "regression":
        error = float(np.sqrt(np.mean((answers[pile] - truth[pile]) ** 2)))
        return Score(*costs, None, None, error, guess_of(dealt, pile))
    right = share_of(int((answers[pile] == truth[pile]).sum()), n)
    return Score(*costs, right, guess_of(dealt, pile), None, None)


def _wrong(
    answers: Labels | Floats, dealt: Dealt, test: Score
) -> tuple[NDArray[np.bool_], tuple[tuple[tuple[int, ...], ...], ...]]:
    """Which rows are wrong, and the test rows of each cell of the confusion matrix."""
    truth = dealt.data.targets
    if test.rmse is not None:
        return np.abs(answers - truth) > 2 * test.rmse, ()
    every = range(dealt.n_outputs)
    return answers != truth, tuple(
        tuple(
            tuple(dealt.test[(truth[dealt.test] == t) & (answers[dealt.test] == a)].tolist()) for a in every
        )
        for t in every
    )


def _neighbours(dealt: Dealt) -> float:
    """What the five nearest training rows get: share of the test pile right, or RMSE in the target's unit."""
    asked = dealt.test[:: -(-len(dealt.test) // MOST_ASKED)]
    k, classes = min(N_NEIGHBOURS, len(dealt.train)), dealt.data.task == "classes"
    targets = dealt.data.targets[dealt.train]
    labels = targets.astype(np.int64) if classes else np.zeros(len(targets), dtype=np.int64)
    votes = NearestNeighbours(dealt.inputs[dealt.train], labels, dealt.n_outputs, k).votes(
        dealt.inputs[asked]
    )
    truth = dealt.data.targets[asked]
    if classes:
        return float((votes.answers == truth).mean())
    return float(np.sqrt(np.mean((targets[votes.neighbours].mean(axis=1) - truth) ** 2)))


def _gap_beyond_chance(losses: Floats, dealt: Dealt) -> bool:
    """Whether unseen rows cost more than learned ones by over twice the standard error of that difference."""
    train, test = losses[dealt.train], losses[dealt.test]
    error = np.sqrt(train.var() / len(train) + test.var() / len(test))
    return bool(test.mean() - train.mean() > 2 * error)


def _still_falling(training: Training, snapshot: int, guess_loss: float) -> bool:
    """Whether the last tenth of the epochs until then still took 2 % of a guesser's loss away."""
    now = training.epochs[snapshot]
    before = np.searchsorted(training.epochs, 0.9 * now, side="right") - 1
    return bool(training.train_loss[before] - training.train_loss[snapshot] > 0.02 * guess_loss)
