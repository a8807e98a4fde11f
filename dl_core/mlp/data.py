"""What the network builder learns from: ten ready-made sets, dealt into a training and a test pile."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np

from dl_core.mlp._business import late_parcels, returned_orders
from dl_core.mlp._dataset import DataSet, Floats, Labels, Task
from dl_core.mlp._plane import hill, on_a_plane
from dl_core.mlp._real import flowers, grapes

__all__ = ["KINDS", "MEASURED", "DataSet", "Dealt", "Kind", "Settings", "Task", "deal", "make"]

Kind = Literal["circle", "xor", "moons", "spiral", "blobs", "surface", "returns", "delivery", "iris", "wine"]

KINDS: tuple[Kind, ...] = get_args(Kind)
MEASURED: tuple[Kind, ...] = ("iris", "wine")  # real: neither made nor made noisier here
FURTHEST = 100.0  # spreads from the mean; no row of a training pile of 5,000 can lie beyond 71


@dataclass(frozen=True)
class Settings:
    """Which data, how much of it, and how it is dealt."""

    kind: Kind = "circle"
    n: int = 250  # rows to make, 30 to 2,000; the real sets always have all theirs
    noise: float = 0.1  # 0 (tidy) to 1 (little left to learn); the real sets stay as measured
    test_share: float = 0.3  # kept back from training, 0.1 to 0.9
    seed: int = 0  # the same seed makes the same rows and deals the same piles

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f'No data set is called "{self.kind}": choose one of {", ".join(KINDS)}.')
        if not 30 <= self.n <= 2000:
            raise ValueError(f"{self.n} rows: choose 30 to 2,000.")
        if not 0 <= self.noise <= 1:
            raise ValueError(f"A noise of {self.noise}: choose 0 (none) to 1 (little left to learn).")
        check_dealing(self.test_share, self.seed)


def check_dealing(test_share: float, seed: int) -> None:
    """Refuse a split that no reader can want.

    Parameters
    ----------
    test_share
        Share of the rows kept for the test, 0.1 to 0.9.
    seed
        0 or more.

    Raises
    ------
    ValueError
        "A seed of -1: choose 0 or more."
    """
    if not 0.1 <= test_share <= 0.9:
        raise ValueError(f"A test pile of {test_share:.0%} of the rows: choose 10 % to 90 %.")
    if seed < 0:
        raise ValueError(f"A seed of {seed}: choose 0 or more.")


@dataclass(frozen=True)
class Dealt:
    """A data set in two piles, and what it takes to put its columns on one scale."""

    data: DataSet
    train: Labels  # (n_train,) row numbers in the data, ascending
    test: Labels  # (n_test,) row numbers in the data, ascending; none is in both piles
    mean: Floats  # (d,) of the training pile's columns, in their own units
    spread: Floats  # (d,) their standard deviation, above 0
    target_mean: float = 0.0  # of the training pile's values, in the target's unit; 0 for classes
    target_spread: float = 1.0  # their standard deviation, above 0; 1 for classes

    def scaled(self, inputs: Floats) -> Floats:
        """Rows (n, d) in real units as the network reads them: mean 0 and spread 1 on the training pile."""
        rows: Floats = np.clip((inputs - self.mean) / self.spread, -FURTHEST, FURTHEST)
        return rows

    @cached_property
    def inputs(self) -> Floats:
        """(n, d): all rows as the network reads them."""
        return self.scaled(self.data.inputs)

    @cached_property
    def targets(self) -> Labels | Floats:
        """(n,): what the network is asked for: class numbers, or values on the columns' scale."""
        if self.data.task == "classes":
            return self.data.targets
        values: Floats = (self.data.targets.astype(np.float64) - self.target_mean) / self.target_spread
        return values.clip(-FURTHEST, FURTHEST)

    @property
    def n_inputs(self) -> int:
        """Numbers per row."""
        return len(self.data.columns)

    @property
    def n_outputs(self) -> int:
        """One neuron per class, or one for the value."""
        return len(self.data.classes) or 1

    @cached_property
    def commonest(self) -> int:
        """Number of the class that most training rows have, the first of equals; only where there are any."""
        return int(np.bincount(self.data.targets[self.train].astype(np.int64)).argmax())

    def in_units(self, values: Floats) -> Floats:
        """Values (n,) as the network gives them, in the target's own unit."""
        return values * self.target_spread + self.target_mean


