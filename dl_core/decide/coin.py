"""Is 94 against 95 % a difference? Two models on the same cases: luck, the lead's range, and its worth."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dl_core.decide.prices import Settings as Prices
from dl_core.intervals import Z_95, Share, share_of
from dl_core.transfer.paired import DOUBT

Verdict = Literal["first", "second", "tie"]
Floats = NDArray[np.float64]
_FIRST = Prices()

Z_80 = 0.8416212335729143  # the normal curve holds 80 % of its area below this many standard deviations
LEAST, MOST = 10, 1_000_000  # test cases
MOST_A_DAY, DEAREST = 100_000_000, 1e6
DAYS = 365
SELDOM, MOST_POINTS = 1e-4, 81  # of the picture of luck
TYPED = "typed"
MEASURED = {  # table of the interpretability page → its name, and the two models asked
    "loans": ("Home loans", "forest", "ebm"),
    "cancer": ("Breast cancer", "forest", "ebm"),
}
MODELS = {TYPED: ("Model A", "Model B")} | dict.fromkeys(MEASURED, ("Forest", "EBM"))


@dataclass(frozen=True)
class Settings:
    """Two scores on the same cases, how far the two models part, and what an answer is worth."""

    whose: str = TYPED  # whose scores: TYPED, or a key of MEASURED, which then brings its own four numbers
    n: int = 1_000  # test cases, the same for both, 10 to 1,000,000
    first: float = 94.0  # percent right, 0 to 100
    second: float = 95.0  # percent right, 0 to 100
    differ: float = 5.0  # percent of the cases that only one of the two gets right, 0 to 100
    per_day: int = _FIRST.per_day  # cases a day in use, 1 to 100,000,000
    miss: float = _FIRST.miss  # money that one wrong answer costs, 0 to 1,000,000

    def __post_init__(self) -> None:
        if self.whose != TYPED and self.whose not in MEASURED:
            raise ValueError(f"{self.whose!r} was not measured: choose {', '.join((TYPED, *MEASURED))}.")
        if not LEAST <= self.n <= MOST:
            raise ValueError(f"{self.n} test cases cannot be: give {LEAST} to {MOST:,}.")
        for name, share in (("right", self.first), ("right", self.second), ("parted", self.differ)):
            if not 0 <= share <= 100:
                raise ValueError(f"{share} % {name} cannot be: give 0 to 100.")
        if not 1 <= self.per_day <= MOST_A_DAY:
            raise ValueError(f"{self.per_day} cases a day cannot be: give 1 to {MOST_A_DAY:,}.")
        if not 0 <= self.miss <= DEAREST:
            raise ValueError(f"A mistake cannot cost {self.miss}: give a price from 0 to {DEAREST:,.0f}.")


PRESETS = {
    "94 or 95 %": Settings(),
    "The same on 10,000": Settings(n=10_000),
    "Two measured models": Settings("loans"),
}


@dataclass(frozen=True)
class Coin:
    """Counted answers of two models on the same cases."""

    settings: Settings
    n: int  # cases
    only_first: int  # cases that only the first gets right
    only_second: int  # cases that only the second gets right
    first_right: int  # cases that the first gets right, alone or not
    asked: int  # cases that only one should get right, as the reader asked: not every number can be

    @property
    def names(self) -> tuple[str, str]:
        """What the two models are called."""
        return MODELS[self.settings.whose]

    @property
    def first(self) -> Share:
        """The first one's score with its 95 % Wilson interval."""
        return share_of(self.first_right, self.n)

    @property
    def second(self) -> Share:
        """The second one's score with its 95 % Wilson interval."""
        return share_of(self.first_right - self.only_first + self.only_second, self.n)

    @property
    def parted(self) -> int:
        """Cases that only one of the two gets right: the only ones that can tell them apart."""
        return self.only_first + self.only_second

    @property
    def lead(self) -> float:
        """By how much the second is ahead, as a share of 1; below 0 where it is behind."""
        return (self.only_second - self.only_first) / self.n

    @cached_property
    def p(self) -> float:
        """How often luck alone leads at least as far, 0 to 1: McNemar's exact test."""
        return fair_coin(self.only_first, self.only_second)

    @property
    def verdict(self) -> Verdict:
        """Which one is better; a tie where luck alone would do it too often."""
        if self.p >= DOUBT:
            return "tie"
        return "second" if self.lead > 0 else "first"

    @property
    def between(self) -> tuple[float, float]:
        """The 95 % range of the lead, as shares of 1, at least as wide as the verdict."""
        low, high = lead_interval(self.only_first, self.only_second, self.n)
        return (min(low, 0.0), max(high, 0.0)) if self.verdict == "tie" else (low, high)

    @cached_property
    def needed(self) -> int | None:
        """Cases with which a lead like this would be seen in four tests of five; None without a lead."""
        return cases_needed(self.lead, self.parted / self.n)

    @property
    def a_point(self) -> float:
        """Money a year that one point, one answer more right in a hundred, is worth."""
        return self.settings.per_day * DAYS * 0.01 * self.settings.miss

    @property
    def worth(self) -> tuple[float, float, float]:
        """Money a year that the second saves: at the low end of the range, as seen, and at the high end."""
        low, high = self.between
        return low * 100 * self.a_point, self.lead * 100 * self.a_point, high * 100 * self.a_point

    @cached_property
    def luck(self) -> tuple[Floats, Floats]:
        """Leads that luck alone makes now and then, ``(m,)`` shares of 1, rising, and how often, ``(m,)``.

        At most 90 of them, as parts of the most frequent one; among them the lead seen and its mirror image.
        """
        chances = _log_chances(self.parted)
        chances -= chances.max()
        seldom = np.flatnonzero(chances > math.log(SELDOM))
        ends = (self.only_first, self.only_second)
        heads = np.unique([*np.linspace(seldom[0], seldom[-1], MOST_POINTS).round().astype(int), *ends])
        return (2.0 * heads - self.parted) / self.n, np.exp(chances[heads])


