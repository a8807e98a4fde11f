"""A small tree that imitates an unreadable model: how often they agree, and what its rules do not say.

Source: M. Craven and J. Shavlik, "Extracting tree-structured representations of trained networks", NIPS 8
(1996); C. Rudin, "Stop explaining black box machine learning models for high stakes decisions", Nature
Machine Intelligence 1 (2019).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dl_core.interpretability.board import costs_of
from dl_core.interpretability.copies import DEEPEST, DEPTHS, READABLE, Node, Studied, studied
from dl_core.interpretability.cross_validation import Mean, over_folds
from dl_core.interpretability.fitted import split
from dl_core.interpretability.ledger import Ledger, ledger_of
from dl_core.interpretability.loans import IN_THE_RULE, rule_is_known
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.over_rows import Gap, cost_of_rows, gap_of
from dl_core.interpretability.question import Question
from dl_core.interpretability.question import at_rest as opening
from dl_core.interpretability.table import Floats, Table, Truth
from dl_core.intervals import Share, share_of
from dl_core.jobs import GoOn

UNREADABLE = tuple(key for key, kind in KINDS.items() if not kind.is_readable)
TELLING = 0.01  # of the answers: a column whose shuffling turns over less is not named as left out

Verdict = Literal["tie", "cheaper", "dearer"]


@dataclass(frozen=True)
class Settings:
    """Which model is imitated, and how many questions the copy may ask.

    Raises
    ------
    ValueError
        When there is no such model, or no such depth.
    """

    question: Question
    model: str = "boosted"
    depth: int = 3  # questions in a row, 1 to 6

    def __post_init__(self) -> None:
        if self.model not in UNREADABLE:
            raise ValueError(f"There is no unreadable model {self.model!r}: {', '.join(UNREADABLE)}.")
        if self.depth not in DEPTHS:
            raise ValueError(f"A copy asks 1 to {DEEPEST} questions.")


@dataclass(frozen=True)
class Copy:
    """One copy against the model and against the truth."""

    depth: int  # questions in a row
    n_rules: int
    same: Share  # of held-out cases: on the model's side of the bar
    r2: float  # share of the ups and downs of the model's probability that it follows; at most 1
    right: Share  # of held-out cases: right in truth
    cost: float  # dollars that its mistakes cost in 1,000 cases


@dataclass(frozen=True)
class Contender:
    """One way to answer, priced on the held-out cases."""

    name: Literal["model", "copy", "direct", "readable"]
    cost: float  # dollars that its mistakes cost in 1,000 cases
    behind: Gap  # the same less the model's, row by row; of the model itself 0
    right: Share  # right answers at the bar


@dataclass(frozen=True)
class Silent:
    """A column that the rules never name."""

    name: str
    turned: float  # share of the model's answers that change sides when it is shuffled, 0 to 1


@dataclass(frozen=True)
class Surrogate:
    """The copy at this depth, and the other depths beside it."""

    settings: Settings
    n: int  # held-out cases
    copies: tuple[Copy, ...]  # with 1, 2, … questions
    one_answer: Share  # what one answer for all would get of the model's answers
    strict: int  # held-out cases that only the copy holds back
    lax: int  # held-out cases that only the model holds back
    contenders: tuple[
        Contender, ...
    ]  # the model, the copy, a tree of that depth from the truth, the readable one
    over_all: Mean  # dollars in 1,000 cases that the readable model costs more, over ten trainings
    n_direct: int  # rules of the tree that learned from the truth
    rules: Node
    named: tuple[str, ...]  # columns that the rules name, in the table's order
    silent: tuple[Silent, ...]  # columns that they never name, those that turn most answers first
    invented: tuple[str, ...] | None  # named, with no part in the true rule; None where none is known
    forgotten: tuple[str, ...] | None  # never named, and in the true rule

    @property
    def table(self) -> Table:
        """Whose cases they are."""
        return self.settings.question.table

    @property
    def copy(self) -> Copy:
        """At the chosen depth."""
        return self.copies[self.settings.depth - 1]

    @property
    def of(self) -> dict[str, Contender]:
        """The contenders by name."""
        return {each.name: each for each in self.contenders}

    @property
    def verdict(self) -> Verdict:
        """The readable model's money against the unreadable one's, with the luck of the training too."""
        return "dearer" if self.over_all.low > 0 else "cheaper" if self.over_all.high < 0 else "tie"


def followed(model: Floats, copy: Floats) -> float:
    """R²: 1 less the squared misses over the model's own ups and downs; 0 where it has none and is missed.

    Parameters
    ----------
    model, copy
        ``(n,)`` probabilities.

    Examples
    --------
    >>> import numpy as np
    >>> followed(np.array([0.0, 0.5, 1.0]), np.array([0.0, 0.5, 0.5]))  # 1 - 0.25 / 0.5
    0.5
    """
    missed = float(((model - copy) ** 2).sum())
    moves = float(((model - model.mean()) ** 2).sum())
    if moves == 0:
        return 1.0 if missed == 0 else 0.0
    return 1 - missed / moves


def story(settings: Settings, go_on: GoOn | None = None) -> Surrogate | None:
    """Imitate the model, count where the copy agrees, and price both; None when stopped.

    Parameters
    ----------
    settings
        The table with its bar, the model and the depth.
    go_on
        Share done, 0 to 1 → whether to go on.

    Examples
    --------
    >>> told = story(at_rest())
    >>> told.copy.n_rules, told.copy.same.value > told.one_answer.value, told.forgotten
    (8, True, ('time in the job', 'group'))
    """
    question = settings.question
    table = question.table
    ledger = ledger_of(table, go_on and (lambda share: go_on(share / 2)))
    if ledger is None:
        return None
    found = studied(table, settings.model, go_on and (lambda share: go_on((1 + share) / 2)))
    if found is None:
        return None
    truth = table.bad[split(table).held_out]
    at = settings.depth - 1
    holds, copy_holds = found.model >= question.bar, found.copies[at] >= question.bar
    n, n_held = len(truth), int(holds.sum())
    rules = found.rules[at]
    names = tuple(name for column, name in enumerate(table.names) if column in rules.columns)
    known = rule_is_known(table)
    return Surrogate(
        settings, n, _copies(found, holds, truth, question), share_of(max(n_held, n - n_held), n),
        int((copy_holds & ~holds).sum()), int((holds & ~copy_holds).sum()),
        _contenders(found, at, truth, question), _over_all(ledger, settings), found.n_direct[at], rules,
        names, _silent(found, table, names, holds, question.bar),
        tuple(name for name in names if name not in IN_THE_RULE) if known else None,
        tuple(name for name in IN_THE_RULE if name not in names) if known else None,
    )  # fmt: skip


def _copies(found: Studied, holds: Truth, truth: Truth, question: Question) -> tuple[Copy, ...]:
    n, bar = len(truth), question.bar
    return tuple(
        Copy(
            depth, rules.n_rules, share_of(int(((said >= bar) == holds).sum()), n),
            followed(found.model, said), share_of(int(((said >= bar) == truth).sum()), n),
            float(cost_of_rows(question, truth, said).mean()),
        )
        for depth, said, rules in zip(DEPTHS, found.copies, found.rules, strict=True)
    )  # fmt: skip


def _contenders(found: Studied, at: int, truth: Truth, question: Question) -> tuple[Contender, ...]:
    base = cost_of_rows(question, truth, found.model)

    def of(name: Literal["model", "copy", "direct", "readable"], said: Floats) -> Contender:
        cost = cost_of_rows(question, truth, said)
        right = share_of(int(((said >= question.bar) == truth).sum()), len(truth))
        return Contender(name, float(cost.mean()), gap_of(cost - base), right)

    return (
        of("model", found.model), of("copy", found.copies[at]), of("direct", found.direct[at]),
        of("readable", found.readable),
    )  # fmt: skip


def _over_all(ledger: Ledger, settings: Settings) -> Mean:
    """The readable model's money less the unreadable one's, fold by fold: as the first scene counts."""
    question, keys = settings.question, list(KINDS)
    lost = costs_of(ledger, ledger.mistakes(question.bar), question)
    return over_folds(lost[keys.index(READABLE)] - lost[keys.index(settings.model)])


def _silent(
    found: Studied, table: Table, named: tuple[str, ...], holds: Truth, bar: float
) -> tuple[Silent, ...]:
    turned = ((found.shuffled >= bar) != holds).mean(axis=(1, 2))
    left = [
        Silent(name, float(share))
        for name, share in zip(table.names, turned, strict=True)
        if name not in named
    ]
    return tuple(sorted(left, key=lambda each: -each.turned))


def at_rest() -> Settings:
    """With which the page opens."""
    return Settings(opening())
