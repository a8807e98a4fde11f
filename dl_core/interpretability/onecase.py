"""One held-out case, explained in the model's own way; a wrong one first, and the surest of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from dl_core.interpretability.carried import OfNumbers
from dl_core.interpretability.explanations import (
    Explanation,
    Neighbours,
    Step,
    explain,
    neighbours,
    steps,
    to_scale,
)
from dl_core.interpretability.fitted import fitted, split
from dl_core.interpretability.models import check_model
from dl_core.interpretability.question import Question
from dl_core.interpretability.question import at_rest as opening
from dl_core.interpretability.table import Column, Floats, Table
from dl_core.jobs import GoOn
from dl_core.numbers_in_words import so_many

Which = Literal["wrong", "right"]

MOST_NUMBER = 5_000  # of a case among the wrong or the right ones
N_SHOWN = 8  # columns with a bar of their own


@dataclass(frozen=True)
class Settings:
    """Whose answer, and which case.

    Raises
    ------
    ValueError
        When there is no such model, pile or number.
    """

    question: Question
    model: str = "logistic"  # one of `KINDS`
    which: Which = "wrong"  # at the question's bar
    number: int = 1  # of the case among those, the surest first; after the last the first comes again

    def __post_init__(self) -> None:
        check_model(self.model)
        if self.which not in ("wrong", "right"):
            raise ValueError("A case is wrong or right.")
        if not 1 <= self.number <= MOST_NUMBER:
            raise ValueError(f"Cases are numbered 1 to {MOST_NUMBER:,}.")


@dataclass(frozen=True)
class Bar:
    """One step of the sum, as the picture draws it."""

    name: str  # of the column, or of the tree's question
    value: str  # what this case has there, in words; empty for "others"
    before: float  # score before it, on the explanation's scale
    after: float  # score after it
    error: float | None  # standard error of the step; None where nothing was drawn

    @property
    def by(self) -> float:
        """How far it moves the score, on the explanation's scale."""
        return self.after - self.before


@dataclass(frozen=True, eq=False)
class OneCase:
    """A case, what the model said, and what moved that."""

    settings: Settings
    case: int  # row number in the table, from 0
    place: int  # of the case among the wrong or the right ones, from 1
    n_wrong: int  # held-out cases on the wrong side of the bar
    n_right: int
    said: float  # probability of the bad case, 0 to 1
    truth: bool  # whether it was the bad case
    explanation: Explanation
    path: tuple[Step, ...] = ()  # of the tree
    nearest: Neighbours | None = None  # of kNN

    @property
    def table(self) -> Table:
        """Where the case stands."""
        return self.settings.question.table

    @property
    def is_held_back(self) -> bool:
        """Whether the answer reaches the bar."""
        return self.said >= self.settings.question.bar

    @property
    def is_wrong(self) -> bool:
        """Whether it stands on the wrong side of the bar."""
        return self.is_held_back != self.truth

    @property
    def bar(self) -> float:
        """The bar on the explanation's scale."""
        return to_scale(self.settings.question.bar, self.explanation.scale)

    @property
    def item(self) -> str:
        """The case by its number in the table, counted from 1: "loan 463"."""
        return f"{self.table.item} {self.case + 1:,}"

    @property
    def start_name(self) -> str:
        """What the start is: where nothing of the case is told."""
        if self.settings.model == "logistic":
            return f"average {self.table.item}"
        return {"tree": f"all {self.table.items}", "ebm": "start"}.get(self.settings.model, "average answer")

    @property
    def true_name(self) -> str:
        """What it was in truth."""
        return self.table.bad_name if self.truth else self.table.fine_name

    @property
    def money(self) -> float:
        """Dollars that this answer costs."""
        question = self.settings.question
        return (question.miss if self.truth else question.false_alarm) if self.is_wrong else 0.0

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The steps from the start to the answer: the tree's questions, or the columns, largest first."""
        return self._questions() if self.settings.model == "tree" else self._columns()

    def _questions(self) -> tuple[Bar, ...]:
        row = self.table.rows[self.case]
        return tuple(
            Bar(
                question_in_words(step, self.table.columns[step.column]),
                "here " + self.table.columns[step.column].in_words(row[step.column]),
                step.before, step.after, None,
            )
            for step in self.path
        )  # fmt: skip

    def _columns(self) -> tuple[Bar, ...]:
        found, row, at = self.explanation, self.table.rows[self.case], self.explanation.start
        shown = [which for which in found.order[:N_SHOWN] if found.contributions[which]]
        bars = []
        for which in shown:
            column, to = self.table.columns[which], at + float(found.contributions[which])
            error = None if found.error is None else float(found.error[which])
            bars.append(Bar(column.name, column.in_words(row[which]), at, to, error))
            at = to
        n_others = len(found.columns) - len(shown)
        if n_others:
            bars.append(Bar(so_many(n_others, "other column"), "together", at, found.end, None))
        return tuple(bars)


