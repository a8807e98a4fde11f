"""Shares that were counted, each with its range, and what a weighted sum of them leaves open."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from dl_core.intervals import share_of

Range = tuple[float, float, float]  # low end of the 95 % range, estimate, high end


@dataclass(frozen=True)
class Rate:
    """A share with the range that chance leaves it."""

    value: float  # 0 to 1
    low: float  # lower end of the 95 % interval, 0 to 1
    high: float  # upper end, 0 to 1

    @property
    def left(self) -> Rate:
        """The share of the others: what is not missed is caught."""
        return Rate(1 - self.value, 1 - self.high, 1 - self.low)


@dataclass(frozen=True)
class Process:
    """Today's process or the machine, as it was counted."""

    name: str  # "today" or "machine"
    bad: int  # bad cases in the check
    missed: int  # how many of them were let through
    good: int  # good cases in the check
    stopped: int  # how many of them were stopped
    per_case: float  # money for handling one case, mistakes apart
    per_year: float  # money a year, however many cases come
    is_sure: bool = False  # nothing to estimate: who checks nothing misses everything

    @property
    def miss(self) -> Rate:
        """Share of bad cases let through."""
        return self._rate(self.missed, self.bad)

    @property
    def alarm(self) -> Rate:
        """Share of good cases stopped."""
        return self._rate(self.stopped, self.good)

    @property
    def caught(self) -> Rate:
        """Share of bad cases caught."""
        return self.miss.left

    def _rate(self, hits: int, n: int) -> Rate:
        found = share_of(hits, n)
        return Rate(found.value, found.value, found.value) if self.is_sure else _of(found.value, n)


def _of(value: float, n: int) -> Rate:
    found = share_of(round(value * n), n)
    return Rate(found.value, found.low, found.high)


def combined(terms: Iterable[tuple[float, Rate]], start: float = 0.0) -> Range:
    """A weighted sum of independent shares with its 95 % range, from the ranges of the shares.

    Parameters
    ----------
    terms
        Weight, of either sign, and share.
    start
        What is added without any doubt.

    Notes
    -----
    Each end takes from every share the end that hurts there, and adds the steps like sides of a right angle.
    For the difference of two shares this is Newcombe's tenth method.

    Source: G. Y. Zou, A. Donner, "Construction of confidence limits about effect measures: a general
    approach", Statistics in Medicine 27 (2008).

    Examples
    --------
    >>> one, other = share_of(56, 70), share_of(48, 80)  # Newcombe (1998): 0.0524 to 0.3339
    >>> rates = [Rate(each.value, each.low, each.high) for each in (one, other)]
    >>> [round(end, 4) for end in combined([(1, rates[0]), (-1, rates[1])])]
    [0.0524, 0.2, 0.3339]
    """
    middle, down, up = start, 0.0, 0.0
    for weight, rate in terms:
        below, above = weight * (rate.low - rate.value), weight * (rate.high - rate.value)
        middle += weight * rate.value
        down += min(below, above) ** 2
        up += max(below, above) ** 2
    return middle - math.sqrt(down), middle, middle + math.sqrt(up)
