"""A line fitted to real wines three ways: with all wines at each update, with a few, with one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from dl_core.numbers_in_words import two_figures
from dl_core.wine import load_wines

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Line = tuple[float, float]  # weight, bias

WAYS = ("full batch", "mini-batch", "one example")
BATCH_SIZES = (8, 16, 32, 64)
RATES = (0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 1.0)
MOST_RATE, MOST_EPOCHS, MOST_SEED = 1.0, 30, 999
START: Line = (0.0, 12.0)  # the first guess: 12 % for every wine
THROWN = 2  # a run is thrown out once it is this many times as far from the exact answer as the start
LIMIT = 1e6  # a thrown-out run stops here, long before its numbers overflow


@dataclass(frozen=True)
class Settings:
    """What the reader sets. All three runs share it.

    Raises
    ------
    ValueError
        If a value lies outside of what stands beside it.
    """

    learning_rate: float = 0.1  # above 0, at most 1
    batch_size: int = 32  # wines in a mini-batch: 8, 16, 32 or 64
    n_epochs: int = 5  # passes over all wines, 1 to 30
    seed: int = 0  # which order the wines come in, 0 to 999

    def __post_init__(self) -> None:
        if not 0 < self.learning_rate <= MOST_RATE:
            raise ValueError(
                f"A learning rate of {self.learning_rate:g} does not work here: "
                f"choose one above 0 and at most {MOST_RATE:g}."
            )
        if self.batch_size not in BATCH_SIZES:
            raise ValueError(f"A mini-batch of {self.batch_size} is not on offer: choose 8, 16, 32 or 64.")
        if not (1 <= self.n_epochs <= MOST_EPOCHS and self.n_epochs == int(self.n_epochs)):
            raise ValueError(f"{self.n_epochs} passes cannot be drawn: choose 1 to {MOST_EPOCHS}.")
        if not 0 <= self.seed <= MOST_SEED:
            raise ValueError(f"Order number {self.seed} does not exist: choose 0 to {MOST_SEED}.")


PRESETS = {
    "Few passes": Settings(),
    "Many passes": Settings(0.2, 32, 30),
    "Smaller steps": Settings(0.01, 32, 20),
}


@dataclass(frozen=True)
class Fit:
    """The task: guess a wine's alcohol from its proline, with one weight and one bias."""

    x: Floats  # (178,) proline in standard deviations from its mean, so mean 0 and variance 1
    y: Floats  # (178,) alcohol in percent by volume
    exact: Line  # the best line, by formula
    lowest_loss: float  # its loss

    def distance(self, weight: float, bias: float) -> float:
        """How far the line of this ``weight`` and ``bias`` is from the exact one, in percent of alcohol.

        >>> round(wine_fit().distance(*START), 2)
        1.13
        """
        return math.hypot(weight - self.exact[0], bias - self.exact[1])


@dataclass(frozen=True)
class Run:
    """One way of training, update by update."""

    way: str  # one of WAYS
    batch_size: int  # wines that each update looks at
    updates_per_pass: int
    path: Floats  # (n_updates + 1, 2) weight and bias, the start first
    distances: Floats  # (n_updates + 1,) from the exact line
    loss: float  # of the last line, over all wines
    thrown_at: int | None  # the first update that was ``THROWN`` times as far out as the start

    @property
    def n_updates(self) -> int:
        """How many updates the run made."""
        return len(self.path) - 1

    @property
    def away(self) -> float:
        """How far from the exact line it ended."""
        return float(self.distances[-1])

    @property
    def wander(self) -> float:
        """How far from the exact line it strayed in its last pass, at most."""
        return float(self.distances[-self.updates_per_pass :].max())

    def after(self, examples_read: Places, n_examples: int) -> Places:
        """How many updates are done once so many wines are read: an update waits until its batch is full.

        Parameters
        ----------
        examples_read
            (n_moments,) wines read since the start, over all passes.
        n_examples
            Wines in one pass.

        Examples
        --------
        >>> full, mini, one = story(Settings(n_epochs=1)).runs
        >>> [run.after(np.array([0, 31, 32, 177, 178]), 178).tolist() for run in (full, mini, one)]
        [[0, 0, 0, 0, 1], [0, 0, 1, 5, 6], [0, 31, 32, 177, 178]]
        """
        passes, within = np.divmod(examples_read, n_examples)
        done: Places = passes * self.updates_per_pass + within // self.batch_size
        return done


@dataclass(frozen=True)
class BatchStory:
    """Three runs from one start, each over the same wines in the same order."""

    settings: Settings
    fit: Fit
    runs: tuple[Run, ...]  # in the order of WAYS

    @property
    def nearest(self) -> Run:
        """The run that ended nearest to the exact line."""
        return min(self.runs, key=lambda run: run.away)

    @property
    def thrown(self) -> tuple[Run, ...]:
        """The runs that were thrown out."""
        return tuple(run for run in self.runs if run.thrown_at is not None)


