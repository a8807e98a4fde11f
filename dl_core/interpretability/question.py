"""What the page asks: which table, and what its two mistakes cost."""

from __future__ import annotations

from dataclasses import dataclass

from dl_core.interpretability.table import Table
from dl_core.interpretability.tables import ready_made

MOST = 1_000_000.0  # dollars that a mistake may cost


@dataclass(frozen=True)
class Question:
    """The settings of the opening scene; every other scene looks at them.

    Raises
    ------
    ValueError
        When a price or the bar is out of its range.
    """

    table: Table
    miss: float = 1000.0  # dollars that a bad case costs when it is let through, above 0
    false_alarm: float = 100.0  # dollars that a fine case costs when it is held back, above 0
    own_bar: float | None = None  # probability from which a case is held back, 0 to 1; None: the cheapest

    def __post_init__(self) -> None:
        if not (0 < self.miss <= MOST and 0 < self.false_alarm <= MOST):
            raise ValueError("A mistake costs more than nothing, and at most a million dollars.")
        if self.own_bar is not None and not 0 <= self.own_bar <= 1:
            raise ValueError("The bar is a probability: choose 0 to 1.")

    @property
    def is_own(self) -> bool:
        """Whether it is about a reader's own table: then its results stay in that visit."""
        return self.table.is_own

    @property
    def bar(self) -> float:
        """Probability of the bad case from which a case is held back, 0 to 1.

        Where nobody has chosen one: the price of a false alarm over the price of both. That is the cheapest,
        if the probabilities are right.

        Source: C. Elkan, "The foundations of cost-sensitive learning", IJCAI (2001).

        Examples
        --------
        >>> round(Question(ready_made("wine"), miss=250, false_alarm=5).bar, 3)
        0.02
        """
        return self.false_alarm / (self.miss + self.false_alarm) if self.own_bar is None else self.own_bar


def at_rest() -> Question:
    """With which the page opens."""
    return Question(ready_made("loans"))
