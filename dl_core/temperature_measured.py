"""Temperature on real digits: a model that is too sure, one that is too timid, and where their loss sits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dl_core.digits import N_CLASSES, digit_piles, load_digits
from dl_core.numbers_in_words import percent, two_figures
from dl_core.piles import Piles
from dl_core.softmax_regression import fit_softmax
from dl_core.softmax_temperature import COLDEST, WARMEST, log_losses
from dl_core.vision.calibration import fit_temperature

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

FEW = 100  # digits that the too sure model learned from
FREE, HELD = 1e-6, 0.0003  # penalty on the weights: next to none, and that of "kNN vs softmax"
BLIND = math.log(N_CLASSES)  # what a guess of one in ten costs
TEMPERATURES = (0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)
GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True)
class Settings:
    """The temperature that the reader sets for both models.

    Raises
    ------
    ValueError
        If it is not from 0.1 to 10.
    """

    temperature: float = 1.0  # scores are divided by it, 0.1 to 10

    def __post_init__(self) -> None:
        if not COLDEST <= self.temperature <= WARMEST:
            raise ValueError(f"A temperature of {self.temperature} is out of range: choose 0.1 to 10.")


@dataclass(frozen=True)
class Judged:
    """A model's scores for the digits of a pile, and what they show."""

    logits: Floats  # (n, 10) scores
    labels: Labels  # (n,) the digits

    def losses(self, temperature: float) -> Floats:
        """(n,) loss of each answer at a ``temperature`` above 0; natural log."""
        mine: Floats = log_losses(self.logits, temperature)[np.arange(len(self.labels)), self.labels]
        return mine

    def mean_loss(self, temperature: float) -> float:
        """Mean loss at a ``temperature`` above 0; natural log."""
        return float(self.losses(temperature).mean())

    @property
    def n_wrong(self) -> int:
        """How many answers are wrong, at every temperature."""
        return int((self.logits.argmax(axis=1) != self.labels).sum())


@dataclass(frozen=True)
class Model:
    """One fitted softmax, its curve over temperature, and the temperature that suits it."""

    name: str
    n_digits: int  # that it learned from
    validation: Judged
    test: Judged
    curve: tuple[tuple[float, float], ...]  # (temperature, mean loss on the validation pile)
    best: float  # the temperature with the least loss there

    @property
    def too_sure(self) -> bool:
        """Whether it must be warmed up, because its shares promise too much."""
        return self.best > 1


@dataclass(frozen=True)
class AtTemperature:
    """One model at the reader's temperature, on the validation pile."""

    model: Model
    loss: float  # mean; natural log
    n_dear: int  # answers that cost more than a blind guess
    dear_share: float  # of the whole loss, that these answers make up; 0 to 1


@dataclass(frozen=True)
class TemperatureMeasured:
    """Both models at the reader's temperature."""

    settings: Settings
    sure: AtTemperature
    timid: AtTemperature


@cache
def models() -> tuple[Model, Model]:
    """The too sure model and the timid one, fitted once; takes about a tenth of a second.

    Examples
    --------
    >>> [(model.n_digits, model.too_sure) for model in models()]
    [(100, True), (898, False)]
    """
    digits = load_digits()
    features, labels = digits.features, digits.labels
    piles = digit_piles()
    few = np.random.default_rng(0).permutation(piles.train)[:FEW]
    return (
        _model("learned from few, weights free", features, labels, piles, few, FREE),
        _model("learned from many, weights held", features, labels, piles, piles.train, HELD),
    )


def _model(
    name: str, features: Floats, labels: Labels, piles: Piles, learned: Labels, penalty: float
) -> Model:
    fitted = fit_softmax(features[learned], labels[learned], N_CLASSES, penalty)
    validation, test = (
        Judged(fitted.logits(features[pile]), labels[pile]) for pile in (piles.validation, piles.test)
    )
    spread = np.geomspace(COLDEST, WARMEST, 81)
    curve = tuple((float(at), validation.mean_loss(float(at))) for at in spread)
    return Model(
        name, len(learned), validation, test, curve, fit_temperature(validation.logits, validation.labels)
    )


def story(settings: Settings) -> TemperatureMeasured:
    """Both models at one temperature: their loss, and how much of it a few answers make up.

    Examples
    --------
    >>> told = story(Settings())
    >>> told.sure.n_dear, round(told.sure.loss, 2)
    (23, 0.46)
    """
    sure, timid = (_at(model, settings.temperature) for model in models())
    return TemperatureMeasured(settings, sure, timid)


def _at(model: Model, temperature: float) -> AtTemperature:
    losses = model.validation.losses(temperature)
    dear = losses > BLIND
    whole = float(losses.sum())
    return AtTemperature(
        model,
        float(losses.mean()),
        int(dear.sum()),
        float(losses[dear].sum()) / whole if whole else 0.0,
    )


def takeaway(shown: TemperatureMeasured) -> str:
    """Three short sentences: the loss here, where it is least, and who makes it up.

    Examples
    --------
    >>> takeaway(story(Settings())).split(". ")[0]
    'At temperature 1 the model that learned from 100 digits has a mean loss of 0.46'
    """
    sure = shown.sure
    n, at = len(sure.model.validation.labels), shown.settings.temperature
    return (
        f"At temperature {at:g} the model that learned from {sure.model.n_digits} digits has a mean loss of "
        f"{two_figures(sure.loss)}. {_advice(shown)} {_few_dear(sure, n)}"
    )


def _advice(shown: TemperatureMeasured) -> str:
    best = shown.sure.model.best
    least = shown.sure.model.validation.mean_loss(best)
    if two_figures(least) == two_figures(shown.sure.loss):
        return f"Its best is {two_figures(best)}, so this is as good as it gets."
    return f"At {two_figures(best)} it is {two_figures(least)}, and not one answer changes."


def _few_dear(sure: AtTemperature, n: int) -> str:
    if not sure.n_dear:
        return f"No answer of {n} costs more than a blind guess."
    return (
        f"{sure.n_dear} of its {n} answers cost more than a blind guess, "
        f"and they make up {percent(sure.dear_share)} of all loss."
    )


def checked_on_test(shown: TemperatureMeasured) -> str:
    """What the chosen temperatures do on the pile that had no say in the choice.

    Examples
    --------
    >>> checked_on_test(story(Settings()))[:51]
    'Checked on 539 test digits that had no say in this.'
    """
    told = [
        f"from {two_figures(one.test.mean_loss(1.0))} to {two_figures(one.test.mean_loss(one.best))}"
        for one in (shown.sure.model, shown.timid.model)
    ]
    n = len(shown.sure.model.test.labels)
    return (
        f"Checked on {n} test digits that had no say in this. The best temperature lowers "
        f"the too sure model’s loss {told[0]}, the too timid one’s {told[1]}."
    )
