"""Do seven models' explanations of the same case agree, and do they find the true rule where we know it?

Source: S. Krishna et al., "The disagreement problem in explainable machine learning", TMLR (2024).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dl_core.interpretability.explained import Explained, explained
from dl_core.interpretability.fitted import split
from dl_core.interpretability.loans import IN_THE_RULE, true_terms
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.question import Question
from dl_core.interpretability.question import at_rest as opening
from dl_core.interpretability.rankings import likeness, scaled, tops
from dl_core.interpretability.table import Floats, Table, Truth
from dl_core.intervals import Share, share_of, share_of_groups
from dl_core.jobs import GoOn
from dl_core.kept import Kept
from dl_core.transfer.paired import paired

Which = Literal["wrong", "apart", "alike"]

MOST_NUMBER = 5_000
N_SHOWN = 8  # columns in the picture
LEVEL = 0.1  # ... and true terms: within a tenth of the largest none can be called the first
HARDLY = 0.05  # of a model's largest step: below it no direction counts


@dataclass(frozen=True)
class Settings:
    """Which case.

    Raises
    ------
    ValueError
        When there is no such order or number.
    """

    question: Question
    which: Which = "wrong"  # most models wrong first; or the least, or the most agreement first
    number: int = 1  # of the case in that order; after the last the first comes again

    def __post_init__(self) -> None:
        if self.which not in ("wrong", "apart", "alike"):
            raise ValueError("Choose wrong cases, those apart, or those alike.")
        if not 1 <= self.number <= MOST_NUMBER:
            raise ValueError(f"Cases are numbered 1 to {MOST_NUMBER:,}.")


@dataclass(frozen=True, eq=False)
class AgainstRule:
    """The same models held against the rule that made the cases."""

    here: Floats  # (d,) the true terms of this case, centred and over the largest, -1 to 1
    true_top: tuple[Share, ...]  # of each model: how often its top column is the rule's, or level with that
    no_part: tuple[Share, ...]  # ... how often its top column has no part in the rule
    itself: Share  # how often Shapley values of the true rule itself have the rule's top column
    level: tuple[str, ...]  # models that find the rule's top column as often as the best, by paired tests


@dataclass(frozen=True, eq=False)
class Agree:
    """One case as seven models explain it, and how often they agree over many."""

    settings: Settings
    case: int  # row number in the table, from 0
    n_wrong: int  # models on the wrong side of the bar here
    truth: bool  # whether it was the bad case
    probability: Floats  # (n_models,) of the bad case, in the order of `KINDS`
    parts: Floats  # (n_models, d) contributions over the model's own largest, -1 to 1; all 0 where none moved
    likeness: float  # mean rank correlation of two models' contributions on this case, -1 to 1
    likeness_of_all: float  # the same, averaged over all cases
    n_cases: int
    any_two: Share  # how often two models name the same top column
    with_others: tuple[Share, ...]  # of each model: how often another model names the same top column
    against: AgainstRule | None  # where the true rule is known

    @property
    def table(self) -> Table:
        """Where the case stands."""
        return self.settings.question.table

    @property
    def item(self) -> str:
        """The case by its number in the table, counted from 1."""
        return f"{self.table.item} {self.case + 1:,}"

    @property
    def tops(self) -> tuple[int, ...]:
        """The column that moved each model's score most; -1 where none moved it."""
        return tuple(_top(row) for row in self.parts)

    @property
    def rule(self) -> Floats | None:
        """``(d,)`` the true terms here, scaled as the models are; None where no rule is known."""
        return self.against.here if self.against else None

    @property
    def rule_tops(self) -> tuple[int, ...]:
        """Columns with the largest true term here, and those level with it; none where no rule is known."""
        return () if self.rule is None else tuple(np.flatnonzero(tops(self.rule, LEVEL)).tolist())

    @property
    def common(self) -> tuple[int, int]:
        """The column that most models name, and how many do; -1 and 0 where no model names any."""
        named = [top for top in self.tops if top >= 0]
        if not named:
            return -1, 0
        counts = np.bincount(named)
        return int(counts.argmax()), int(counts.max())

    @property
    def shown(self) -> tuple[int, ...]:
        """Columns in the picture, the largest over models and rule first."""
        every = self.parts if self.rule is None else np.vstack([self.parts, self.rule])
        return tuple(np.argsort(-np.abs(every).mean(axis=0), kind="stable")[:N_SHOWN].tolist())

    @property
    def one_way(self) -> tuple[int, int]:
        """Columns that more than one model moves, and how many of these all such models move one way."""
        moving = np.abs(self.parts) >= HARDLY
        several = np.flatnonzero(moving.sum(axis=0) > 1)
        same = [len({part > 0 for part in self.parts[moving[:, at], at]}) == 1 for at in several]
        return len(several), sum(same)


def _top(parts: Floats) -> int:
    return int(np.abs(parts).argmax()) if parts.any() else -1


