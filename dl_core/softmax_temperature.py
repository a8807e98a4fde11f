"""Softmax with a temperature: the same scores as bold or as careful shares, and what a mistake costs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.numbers_in_words import percent, two_figures
from dl_core.softmax_regression import softmax

Floats = NDArray[np.float64]
CLASSES = ("cat", "dog", "ship")
MOST = 10.0  # points a score may lie from zero
COLDEST, WARMEST = 0.1, 10.0


@dataclass(frozen=True)
class Settings:
    """Three scores and the temperature that turns them into shares.

    Raises
    ------
    ValueError
        If a score is no number from -10 to 10, or the temperature none from 0.1 to 10.
    """

    cat: float = 2.0  # points, -10 to 10
    dog: float = 1.0  # points, -10 to 10
    ship: float = 0.1  # points, -10 to 10
    temperature: float = 1.0  # scores are divided by it, 0.1 to 10

    def __post_init__(self) -> None:
        for name, score in zip(CLASSES, self.scores, strict=True):
            if not abs(score) <= MOST:  # also where it is no number
                raise ValueError(f"A score of {score} for {name} is out of range: choose -10 to 10.")
        if not COLDEST <= self.temperature <= WARMEST:
            raise ValueError(f"A temperature of {self.temperature} is out of range: choose 0.1 to 10.")

    @property
    def scores(self) -> tuple[float, float, float]:
        """One score for each class."""
        return self.cat, self.dog, self.ship


PRESETS = {
    "As trained": Settings(),
    "Cold and bold": Settings(temperature=0.2),
    "Warm and careful": Settings(temperature=5.0),
}


@dataclass(frozen=True)
class SoftmaxTemperature:
    """The shares at this temperature and at 1, and the loss for every possible truth."""

    settings: Settings
    shares: tuple[float, ...]  # one per class, each above 0, adding up to 1
    plain_shares: tuple[float, ...]  # the same at temperature 1
    losses: tuple[float, ...]  # one per class, if that is the truth; natural log

    @property
    def answer(self) -> int:
        """Place of the class with the highest score; the first of equals."""
        return self.settings.scores.index(max(self.settings.scores))

    @property
    def tied(self) -> bool:
        """Whether another class has as high a score."""
        return self.settings.scores.count(max(self.settings.scores)) > 1

    @property
    def least(self) -> int:
        """Place of the class with the lowest score: the dearest truth."""
        return self.settings.scores.index(min(self.settings.scores))


def with_temperature(logits: Floats, temperature: float) -> Floats:
    """Shares of scores that were divided by a temperature.

    Parameters
    ----------
    logits
        (..., n_classes) scores of any size and sign.
    temperature
        Above 0. Below 1 the shares move apart, above 1 they move together; their order stays.

    Raises
    ------
    ValueError
        If the temperature is not above 0.

    Examples
    --------
    >>> with_temperature(np.array([2.0, 1.0, 0.1]), 1.0).round(3).tolist()
    [0.659, 0.242, 0.099]
    """
    if not temperature > 0:
        raise ValueError(f"A temperature of {temperature} turns no scores into shares: choose one above 0.")
    return softmax(logits / temperature)


def log_losses(logits: Floats, temperature: float) -> Floats:
    """Minus the natural logarithm of each share, also where the share is too small to be written down.

    Parameters
    ----------
    logits
        (..., n_classes) scores.
    temperature
        Above 0.

    Examples
    --------
    >>> log_losses(np.array([2.0, 1.0, 0.1]), 1.0).round(2).tolist()
    [0.42, 1.42, 2.32]
    """
    scaled = logits / temperature
    scaled = scaled - scaled.max(axis=-1, keepdims=True)
    losses: Floats = np.log(np.exp(scaled).sum(axis=-1, keepdims=True)) - scaled
    return losses


def story(settings: Settings) -> SoftmaxTemperature:
    """Three scores as shares, and what each possible truth would cost.

    Examples
    --------
    >>> [in_words(share) for share in story(Settings(temperature=0.2)).shares]
    ['99.3 %', '0.67 %', 'under 0.01 %']
    """
    scores = np.array(settings.scores)
    return SoftmaxTemperature(
        settings,
        tuple(with_temperature(scores, settings.temperature).tolist()),
        tuple(softmax(scores).tolist()),
        tuple(log_losses(scores, settings.temperature).tolist()),
    )


def takeaway(shown: SoftmaxTemperature) -> str:
    """Two or three short sentences: the answer's share, and what it costs to be right or wrong.

    Examples
    --------
    >>> takeaway(story(Settings())).split(". ")[1]
    'If it is a cat, that costs 0.42'
    """
    at, best, least = shown.settings.temperature, shown.answer, shown.least
    named = "warm" if at > 1 else "cold" if at < 1 else ""
    heat = f"At temperature {at:g}" + (f", which is {named}," if named else "")
    if best == least:
        return (
            f"{heat} three equal scores stay a three-way tie: {in_words(shown.shares[0])} each. "
            f"Every truth costs {two_figures(shown.losses[0])}, at every temperature."
        )
    first = "two classes share the first place, each with" if shown.tied else f"{CLASSES[best]} gets"
    return (
        f"{heat} {first} {in_words(shown.shares[best])}. "
        f"If it is a {CLASSES[best]}, that costs {_charge(shown.losses[best])}. "
        f"If it is a {CLASSES[least]}, the same answer costs {_charge(shown.losses[least])}."
    )


def in_words(share: float) -> str:
    """A share of softmax as a percentage: never 0 and never all.

    >>> in_words(1.0), in_words(0.659)
    ('over 99.99 %', '66 %')
    """
    return percent(min(max(share, 1e-12), 1 - 1e-12))


def _charge(loss: float) -> str:
    return "almost nothing" if loss < 1e-4 else two_figures(loss)


def properties(shown: SoftmaxTemperature) -> tuple[str, ...]:
    """Softmax's four properties, each seen in these shares.

    Examples
    --------
    >>> properties(story(Settings()))[3]
    'Only gaps count: 1.9 points make the first share 6.7 times the last.'
    """
    settings = shown.settings
    gap = settings.scores[shown.answer] - settings.scores[shown.least]
    times = math.exp(gap / settings.temperature)
    return (
        f"Every share is above zero: the smallest is {in_words(min(shown.shares))}.",
        f"They add up to {percent(round(sum(shown.shares), 9))}.",
        f"The order stays: {_in_order(shown)}.",
        f"Only gaps count: {two_figures(gap)} points make the first share {_times(times)} times the last.",
    )


def _in_order(shown: SoftmaxTemperature) -> str:
    places = sorted(range(len(CLASSES)), key=lambda place: -shown.shares[place])
    return ", ".join(CLASSES[place] for place in places)


def _times(times: float) -> str:
    return two_figures(times) if times < 1e6 else "over a million"
