"""What could be the same for two groups, and what follows when it is made so at the least cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.decide.rates import Rate, combined
from dl_core.interpretability.cross_validation import N_FOLDS, Mean
from dl_core.interpretability.fair_bars import Cuts, cuts, search
from dl_core.interpretability.over_rows import change_of, cost_of
from dl_core.interpretability.question import Question
from dl_core.interpretability.table import Floats, Truth
from dl_core.intervals import Share, share_of

ONE_BAR = "bar"
NO_DIFFERENCE = Mean(0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Rule:
    """One thing that could be the same for two groups."""

    key: str  # for links
    name: str  # what is asked for
    measured: str  # what is counted
    engineers: str  # what engineers call it


RULES: dict[str, Rule] = {
    rule.key: rule
    for rule in (
        Rule("held", "same share held back", "share held back", "demographic parity"),
        Rule("caught", "same share of the bad caught", "bad cases caught", "equal opportunity"),
        Rule("alarms", "same false alarms", "fine cases held back", "equalised odds, with the one above"),
        Rule("meaning", "same meaning of an alarm", "bad cases among those held back", "predictive parity"),
        Rule(ONE_BAR, "one bar for all", "the bar", "a single threshold, blind to the group"),
    )
}


@dataclass(frozen=True)
class Pair:
    """One rate of both groups."""

    rule: str  # key of `RULES`
    values: tuple[float, float]  # 0 to 1; nan where it is a share of nobody
    shares: tuple[Share | None, Share | None]  # with ranges; None for a bar, or a share of nobody
    low: float  # lower end of the 95 % range of the second less the first, -1 to 1; nan as above
    high: float  # its upper end

    @property
    def gap(self) -> float:
        """How far the second group lies above the first, -1 to 1; nan where there is nothing to compare."""
        return self.values[1] - self.values[0]

    @property
    def is_apart(self) -> bool:
        """Whether the gap is surely more than luck; of two bars, whether they differ at all."""
        return bool(self.low > 0 or self.high < 0)


@dataclass(frozen=True)
class Policy:
    """Two bars that shall make one thing the same, and what comes of them on cases that did not set them."""

    rule: str  # key of `RULES`: what shall be the same
    bars: tuple[float, float]  # set on all cases; probability from which a case is held back, over 1: nobody
    pairs: tuple[Pair, ...]  # the rates of all rules, in their order
    cost: float  # dollars that mistakes cost in CASES cases
    more: Mean  # the same less what one bar costs, on the same cases

    @property
    def mine(self) -> Pair:
        """The rate that shall be the same."""
        return self.pair(self.rule)

    def pair(self, rule: str) -> Pair:
        """One of the rates; ``rule`` is a key of `RULES`."""
        return next(pair for pair in self.pairs if pair.rule == rule)

    @property
    def apart(self) -> tuple[Pair, ...]:
        """The other rates that surely differ between the groups."""
        return tuple(pair for pair in self.pairs if pair.rule != self.rule and pair.is_apart)


@dataclass(frozen=True, eq=False)
class Sides:
    """A model's answers about two groups, and all bars that they allow; no price counts yet."""

    said: Floats  # (n,) probability of the bad case, from a model that never saw the row
    fold: NDArray[np.int64]  # (n,) in which each row was asked about
    bad: Truth  # (n,) whether it is the bad case
    second: Truth  # (n,) whether it is of the second group
    on_all: tuple[Cuts, Cuts]  # bars of both groups on all cases
    learned: tuple[tuple[Cuts, Cuts], ...]  # ... on all but one fold


@dataclass(frozen=True, eq=False)
class Followed:
    """Two bars and what they do; no bar for all counts yet."""

    rule: str  # key of `RULES`
    bars: tuple[float, float]  # set on all cases
    held: Truth  # (n,) whether each case is held back, by bars that it did not help to set
    pairs: tuple[Pair, ...]  # the rates of all rules, in their order
    cost: float  # dollars that mistakes cost in CASES cases


