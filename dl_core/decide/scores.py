"""Measured scores to decide with: how probable a model found "bad", and what was so, on cases it never saw.

A reader's cases are rarely as often bad as the cases of a test. So every score is brought to the reader's own
base rate, the share of bad cases: bad and good cases keep the scores they got, and only their weights change.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from dl_core.held_out_answers import STEPS, held_out

RESAMPLES, SEED = 500, 0
SOURCES = ("photos", "loans")
LEAST_RATE, MOST_RATE = 0.0001, 0.9  # of bad cases

Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]
Counts = NDArray[np.uint16]


@dataclass(frozen=True, eq=False)
class Scores:
    """One model's answers on cases it never saw. Both arrays are shared: nobody writes to them."""

    key: str  # one of SOURCES
    name: str  # as a reader picks it
    source: str  # a sentence: whose cases, measured how
    truth: Truth  # (n,) whether the case was bad
    probability: Floats  # (n,) of "bad", 0 to 1, as the model said

    @property
    def n(self) -> int:
        """How many cases were asked."""
        return len(self.truth)

    @cached_property
    def base_rate(self) -> float:
        """Share of bad cases among them, 0 to 1."""
        return float(self.truth.mean())


@dataclass(frozen=True, eq=False)
class AtRate:
    """The scores as they read where bad cases are as rare as the reader says."""

    scores: Scores
    base_rate: float  # the reader's share of bad cases, 0 to 1
    bad: Floats  # (n_bad,) corrected probabilities of the bad cases, rising
    good: Floats  # (n_good,) of the good ones, rising

    def places(self, bars: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """How many bad and how many good cases of the sample lie below each bar, both shaped like ``bars``.

        Parameters
        ----------
        bars
            ``(k,)`` corrected probabilities, 0 to 1; every case lies below a bar of 1.
        """
        all_of_it = bars >= 1
        below = (np.searchsorted(side, bars, side="left") for side in (self.bad, self.good))
        bad, good = below
        return np.where(all_of_it, len(self.bad), bad), np.where(all_of_it, len(self.good), good)

    def below(self, bars: Floats) -> tuple[Floats, Floats]:
        """The share of all bad and the share of all good cases below each bar, both shaped like ``bars``.

        Parameters
        ----------
        bars
            ``(k,)`` corrected probabilities, 0 to 1.

        Examples
        --------
        >>> shares = at_rate("photos", 0.03).below(np.array([0.0, 1.0]))
        >>> [share.tolist() for share in shares]
        [[0.0, 1.0], [0.0, 1.0]]
        """
        bad, good = self.places(bars)
        return bad / len(self.bad), good / len(self.good)

    def below_by_chance(self, bars: Floats) -> tuple[Floats, Floats]:
        """The same shares in `RESAMPLES` samples that chance might have dealt, ``(resamples, k)`` each.

        Parameters
        ----------
        bars
            ``(k,)`` corrected probabilities, 0 to 1.
        """
        drawn = resampled(self.scores.key)
        bad, good = (counts[:, place] for counts, place in zip(drawn, self.places(bars), strict=True))
        return bad / len(self.bad), good / len(self.good)


@cache
def scores(key: str) -> Scores:
    """The measured answers of one model.

    Parameters
    ----------
    key
        One of SOURCES.

    Raises
    ------
    ValueError
        If there are none of that name.

    Examples
    --------
    >>> found = scores("photos")
    >>> found.n, round(found.base_rate, 3)  # 1,939 of 5,000 first answers were wrong
    (5000, 0.388)
    """
    if key == "photos":
        held = held_out()
        found = Scores(
            key, "Photos: the live classifier",
            f"Our live classifier on {len(held.sure):,} photos it never saw; "
            "bad means that its first answer is wrong.",
            ~held.right, 1 - held.sure.astype(np.float64) / STEPS,
        )  # fmt: skip
    elif key == "loans":
        from dl_core.interpretability.out_of_fold import out_of_fold

        told = out_of_fold("loans", "ebm")
        truth, probability = np.array(told.truth, bool), np.array(told.probability, np.float64)
        found = Scores(
            key, "Home loans: the readable model",
            f"Our readable model on {len(truth):,} made-up home loans it never saw; bad means not paid back.",
            truth, probability,
        )  # fmt: skip
    else:
        raise ValueError(f"There are no scores named {key!r}: choose one of {', '.join(SOURCES)}.")
    for array in (found.truth, found.probability):
        array.setflags(write=False)
    return found


def weights(truth: Truth, base_rate: float) -> Floats:
    """What each case of a sample counts for where ``base_rate`` of all cases are bad; they average 1.

    Parameters
    ----------
    truth
        ``(n,)`` whether each case of the sample is bad; both kinds are there.
    base_rate
        Share of bad cases that the reader has, 0 to 1.

    Notes
    -----
    A bad case counts base_rate / its share in the sample, a good one (1 - base_rate) / its share.

    Examples
    --------
    >>> weights(np.array([True, False, False, False]), 0.1).tolist()  # 0.1 / 0.25 and 0.9 / 0.75
    [0.4, 1.2, 1.2, 1.2]
    """
    share = truth.mean()
    return np.asarray(np.where(truth, base_rate / share, (1 - base_rate) / (1 - share)))


def corrected(probability: Floats, was: float, now: float) -> Floats:
    """Probabilities of "bad" from a world where ``was`` of all cases are bad, for one where ``now`` are.

    Parameters
    ----------
    probability
        ``(n,)`` of "bad", 0 to 1.
    was, now
        The two base rates, above 0 and below 1.

    Notes
    -----
    Bayes' rule: the odds are multiplied by the ratio of both prior odds. It holds where bad cases look as bad
    cases did, and good as good, and only their numbers change.

    Source: C. Elkan, "The foundations of cost-sensitive learning", IJCAI (2001), theorem 2; M. Saerens
    and others, "Adjusting the outputs of a classifier to new a priori probabilities", Neural Computation 14
    (2002).

    Examples
    --------
    >>> corrected(np.array([0.5]), 0.5, 0.1).round(3).tolist()  # odds 1 : 1, times (0.1 / 0.9) / (1 / 1)
    [0.1]
    """
    bad = probability * (now / was)
    return np.asarray(bad / (bad + (1 - probability) * ((1 - now) / (1 - was))))


@lru_cache(maxsize=64)
def at_rate(key: str, base_rate: float) -> AtRate:
    """The scores of a source, corrected to a base rate, the bad and the good cases apart.

    Parameters
    ----------
    key
        One of SOURCES.
    base_rate
        The reader's share of bad cases, `LEAST_RATE` to `MOST_RATE`.

    Raises
    ------
    ValueError
        If the base rate cannot be.
    """
    if not LEAST_RATE <= base_rate <= MOST_RATE:
        raise ValueError(f"A share of {base_rate} bad cases cannot be: give {LEAST_RATE} to {MOST_RATE}.")
    found = scores(key)
    now = corrected(found.probability, found.base_rate, base_rate)
    return AtRate(found, base_rate, np.sort(now[found.truth]), np.sort(now[~found.truth]))


@cache
def resampled(key: str) -> tuple[Counts, Counts]:
    """Draws of as many bad and as many good cases again, with replacement (the bootstrap), seeded.

    The two kinds are drawn apart, since the base rate is the reader's and not the sample's.

    Parameters
    ----------
    key
        One of SOURCES.

    Returns
    -------
    tuple[Counts, Counts]
        ``(resamples, n_bad + 1)`` and ``(resamples, n_good + 1)``: how many of the drawn cases are among the
        lowest 0, 1, … of the sample's. The correction keeps the order, so these hold at every base rate.

    Notes
    -----
    Source: B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7 (1979).
    """
    rng, found = np.random.default_rng(SEED), scores(key)
    n_bad = int(found.truth.sum())
    return _running_counts(rng, n_bad), _running_counts(rng, found.n - n_bad)


def _running_counts(rng: np.random.Generator, n: int) -> Counts:
    """(resamples, n + 1)"""
    drawn = rng.integers(0, n, (RESAMPLES, n)) + n * np.arange(RESAMPLES)[:, None]
    times = np.bincount(drawn.ravel(), minlength=RESAMPLES * n).reshape(RESAMPLES, n)
    counts = np.zeros((RESAMPLES, n + 1), np.uint16)
    np.cumsum(times, axis=1, out=counts[:, 1:])
    counts.setflags(write=False)
    return counts
