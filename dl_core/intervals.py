"""How far a score from a sample can be trusted."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z_95 = 1.959963984540054  # the normal curve holds 95 % of its area within this many standard deviations


@dataclass(frozen=True)
class Share:
    """So many of so many, with the range the true share plausibly lies in."""

    hits: int  # how many were right
    n: int  # out of how many
    low: float  # lower end of the 95 % interval, 0 to 1
    high: float  # upper end, 0 to 1

    @property
    def value(self) -> float:
        """The share itself, 0 to 1."""
        return self.hits / self.n


def share_of(hits: int, n: int) -> Share:
    """The share ``hits / n`` with its 95 % Wilson interval.

    Parameters
    ----------
    hits
        How many were right, 0 to ``n``.
    n
        How many were asked, at least 1.

    Raises
    ------
    ValueError
        "3 right out of 2 cannot be: ..." when the counts contradict each other.

    Notes
    -----
    The Wilson interval stays inside 0 to 1 and is honest for small samples and for scores near 100 %.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927).

    Examples
    --------
    >>> score = share_of(950, 1000)
    >>> round(score.low, 3), round(score.high, 3)
    (0.935, 0.962)
    """
    if n < 1 or not 0 <= hits <= n:
        raise ValueError(f"{hits} right out of {n} cannot be: give 1 answer or more, 0 to {n} right.")
    return Share(hits, n, *_wilson(hits / n, n))


def share_of_groups(hits: int, n: int, n_groups: int) -> Share:
    """The share ``hits / n`` where answers come in groups that are right or wrong together.

    Parameters
    ----------
    hits
        How many were right, 0 to ``n``.
    n
        How many were asked, at least 1.
    n_groups
        Groups among them, 1 to ``n``: the range is that of as many answers that stand alone.

    Raises
    ------
    ValueError
        When the counts contradict each other.

    Notes
    -----
    This is the careful end: answers of one group count as one. With groups of one it is `share_of`.

    Examples
    --------
    >>> score = share_of_groups(76, 84, 28)
    >>> round(score.value, 2), round(score.low, 2), round(score.high, 2)
    (0.9, 0.74, 0.97)
    """
    if not 1 <= n_groups <= n:
        raise ValueError(f"{n} answers cannot come in {n_groups} groups: give 1 to {n}.")
    return Share(hits, n, *_wilson(share_of(hits, n).value, n_groups))


def _wilson(share: float, n: int) -> tuple[float, float]:
    """Both ends of the interval."""
    z2 = Z_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)