def make(settings: Settings) -> Dealt:
    """The chosen data, dealt into two piles.

    Parameters
    ----------
    settings
        Which set, how many rows, how noisy, how dealt.

    Examples
    --------
    >>> dealt = make(Settings("moons", n=100, test_share=0.3))
    >>> dealt.data.inputs.shape, len(dealt.train), len(dealt.test)
    ((100, 2), 70, 30)
    """
    rng = np.random.default_rng([settings.seed, KINDS.index(settings.kind)])
    return deal(_made(settings, rng), settings.test_share, settings.seed)


def _made(settings: Settings, rng: np.random.Generator) -> DataSet:
    kind, n, noise = settings.kind, settings.n, settings.noise
    if kind == "surface":
        return hill(n, noise, rng)
    if kind == "returns":
        return returned_orders(n, noise, rng)
    if kind == "delivery":
        return late_parcels(n, noise, rng)
    if kind == "iris":
        return flowers()
    if kind == "wine":
        return grapes()
    return on_a_plane(kind, n, noise, rng)


def deal(data: DataSet, test_share: float, seed: int) -> Dealt:
    """Any data set in two piles; of each class the same share is kept back.

    Parameters
    ----------
    data
        At least 2 rows.
    test_share
        Share of the rows kept back, above 0 and below 1; of a class with 2 rows or more each pile gets one.
    seed
        The same seed deals the same piles.

    Raises
    ------
    ValueError
        "A test pile of 100% of the rows: ..."

    Examples
    --------
    >>> inputs, labels = np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([0, 0, 1, 1])
    >>> toy = DataSet("toy", "classes", inputs, labels, ("low", "high"), ("size",), "", "Made up.")
    >>> sorted(labels[deal(toy, 0.5, seed=0).test].tolist())
    [0, 1]
    """
    if not 0 < test_share < 1 or len(data.targets) < 2:
        raise ValueError(f"A test pile of {test_share:.0%} of the rows: leave some rows for each pile.")
    # a second stream, so that a new split does not also draw new rows, and the other way round
    train, test = _two_piles(data, test_share, np.random.default_rng([seed, 1_000]))
    learned = data.inputs[train]
    mean, spread = learned.mean(axis=0), _above_zero(learned)
    if data.task == "classes":
        return Dealt(data, train, test, mean, spread)
    values = data.targets[train].astype(np.float64)[:, None]
    return Dealt(data, train, test, mean, spread, float(values.mean()), float(_above_zero(values)[0]))


def _two_piles(data: DataSet, test_share: float, rng: np.random.Generator) -> tuple[Labels, Labels]:
    """Row numbers for training and for the test, each ascending."""
    labels = data.targets if data.task == "classes" else np.zeros(len(data.targets), dtype=np.int64)
    train, test = [], []
    for label in np.unique(labels):
        mine = rng.permutation(np.flatnonzero(labels == label))
        n_test = min(max(round(test_share * len(mine)), 1), len(mine) - 1)  # a class of one row is trained on
        test.append(mine[:n_test])
        train.append(mine[n_test:])
    return np.sort(np.concatenate(train)), np.sort(np.concatenate(test))


def _above_zero(rows: Floats) -> Floats:
    """(d,) standard deviation of each column of ``rows`` (n, d); 1 where a column does not vary."""
    spread, size = rows.std(axis=0), np.abs(rows).max(axis=0)
    return np.where(spread > 1e-12 * size, spread, 1.0)
