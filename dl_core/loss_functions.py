"""Four losses on the same answer: what each one charges, and how hard each one pushes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from dl_core.four_losses import LOSSES, Floats, Loss, right_share, score_of
from dl_core.numbers_in_words import percent, two_figures

Truth = Literal["yes", "no"]
View = Literal["coin flips", "own numbers", "push"]

TRUTHS: tuple[Truth, ...] = ("yes", "no")
VIEWS: tuple[View, ...] = ("coin flips", "own numbers", "push")
WEAK = 0.1  # of a full push: an answer this wrong deserves more


@dataclass(frozen=True)
class Settings:
    """What the model answers, what is true, and how the charge is shown.

    Raises
    ------
    ValueError
        If the percentage is no whole number from 0 to 100, or the truth or the view is unknown.
    """

    yes_percent: int = 99  # percent of its certainty that the model puts on yes, 0 to 100
    truth: Truth = "no"
    view: View = "coin flips"

    def __post_init__(self) -> None:
        if not (float(self.yes_percent).is_integer() and 0 <= self.yes_percent <= 100):
            raise ValueError(f"The model cannot be {self.yes_percent} % sure: choose 0 to 100.")
        if self.truth not in TRUTHS:
            raise ValueError(f"The truth is yes or no, not “{self.truth}”.")
        if self.view not in VIEWS:
            raise ValueError(f"“{self.view}” is no way to show a charge: choose one of {', '.join(VIEWS)}.")

    @property
    def label(self) -> int:
        """1 where the truth is yes, -1 where it is no."""
        return 1 if self.truth == "yes" else -1


PRESETS = {
    "Confident and wrong": Settings(),
    "A coin flip": Settings(50, "no"),
    "Sure and right": Settings(99, "yes"),
}


@dataclass(frozen=True)
class Charge:
    """What one loss makes of the reader's answer."""

    loss: Loss
    value: float  # in the loss's own numbers, 0 or more
    slope: float  # for the score
    endless: bool  # the truth was ruled out, and this loss has no limit

    @property
    def coin_flips(self) -> float:
        """The same as a multiple of what the loss charges for an honest coin flip."""
        return self.value / self.loss.coin_flip

    @property
    def push(self) -> float:
        """How hard training pushes the score, whichever way."""
        return abs(self.slope)


@dataclass(frozen=True)
class Curves:
    """All four losses for every answer a model can give."""

    yes_percent: Floats  # (n,) percent on yes, rising
    values: Floats  # (4, n) in each loss's own numbers
    slopes: Floats  # (4, n) for the score

    def shown(self, view: View) -> Floats:
        """(4, n) as a chart of this view draws them.

        >>> curves("no").shown("push").max().round(2)
        np.float64(1.0)
        """
        if view == "push":
            return np.abs(self.slopes)
        if view == "own numbers":
            return self.values
        scaled: Floats = self.values / np.array([[loss.coin_flip] for loss in LOSSES])
        return scaled


@dataclass(frozen=True)
class LossStory:
    """The reader's answer, judged four times."""

    settings: Settings
    right: float  # share on the true answer as entered, 0 to 1
    charges: tuple[Charge, ...]  # in the order of LOSSES
    curves: Curves

    @property
    def ruled_out(self) -> bool:
        """Whether the model gave the truth no chance at all."""
        return self.right == 0.0

    def of(self, name: str) -> Charge:
        """The charge of the loss called ``name``."""
        return next(one for one in self.charges if one.loss.name == name)


@cache  # one entry for each truth
def curves(truth: Truth) -> Curves:
    """All four losses for answers from 0.5 to 99.5 percent yes.

    >>> curves("yes").values.shape
    (4, 111)
    """
    kink = 100.0 * float(right_share(np.ones(1), 1)[0])  # where hinge stops charging: a score of 1
    kink = kink if truth == "yes" else 100.0 - kink
    ends = np.array([0.5, 0.75, 1.25, 1.5, 2.5])  # the curves are steep there
    shares = np.sort(np.concatenate([ends, 100.0 - ends, [kink - 1e-3, kink + 1e-3], np.arange(1.0, 100.0)]))
    scores = np.array([score_of(float(one) / 100.0) for one in shares])
    label = 1 if truth == "yes" else -1
    values = np.array([loss.value(scores, label) for loss in LOSSES])
    return Curves(shares, values, np.array([loss.slope(scores, label) for loss in LOSSES]))


