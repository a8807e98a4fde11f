"""What two sets of answers to the same rows cost, row against row, and how sure the difference is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dl_core.interpretability.board import CASES, give_or_take
from dl_core.interpretability.cross_validation import Mean
from dl_core.interpretability.question import Question
from dl_core.interpretability.table import Floats, Truth
from dl_core.intervals import Z_95

FEWEST_MOVED = 6  # rows: if they all go one way, a fair coin would do that in 2 of 64 throws, under 5 %


@dataclass(frozen=True)
class Gap:
    """A mean over rows with its 95 % interval, and on how many rows it rests."""

    mean: Mean  # dollars in CASES cases; above 0 the second set of answers is dearer
    n_moved: int  # rows whose cost differs at all

    @property
    def is_dearer(self) -> bool:
        """Whether it is surely above 0."""
        return self.mean.low > 0 and self.n_moved >= FEWEST_MOVED

    @property
    def is_cheaper(self) -> bool:
        """Whether it is surely below 0."""
        return self.mean.high < 0 and self.n_moved >= FEWEST_MOVED

    @property
    def is_tie(self) -> bool:
        """Whether these rows cannot tell it from 0."""
        return not self.is_dearer and not self.is_cheaper

    @property
    def in_words(self) -> str:
        """The mean and half its interval; where no row differs, that.

        Examples
        --------
        >>> gap_of(np.array([5.0, -5.0, 5.0, 5.0])).in_words, gap_of(np.zeros(3)).in_words
        ('$2.5 ± $4.9', 'no case differs')
        """
        return give_or_take(self.mean, "${}") if self.n_moved else "no case differs"


def gap_of(differences: Floats) -> Gap:
    """The mean of what rows cost more, in dollars for CASES cases.

    Parameters
    ----------
    differences
        ``(n,)`` of each row, already in dollars for CASES cases; 2 rows or more.

    Notes
    -----
    The interval is the mean ± 1.96 standard errors. It holds the luck of the rows that were held out, and not
    the luck of the training.

    Examples
    --------
    >>> gap = gap_of(np.array([0.0, 10.0] * 50))  # spread 5.03, over √100, times 1.96
    >>> gap.mean.value, round(gap.mean.half, 2), gap.is_dearer
    (5.0, 0.98, True)
    """
    value = float(differences.mean())
    half = Z_95 * float(differences.std(ddof=1)) / float(np.sqrt(len(differences)))
    return Gap(Mean(value, value - half, value + half), int((np.abs(differences) > 1e-9).sum()))


def cost_of_rows(question: Question, truth: Truth, probability: Floats) -> Floats:
    """What each row's answer costs, in dollars for CASES such rows: the shape of ``probability``.

    Parameters
    ----------
    question
        With both prices and the bar.
    truth
        ``(n,)`` whether each row is the bad case.
    probability
        ``(..., n)`` of the bad case, 0 to 1.

    Examples
    --------
    >>> from dl_core.interpretability.question import at_rest
    >>> truth, said = np.array([True, True, False, False]), np.array([0.9, 0.05, 0.5, 0.0])
    >>> cost_of_rows(at_rest(), truth, said).tolist()  # right, a miss, a false alarm, right
    [0.0, 1000000.0, 100000.0, 0.0]
    """
    return CASES * lost(question, truth, probability >= question.bar)


def lost(question: Question, truth: Truth, held: Truth) -> Floats:
    """What each decision costs, in dollars: the shape of ``held``.

    Parameters
    ----------
    question
        With both prices.
    truth
        ``(n,)`` whether each row is the bad case.
    held
        ``(..., n)`` whether it is held back.
    """
    return np.asarray(np.where(truth, ~held * question.miss, held * question.false_alarm), np.float64)


def cost_of(question: Question, truth: Truth, held: Truth) -> float:
    """What all decisions together cost, in dollars for CASES such rows.

    Parameters
    ----------
    question
        With both prices.
    truth, held
        ``(n,)`` whether each row is the bad case, and is held back.
    """
    missed, alarms = (truth & ~held).sum(), (~truth & held).sum()
    return float((missed * question.miss + alarms * question.false_alarm) * CASES / len(truth))


def change_of(truth: Truth, before: Truth, after: Truth, miss: float, false_alarm: float) -> Mean:
    """How much more CASES cases cost after an edit, with a 95 % interval; the same cases before and after.

    Parameters
    ----------
    truth, before, after
        ``(n,)`` whether each case is bad, was held back, and is held back now.
    miss, false_alarm
        What each mistake costs, above 0, in any unit.

    Notes
    -----
    Bad and fine cases are counted apart. Half a case is added to every cell of the table "before against
    after", so that an interval from few changes is not too narrow.

    Source: A. Agresti and Y. Min, "Simple improved confidence intervals for comparing matched proportions",
    Statistics in Medicine 24 (2005).

    Examples
    --------
    >>> truth, nobody = np.array([True] + 9 * [False]), np.zeros(10, bool)
    >>> told = change_of(truth, nobody, truth, 500.0, 1.0)  # the bad one is caught: $500 less in ten cases
    >>> told.value, told.low < told.value < told.high
    (-50000.0, True)
    """
    value = centre = variance = 0.0
    for here, price, was, now in ((truth, miss, ~before, ~after), (~truth, false_alarm, before, after)):
        n = int(here.sum())
        worse, less = int((here & now & ~was).sum()), int((here & was & ~now).sum())
        lead, money = (worse - less) / (n + 2), CASES * price * n / len(truth)
        value += CASES * price * (worse - less) / len(truth)
        centre += money * lead
        variance += money**2 * ((worse + less + 1) / (n + 2) - lead**2) / (n + 2)
    half = Z_95 * float(np.sqrt(variance))
    return Mean(value, min(centre - half, value), max(centre + half, value))
