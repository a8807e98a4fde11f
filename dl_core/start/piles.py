"""What a score is worth: chosen on the training pile, on the test pile, or on a pile of its own, counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dl_core.numbers_in_words import percent, so_many
from dl_core.start.patients import Floats, load_patients

TRAIN_SIZES = (60, 100, 140)
SIZES = (20, 30, 50, 80, 120)  # of the validation pile, and of the test pile
CANDIDATES = (1, 10, 30, 100)
N_DEALS = 60  # each deals the patients anew
TINY = 1e-8  # keeps the equations solvable where two columns say the same
MOST = (10, 90)  # percentiles of the deals between which "most" lie


@dataclass(frozen=True)
class Settings:
    """How the patients are dealt, and among how many candidates is chosen.

    Raises
    ------
    ValueError
        If a size was not made for choosing.
    """

    train: int = 100  # patients to learn from, one of TRAIN_SIZES
    test: int = 50  # in the validation pile, and as many in the test pile: one of SIZES
    candidates: int = 100  # models to choose among, one of CANDIDATES

    def __post_init__(self) -> None:
        for size, known in ((self.train, TRAIN_SIZES), (self.test, SIZES), (self.candidates, CANDIDATES)):
            if size not in known:
                raise ValueError(f"{size} is not offered: choose {', '.join(map(str, known))}.")


PRESETS = {
    "Small test pile": Settings(test=20),
    "A usual deal": Settings(),
    "One candidate": Settings(candidates=1),
}


@dataclass(frozen=True)
class Way:
    """One way to choose a model: what its pile promised, and what the rest of the patients gave."""

    key: str  # "train", "test" or "honest"
    promised: tuple[float, ...]  # of each deal: share right on the pile whose score is reported, 0 to 1
    kept: tuple[float, ...]  # of each deal: share right of the same model on patients in no pile, 0 to 1

    @property
    def promise(self) -> float:
        """Mean of the promised shares, 0 to 1."""
        return float(np.mean(self.promised))

    @property
    def truth(self) -> float:
        """Mean of the shares on new patients, 0 to 1."""
        return float(np.mean(self.kept))

    @property
    def flattery(self) -> float:
        """By how much the promise is too high, as a share; below 0 where it was too low."""
        return self.promise - self.truth

    @property
    def most(self) -> tuple[float, float]:
        """Between which flatteries four fifths of the deals lie."""
        low, high = np.percentile(np.array(self.promised) - np.array(self.kept), MOST)
        return float(low), float(high)


@dataclass(frozen=True)
class PilesTold:
    """Three ways to choose among the same candidates, over many deals of the same patients."""

    settings: Settings
    by_train: Way  # chosen and reported on the training pile
    by_test: Way  # chosen and reported on the test pile: a peek
    honest: Way  # chosen on the validation pile, reported on the test pile
    always: float  # share right of the commonest answer on new patients, 0 to 1

    @property
    def new(self) -> int:
        """Patients in no pile, who stand for the future."""
        return len(load_patients().progress) - self.settings.train - 2 * self.settings.test

    @property
    def ways(self) -> tuple[Way, Way, Way]:
        """From the worst habit to the best."""
        return self.by_train, self.by_test, self.honest


@cache
def _columns() -> tuple[Floats, NDArray[np.bool_]]:
    """(442, 45) a one, eight measurements, squares and products; (442,) whether it got worse than usual."""
    table = load_patients()
    scaled: Floats = (table.measurements - table.measurements.mean(axis=0)) / table.measurements.std(axis=0)
    n_columns = scaled.shape[1]
    pairs = [scaled[:, i] * scaled[:, j] for i in range(n_columns) for j in range(i, n_columns)]
    inputs = np.column_stack([np.ones(len(scaled)), scaled, *pairs])
    return inputs, table.progress > np.median(table.progress)


@cache
def _masks(n: int) -> Floats:
    """(n, 45): 1 where a candidate looks at a column; the first of more candidates are those of fewer."""
    width = _columns()[0].shape[1]
    rng = np.random.default_rng(7)
    masks = np.zeros((n, width))
    masks[:, 0] = 1.0
    for mask in masks:
        mask[1 + rng.permutation(width - 1)[: rng.integers(1, width)]] = 1.0
    return masks


def fit_all(inputs: Floats, truth: Floats, masks: Floats) -> Floats:
    """Least squares for many choices of columns at once.

    Parameters
    ----------
    inputs
        (n, d), the first column all ones.
    truth
        (n,) what is to be hit, 0 or 1.
    masks
        (c, d), 1 where a candidate may use a column, else 0.

    Returns
    -------
    (c, d) weights, 0 where a candidate may not look.

    Examples
    --------
    >>> rows = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
    >>> fit_all(rows, np.array([1.0, 3.0, 5.0]), np.array([[1.0, 0.0], [1.0, 1.0]])).round(3).tolist()
    [[3.0, 0.0], [1.0, 2.0]]
    """
    products = masks[:, :, None] * masks[:, None, :] * (inputs.T @ inputs)
    along = np.arange(inputs.shape[1])
    products[:, along, along] += 1 - masks + TINY
    wanted = masks * (inputs.T @ truth)
    weights: Floats = np.linalg.solve(products, wanted[..., None])[..., 0].astype(np.float64)
    return weights


def _deal(seed: int, settings: Settings) -> tuple[tuple[float, float], ...]:
    """(promised, kept) of the three ways in one deal, and (commonest answer on new patients, 0)."""
    inputs, truth = _columns()
    order = np.random.default_rng([seed, 8]).permutation(len(truth))
    ends = np.cumsum([settings.train, settings.test, settings.test])
    train, validation, test, new = np.split(order, ends)
    weights = fit_all(inputs[train], truth[train].astype(np.float64), _masks(settings.candidates))
    right = (inputs @ weights.T > 0.5) == truth[:, None]
    on_train, on_validation, on_test, on_new = (
        right[pile].mean(axis=0) for pile in (train, validation, test, new)
    )
    by_train, by_test, chosen = int(on_train.argmax()), int(on_test.argmax()), int(on_validation.argmax())
    common = truth[train].mean() > 0.5
    return (
        (float(on_train[by_train]), float(on_new[by_train])),
        (float(on_test[by_test]), float(on_new[by_test])),
        (float(on_test[chosen]), float(on_new[chosen])),
        (float((truth[new] == common).mean()), 0.0),
    )


def story(settings: Settings) -> PilesTold:
    """Deal the patients again and again, choose in three ways, and ask the rest.

    Parameters
    ----------
    settings
        Sizes of the piles, and the number of candidates.

    Examples
    --------
    >>> told = story(Settings(candidates=10))
    >>> told.by_train.flattery > told.by_test.flattery > abs(told.honest.flattery)
    True
    """
    deals = [_deal(seed, settings) for seed in range(N_DEALS)]
    by_train, by_test, honest = (
        Way(key, tuple(deal[at][0] for deal in deals), tuple(deal[at][1] for deal in deals))
        for at, key in enumerate(("train", "test", "honest"))
    )
    return PilesTold(settings, by_train, by_test, honest, float(np.mean([deal[3][0] for deal in deals])))


def points(share: float) -> str:
    """A difference of shares in whole percentage points, with a real minus sign.

    Parameters
    ----------
    share
        −1 to 1.

    Examples
    --------
    >>> points(0.1149), points(-0.031), points(-0.004)
    ('11', '−3', '0')
    """
    return f"{round(100 * share)}".replace("-", "−")


def takeaway(told: PilesTold) -> str:
    """What the peek promised, what came, and what an untouched pile said.

    >>> takeaway(story(Settings(candidates=1))).split(". ")[0]
    'With one candidate there is nothing to choose, so no peek can flatter'
    """
    peek, honest = told.by_test, told.honest
    if told.settings.candidates == 1:
        return (
            "With one candidate there is nothing to choose, so no peek can flatter. "
            f"The training pile still does: {percent(told.by_train.promise)} promised, "
            f"{percent(told.by_train.truth)} right on new patients."
        )
    low, high = (points(end) for end in peek.most)
    return (
        f"The best of {told.settings.candidates} models on the test pile promises "
        f"{percent(peek.promise)} right. New patients: {percent(peek.truth)}. "
        f"The peek flatters by {points(peek.flattery)} points "
        f"(most deals: {low} to {high}); an unopened pile is off by {points(honest.flattery)}."
    )


def in_cases(told: PilesTold, n: int = 1000) -> str:
    """The broken promise in counts of new cases.

    Parameters
    ----------
    n
        New cases, at least 1.

    Examples
    --------
    >>> in_cases(story(Settings(candidates=1)))[:30]
    'Of 1,000 new cases, the traini'
    """
    way = told.by_train if told.settings.candidates == 1 else told.by_test
    pile = "training" if way is told.by_train else "test"
    missing = round(n * way.promise) - round(n * way.truth)
    return (
        f"Of {n:,} new cases, the {pile} pile promises {round(n * way.promise):,} right answers. "
        f"{round(n * way.truth):,} come: {so_many(missing, 'wrong answer')} that nobody planned for."
    )