def rule_terms(table: Table, cases: NDArray[np.int64]) -> Floats:
    """The true terms minus their average on the training pile, ``(n, d)``: how models are centred too.

    Parameters
    ----------
    table
        The loans that we made.
    cases
        ``(n,)`` row numbers.
    """
    average = true_terms(table.rows[split(table).train]).mean(axis=0)
    return np.asarray(true_terms(table.rows[cases]) - average)


def in_order(found: Explained, settings: Settings) -> NDArray[np.int64]:
    """Places of the cases, ``(n,)``: which comes first under these settings.

    Wrong: cases that most models have wrong, the surest mistakes first; where no case is, the nearest to it.
    Apart: fewest models name the same top column, then the least likeness. Alike: the other way round.

    Parameters
    ----------
    found
        What the models said.
    settings
        With the bar and the order.
    """
    table = settings.question.table
    truth = table.bad[found.cases]
    if settings.which == "wrong":
        given = np.where(truth, found.probability, 1 - found.probability).mean(axis=0)
        n_wrong = ((found.probability >= settings.question.bar) != truth).sum(axis=0)
        order = np.lexsort((given, n_wrong <= len(KINDS) // 2))
        n = int((n_wrong > len(KINDS) // 2).sum())
        return np.asarray(order[: max(n, 1)])
    most = tops(found.contributions).sum(axis=0).max(axis=-1)
    together = likeness(found.contributions)
    order = np.lexsort((together, most))
    return np.asarray(order if settings.which == "apart" else order[::-1])


def story(settings: Settings, go_on: GoOn | None = None) -> Agree | None:
    """Find the case, lay the explanations side by side, and count over all cases.

    Parameters
    ----------
    settings
        Which case of which table.
    go_on
        Share done, 0 to 1 → whether to go on; stopped, there is nothing to show.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> told = story(Settings(Question(ready_made("loans"))))
    >>> told.n_cases, told.n_wrong > 3, told.parts.shape
    (500, True, (7, 8))
    """
    table = settings.question.table
    found = explained(table, go_on)
    if found is None:
        return None
    order = in_order(found, settings)
    at = int(order[(settings.number - 1) % len(order)])
    case, truth = int(found.cases[at]), bool(table.bad[found.cases[at]])
    whole = _OVER_ALL.once(table, "all", lambda: _over_all(found, table))
    rule = whole.rule and replace(whole.rule, here=scaled(rule_terms(table, found.cases)[at]))
    return Agree(
        settings, case,
        int(((found.probability[:, at] >= settings.question.bar) != truth).sum()), truth,
        found.probability[:, at], scaled(found.contributions[:, at]),
        float(whole.together[at]), float(whole.together.mean()), len(found.cases), whole.any_two,
        whole.with_others, rule,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _OverAll:
    """What no bar, no order and no chosen case changes."""

    together: Floats  # (n,) likeness of the models on each case
    any_two: Share
    with_others: tuple[Share, ...]
    rule: AgainstRule | None  # shows the first case


_OVER_ALL = Kept[Table, _OverAll]()


def _over_all(found: Explained, table: Table) -> _OverAll:
    return _OverAll(
        likeness(found.contributions), _any_two(found), _with_others(found),
        _against_rule(found, found.by_rule, 0, table) if found.by_rule is not None else None,
    )  # fmt: skip


def _any_two(found: Explained) -> Share:
    every, n, m = tops(found.contributions), len(found.cases), len(found.contributions)
    hits = sum(int((every[a] & every[b]).any(axis=-1).sum()) for a in range(m) for b in range(a))
    return share_of_groups(hits, n * m * (m - 1) // 2, n)


def _with_others(found: Explained) -> tuple[Share, ...]:
    """Cases count as groups: a column that all name is one finding, not six."""
    every, n, m = tops(found.contributions), len(found.cases), len(found.contributions)
    shares = []
    for a in range(m):
        hits = sum(int((every[a] & every[b]).any(axis=-1).sum()) for b in range(m) if b != a)
        shares.append(share_of_groups(hits, n * (m - 1), n))
    return tuple(shares)


def _against_rule(found: Explained, by_rule: Floats, at: int, table: Table) -> AgainstRule:
    """Hold all cases against the rule, and show the one at this place."""
    terms = rule_terms(table, found.cases)
    true, named, n = tops(terms, LEVEL), tops(found.contributions), len(found.cases)
    right: list[Truth] = [np.asarray((mine & true).any(axis=-1)) for mine in named]
    has_part = np.array([name in IN_THE_RULE for name in table.names])
    best = max(right, key=lambda mine: int(mine.sum()))
    alone = np.arange(n)
    return AgainstRule(
        scaled(terms[at]),
        tuple(share_of(int(mine.sum()), n) for mine in right),
        tuple(share_of(int((mine & ~has_part).any(axis=-1).sum()), n) for mine in named),
        share_of(int((tops(by_rule) & true).any(axis=-1).sum()), n),
        tuple(
            key for key, mine in zip(KINDS, right, strict=True) if paired(mine, best, alone).verdict == "tie"
        ),
    )


def at_rest() -> Settings:
    """With which the page opens."""
    return Settings(opening())
