"""What a model costs while it is used: memory, seconds and money, and where the cheaper one changes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.model_cost import Cost, knn_cost, softmax_cost
from dl_core.numbers_in_words import bytes_in_words, seconds_in_words, two_figures
from dl_core.running_case import CASES

SECONDS_PER_DAY = 86_400
DAYS_PER_MONTH = 30


@dataclass(frozen=True)
class Workload:
    """What the reader expects of the product, and what a machine does and costs."""

    requests_per_day: float = CASES[0].per_day  # answers, above 0
    n_examples: int = 50_000  # stored or learned from
    n_features: int = 3072  # numbers per example; a 32 x 32 colour photo has 3,072
    n_classes: int = 10  # answers to choose from, at least 2
    bytes_per_feature: int = 1  # of a stored example; 1 for a pixel, 4 for a decimal number
    operations_per_second: float = 1e9  # what one core does; an assumption, or measured
    price_per_hour: float = 0.05  # money for one core
    training_passes: int = 100  # how often training reads all examples
    growth_per_month: float = 0.0  # share of examples added each month, 0.1 = 10 %
    memory_budget_bytes: float = 8e9  # for the stored examples

    def __post_init__(self) -> None:
        above_zero = {
            "Requests a day": self.requests_per_day,
            "Stored examples": self.n_examples,
            "Numbers per example": self.n_features,
            "Bytes per number": self.bytes_per_feature,
            "Operations a second": self.operations_per_second,
            "Passes of training": self.training_passes,
            "The memory budget": self.memory_budget_bytes,
        }
        for name, value in above_zero.items():
            if not 0 < value < 1e18:
                raise ValueError(f"{name}: {value} cannot be. Give a number above 0.")
        if not 2 <= self.n_classes <= 1_000_000:
            raise ValueError(f"{self.n_classes} classes leave nothing to choose: give at least 2.")
        if not 0 <= self.price_per_hour < 1e6:
            raise ValueError(f"A price of {self.price_per_hour} an hour cannot be. Give 0 or more.")
        if not 0 <= self.growth_per_month <= 10:
            raise ValueError(
                f"Growth of {self.growth_per_month:.0%} a month is off the scale: give 0 to 1,000 %."
            )


@dataclass(frozen=True)
class Bill:
    """One model under the reader's workload."""

    cost: Cost
    seconds_per_answer: float  # of processor time
    seconds_per_day: float  # of processor time, at the reader's requests a day
    cores: int  # how many cores the load keeps busy, at least 1
    money_per_month: float  # in the currency of the price, for 30 days
    training_seconds: float  # one-off


@dataclass(frozen=True)
class CostOfUse:
    """Both bills and the two points where the choice turns."""

    workload: Workload
    knn: Bill
    softmax: Bill
    crossing_requests: float  # after so many answers softmax is cheaper, training included; inf: never
    crossing_days: float  # the same at the reader's requests a day
    largest_store: int  # examples that fit the memory budget
    months_until_full: float  # at the reader's growth; 0 when it does not fit now, inf: never
    requests: NDArray[np.float64]  # (61,) answers given so far, for the curve
    knn_seconds: NDArray[np.float64]  # (61,) processor seconds so far
    softmax_seconds: NDArray[np.float64]  # (61,) the same, training included


def cost_of_use(workload: Workload) -> CostOfUse:
    """What kNN and softmax cost under one workload.

    Parameters
    ----------
    workload
        The reader's numbers.

    Notes
    -----
    Training reads every example ``training_passes`` times, with one multiplication forward and one back
    per weight. Softmax is cheaper after ``training / (kNN - softmax)`` answers.

    Examples
    --------
    >>> both = cost_of_use(Workload())
    >>> round(both.knn.cost.operations / both.softmax.cost.operations)
    5000
    >>> round(both.crossing_requests)
    2000
    """
    knn = knn_cost(workload.n_examples, workload.n_features, workload.bytes_per_feature)
    softmax = softmax_cost(workload.n_features, workload.n_classes)
    training = 2 * workload.training_passes * workload.n_examples * softmax.operations
    knn_bill = _bill(workload, knn, 0)
    softmax_bill = _bill(workload, softmax, training)
    saved = knn.operations - softmax.operations
    crossing = training / saved if saved > 0 else math.inf
    middle = crossing if math.isfinite(crossing) else workload.requests_per_day
    requests = np.geomspace(max(1.0, middle / 1000), middle * 1000, 61)
    return CostOfUse(
        workload,
        knn_bill,
        softmax_bill,
        crossing,
        crossing / workload.requests_per_day,
        *_until_full(workload),
        requests,
        requests * knn_bill.seconds_per_answer,
        softmax_bill.training_seconds + requests * softmax_bill.seconds_per_answer,
    )


