"""The learning rate over a training run: held, dropped or slowly let down, measured on real wines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dl_core.numbers_in_words import two_figures
from dl_core.wine import load_wines

Shape = Literal["constant", "steps", "cosine", "1/t"]
SHAPES: tuple[Shape, ...] = ("constant", "steps", "cosine", "1/t")
START_RATES = (0.01, 0.03, 0.1, 0.3)
END_RATES = (0.0001, 0.001, 0.01)
N_PASSES = 60
N_TRAIN = 124  # of 178 wines; the other 54 are the validation pile
SEED = 0
LAST = 10  # passes at the end over which we watch whether the miss still moves
CALM = 0.01  # percent alcohol: a miss that moves by less counts as settled

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Settings:
    """Where the rate starts, where it ends, and how it gets there.

    Raises
    ------
    ValueError
        If a rate is not above 0 and at most 1, the end lies above the start, or the shape is unknown.
    """

    start_rate: float = 0.1  # above 0, at most 1
    end_rate: float = 0.0001  # the same, and not above the start; a constant rate does not use it
    shape: Shape = "steps"

    def __post_init__(self) -> None:
        for rate in (self.start_rate, self.end_rate):
            if not 0 < rate <= 1:
                raise ValueError(f"A learning rate of {rate:g} does not work here: choose above 0, up to 1.")
        if self.end_rate > self.start_rate:
            raise ValueError(
                f"The rate would climb from {self.start_rate:g} to {self.end_rate:g}: "
                "choose an end below the start."
            )
        if self.shape not in SHAPES:
            raise ValueError(f"There is no schedule “{self.shape}”: choose one of {', '.join(SHAPES)}.")


PRESETS = {
    "Three drops": Settings(),
    "Half a wave": Settings(0.1, 0.0001, "cosine"),
    "Held constant": Settings(0.1, 0.0001, "constant"),
}


@dataclass(frozen=True)
class Run:
    """What a line's typical miss did over the passes, in percent alcohol by volume."""

    train: tuple[float, ...]  # (n_passes,) root of the mean squared error on the training wines, after each
    validation: tuple[float, ...]  # (n_passes,) the same on the wines kept aside

    @property
    def last_range(self) -> tuple[float, float]:
        """The lowest and highest validation miss over the last passes."""
        last = self.validation[-LAST:]
        return min(last), max(last)

    @property
    def settled(self) -> bool:
        """Whether the validation miss has come to rest."""
        low, high = self.last_range
        return high - low < CALM


@dataclass(frozen=True)
class RateSchedule:
    """The reader's schedule beside two constant rates: its start, and its end."""

    settings: Settings
    rates: tuple[float, ...]  # (n_passes,) of the schedule
    chosen: Run
    constant: Run  # the start rate held
    small: Run  # the end rate held from the first pass
    n_train: int  # wines learned from
    n_validation: int  # wines kept aside

    @property
    def falls(self) -> bool:
        """Whether the rate really gets smaller."""
        return self.rates[-1] < self.rates[0]


