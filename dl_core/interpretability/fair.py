"""Five things that could be the same for two groups, what each costs, and what it leaves unequal.

For each, two bars are set on four fifths of the cases: of all pairs that make it the same, the one whose
mistakes cost least. They are judged on the other fifth, in turn. So no bar is judged on cases that set it.

Sources: J. Kleinberg, S. Mullainathan and M. Raghavan, "Inherent trade-offs in the fair determination of risk
scores", ITCS (2017); A. Chouldechova, "Fair prediction with disparate impact", Big Data 5 (2017).
"""

from __future__ import annotations

from dataclasses import dataclass

from dl_core.interpretability.cross_validation import Validated, validated
from dl_core.interpretability.fair_rules import RULES, Followed, Policy, Sides, follow, policies_of, sides_of
from dl_core.interpretability.groups import AboutGroups, Groups, protected
from dl_core.interpretability.models import KINDS, check_model
from dl_core.interpretability.question import Question
from dl_core.interpretability.question import at_rest as opening
from dl_core.interpretability.table import Table
from dl_core.jobs import GoOn
from dl_core.kept import Kept


@dataclass(frozen=True)
class Settings(AboutGroups):
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
        check_model(self.model)
        self.check_column()


def at_rest() -> Settings:
    """With which the page opens."""
    return Settings(opening(), column=protected(opening().table)[0])


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


_SIDES = Kept[Table, Sides]()
_FOLLOWED = Kept[Table, tuple[Followed, ...]]()
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
    table, groups = settings.table, settings.groups
    found = validated(table, go_on)
    policies = () if found is None else _policies(found, settings)
    n, n_second = len(table.bad), int(groups.second.sum())
    n_bad, bad_second = int(table.bad.sum()), int((table.bad & groups.second).sum())
    return Fair(settings, groups, policies, (n - n_second, n_second), (n_bad - bad_second, bad_second))


def _policies(found: Validated, settings: Settings) -> tuple[Policy, ...]:
    """A moved bar changes little, and what hangs on the prices or on neither is kept."""
    asked, table, groups = settings.asked, settings.table, settings.groups
    of, prices = (settings.model, groups.column), (asked.miss, asked.false_alarm)

    def sides() -> Sides:
        said = found.probability[list(KINDS).index(settings.model), 0]
        return sides_of(said, found.fold[0], table.bad, groups.second)

    both = _SIDES.once(table, of, sides)
    followed = _FOLLOWED.once(table, (*of, *prices), lambda: follow(both, asked))
    return _KEPT.once(table, (*of, *prices, asked.bar), lambda: policies_of(both, followed, asked))


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