def _bill(workload: Workload, cost: Cost, training: float) -> Bill:
    answer = cost.operations / workload.operations_per_second
    day = answer * workload.requests_per_day
    hours = day * DAYS_PER_MONTH / 3600
    return Bill(
        cost,
        answer,
        day,
        max(1, math.ceil(day / SECONDS_PER_DAY)),
        hours * workload.price_per_hour,
        training / workload.operations_per_second,
    )


def _until_full(workload: Workload) -> tuple[int, float]:
    largest = int(workload.memory_budget_bytes // (workload.n_features * workload.bytes_per_feature))
    if largest < workload.n_examples:
        return largest, 0.0
    if workload.growth_per_month == 0:
        return largest, math.inf
    return largest, math.log(largest / workload.n_examples) / math.log1p(workload.growth_per_month)


def wrong_per_day(requests_per_day: float, accuracy: float) -> int:
    """How many answers a day are wrong.

    Parameters
    ----------
    requests_per_day
        Answers a day, 0 or more.
    accuracy
        Share of right answers, 0 to 1.

    Raises
    ------
    ValueError
        When the accuracy is no share.

    Examples
    --------
    >>> wrong_per_day(10_000, 0.386), wrong_per_day(10_000, 0.94)
    (6140, 600)
    """
    if not 0 <= accuracy <= 1:
        raise ValueError(f"An accuracy of {accuracy} cannot be: give a share from 0 to 1.")
    return round(requests_per_day * (1 - accuracy))


def ratio_sentence(both: CostOfUse) -> str:
    """How much lighter one model is, in one sentence.

    Examples
    --------
    >>> ratio_sentence(cost_of_use(Workload()))
    'kNN keeps 150 MB and softmax 120 kB; each kNN answer takes 5,000 times as many steps.'
    """
    knn, softmax = both.knn.cost, both.softmax.cost
    ratio = knn.operations / softmax.operations
    steps = (
        f"{two_figures(ratio)} times as many" if ratio >= 1 else f"only {two_figures(ratio * 100)} % of the"
    )
    return (
        f"kNN keeps {bytes_in_words(knn.bytes)} and softmax {bytes_in_words(softmax.bytes)}; "
        f"each kNN answer takes {steps} steps."
    )


def crossing_sentence(both: CostOfUse) -> str:
    """Where softmax becomes the cheaper one, in one sentence.

    Examples
    --------
    >>> crossing_sentence(cost_of_use(Workload()))
    'Training pays for itself after 2,000 answers: 4.8 hours at your load.'
    """
    if math.isinf(both.crossing_requests):
        return "With so few stored examples kNN stays cheaper: training never pays for itself."
    return (
        f"Training pays for itself after {two_figures(both.crossing_requests)} answers: "
        f"{seconds_in_words(both.crossing_days * SECONDS_PER_DAY)} at your load."
    )


def growth_sentence(both: CostOfUse) -> str:
    """When the stored examples outgrow the memory budget, in one sentence.

    Examples
    --------
    >>> growth_sentence(cost_of_use(Workload(growth_per_month=0.1)))
    'Your budget of 8.0 GB holds 2,600,000 examples; at 10 % a month it is full in 41 months.'
    """
    budget = bytes_in_words(both.workload.memory_budget_bytes)
    holds = f"Your budget of {budget} holds {two_figures(both.largest_store)} examples"
    if both.months_until_full == 0:
        return f"{holds}: too few for the {two_figures(both.workload.n_examples)} you have."
    if math.isinf(both.months_until_full):
        return f"{holds}: enough for the {two_figures(both.workload.n_examples)} you have."
    growth, months = two_figures(100 * both.workload.growth_per_month), two_figures(both.months_until_full)
    return f"{holds}; at {growth} % a month it is full in {months} months."


def money_sentence(both: CostOfUse, currency: str = "$") -> str:
    """A month of answers in money, in one sentence.

    Examples
    --------
    >>> money_sentence(cost_of_use(Workload()))
    'A month of answers costs about $0.64 with kNN and under $0.01 with softmax.'
    """

    def told(money: float) -> str:
        return f"under {currency}0.01" if money < 0.01 else f"about {currency}{money:,.2f}"

    return (
        f"A month of answers costs {told(both.knn.money_per_month)} with kNN "
        f"and {told(both.softmax.money_per_month)} with softmax."
    )


def cost_sentence(both: CostOfUse, currency: str = "$") -> str:
    """Weight, money and the turning point: what the reader should take from both bills.

    Examples
    --------
    >>> len(cost_sentence(cost_of_use(Workload())).split(". "))
    3
    """
    return f"{ratio_sentence(both)} {money_sentence(both, currency)} {crossing_sentence(both)}"
