"""A real model with more weights than examples, and what a price on its weights does for unseen wines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from dl_core.numbers_in_words import two_figures
from dl_core.penalised_fit import KINDS, Floats, Kind, Weights, fit_path
from dl_core.piles import Piles
from dl_core.wine import load_wines

Regime = Literal["none", "weak", "right", "strong"]

N_TRAIN, N_VALIDATION = 40, 69  # wines; the last 69 are the test pile
SEED = 4
# λ: nothing, then five values to each power of ten
STRENGTHS = (
    0.0,
    *(round(step * 10.0**power, 4) for power in (-3, -2, -1, 0, 1) for step in (1, 2, 3, 5, 7)),
    100.0,
)
ABOUT_BEST = 1.05  # an error within 5 % of the best is as good, on so few wines


@dataclass(frozen=True)
class Settings:
    """The price on the weights."""

    strength: float = 2.0  # λ, one of STRENGTHS
    kind: Kind = "L2"

    def __post_init__(self) -> None:
        if self.strength not in STRENGTHS:
            raise ValueError(
                f"A penalty of λ = {self.strength} was not measured: choose one of the {len(STRENGTHS)} "
                "values from 0 to 100."
            )
        if self.kind not in KINDS:
            raise ValueError(f"There is no penalty “{self.kind}” here: choose L2 or L1.")


PRESETS = {
    "No penalty": Settings(0.0),
    "About right": Settings(),
    "Too strong": Settings(70.0),
}


@dataclass(frozen=True)
class Step:
    """The model at one strength. Errors are roots of the mean squared miss, in points of alcohol."""

    strength: float  # λ
    fit: Weights
    train: float  # on the 40 wines that it learned from
    validation: float  # on 69 others
    test: float  # on the last 69, never chosen by

    @property
    def gap(self) -> float:
        """How much worse it does on unseen wines, in points."""
        return self.validation - self.train


@dataclass(frozen=True)
class WeightPenalty:
    """The whole path, and where the reader stands on it."""

    settings: Settings
    path: tuple[Step, ...]  # one for each of STRENGTHS
    average: float  # error on the validation wines of who always guesses the training wines' average

    @property
    def now(self) -> Step:
        """The model at the reader's strength."""
        return self.path[STRENGTHS.index(self.settings.strength)]

    @property
    def best(self) -> Step:
        """The model with the lowest error on the validation wines."""
        return min(self.path, key=lambda step: step.validation)

    @property
    def free(self) -> Step:
        """The model without any penalty."""
        return self.path[0]

    @property
    def regime(self) -> Regime:
        """Whether the penalty is missing, too weak, about right or too strong."""
        if self.settings.strength == 0:
            return "none"
        if self.now.validation <= ABOUT_BEST * self.best.validation:
            return "right"
        return "weak" if self.settings.strength < self.best.strength else "strong"

    @property
    def n_weights(self) -> int:
        """How many weights there are, without the bias."""
        return len(self.now.fit.weights)


def story(settings: Settings) -> WeightPenalty:
    """The model at every strength of the chosen penalty.

    Parameters
    ----------
    settings
        The reader's penalty.

    Examples
    --------
    >>> shown = story(Settings(0.0))
    >>> round(shown.now.train, 2), round(shown.now.validation, 2), shown.best.strength
    (0.0, 1.32, 2.0)
    """
    return WeightPenalty(settings, _path(settings.kind), _average_error())


@cache
def _path(kind: Kind) -> tuple[Step, ...]:
    """All strengths of one penalty; 10 ms, once for each."""
    features, targets, piles = problem()
    fits = fit_path(features[piles.train], targets[piles.train], STRENGTHS, kind)
    rows = [(features[pile], targets[pile]) for pile in (piles.train, piles.validation, piles.test)]
    return tuple(
        Step(strength, fit, *(root_mean_square(truth - fit.guesses(inputs)) for inputs, truth in rows))
        for strength, fit in zip(STRENGTHS, fits, strict=True)
    )


