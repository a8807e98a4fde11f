"""Five things that could be the same for two groups, what each costs, and what it leaves unequal.

For each, two bars are set on four fifths of the cases: of all pairs that make it the same, the one whose
mistakes cost least. They are judged on the other fifth, in turn. So no bar is judged on cases that set it.

Sources: J. Kleinberg, S. Mullainathan and M. Raghavan, "Inherent trade-offs in the fair determination of risk
scores", ITCS (2017); A. Chouldechova, "Fair prediction with disparate impact", Big Data 5 (2017).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.decide.rates import Rate, combined
from dl_core.interpretability.board import CASES
from dl_core.interpretability.cross_validation import N_FOLDS, Mean, validated
from dl_core.interpretability.curve_parts import change_of
from dl_core.interpretability.fair_bars import Cuts, cuts, search
from dl_core.interpretability.groups import Groups, groups_of, looked_at, protected
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.question import Question
from dl_core.interpretability.question import at_rest as opening
from dl_core.interpretability.table import Floats, Table, Truth
from dl_core.intervals import Share, share_of
from dl_core.jobs import GoOn
from dl_core.kept import Kept

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
class Settings:
    """What shall be the same.

    Raises
    ------
    ValueError
        When there is no such rule, model or protected column.
    """

    question: Question
    rule: str = "held"  # key of `RULES`
    model: str = "ebm"  # key of `KINDS`
    column: str = ""  # the protected one; empty: the first that makes two groups

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise ValueError(f"There is no rule {self.rule!r}; choose one of {', '.join(RULES)}.")
        if self.model not in KINDS:
            raise ValueError(f"There is no model {self.model!r}; choose one of {', '.join(KINDS)}.")
        if self.column and self.column not in protected(self.table):
            raise ValueError(f"“{self.column}” is no protected column with two groups.")

    @property
    def asked(self) -> Question:
        """The question; about the made loans where its table has no two groups."""
        return looked_at(self.question)

    @property
    def table(self) -> Table:
        """Whose cases are looked at."""
        return self.asked.table

    @property
    def groups(self) -> Groups:
        """The two groups of people."""
        return groups_of(self.table, self.column or protected(self.table)[0])


def at_rest() -> Settings:
    """With which the page opens."""
    return Settings(opening())


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
class Fair:
    """Each of the five rules, followed at the least cost."""

    settings: Settings
    groups: Groups
    policies: tuple[Policy, ...]  # of all rules, in their order; none where the reader stopped the training
    sizes: tuple[int, int]  # cases of each group
    bad: tuple[int, int]  # bad cases of each

    @property
    def chosen(self) -> Policy:
        """The one that the reader looks at."""
        return self.policy(self.settings.rule)

    def policy(self, rule: str) -> Policy:
        """What follows from one rule; ``rule`` is a key of `RULES`."""
        return next(policy for policy in self.policies if policy.rule == rule)

    @property
    def base_rates(self) -> tuple[float, float]:
        """Share of bad cases of each group, 0 to 1."""
        return self.bad[0] / self.sizes[0], self.bad[1] / self.sizes[1]


_KEPT = Kept[Table, tuple[Policy, ...]]()


def story(settings: Settings, go_on: GoOn | None = None) -> Fair:
    """Follow each rule at the least cost, and measure what it leaves unequal.

    Parameters
    ----------
    settings
        What shall be the same, for whose answers.
    go_on
        Share done, 0 to 1 → whether to go on. Stopped, it returns a result without policies.

    Examples
    --------
    >>> told = story(at_rest())
    >>> told.chosen.mine.is_apart, [pair.rule for pair in told.chosen.apart]
    (False, ['meaning', 'bar'])
    """
    asked, table, groups = settings.asked, settings.table, settings.groups
    found = validated(table, go_on)
    policies: tuple[Policy, ...] = ()
    if found is not None:
        said, fold = found.probability[list(KINDS).index(settings.model), 0], found.fold[0]
        at = (asked.miss, asked.false_alarm, asked.bar, settings.model, groups.column)
        made = _KEPT.once(table, at, lambda: _policies(said, fold, table.bad, groups.second, asked))
        policies = made or ()
    n, n_second = len(table.bad), int(groups.second.sum())
    n_bad, bad_second = int(table.bad.sum()), int((table.bad & groups.second).sum())
    return Fair(settings, groups, policies, (n - n_second, n_second), (n_bad - bad_second, bad_second))


def _policies(
    said: Floats, fold: NDArray[np.int64], bad: Truth, second: Truth, asked: Question
) -> tuple[Policy, ...]:
    one_bar = said >= asked.bar
    all_cuts = _both(said, bad, second, np.ones(len(bad), np.bool_))
    learned = [_both(said, bad, second, fold != at) for at in range(N_FOLDS)]
    made = []
    for rule in RULES:
        bars, held = (asked.bar, asked.bar), one_bar
        if rule != ONE_BAR:
            bars, held = _bars(all_cuts, rule, asked), np.zeros(len(bad), np.bool_)
            for at, each in enumerate(learned):
                mine = _bars(each, rule, asked)
                held |= (fold == at) & (said >= np.where(second, mine[1], mine[0]))
        lost = (bad & ~held).sum() * asked.miss + (~bad & held).sum() * asked.false_alarm
        more = change_of(bad, one_bar, held, asked.miss, asked.false_alarm)
        made.append(
            Policy(
                rule, bars, _pairs(held, bad, second, bars), float(lost) * CASES / len(bad),
                NO_DIFFERENCE if (held == one_bar).all() else more,
            )
        )  # fmt: skip
    return tuple(made)


def _both(said: Floats, bad: Truth, second: Truth, here: Truth) -> tuple[Cuts, Cuts]:
    """All bars of both groups on these cases."""
    one, two = here & ~second, here & second
    return cuts(bad[one], said[one]), cuts(bad[two], said[two])


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


def false_alarms_forced(base_rate: float, meaning: float, caught: float) -> float:
    """The share of fine cases held back, about which three other shares leave no choice.

    Parameters
    ----------
    base_rate
        Share of bad cases in the group, between 0 and 1.
    meaning
        Share of bad cases among those held back, above 0 to 1.
    caught
        Share of bad cases held back, 0 to 1.

    Notes
    -----
    Two groups with the same ``meaning`` and ``caught``, but other base rates, get other false alarms.

    Source: A. Chouldechova, "Fair prediction with disparate impact", Big Data 5 (2017).

    Examples
    --------
    >>> round(false_alarms_forced(0.2, 0.5, 0.6), 2)  # 0.2/0.8 · 0.5/0.5 · 0.6
    0.15
    """
    return base_rate / (1 - base_rate) * (1 - meaning) / meaning * caught