def _log_chances(tosses: int) -> Floats:
    """Of 0 to ``tosses`` heads of a fair coin, ``(tosses + 1,)``: the logarithm of the probability."""
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, tosses + 1, dtype=np.float64)))])
    chances: Floats = logs[-1] - logs - logs[::-1] - tosses * math.log(2)
    return chances


def fair_coin(heads: int, tails: int) -> float:
    """How often a fair coin leans at least as far to either side, 0 to 1; exact.

    Parameters
    ----------
    heads, tails
        Cases that only the one, and only the other, gets right; 0 or more.

    Notes
    -----
    McNemar's exact test. Source: Q. McNemar, "Note on the sampling error of the difference between correlated
    proportions or percentages", Psychometrika 12 (1947).

    Examples
    --------
    >>> round(fair_coin(9, 1), 6), fair_coin(2, 2), fair_coin(0, 0)  # 2 · (1 + 10) / 2¹⁰
    (0.021484, 1.0, 1.0)
    """
    tail = np.exp(_log_chances(heads + tails)[: min(heads, tails) + 1]).sum()
    return float(min(1.0, 2 * tail))


def lead_interval(only_first: int, only_second: int, n: int) -> tuple[float, float]:
    """The 95 % interval of the second one's lead, both ends as shares of 1.

    Parameters
    ----------
    only_first, only_second
        Cases that only the one, and only the other, gets right; together at most ``n``.
    n
        All cases, 1 or more.

    Notes
    -----
    Half a case is added to each of the four counts, which keeps the interval honest for few cases. Source:
    A. Agresti and Y. Min, "Simple improved confidence intervals for comparing matched proportions",
    Statistics in Medicine 24 (2005).

    Examples
    --------
    >>> [round(end, 4) for end in lead_interval(150, 86, 1600)]  # approval of a prime minister, twice
    [-0.0587, -0.0212]
    """
    parted, ahead, cases = only_first + only_second + 1, only_second - only_first, n + 2
    half = Z_95 * math.sqrt(parted - ahead**2 / cases) / cases
    return max(-1.0, ahead / cases - half), min(1.0, ahead / cases + half)


def cases_needed(lead: float, parted: float) -> int | None:
    """Cases with which the paired test sees such a lead in four tests of five.

    Parameters
    ----------
    lead
        By how much the one is really ahead, as a share of 1.
    parted
        Share of cases that only one gets right, at least as large as the lead.

    Notes
    -----
    Two-sided at 5 %, power 80 %. Source: R. J. Connor, "Sample size for testing differences in proportions
    for the paired-sample design", Biometrics 43 (1987).

    Examples
    --------
    >>> cases_needed(0.01, 0.05), cases_needed(0.0, 0.05)  # (1.96 √0.05 + 0.842 √0.0499)² / 0.01²
    (3923, None)
    """
    if lead == 0:
        return None
    root = Z_95 * math.sqrt(parted) + Z_80 * math.sqrt(max(0.0, parted - lead**2))
    return max(1, math.ceil(root**2 / lead**2))


def story(settings: Settings) -> Coin:
    """Count whole cases from the reader's percents, or take those of two measured models.

    Parameters
    ----------
    settings
        What the reader chose.

    Examples
    --------
    >>> told = story(Settings())
    >>> told.only_first, told.only_second, round(told.p, 2), told.verdict
    (20, 30, 0.2, 'tie')
    """
    if settings.whose != TYPED:
        return _measured(settings)
    n = settings.n
    first, second = (math.floor(n * share / 100 + 0.5) for share in (settings.first, settings.second))
    asked = math.floor(n * settings.differ / 100 + 0.5)
    parted = possible(asked, first, second, n)
    return Coin(settings, n, (parted - second + first) // 2, (parted + second - first) // 2, first, asked)


def possible(asked: int, first: int, second: int, n: int) -> int:
    """The number of parted cases nearest to the one asked for that these scores allow.

    Parameters
    ----------
    asked
        Cases that only one should get right, 0 to ``n``.
    first, second
        Cases that each gets right, 0 to ``n``.
    n
        All cases.

    Notes
    -----
    The lead must come from somewhere, and no case can be right or wrong more than once: between
    ``|first - second|`` and the smaller of all right and all wrong answers, in steps of two.

    Examples
    --------
    >>> possible(50, 940, 950, 1000), possible(0, 940, 950, 1000), possible(500, 940, 950, 1000)
    (50, 10, 110)
    """
    least = abs(first - second)
    most = min(first + second, 2 * n - first - second)
    inside = min(max(asked, least), most)
    return inside - (inside - least) % 2


def _measured(settings: Settings) -> Coin:
    from dl_core.interpretability.out_of_fold import out_of_fold

    _, one, other = MEASURED[settings.whose]
    first, second = (_right(out_of_fold(settings.whose, model)) for model in (one, other))
    only_first, only_second = int((first & ~second).sum()), int((second & ~first).sum())
    return Coin(settings, len(first), only_first, only_second, int(first.sum()), only_first + only_second)


def _right(answers: object) -> NDArray[np.bool_]:
    """``(n,)`` whether each answer is right when the model says "bad" from one half on."""
    said: Floats = np.asarray(answers.probability)  # type: ignore[attr-defined]
    right: NDArray[np.bool_] = (said >= 0.5) == np.asarray(answers.truth)  # type: ignore[attr-defined]
    return right
