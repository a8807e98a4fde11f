"""Does hiding a protected column remove the gap between its groups? Three trainings, judged the same way.

All columns; without the protected one; without that and the column that gives it away best, its proxy. And
the proxy test: how well the columns that are left tell the group.

Source: D. Pedreshi, S. Ruggieri and F. Turini, "Discrimination-aware data mining", KDD (2008).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np

from dl_core.interpretability.board import CASES
from dl_core.interpretability.carried import OfNumbers
from dl_core.interpretability.cross_validation import (
    ASSETS,
    N_FOLDS,
    N_REPEATS,
    SEED,
    Mean,
    deal,
    deals,
    over_folds,
    unpacked,
    validated,
)
from dl_core.interpretability.groups import AboutGroups, Groups, protected
from dl_core.interpretability.ledger import pairs_ranked_right
from dl_core.interpretability.loans import IN_THE_RULE, rule_is_known, true_probability
from dl_core.interpretability.models import KINDS, fit
from dl_core.interpretability.over_rows import lost
from dl_core.interpretability.question import Question
from dl_core.interpretability.question import at_rest as opening
from dl_core.interpretability.table import Floats, Table, Truth
from dl_core.jobs import GoOn

Measure = Literal["held", "risk"]

MODELS = ("logistic", "ebm", "boosted")  # two that a person can read, one that nobody can
MEASURES: dict[Measure, str] = {"held": "share held back", "risk": "mean risk"}


@dataclass(frozen=True)
class Settings(AboutGroups):
    """Whose gap, and in what.

    Raises
    ------
    ValueError
        When there is no such model, measure or protected column.
    """

    question: Question
    model: str = "ebm"  # one of `MODELS`
    measure: Measure = "held"
    column: str = ""  # the protected one; empty: the first that makes two groups

    def __post_init__(self) -> None:
        if self.model not in MODELS:
            raise ValueError(f"There is no model {self.model!r} here; choose one of {', '.join(MODELS)}.")
        if self.measure not in MEASURES:
            raise ValueError(f"There is no measure {self.measure!r}; choose one of {', '.join(MEASURES)}.")
        self.check_column()


def at_rest() -> Settings:
    """With which the page opens."""
    return Settings(opening(), column=protected(opening().table)[0])


@dataclass(frozen=True, eq=False)
class Hidden:
    """What models said that were not told some columns. It holds no table."""

    proxy: str  # name of the column that alone tells the group best
    alone: float  # share of pairs of two people, one of each group, that it ranks right, 0.5 to 1
    # (2, N_REPEATS, n) of the bad case: without the protected column, then without its proxy too;
    # (1, N_REPEATS, n) where nothing would be left
    probability: Floats
    tells: Floats  # (2, N_FOLDS) share of such pairs that a model of the other columns ranks right, 0 to 1


@dataclass(frozen=True)
class Training:
    """One of the three."""

    hidden: tuple[str, ...]  # columns that the model was not told
    rates: tuple[Mean, Mean]  # of both groups: share held back, or mean probability, 0 to 1
    gap: Mean  # of the second group less the first, -1 to 1
    change: Mean  # that gap less the gap of the training with all columns, on the same folds
    cost: Mean  # dollars that mistakes cost in CASES cases
    more: Mean  # the same less that of the training with all columns, on the same folds
    tells: Mean | None  # share of pairs in which the other columns tell the group; None: it was told


@dataclass(frozen=True, eq=False)
class Proxy:
    """Three trainings side by side, and where the true rule is known, that rule without the group."""

    settings: Settings
    groups: Groups
    trainings: tuple[Training, ...]  # all columns, one hidden, two hidden if any are left; none where stopped
    proxy: str  # the column that alone tells the group best; empty where stopped
    alone: float  # share of pairs that it ranks right, 0.5 to 1
    blind: tuple[float, float] | None  # rates of both groups by the true rule, had all been of the first

    @property
    def left(self) -> float:
        """Share of the gap that is left once the protected column is hidden; nan where there was none."""
        if not self.trainings or not self.is_apart:
            return float("nan")
        return self.trainings[1].gap.value / self.trainings[0].gap.value

    @property
    def is_apart(self) -> bool:
        """Whether the model with all columns surely tells the groups apart."""
        return bool(self.trainings) and self.trainings[0].gap.is_sure


def proxy_of(table: Table, groups: Groups) -> tuple[str, float]:
    """The column that alone tells the group best, and the share of pairs that it ranks right, 0.5 to 1.

    Examples
    --------
    >>> from dl_core.interpretability.groups import groups_of
    >>> loans = opening().table
    >>> name, share = proxy_of(loans, groups_of(loans, "group"))
    >>> name, round(share, 2)
    ('district', 0.86)
    """
    others = [at for at, name in enumerate(table.names) if name != groups.column]
    shares = [pairs_ranked_right(groups.second, table.rows[:, at]) for at in others]
    best = max(range(len(others)), key=lambda place: abs(shares[place] - 0.5))
    return table.names[others[best]], max(shares[best], 1 - shares[best])


def measure(table: Table, groups: Groups, model: str, go_on: GoOn | None = None) -> Hidden | None:
    """Train without the protected column, without its proxy too, and let the rest guess the group.

    Parameters
    ----------
    table
        With the groups' column and another at least.
    groups
        Whose column is hidden.
    model
        One of `MODELS`.
    go_on
        Share done, 0 to 1 → whether to go on; stopped, it returns None.
    """
    proxy, alone = proxy_of(table, groups)
    seen = [table.without(groups.column)]
    if len(seen[0].columns) > 1:
        seen.append(seen[0].without(proxy))
    said, tells = np.empty((len(seen), N_REPEATS, len(table.bad))), np.empty((len(seen), N_FOLDS))
    folds = deals(table.bad)
    by_group = deal(groups.second, SEED)
    rounds = len(seen) * (N_REPEATS + 1) * N_FOLDS
    done = 0
    for which, told in enumerate(seen):
        for repeat in range(N_REPEATS + 1):  # the last one guesses the group
            fold, truth = (folds[repeat], table.bad) if repeat < N_REPEATS else (by_group, groups.second)
            for at in range(N_FOLDS):
                if go_on and not go_on(done / rounds):
                    return None
                here = fold == at
                answers = fit(model, told.rows[~here], truth[~here], SEED).probability(told.rows[here])
                if repeat < N_REPEATS:
                    said[which, repeat, here] = answers
                else:
                    tells[which, at] = pairs_ranked_right(truth[here], answers)
                done += 1
    return Hidden(proxy, alone, said, tells)


def shipped(table: Table, column: str, model: str) -> Hidden | None:
    """The committed run (`python -m dl_core.offline.proxy`) on this very table; None without one."""
    told = _told().get(f"{table.key}_{column}_{model}")
    if table.is_own or told is None or told["sha256"] != table.sha256:
        return None
    with np.load(ASSETS / "proxy.npz", allow_pickle=False) as stored:
        said = unpacked(stored[f"{table.key}_{column}_{model}"])
    return Hidden(told["proxy"], told["alone"], said, np.array(told["tells"]))


@cache
def _told() -> dict[str, dict[str, Any]]:
    file = ASSETS / "proxy.json"
    found: dict[str, dict[str, Any]] = json.loads(file.read_text())["runs"] if file.exists() else {}
    return found


_KEPT = OfNumbers[Hidden]()


def story(settings: Settings, go_on: GoOn | None = None) -> Proxy:
    """Compare the three trainings at the reader's bar and prices.

    Parameters
    ----------
    settings
        Whose gap, and in what.
    go_on
        Share done, 0 to 1 → whether to go on. Stopped, it returns a result without trainings.

    Examples
    --------
    >>> told = story(at_rest())
    >>> told.proxy, round(told.left, 1)  # the gap that is left without the group's column
    ('district', 0.5)
    """
    table, groups = settings.table, settings.groups
    whole = validated(table, go_on)
    hidden = None
    if whole is not None:
        hidden = _KEPT.once(
            table, (groups.column, settings.model),
            lambda: shipped(table, groups.column, settings.model)
            or measure(table, groups, settings.model, go_on),
        )  # fmt: skip
    if whole is None or hidden is None:
        return Proxy(settings, groups, (), "", 0.5, None)
    every = whole.probability[list(KINDS).index(settings.model)]
    tells = (None, *(over_folds(each) for each in hidden.tells))
    names = ((), (groups.column,), (groups.column, hidden.proxy))
    said = (every, *hidden.probability)
    rates, costs = zip(*(_by_fold(each, whole.fold, groups.second, settings) for each in said), strict=True)
    gaps = [rate[1] - rate[0] for rate in rates]
    trainings = tuple(
        Training(
            names[at], (over_folds(rates[at][0]), over_folds(rates[at][1])), over_folds(gaps[at]),
            over_folds(gaps[at] - gaps[0]), over_folds(costs[at]), over_folds(costs[at] - costs[0]),
            tells[at],
        )
        for at in range(len(said))
    )  # fmt: skip
    return Proxy(settings, groups, trainings, hidden.proxy, hidden.alone, _blind(settings))


def _by_fold(said: Floats, folds: Any, second: Truth, settings: Settings) -> tuple[Floats, Floats]:
    """Rates of both groups ``(2, n_folds)`` and money ``(n_folds,)``; no fold that lacks a group."""
    asked, bad = settings.asked, settings.table.bad
    rates, costs = [], []
    for answers, fold in zip(said, folds, strict=True):
        held = answers >= asked.bar
        value = held if settings.measure == "held" else answers
        n = np.bincount(2 * fold + second, minlength=2 * N_FOLDS).reshape(-1, 2)
        sums = np.bincount(2 * fold + second, value, 2 * N_FOLDS).reshape(-1, 2)
        both = (n > 0).all(axis=1)
        rates.append(sums[both] / n[both])
        costs.append(CASES * np.bincount(fold, lost(asked, bad, held), N_FOLDS)[both] / n[both].sum(axis=1))
    return np.concatenate(rates).T, np.concatenate(costs)


def _blind(settings: Settings) -> tuple[float, float] | None:
    """Of the made loans: both rates, had all been given the first group's terms by the true rule."""
    groups, table = settings.groups, settings.table
    if not rule_is_known(table) or groups.column not in IN_THE_RULE:
        return None
    rows = table.rows.copy()
    rows[:, table.names.index(groups.column)] = 0  # the first group
    risk = true_probability(rows)
    value = risk >= settings.asked.bar if settings.measure == "held" else risk
    return float(value[~groups.second].mean()), float(value[groups.second].mean())
