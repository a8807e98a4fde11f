"""Which case and which change a what-if is about, and which columns may change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dl_core.interpretability.counterfactual import leanings, spreads
from dl_core.interpretability.models import check_model
from dl_core.interpretability.question import Question
from dl_core.interpretability.question import at_rest as opening
from dl_core.interpretability.table import Table
from dl_core.kept import Kept

Side = Literal["held back", "let through"]

SIDES: tuple[Side, ...] = ("held back", "let through")
MOST_NUMBER = 5_000  # of a case
MOST_OPEN = 6  # columns that may change at a time
MODEL = "ebm"
ON_A_CLIFF = 104  # among EBM's held-back loans: one that has taken a little more than four yearly incomes


def first_number(table: Table) -> int:
    """The case with which a table opens: of the loans one on a cliff, else the nearest to the bar.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> first_number(ready_made("loans")), first_number(ready_made("cancer"))
    (104, 1)
    """
    return ON_A_CLIFF if table.key == "loans" else 1


@dataclass(frozen=True)
class Settings:
    """Whose answer, which case, what may change, and what the reader changed.

    Raises
    ------
    ValueError
        When there is no such model, side, number or column, or a locked column was moved.
    """

    question: Question
    model: str = MODEL  # one of `KINDS`
    side: Side = "held back"  # of the question's bar
    number: int = (
        ON_A_CLIFF  # of the case on that side, the nearest to the bar first; after the last the first
    )
    may_change: tuple[str, ...] | None = None  # at most six columns; None: those of `suggested`
    moved: tuple[tuple[str, float], ...] = ()  # the reader's changes: column and its new value
    along: str = ""  # the column that the picture goes along; empty: the one that moves most

    def __post_init__(self) -> None:
        names = {column.name for column in self.question.table.columns if not column.is_fixed}
        check_model(self.model)
        if self.side not in SIDES:
            raise ValueError("A case is held back or let through.")
        if not 1 <= self.number <= MOST_NUMBER:
            raise ValueError(f"Cases are numbered 1 to {MOST_NUMBER:,}.")
        if len(self.open) > MOST_OPEN or not {*self.open} <= names:
            raise ValueError(f"At most {MOST_OPEN} columns may change, and only those that are not fixed.")
        if not {name for name, _ in self.moved} <= {*self.open}:
            raise ValueError("Only a column that may change can be moved.")
        if not all(self._occurs(name, value) for name, value in self.moved):
            raise ValueError("A column is moved to a number between the smallest and the largest that occur.")

    def _occurs(self, name: str, value: float) -> bool:
        values = self.question.table.rows[:, self.question.table.names.index(name)]
        return bool(values.min() <= value <= values.max())

    @property
    def open(self) -> tuple[str, ...]:
        """Names of the columns that may change."""
        return suggested(self.question.table) if self.may_change is None else self.may_change

    @property
    def locked(self) -> tuple[str, ...]:
        """Names of all others."""
        return tuple(name for name in self.question.table.names if name not in self.open)


_SUGGESTED = Kept[Table, tuple[str, ...]]()


def suggested(table: Table) -> tuple[str, ...]:
    """The columns that may change, where nobody chose: of those not fixed, the six that tell most.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> suggested(ready_made("loans"))[:3]
    ('yearly income', 'loan in yearly incomes', 'debt payments')
    """

    def make() -> tuple[str, ...]:
        free, lean = can_change(table), leanings(table)
        told = sorted(free, key=lambda name: -abs(lean[table.names.index(name)]))[:MOST_OPEN]
        return tuple(name for name in table.names if name in told)

    return _SUGGESTED.once(table, "six", make)


def can_change(table: Table) -> tuple[str, ...]:
    """Names of the columns that are not fixed and in which cases differ."""
    spread = spreads(table)
    return tuple(
        column.name for at, column in enumerate(table.columns) if not column.is_fixed and spread[at] > 0
    )


def at_rest() -> Settings:
    """With which the page opens."""
    return Settings(opening())
