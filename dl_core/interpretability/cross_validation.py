"""Every model asked about every row of a table, always one that never saw the row; twice, in other deals."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dl_core.interpretability.carried import OfNumbers
from dl_core.interpretability.models import KINDS, fit
from dl_core.interpretability.table import Floats, Table, Truth
from dl_core.jobs import GoOn

N_FOLDS = 5
N_REPEATS = 2
SEED = 0
FEWEST = 40  # rows: four fifths of them are more than kNN's 25
FEWEST_OF_EACH = 10  # rows of either answer: two for every fold
FINE = 65535  # steps in which a stored probability is kept
ASSETS = Path(__file__).parents[2] / "assets"

# Student's t at 97.5 % for 1, 2, … degrees of freedom
T_975 = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262)


class TooFewRows(ValueError):
    """Says in a sentence for the reader what a table lacks."""


@dataclass(frozen=True, eq=False)
class Validated:
    """What seven models said about the rows that each of them had not seen."""

    truth: Truth  # (n,)
    probability: Floats  # (n_models, N_REPEATS, n) of the bad case, in the order of `KINDS`
    fold: NDArray[np.int64]  # (N_REPEATS, n) 0 to N_FOLDS - 1: in which of them each row was asked about
    seconds: tuple[float, ...]  # of each model: to train one, by the clock
    microseconds: tuple[float, ...]  # ... to answer one row, asked all at once
    sizes: tuple[int, ...]  # ... numbers that one trained on all rows keeps, at the first fold

    def by_fold(self, score: Callable[[Truth, Floats], float]) -> Floats:
        """A score of every model on every fold: ``(n_models, N_REPEATS · N_FOLDS)``.

        Parameters
        ----------
        score
            Truth ``(m,)`` and probabilities ``(m,)`` of a fold → its score.
        """
        found = [
            [score(self.truth[here], said[repeat][here]) for repeat, here in self.folds]
            for said in self.probability
        ]
        return np.array(found)

    @property
    def folds(self) -> list[tuple[int, Truth]]:
        """Each fold: of which deal it is, and ``(n,)`` whether a row was asked about in it."""
        return [(repeat, self.fold[repeat] == at) for repeat in range(N_REPEATS) for at in range(N_FOLDS)]


@dataclass(frozen=True)
class Mean:
    """A mean over folds with its 95 % interval."""

    value: float  # in the unit of the score
    low: float  # lower end of the interval
    high: float  # upper end

    @property
    def half(self) -> float:
        """Half the interval's width."""
        return (self.high - self.low) / 2

    @property
    def is_sure(self) -> bool:
        """Whether the interval is on one side of zero."""
        return self.low > 0 or self.high < 0


def over_folds(values: Floats) -> Mean:
    """The mean of a score over the folds, or of a difference of two scores on the same folds.

    The training piles of two folds share most rows, so their scores are not independent and the plain
    interval is too narrow. Nadeau and Bengio's correction widens it.

    Parameters
    ----------
    values
        ``(N_REPEATS · N_FOLDS,)`` one of each fold.

    Examples
    --------
    >>> mean = over_folds(np.array([0.0, 1.0] * 5))  # spread² = 5/18, times (1/10 + 1/4), t = 2.262
    >>> round(mean.value, 3), round(mean.half, 3)
    (0.5, 0.705)

    Source: C. Nadeau and Y. Bengio, "Inference for the generalization error", Machine Learning 52 (2003).
    """
    n = len(values)
    value = float(values.mean())
    half = T_975[n - 2] * float(np.sqrt((1 / n + 1 / (N_FOLDS - 1)) * values.var(ddof=1)))
    return Mean(value, value - half, value + half)


def deal(bad: Truth, seed: int, n_folds: int = N_FOLDS) -> NDArray[np.int64]:
    """Fold of each row, ``(n,)``: every fold gets its share of the bad cases.

    Parameters
    ----------
    bad
        ``(n,)`` whether each row is the bad case.
    seed
        The same seed deals the same folds.
    n_folds
        How many, 2 or more.
    """
    rng = np.random.default_rng(seed)
    fold = np.empty(len(bad), np.int64)
    for answer in (False, True):
        mine = rng.permutation(np.flatnonzero(bad == answer))
        fold[mine] = np.arange(len(mine)) % n_folds
    return fold