def updates_per_pass(n_examples: int, batch_size: int) -> int:
    """How many updates one pass over the data makes; the last batch may be smaller.

    Parameters
    ----------
    n_examples
        In the data.
    batch_size
        Examples that each update looks at, 1 to ``n_examples``.

    Raises
    ------
    ValueError
        If the batch is empty or larger than the data.

    Examples
    --------
    >>> [updates_per_pass(60_000, size) for size in (60_000, 32, 1)]
    [1, 1875, 60000]
    """
    if not 1 <= batch_size <= n_examples:
        raise ValueError(
            f"A batch of {batch_size} does not fit {n_examples} examples: choose 1 to {n_examples}."
        )
    return -(-n_examples // batch_size)


def loss_and_gradient(weight: float, bias: float, x: Floats, y: Floats) -> tuple[float, Line]:
    """Half the mean squared error of a line, and its slope for the weight and for the bias.

    Parameters
    ----------
    weight, bias
        The line guesses ``weight * x + bias``.
    x, y
        (n_examples,) of the batch.

    Examples
    --------
    >>> loss_and_gradient(0, 0, np.array([2.0]), np.array([5.0]))  # off by −5: ½ · 25, −5 · 2, −5
    (12.5, (-10.0, -5.0))
    """
    off = weight * x + bias - y
    return float(0.5 * (off @ off) / len(x)), (float(off @ x / len(x)), float(off.mean()))


@cache
def wine_fit() -> Fit:
    """The wines, and the exact line. It has a formula because the loss is a bowl with a flat bottom point.

    >>> fit = wine_fit()
    >>> len(fit.y), [round(each, 2) for each in fit.exact]
    (178, [0.52, 13.0])
    """
    wines = load_wines()
    proline, y = wines.column("proline"), wines.column("alcohol")
    x = (proline - proline.mean()) / proline.std()
    exact = (float(x @ y / len(x)), float(y.mean()))  # the normal equations, for x of mean 0 and variance 1
    return Fit(x, y, exact, loss_and_gradient(*exact, x, y)[0])


def story(settings: Settings) -> BatchStory:
    """Train three ways for the same number of passes.

    Examples
    --------
    >>> [(run.way, run.updates_per_pass, run.n_updates) for run in story(Settings()).runs]
    [('full batch', 1, 5), ('mini-batch', 6, 30), ('one example', 178, 890)]
    """
    fit = wine_fit()
    order = _orders(len(fit.x), settings.seed)[: settings.n_epochs]
    sizes = (len(fit.x), settings.batch_size, 1)
    runs = (_run(way, size, fit, order, settings) for way, size in zip(WAYS, sizes, strict=True))
    return BatchStory(settings, fit, tuple(runs))


@lru_cache(maxsize=32)  # one entry for each seed: 43 kB
def _orders(n_examples: int, seed: int) -> Places:
    """(30, n_examples): the order of the examples in each pass. Fewer passes are the first of many."""
    rows = np.tile(np.arange(n_examples), (MOST_EPOCHS, 1))
    return np.random.default_rng(seed).permuted(rows, axis=1)


def _run(way: str, batch_size: int, fit: Fit, order: Places, settings: Settings) -> Run:
    path = _descend(_batch_means(fit.x[order], fit.y[order], batch_size), START, settings.learning_rate)
    distances = np.hypot(path[:, 0] - fit.exact[0], path[:, 1] - fit.exact[1])
    out = np.flatnonzero(distances > THROWN * distances[0])
    return Run(
        way, batch_size, updates_per_pass(len(fit.x), batch_size), path, distances,
        loss_and_gradient(path[-1, 0], path[-1, 1], fit.x, fit.y)[0], int(out[0]) if len(out) else None,
    )  # fmt: skip


def _batch_means(x: Floats, y: Floats, batch_size: int) -> list[list[float]]:
    """For each batch in turn, the means of x², x, x·y and y: all that the gradient of a line needs."""
    starts = np.arange(0, x.shape[1], batch_size)
    sizes = np.diff(starts, append=x.shape[1])
    sums = np.add.reduceat(np.stack([x * x, x, x * y, y], axis=-1), starts, axis=1)
    means: list[list[float]] = (sums / sizes[:, None]).reshape(-1, 4).tolist()
    return means


def _descend(batches: list[list[float]], start: Line, learning_rate: float) -> Floats:
    """(n_updates + 1, 2): one update for each batch, against its gradient. Plain numbers, for speed."""
    weight, bias = start
    walked = [start]
    for mean_xx, mean_x, mean_xy, mean_y in batches:
        slope_weight = weight * mean_xx + bias * mean_x - mean_xy
        slope_bias = weight * mean_x + bias - mean_y
        weight -= learning_rate * slope_weight
        bias -= learning_rate * slope_bias
        walked.append((weight, bias))
    path = np.array(walked)
    lost = np.flatnonzero(~(np.abs(path).max(axis=1) < LIMIT))  # also where nothing is a number any more
    if len(lost):
        path[lost[0] :] = path[lost[0] - 1]
    return path


def takeaway(shown: BatchStory) -> str:
    """Updates, where each way ended, and what one example does in the end.

    >>> print(takeaway(story(Settings())).replace(". ", ".\\n"))
    5 passes are 5 updates for full batch, 30 for mini-batch and 890 for one example.
    They end 0.67, 0.037 and 0.18 away from the exact answer on this map.
    In its last pass one example still strays up to 0.38.
    """
    full, mini, one = shown.runs
    n = shown.settings.n_epochs
    passes = f"{n} passes are" if n > 1 else "1 pass is"
    updates = f"{full.n_updates} update{'s' if n > 1 else ''}"
    counted = (
        f"{passes} {updates} for full batch, {mini.n_updates} for mini-batch "
        f"and {one.n_updates:,} for one example."
    )
    if shown.thrown:
        return f"{counted} {_thrown_sentence(shown)}"
    ends = [_away(run.away) for run in shown.runs]
    return (
        f"{counted} They end {ends[0]}, {ends[1]} and {ends[2]} away from the exact answer on this map. "
        f"In its last pass one example still strays up to {_away(one.wander)}."
    )


def _thrown_sentence(shown: BatchStory) -> str:
    last, (full, *_) = shown.thrown[-1], shown.runs
    return (
        f"At a rate of {shown.settings.learning_rate:g}, {last.way} is thrown out after update "
        f"{last.thrown_at:,}. Full batch ends {_away(full.away)} from the exact answer. "
        "A smaller rate brings it back."
    )


def _away(distance: float) -> str:
    return "under 0.001" if distance < 0.001 else two_figures(distance)
