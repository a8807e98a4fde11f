"""The same answers under a price list: what a miss and a false alarm cost, and where the bar belongs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from dl_core.eight_or_not import THRESHOLDS, Floats, Pile, Truth, piles, place_of
from dl_core.numbers_in_words import percent, so_many, two_figures

LEAST, DEAREST = 0.01, 1e6  # money
USUAL = 0.5


@dataclass(frozen=True)
class Settings:
    """The price list, and where the reader sets the bar."""

    miss: float = 250.0  # money for each 8 that the model lets pass, 0.01 to 1,000,000
    false_alarm: float = 5.0  # money for each other digit that it calls an 8, 0.01 to 1,000,000
    threshold: float = USUAL  # 0.01 to 0.99: at this probability and above, the model says "8"

    def __post_init__(self) -> None:
        for name, price in (("A miss", self.miss), ("A false alarm", self.false_alarm)):
            if not LEAST <= price <= DEAREST:
                raise ValueError(f"{name} cannot cost {price}: give a price from {LEAST} to {DEAREST:,.0f}.")
        if not 0.01 <= self.threshold <= 0.99:
            raise ValueError(f"A threshold of {self.threshold} decides nothing: choose 0.01 to 0.99.")


PRESETS = {
    "Equal prices": Settings(100.0, 100.0),
    "A miss is dear": Settings(),
    "A false alarm is dear": Settings(5.0, 50.0),
}


@dataclass(frozen=True)
class Outcome:
    """Counted on one pile at one threshold."""

    threshold: float  # 0 to 1: from this probability on, the model says "8"
    misses: int  # eights let pass
    false_alarms: int  # other digits called 8
    n: int  # digits of the pile
    cost: float  # money for 1,000 cases

    @property
    def accuracy(self) -> float:
        """Share of right answers, 0 to 1."""
        return 1 - (self.misses + self.false_alarms) / self.n


@dataclass(frozen=True)
class PriceOfMistakes:
    """What the reader's price list does to the same answers."""

    settings: Settings
    costs: Floats  # (199,) money for 1,000 cases at each of THRESHOLDS, on the validation pile
    formula: float  # the threshold that two prices ask for, if probabilities are right
    best: float  # the cheapest threshold on the validation pile
    at_yours: Outcome  # on the test pile, at the reader's threshold
    at_best: Outcome  # on the test pile, at the best threshold
    at_usual: Outcome  # on the test pile, at 0.5
    base_rate: float  # share of eights on the test pile
    loss_equal: float  # cross-entropy on the test pile, both mistakes at one price
    loss_priced: float  # the same at the reader's prices

    @property
    def yours_on_curve(self) -> float:
        """Money for 1,000 cases at the reader's threshold, on the validation pile."""
        return float(self.costs[place_of(self.settings.threshold)])

    @property
    def best_on_curve(self) -> float:
        """The same at the best threshold."""
        return float(self.costs[place_of(self.best)])


def formula(miss: float, false_alarm: float) -> float:
    """The threshold at which both answers cost the same, if probabilities are right and right answers free.

    Parameters
    ----------
    miss, false_alarm
        Money for one, above 0.

    Notes
    -----
    Saying "no" risks p · miss, saying "yes" (1 - p) · false alarm; they are equal at this p.

    Examples
    --------
    >>> [round(formula(*pair), 2) for pair in ((1, 1), (250, 5), (1, 10))]
    [0.5, 0.02, 0.91]
    """
    return false_alarm / (false_alarm + miss)


def cross_entropy(probabilities: Floats, truth: Truth, miss: float = 1.0, false_alarm: float = 1.0) -> float:
    """Mean cross-entropy in which each side of the mistake has its price; the two prices average one.

    Parameters
    ----------
    probabilities
        (n,) of "yes", strictly between 0 and 1.
    truth
        (n,) whether it is so.
    miss, false_alarm
        Money, above 0; only their ratio counts.

    Examples
    --------
    >>> sure, truth = np.array([0.9, 0.9]), np.array([True, False])
    >>> round(cross_entropy(sure, truth), 3)  # (-ln 0.9 - ln 0.1) / 2
    1.204
    >>> round(cross_entropy(sure, truth, 1, 3), 3)  # (-0.5 ln 0.9 - 1.5 ln 0.1) / 2
    1.753
    """
    weights = np.where(truth, miss, false_alarm) * 2 / (miss + false_alarm)
    surprises = -np.log(np.where(truth, probabilities, 1 - probabilities))
    return float((weights * surprises).mean())