@cache
def problem() -> tuple[Floats, Floats, Piles]:
    """90 features of 178 wines, their alcohol, and who lies in which pile.

    The features are twelve measurements with their squares and products, each brought to mean 0 and
    spread 1 on the training wines.

    Examples
    --------
    >>> features, targets, piles = problem()
    >>> features.shape, len(piles.train), len(piles.validation), len(piles.test)
    ((178, 90), 40, 69, 69)
    """
    wines = load_wines()
    dealt = np.random.default_rng(SEED).permutation(len(wines.measurements))
    piles = Piles(*(np.sort(part) for part in np.split(dealt, [N_TRAIN, N_TRAIN + N_VALIDATION])))
    measured = _standard(wines.without("alcohol"), piles)
    one, two = np.triu_indices(measured.shape[1])
    features = _standard(np.column_stack([measured, measured[:, one] * measured[:, two]]), piles)
    features.setflags(write=False)
    return features, wines.column("alcohol"), piles


def _standard(columns: Floats, piles: Piles) -> Floats:
    seen = columns[piles.train]
    scaled: Floats = (columns - seen.mean(axis=0)) / seen.std(axis=0)
    return scaled


@cache
def _average_error() -> float:
    _, targets, piles = problem()
    return root_mean_square(targets[piles.validation] - targets[piles.train].mean())


def root_mean_square(missed: Floats) -> float:
    """The usual size of a miss, (n,) in and one number out, in the same unit.

    >>> root_mean_square(np.array([3.0, -4.0])) == math.sqrt(12.5)
    True
    """
    return math.sqrt(float((missed * missed).mean()))


def points(error: float) -> str:
    """An error in points of alcohol with two figures; below a thousandth there is nothing to tell.

    >>> points(1.3223), points(0.0000001), points(0.0049)
    ('1.3', '0.00', '0.0049')
    """
    return "0.00" if error < 0.001 else two_figures(error)


def strength_in_words(strength: float) -> str:
    """λ as it stands on the slider.

    >>> strength_in_words(0.0), strength_in_words(0.02), strength_in_words(70.0)
    ('0', '0.02', '70')
    """
    return f"{strength:g}"


def takeaway(shown: WeightPenalty) -> str:
    """Up to three short sentences: both errors, what they mean, what the weights do.

    >>> takeaway(story(Settings(0.0))).split(". ")[0]
    'With no penalty the model misses its own 40 wines by 0.00 points and 69 others by 1.3'
    """
    now = shown.now
    by = f"{points(now.train)} points and {N_VALIDATION} others by {points(now.validation)}"
    if shown.regime == "none":
        return (
            f"With no penalty the model misses its own {N_TRAIN} wines by {by}. It has memorised them. "
            f"Guessing the average for every wine would miss by {points(shown.average)}."
        )
    at = f"At λ = {strength_in_words(now.strength)} ({shown.settings.kind})"
    return f"{at} it misses its own {N_TRAIN} wines by {by}. {_verdict(shown)} {_weights(shown)}"


def _verdict(shown: WeightPenalty) -> str:
    now, best = shown.now, shown.best
    if now is best:
        return (
            f"No other λ does better on these {N_VALIDATION}, and {points(now.test)} is the miss "
            "on the test wines, opened once."
        )
    if shown.regime == "right":
        return (
            f"That is about the best: λ = {strength_in_words(best.strength)} gives {points(best.validation)}."
        )
    if shown.regime == "weak":
        return f"The gap of {points(now.gap)} says that it still memorises."
    return f"That is too strong: guessing the average would miss by {points(shown.average)}."


def _weights(shown: WeightPenalty) -> str:
    fit, n_weights = shown.now.fit, shown.n_weights
    if fit.n_zero == n_weights:
        return f"All {n_weights} weights are zero, so only the bias is left."
    if shown.settings.kind == "L1":
        return f"{fit.n_zero} of {n_weights} weights are exactly zero."
    largest, free = (float(np.abs(step.fit.weights).max()) for step in (shown.now, shown.free))
    return (
        f"All {n_weights} weights stay, the largest down from {two_figures(free)} to {two_figures(largest)}."
    )