def deals(bad: Truth) -> NDArray[np.int64]:
    """`deal` for all repeats, ``(N_REPEATS, n)``.

    Parameters
    ----------
    bad
        ``(n,)`` whether each row is the bad case.
    """
    return np.array([deal(bad, SEED + repeat) for repeat in range(N_REPEATS)])


def packed(probability: Floats) -> NDArray[np.uint16]:
    """As a committed run keeps probabilities: in `FINE` steps, the shape of ``probability``.

    Parameters
    ----------
    probability
        ``(...)``, 0 to 1.
    """
    return np.rint(probability * FINE).astype(np.uint16)


def unpacked(stored: NDArray[np.uint16]) -> Floats:
    """The probabilities, 0 to 1, that were `packed`: an array of the same shape.

    Parameters
    ----------
    stored
        ``(...)``, 0 to `FINE`.
    """
    return np.asarray(stored.astype(np.float64) / FINE)


def check_rows(table: Table) -> None:
    """Refuse a table that is too small to be split in five.

    Raises
    ------
    TooFewRows
        With a sentence for the reader.
    """
    n_bad = int(table.bad.sum())
    rarer = min(n_bad, len(table.bad) - n_bad)
    if len(table.bad) < FEWEST:
        raise TooFewRows(
            f"This table has {len(table.bad):,} rows. Seven models need {FEWEST} or more to be compared."
        )
    if rarer < FEWEST_OF_EACH:
        raise TooFewRows(
            f"One of the two answers stands in {rarer:,} rows only. It needs {FEWEST_OF_EACH} or more."
        )


def measure(table: Table, go_on: GoOn | None = None) -> Validated | None:
    """Train and ask all models on all folds; None when stopped.

    Parameters
    ----------
    table
        At least `FEWEST` rows, and `FEWEST_OF_EACH` of either answer.
    go_on
        Share done, 0 to 1 → whether to go on.

    Raises
    ------
    TooFewRows
        When the table is too small.
    """
    check_rows(table)
    fold = deals(table.bad)
    said = np.empty((len(KINDS), N_REPEATS, len(table.bad)))
    trained, asked = np.zeros(len(KINDS)), np.zeros(len(KINDS))
    sizes: list[int] = []
    rounds = [(repeat, at) for repeat in range(N_REPEATS) for at in range(N_FOLDS)]
    for done, (repeat, at) in enumerate(rounds):
        here = fold[repeat] == at
        for number, key in enumerate(KINDS):
            if go_on and not go_on((done + number / len(KINDS)) / len(rounds)):
                return None
            start = time.perf_counter()
            model = fit(key, table.rows[~here], table.bad[~here], SEED)
            middle = time.perf_counter()
            said[number, repeat, here] = model.probability(table.rows[here])
            asked[number] += time.perf_counter() - middle
            trained[number] += middle - start
            if done == 0:
                sizes.append(model.size)
    said.setflags(write=False)
    fold.setflags(write=False)
    n_asked = N_REPEATS * len(table.bad)
    return Validated(
        table.bad, said, fold,
        tuple((trained / len(rounds)).tolist()), tuple((1e6 * asked / n_asked).tolist()), tuple(sizes),
    )  # fmt: skip


_KEPT = OfNumbers[Validated]()


def validated(table: Table, go_on: GoOn | None = None) -> Validated | None:
    """What `measure` finds: of a ready-made table from the committed run, of any other measured once.

    Parameters
    ----------
    table
        As for `measure`.
    go_on
        Share done, 0 to 1 → whether to go on; stopped, it returns None.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> validated(ready_made("wine")).probability.shape
    (7, 2, 178)
    """
    return _KEPT.once(table, "all", lambda: shipped(table) or measure(table, go_on))


def shipped(table: Table) -> Validated | None:
    """The committed run (`python -m dl_core.offline.leaderboards`) on this very table; None without one."""
    told = _told().get(table.key)
    if table.is_own or told is None or told["sha256"] != table.sha256:
        return None
    with np.load(ASSETS / "leaderboards.npz", allow_pickle=False) as stored:
        said = unpacked(stored[table.key])
    fold = deals(table.bad)
    said.setflags(write=False)
    return Validated(
        table.bad, said, fold,
        tuple(told["seconds"]), tuple(told["microseconds"]), tuple(told["sizes"]),
    )  # fmt: skip


@cache
def _told() -> dict[str, dict[str, Any]]:
    file = ASSETS / "leaderboards.json"
    found: dict[str, dict[str, Any]] = json.loads(file.read_text())["tables"] if file.exists() else {}
    return found
