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
    held_back = probability >= question.bar
    price = np.where(truth, ~held_back * question.miss, held_back * question.false_alarm)
    return np.asarray(CASES * price, np.float64)
