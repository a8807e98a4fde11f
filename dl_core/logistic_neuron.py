"""The festival neuron with a sigmoid: a share instead of a yes, and a threshold that somebody sets."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from dl_core import perceptron
from dl_core.activations import Floats, sigmoid
from dl_core.numbers_in_words import percent, two_figures
from dl_core.perceptron import Case

SCALES = (0.5, 1.0, 2.0, 10.0)  # times all weights and the bias
FAR = 7.0  # how far from 0 the sums of the picture reach
NAMES = {  # what a sum stands for: by good weather, and how many of the other two are met
    (True, 2): "all three",
    (True, 1): "good weather and one more",
    (True, 0): "good weather alone",
    (False, 2): "bad weather, both others",
    (False, 1): "bad weather, one other",
    (False, 0): "none of the three",
}


@dataclass(frozen=True)
class Settings:
    """From which share on it is a yes, and how large the weights are.

    Raises
    ------
    ValueError
        If the threshold is no whole number from 1 to 99, or the scale is not on offer.
    """

    threshold_percent: int = 50  # a share over it is a yes
    scale: float = 1.0  # all weights and the bias, times this

    def __post_init__(self) -> None:
        if self.threshold_percent not in range(1, 100):
            raise ValueError(f"A threshold of {self.threshold_percent} % decides nothing: choose 1 to 99.")
        if self.scale not in SCALES:
            raise ValueError(f"Weights cannot be {self.scale:g} times as large: choose one of {SCALES}.")


PRESETS = {
    "More likely than not": Settings(),
    "Only when sure": Settings(80),
    "Almost a step": Settings(50, 10.0),
}


@dataclass(frozen=True)
class Group:
    """All cases with the same sum."""

    name: str
    cases: tuple[Case, ...]
    sum: float  # the article's weights and bias, before the scale
    share: float  # 0 to 1
    goes: bool  # whether the share is over the threshold


@dataclass(frozen=True)
class LogisticNeuron:
    """Eight cases as shares, and who is over the threshold."""

    settings: Settings
    groups: tuple[Group, ...]  # six, the highest sum first

    @property
    def n_going(self) -> int:
        """Cases of 8 over the threshold."""
        return sum(len(group.cases) for group in self.groups if group.goes)

    @property
    def asks_for(self) -> float:
        """The sum that has exactly the threshold's share: what a yes must be over."""
        share = self.settings.threshold_percent / 100
        return math.log(share / (1 - share)) / self.settings.scale

    def of(self, name: str) -> Group:
        """The group called ``name``."""
        return next(group for group in self.groups if group.name == name)


def shares(sums: Floats, scale: float) -> Floats:
    """What the sigmoid makes of sums, all weights and the bias being ``scale`` times as large.

    Parameters
    ----------
    sums
        (n,) before the scale.
    scale
        Above 0.

    Examples
    --------
    >>> shares(np.array([1.0, -1.0, 5.0, -5.0]), 1.0).round(3)
    array([0.731, 0.269, 0.993, 0.007])
    """
    return sigmoid(scale * sums)


def story(settings: Settings) -> LogisticNeuron:
    """Put the eight cases of the article's neuron through a sigmoid.

    Examples
    --------
    >>> [round(group.share, 3) for group in story(Settings()).groups]
    [0.993, 0.953, 0.731, 0.269, 0.047, 0.007]
    """
    judged = perceptron.story(perceptron.Settings()).decisions
    by_name: dict[str, list[perceptron.Decision]] = {}
    for one in judged:
        by_name.setdefault(NAMES[one.case[0], sum(one.case[1:])], []).append(one)
    sums = np.array([same[0].sum + same[0].bias for same in by_name.values()])
    groups = tuple(
        Group(
            name,
            tuple(one.case for one in same),
            float(total),
            float(share),
            float(share) > settings.threshold_percent / 100,
        )
        for (name, same), total, share in zip(
            by_name.items(), sums, shares(sums, settings.scale), strict=True
        )
    )
    return LogisticNeuron(settings, groups)


def takeaway(shown: LogisticNeuron) -> str:
    """How many cases are a yes, what the threshold asks for, and what a step would hide.

    Examples
    --------
    >>> takeaway(story(Settings())).split(". ")[0]
    'You go above 50 %, so 4 of 8 cases are a yes'
    """
    told, alone, both = shown.settings, shown.of("good weather alone"), shown.of("bad weather, both others")
    first = f"You go above {told.threshold_percent} %, so {shown.n_going} of 8 cases are a yes."
    if told.threshold_percent == 50:
        bar = "That is where the step stands too: at a sum of 0."
    else:
        way = "above" if shown.asks_for > 0 else "below"
        far = two_figures(abs(shown.asks_for))
        bar = f"That moves the bar {far} {way} the step’s: another bias would do the same."
    if alone.share > 0.999:
        return f"{first} With weights this large the sigmoid is almost a step, and sure of every case."
    shares_told = (
        f"Good weather alone gets {percent(alone.share)}, both others in bad weather {percent(both.share)}"
    )
    return f"{first} {bar} {shares_told}; a step hides how close that is."