def schedule(shape: Shape, start_rate: float, end_rate: float, n_passes: int) -> tuple[float, ...]:
    """The learning rate of each pass.

    Parameters
    ----------
    shape
        "constant" stays at the start; "steps" drops by 10 at equal spaces and ends at the end rate; "cosine"
        swings down along half a wave; "1/t" falls fast at first and ever slower.
    start_rate, end_rate
        Of the first and the last pass, above 0, the end not above the start.
    n_passes
        At least 2.

    Examples
    --------
    >>> schedule("steps", 0.1, 0.001, 6)
    (0.1, 0.1, 0.01, 0.01, 0.001, 0.001)
    >>> [round(rate, 3) for rate in schedule("1/t", 0.9, 0.1, 3)]
    [0.9, 0.18, 0.1]
    """
    if shape == "constant":
        return (start_rate,) * n_passes
    last, passes = n_passes - 1, range(n_passes)
    if shape == "steps":
        n_levels = drops(start_rate, end_rate) + 1
        levels = [max(_tenth(start_rate, level), end_rate) for level in range(n_levels)]
        return tuple(levels[each * n_levels // n_passes] for each in passes)
    if shape == "cosine":
        span = (start_rate - end_rate) / 2
        return tuple(end_rate + span * (1 + math.cos(math.pi * each / last)) for each in passes)
    return tuple(start_rate / (1 + (start_rate / end_rate - 1) * each / last) for each in passes)


def drops(start_rate: float, end_rate: float) -> int:
    """How many drops by 10 lead from ``start_rate`` to ``end_rate``, the last one shorter where it must be.

    >>> drops(0.1, 0.0001), drops(0.3, 0.01), drops(0.1, 0.1)
    (3, 2, 0)
    """
    return math.ceil(math.log10(start_rate / end_rate) - 1e-9)


def _tenth(rate: float, times: int) -> float:
    return float(f"{rate / 10**times:.12g}")  # 0.1 / 100 is 0.001, not 0.0010000000000000002


@dataclass(frozen=True)
class Wines:
    """Proline as inputs of mean 0 and spread 1, and alcohol less the training mean."""

    inputs: Floats  # (178,)
    targets: Floats  # (178,) percent alcohol by volume
    train: NDArray[np.int64]  # (124,) which wines are learned from
    validation: NDArray[np.int64]  # (54,) and which are kept aside


@cache
def wines() -> Wines:
    """The table dealt into two piles, its inputs scaled by the training pile.

    Examples
    --------
    >>> len(wines().train), len(wines().validation)
    (124, 54)
    """
    table = load_wines()
    proline, alcohol = table.column("proline"), table.column("alcohol")
    order = np.random.default_rng(SEED).permutation(len(proline))
    train, validation = order[:N_TRAIN], order[N_TRAIN:]
    inputs = (proline - proline[train].mean()) / proline[train].std()
    return Wines(inputs, alcohol - alcohol[train].mean(), train, validation)


@lru_cache(maxsize=64)  # 2 ms each: the constant rates stay while a reader tries shapes
def train(rates: tuple[float, ...]) -> Run:
    """Guess alcohol from proline, one example at a time, each pass in a new seeded order.

    The line starts at the training mean. Each update is rate · error · input for the weight, and rate · error
    for the bias: the slopes of half the squared error.

    Parameters
    ----------
    rates
        The learning rate of each pass, 0 to 1.

    Examples
    --------
    >>> run = train((0.01,) * 5)
    >>> run.train[-1] < run.train[0]
    True
    """
    data, rng = wines(), np.random.default_rng(SEED)
    inputs, targets = data.inputs[data.train].tolist(), data.targets[data.train].tolist()
    weight = bias = 0.0
    lines = []
    for rate in rates:
        for i in rng.permutation(len(inputs)).tolist():
            error = weight * inputs[i] + bias - targets[i]
            weight -= rate * error * inputs[i]
            bias -= rate * error
        lines.append((weight, bias))
    learned, kept = (
        [_miss(line, data.inputs[pile], data.targets[pile]) for line in lines]
        for pile in (data.train, data.validation)
    )
    return Run(tuple(learned), tuple(kept))


def _miss(line: tuple[float, float], inputs: Floats, targets: Floats) -> float:
    errors = line[0] * inputs + line[1] - targets
    return math.sqrt(float(errors @ errors) / len(errors))


@cache
def best_possible() -> float:
    """The typical miss of the best line there is on the training wines, in percent alcohol.

    >>> round(best_possible(), 2)
    0.61
    """
    data = wines()
    x, y = data.inputs[data.train], data.targets[data.train]
    return _miss((float(x @ y / (x @ x)), float(y.mean())), x, y)


def story(settings: Settings) -> RateSchedule:
    """The schedule, and what it does beside its own start and its own end held constant.

    Examples
    --------
    >>> told = story(Settings())
    >>> told.chosen.settled, told.constant.settled
    (True, False)
    """
    rates = schedule(settings.shape, settings.start_rate, settings.end_rate, N_PASSES)
    constant, small = (train((each,) * N_PASSES) for each in (settings.start_rate, settings.end_rate))
    data = wines()
    return RateSchedule(settings, rates, train(rates), constant, small, len(data.train), len(data.validation))


def takeaway(told: RateSchedule) -> str:
    """Three short sentences: the start rate held constant, the reader's schedule, the end rate held constant.

    Examples
    --------
    >>> takeaway(story(Settings())).split(". ")[1]
    'Falling from 0.1 to 0.0001, by 3 factors of 10, it settles at 0.63 % alcohol'
    """
    start, end = decimal(told.settings.start_rate), decimal(told.settings.end_rate)
    held, small = _told(told.constant), two_figures(told.small.validation[-1])
    lead = f"Held at {start}, the typical miss on {told.n_validation} wines kept aside {held}."
    slow = f"Held at {end} from the first pass, it is at {small} after {N_PASSES} passes."
    if not told.falls:
        return f"{lead} Let the rate fall, and watch the last passes." + (f" {slow}" if start != end else "")
    return f"{lead} Falling from {start} to {end}{_factors(told.settings)}, it {_told(told.chosen)}. {slow}"


def _factors(settings: Settings) -> str:
    """How many factors of 10 the rate falls by, where that is a whole number."""
    n = math.log10(settings.start_rate / settings.end_rate)
    if abs(n - round(n)) > 1e-9:
        return ""
    return f", by {round(n)} factor{'s' if round(n) > 1 else ''} of 10"


def _told(run: Run) -> str:
    low, high = (two_figures(each) for each in run.last_range)
    if run.settled or low == high:
        return f"settles at {two_figures(run.validation[-1])} % alcohol"
    return f"still jumps between {low} and {high} % alcohol"


def decimal(rate: float) -> str:
    """A rate written out.

    >>> decimal(0.0001), decimal(0.1), decimal(0.00012345)
    ('0.0001', '0.1', '0.00012')
    """
    return f"{float(f'{rate:.2g}'):.6f}".rstrip("0").rstrip(".")