def sides_of(said: Floats, fold: NDArray[np.int64], bad: Truth, second: Truth) -> Sides:
    """Sort a model's answers group by group.

    Parameters
    ----------
    said
        ``(n,)`` probability of the bad case, 0 to 1.
    fold
        ``(n,)`` 0 to `N_FOLDS` - 1.
    bad, second
        ``(n,)`` whether each case is bad, and of the second group.
    """
    cases = [np.ones(len(bad), np.bool_), *(fold != at for at in range(N_FOLDS))]
    on_all, *learned = [
        (cuts(bad[one], said[one]), cuts(bad[two], said[two]))
        for one, two in ((here & ~second, here & second) for here in cases)
    ]
    return Sides(said, fold, bad, second, on_all, tuple(learned))


def follow(sides: Sides, asked: Question) -> tuple[Followed, ...]:
    """Make each rate the same at the least cost; a case is judged by bars set on the other folds.

    Parameters
    ----------
    sides
        From `sides_of`.
    asked
        The prices; its bar does not count.
    """
    made = []
    for rule in RULES:
        if rule == ONE_BAR:
            continue
        held = np.zeros(len(sides.bad), np.bool_)
        for at, each in enumerate(sides.learned):
            one, two = _bars(each, rule, asked)
            held |= (sides.fold == at) & (sides.said >= np.where(sides.second, two, one))
        made.append(_done(sides, rule, held, _bars(sides.on_all, rule, asked), asked))
    return tuple(made)


def policies_of(sides: Sides, followed: tuple[Followed, ...], asked: Question) -> tuple[Policy, ...]:
    """Set each rule against one bar for all, in the order of `RULES`.

    Parameters
    ----------
    sides
        From `sides_of`.
    followed
        From `follow`, at the same prices.
    asked
        The prices and the bar.
    """
    one_bar = sides.said >= asked.bar
    bars = (asked.bar, asked.bar)
    made = {each.rule: each for each in (*followed, _done(sides, ONE_BAR, one_bar, bars, asked))}
    return tuple(
        Policy(rule, made[rule].bars, made[rule].pairs, made[rule].cost,
               _more(sides.bad, one_bar, made[rule].held, asked))
        for rule in RULES
    )  # fmt: skip


def _more(bad: Truth, before: Truth, after: Truth, asked: Question) -> Mean:
    if (before == after).all():
        return NO_DIFFERENCE
    return change_of(bad, before, after, asked.miss, asked.false_alarm)


def _done(sides: Sides, rule: str, held: Truth, bars: tuple[float, float], asked: Question) -> Followed:
    pairs = _pairs(held, sides.bad, sides.second, bars)
    return Followed(rule, bars, held, pairs, cost_of(asked, sides.bad, held))


def _bars(both: tuple[Cuts, Cuts], rule: str, asked: Question) -> tuple[float, float]:
    places = search(*both, rule, asked)
    return float(both[0].bars[places[0]]), float(both[1].bars[places[1]])


def _pairs(held: Truth, bad: Truth, second: Truth, bars: tuple[float, float]) -> tuple[Pair, ...]:
    every = np.ones(len(bad), np.bool_)
    counted = {"held": (held, every), "caught": (held, bad), "alarms": (held, ~bad), "meaning": (bad, held)}
    found = [
        _pair(rule, *(_share(hit & mine, of & mine) for mine in (~second, second)))
        for rule, (hit, of) in counted.items()
    ]
    gap = bars[1] - bars[0]
    return (*found, Pair(ONE_BAR, bars, (None, None), gap, gap))


def _share(hit: Truth, of: Truth) -> Share | None:
    n = int(of.sum())
    return share_of(int((hit & of).sum()), n) if n else None


def _pair(rule: str, one: Share | None, two: Share | None) -> Pair:
    if one is None or two is None:
        values = (one.value if one else np.nan, two.value if two else np.nan)
        return Pair(rule, values, (one, two), np.nan, np.nan)
    rates = [Rate(each.value, each.low, each.high) for each in (one, two)]
    low, _, high = combined([(1, rates[1]), (-1, rates[0])])
    return Pair(rule, (one.value, two.value), (one, two), low, high)