def story(settings: Settings) -> LossStory:
    """Judge one answer by four losses.

    Examples
    --------
    >>> [two_figures(one.value) for one in story(Settings(99, "no")).charges]
    ['4.6', '5.6', '0.98', '0.99']
    """
    yes = settings.yes_percent / 100
    right = yes if settings.truth == "yes" else (100 - settings.yes_percent) / 100
    score = np.array([score_of(yes)])
    charges = tuple(
        Charge(
            loss,
            float(loss.value(score, settings.label)[0]),
            float(loss.slope(score, settings.label)[0]),
            right == 0.0 and math.isinf(loss.most),
        )
        for loss in LOSSES
    )
    return LossStory(settings, right, charges, curves(settings.truth))


def takeaway(shown: LossStory) -> str:
    """Two to four short sentences: the answer, and what each loss makes of it.

    Examples
    --------
    >>> takeaway(story(Settings(50, "yes")))[:64]
    'The model says yes with 50 %, and the truth is yes. Cross-entrop'
    """
    told, wanted = shown.settings, "and" if shown.right >= 0.5 else "but"
    first = f"The model says yes with {told.yes_percent} %, {wanted} the truth is {told.truth}."
    if told.view == "push":
        return f"{first} {_pushes(shown)}"
    if shown.ruled_out:
        return f"{first} {_without_end(shown)}"
    log, edge, square, plain = (_amount(one.value) for one in shown.charges)
    if shown.right == 0.5:
        return (
            f"{first} Cross-entropy charges {log} for this honest coin flip, hinge {edge}, "
            f"squared loss {square} and absolute loss {plain}. Each loss is measured by its own coin flip."
        )
    return f"{first} {_multiples(shown)}"


def _amount(value: float) -> str:
    """A charge or a push with two figures that count, as long as it counts at all."""
    return "almost nothing" if 0 < value < 1e-4 else two_figures(value)


def _multiples(shown: LossStory) -> str:
    log = shown.charges[0]
    flips, edge, square, plain = (in_coin_flips(one.coin_flips) for one in shown.charges)
    if shown.right < 0.5:
        return (
            f"Cross-entropy charges {_amount(log.value)}, which is {flips} an honest coin flip. "
            f"Hinge charges {edge} its own, squared loss {square} and absolute loss {plain}."
        )
    return (
        f"Cross-entropy charges {_amount(log.value)}, which is {flips} of an honest coin flip. "
        f"Of theirs, hinge charges {edge}, squared loss {square} and absolute loss {plain}."
    )


def in_coin_flips(flips: float) -> str:
    """A multiple in words: a percentage below one coin flip.

    >>> in_coin_flips(6.644), in_coin_flips(0.322), in_coin_flips(0)
    ('6.6 times', '32 %', 'nothing')
    """
    if flips == 0:
        return "nothing"
    return percent(flips) if flips < 1 else f"{two_figures(flips)} times"


def _without_end(shown: LossStory) -> str:
    log, most = shown.of("cross-entropy"), shown.of("absolute").loss.most
    return (
        "It ruled the truth out, and there cross-entropy has no end. "
        f"Programs clip the share: with a floor of one in ten million it charges {two_figures(log.value)}. "
        f"Absolute loss never charges more than {most:.0f} coin flips."
    )


def _pushes(shown: LossStory) -> str:
    log, edge, square, plain = (_force(one.push) for one in shown.charges)
    told = (
        f"Cross-entropy pushes the score with {log}, hinge with {edge}. "
        f"Squared loss pushes with {square}, absolute loss with {plain}."
    )
    if shown.right < 0.5 and shown.of("squared").push < WEAK:
        told += " So squared loss learns least from its worst mistakes."
    return told


def _force(push: float) -> str:
    if push < 1e-4:
        return "no force" if push == 0 else "almost no force"
    return f"a force of {two_figures(push)}"
