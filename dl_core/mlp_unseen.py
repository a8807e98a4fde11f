"""How good a trained network is on rows it never saw: a share or an error, with its 95 % interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.intervals import Z_95, share_of
from dl_core.mlp.data import Dealt
from dl_core.mlp.engine import Training, outputs
from dl_core.numbers_in_words import percent, two_figures


@dataclass(frozen=True)
class Unseen:
    """The score on the test pile."""

    n: int  # test rows
    hits: int | None  # how many are right; None for a value
    value: float  # share right, 0 to 1, or the root of the mean squared error in the target's unit
    low: float  # lower end of the 95 % interval
    high: float  # upper end
    unit: str = ""  # of the value; empty for a share

    @property
    def is_share(self) -> bool:
        """Whether more is better."""
        return self.hits is not None

    @property
    def in_words(self) -> str:
        """The score: ``99 %`` or ``1.8 hours``."""
        return amount(self.value, self.is_share, self.unit)

    @property
    def counted(self) -> str:
        """The score as a count: ``75 of 76``, or what `in_words` says where nothing can be counted."""
        return f"{self.hits:,} of {self.n:,}" if self.is_share else self.in_words

    @property
    def interval(self) -> str:
        """The 95 % interval: ``93 to 99.7 %`` or ``1.6 to 1.9 hours``."""
        return span(self.low, self.high, self.is_share, self.unit)


def amount(value: float, is_share: bool, unit: str = "") -> str:
    """A score in words.

    Parameters
    ----------
    value
        A share of 0 to 1, or an error in its unit.
    is_share
        Which of the two.
    unit
        Of an error; may be empty.

    Examples
    --------
    >>> amount(0.987, True), amount(1.84, False, "hours"), amount(3e7, False, "m")
    ('99 %', '1.8 hours', 'over a million m')
    """
    if is_share:
        return percent(value)
    return f"{'over a million' if value > 1e6 else two_figures(value)} {unit}".strip()


def span(low: float, high: float, is_share: bool, unit: str = "") -> str:
    """Two scores as a range.

    Parameters
    ----------
    low, high
        Shares of 0 to 1, or errors in their unit.
    is_share
        Which of the two.
    unit
        Of an error; may be empty.

    Examples
    --------
    >>> span(0.929, 0.9977, True), span(1.61, 1.93, False, "hours"), span(0.5, 0.5, True)
    ('93 to 99.7 %', '1.6 to 1.9 hours', '50 %')
    """
    ends = [_end(share) if is_share else amount(share, False, unit) for share in (low, high)]
    sign = "%" if is_share else unit
    return ends[0] if ends[0] == ends[1] else f"{ends[0].removesuffix(sign).strip()} to {ends[1]}"


def _end(share: float) -> str:
    """In whole percent; near 100 with one place, never rounded up to it."""
    return f"{math.floor(1000 * share) / 10:g} %" if share > 0.99 else f"{100 * share:.0f} %"


def unseen(
    training: Training, dealt: Dealt, snapshot: int = -1, *, pile: NDArray[np.int64] | None = None
) -> Unseen:
    """The score of one network on the test pile, or on another one.

    Parameters
    ----------
    snapshot
        Which moment of the training, from 0; −1 is the end.
    pile
        (n,) row numbers in the data, 1 or more; those of the test pile if nothing is said.

    Notes
    -----
    A share has Wilson's interval. The interval of an error is plus and minus 1.96 standard errors of the
    root of the mean squared error, by the spread of the squared errors.

    Examples
    --------
    >>> from dl_core.mlp import data, engine
    >>> from dl_core.mlp.plan import Plan
    >>> dealt = data.make(data.Settings("blobs", n=100))
    >>> rows = [(dealt.inputs[pile], dealt.targets[pile]) for pile in (dealt.train, dealt.test)]
    >>> trained = engine.train(Plan(hidden=()), *rows[0], *rows[1], "classes", 3)
    >>> unseen(trained, dealt).n
    30
    """
    rows = dealt.test if pile is None else pile
    given = outputs(training, dealt.inputs[rows], snapshot)
    truth, n = dealt.data.targets[rows], len(rows)
    if dealt.data.task == "classes":
        right = share_of(int((given.argmax(axis=1) == truth).sum()), n)
        return Unseen(n, right.hits, right.value, right.low, right.high)
    squares = (dealt.in_units(given[:, 0]) - truth) ** 2
    error = float(np.sqrt(squares.mean()))
    half = Z_95 * float(squares.std()) / (2 * error * np.sqrt(n)) if error else 0.0
    return Unseen(n, None, error, max(0.0, error - half), error + half, dealt.data.unit)


def sure_of(training: Training, dealt: Dealt, rows: list[int]) -> NDArray[np.float64]:
    """The shares that a network gives the classes.

    Parameters
    ----------
    rows
        (n,) row numbers in the data; may be empty.

    Returns
    -------
    NDArray
        (n, n_classes), each row adds up to 1.
    """
    if not rows:
        return np.zeros((0, dealt.n_outputs))
    return outputs(training, dealt.inputs[rows])