def story(settings: Settings) -> PriceOfMistakes:
    """Price the model's mistakes, choose a threshold on one pile, and count on another.

    Parameters
    ----------
    settings
        The reader's prices and threshold.

    Examples
    --------
    >>> shown = story(Settings())
    >>> round(shown.formula, 4), shown.best < 0.1, shown.at_best.cost < shown.at_usual.cost / 3
    (0.0196, True, True)
    """
    validation, test = piles()
    costs = _costs(validation, settings)
    wanted = formula(settings.miss, settings.false_alarm)
    cheapest = np.flatnonzero(costs <= costs.min() * (1 + 1e-12))
    # among equals the one nearest to the formula
    best = float(THRESHOLDS[cheapest[np.argmin(np.abs(THRESHOLDS[cheapest] - wanted))]])
    return PriceOfMistakes(
        settings, costs, wanted, best,
        at_yours=_outcome(test, settings, settings.threshold),
        at_best=_outcome(test, settings, best),
        at_usual=_outcome(test, settings, USUAL),
        base_rate=float(test.truth.mean()),
        loss_equal=cross_entropy(test.probabilities, test.truth),
        loss_priced=cross_entropy(test.probabilities, test.truth, settings.miss, settings.false_alarm),
    )  # fmt: skip


def _costs(pile: Pile, settings: Settings) -> Floats:
    money = pile.misses * settings.miss + pile.false_alarms * settings.false_alarm
    per_thousand: Floats = money * 1000.0 / len(pile.truth)
    return per_thousand


def _outcome(pile: Pile, settings: Settings, threshold: float) -> Outcome:
    place = place_of(threshold)
    return Outcome(
        threshold, int(pile.misses[place]), int(pile.false_alarms[place]), len(pile.truth),
        float(_costs(pile, settings)[place]),
    )  # fmt: skip


def money(amount: float) -> str:
    """Money for 1,000 cases, with two figures.

    >>> money(1530.4), money(0.0)
    ('1,500', '0')
    """
    return two_figures(amount)


def counted(outcome: Outcome) -> str:
    """Both mistakes in words.

    >>> counted(Outcome(0.5, 1, 40, 719, 0.0)), counted(Outcome(0.5, 0, 1, 719, 0.0))
    ('1 miss and 40 false alarms', '0 misses and 1 false alarm')
    """
    misses = f"{outcome.misses} miss{'' if outcome.misses == 1 else 'es'}"
    return f"{misses} and {so_many(outcome.false_alarms, 'false alarm')}"


def takeaway(shown: PriceOfMistakes) -> str:
    """Three short sentences: the reader's threshold, the best one, and what the loss says.

    >>> takeaway(story(Settings(100.0, 100.0))).split(". ")[2]
    'The loss is 0.11 at these prices, as both mistakes cost the same.'
    """
    yours, best = shown.at_yours, shown.at_best
    first = (
        f"Among {yours.n} test digits your threshold {yours.threshold:.2f} makes {counted(yours)}: "
        f"{money(yours.cost)} for 1,000 cases."
    )
    return f"{first} {_best_sentence(shown, best)} {_loss_sentence(shown)}"


def _best_sentence(shown: PriceOfMistakes, best: Outcome) -> str:
    if math.isclose(shown.yours_on_curve, shown.best_on_curve):
        return "No threshold was cheaper on the validation digits."
    usual, cheaper = shown.at_yours.accuracy, best.accuracy
    right = f", with {percent(cheaper)} right instead of {percent(usual)}" if usual - cheaper > 0.005 else ""
    where = threshold_in_words(best.threshold)
    return (
        f"The cheapest on the validation digits, {where}, makes {counted(best)}: {money(best.cost)}{right}."
    )


def _loss_sentence(shown: PriceOfMistakes) -> str:
    if math.isclose(shown.settings.miss, shown.settings.false_alarm):
        loss = two_figures(shown.loss_equal)
        return f"The loss is {loss} at these prices, as both mistakes cost the same."
    return (
        f"With your prices in it the loss is {two_figures(shown.loss_priced)}, "
        f"with equal ones {two_figures(shown.loss_equal)}."
    )


def threshold_in_words(threshold: float) -> str:
    """A threshold with two places, three where they are needed.

    >>> threshold_in_words(0.3), threshold_in_words(0.035)
    ('0.30', '0.035')
    """
    return f"{threshold:.2f}" if math.isclose(round(threshold, 2), threshold) else f"{threshold:.3f}"


def accuracy_sentence(shown: PriceOfMistakes) -> str:
    """Why accuracy would choose another threshold.

    >>> accuracy_sentence(story(Settings())).split(";")[1]
    ' never saying “8” is right 90 % of the time.'
    """
    return (
        f"On the test digits accuracy is {percent(shown.at_usual.accuracy)} at 0.50 and "
        f"{percent(shown.at_best.accuracy)} at the cheapest threshold; never saying “8” is right "
        f"{percent(1 - shown.base_rate)} of the time."
    )