_SAID = OfNumbers[Floats]()


def said(table: Table, model: str) -> Floats:
    """What a model says about every held-out case, ``(n_held_out,)``, in the order of `split`; kept.

    Parameters
    ----------
    table
        Ready-made, or the reader's own.
    model
        One of `KINDS`.
    """
    held = split(table).held_out
    return _SAID.once(table, model, lambda: fitted(table, model).probability(table.rows[held]))


def by_sureness(probability: Floats, table: Table) -> Floats:
    """What each held-out case's answer gives to the truth, ``(n,)``, 0 to 1: near 0 it is surely wrong.

    Parameters
    ----------
    probability
        ``(n,)`` of the bad case, in the order of `split`.
    table
        That knows the truth.
    """
    truth = table.bad[split(table).held_out]
    return np.where(truth, probability, 1 - probability)


def story(settings: Settings, go_on: GoOn | None = None) -> OneCase | None:
    """Find the case and explain the model's answer.

    Parameters
    ----------
    settings
        Which model and case. Where there is no such case, one of the other pile is shown: the least sure.
    go_on
        Share done, 0 to 1 → whether to go on; stopped, there is nothing to show.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> told = story(Settings(Question(ready_made("wine")), "logistic"))
    >>> told.is_wrong, told.place, told.n_wrong + told.n_right
    (True, 1, 45)
    """
    table, model = settings.question.table, settings.model
    if go_on and not go_on(0.0):
        return None
    probability, held = said(table, model), split(table).held_out
    if go_on and not go_on(0.8):
        return None
    given = by_sureness(probability, table)
    is_wrong = (probability >= settings.question.bar) != table.bad[held]
    surest_first = settings.which == "right" and not is_wrong.all()
    pile = np.flatnonzero(is_wrong if settings.which == "wrong" else ~is_wrong)
    if not len(
        pile
    ):  # then the other pile, from its least sure side: the nearest thing to what was asked for
        pile = np.flatnonzero(~is_wrong if settings.which == "wrong" else is_wrong)
    pile = pile[np.argsort(-given[pile] if surest_first else given[pile], kind="stable")]
    place = (settings.number - 1) % len(pile)
    case, row = int(held[pile[place]]), table.rows[held[pile[place]]]
    return OneCase(
        settings, case, place + 1, int(is_wrong.sum()), int((~is_wrong).sum()),
        float(probability[pile[place]]), bool(table.bad[case]), explain(table, model, case),
        steps(fitted(table, model), row) if model == "tree" else (),
        neighbours(table, row) if model == "knn" else None,
    )  # fmt: skip


def at_rest() -> Settings:
    """With which the page opens."""
    return Settings(opening())


def question_in_words(step: Step, column: Column) -> str:
    """What a tree asks, and what it heard.

    Examples
    --------
    >>> asked = Step(0, 0.5, True, 0.2, 0.1, 900)
    >>> question_in_words(asked, Column("missed payments", "in two years", 1))
    'missed payments: at most 0.5? yes'
    >>> question_in_words(asked, Column("group", levels=("A", "B")))
    'group: A? yes'
    """
    heard = "yes" if step.is_yes else "no"
    if column.levels:
        below = [level for at, level in enumerate(column.levels) if at <= step.limit]
        return f"{column.name}: {' or '.join(below)}? {heard}"
    places = column.places if step.limit == round(step.limit, column.places) else column.places + 2
    told = f"{step.limit:,.{places}f}"
    told = told.rstrip("0").rstrip(".") if "." in told else told
    return f"{column.name}: at most {told.replace('-', '−')}? {heard}"
