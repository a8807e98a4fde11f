"""Seven models on one table, by the money that their mistakes cost: what does the readable one cost more?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dl_core.decide.amounts import money
from dl_core.interpretability.cross_validation import Mean, over_folds
from dl_core.interpretability.leaks import Leak, leak_of
from dl_core.interpretability.ledger import Ledger, ledger_of
from dl_core.interpretability.models import KINDS, Kind
from dl_core.interpretability.question import Question
from dl_core.interpretability.table import Floats
from dl_core.jobs import GoOn
from dl_core.numbers_in_words import percent

CASES = 1000  # money is told for so many
SMALL = 0.15  # of the best model's cost: a price that is surely below it is called nothing we can measure
MEASURING = 0.9  # share of the work that the models take; the search for a leak takes the rest

Verdict = Literal["free", "open", "dearer", "cheaper"]


@dataclass(frozen=True)
class Row:
    """One model."""

    kind: Kind
    cost: Mean  # dollars that its mistakes cost in CASES cases
    behind: Mean  # the same less the best model's, paired fold by fold
    ranked: Mean  # share of pairs of a bad and a fine case that it ranks right, 0 to 1
    right: Mean  # share of right answers at the bar, 0 to 1
    seconds: float  # to train one
    microseconds: float  # to answer one case
    size: int  # numbers that it keeps
    is_best: bool  # whether nobody costs less

    @property
    def is_tied(self) -> bool:
        """Whether it is not surely dearer than the best."""
        return not self.is_best and self.behind.low <= 0

    @property
    def is_near(self) -> bool:
        """Whether it costs about as much as the best, and not only perhaps."""
        return self.behind.value <= SMALL * (self.cost.value - self.behind.value)


@dataclass(frozen=True)
class Price:
    """The cheapest readable model against the cheapest of the others, paired fold by fold."""

    readable: Row
    other: Row
    money: Mean  # dollars in CASES cases that the readable one costs more
    points: Mean  # percentage points of pairs that it ranks right less often

    @property
    def verdict(self) -> Verdict:
        """What may be said of it: nothing to pay, too few cases to tell, dearer, or cheaper."""
        if self.money.low > 0:
            return "dearer"
        if self.money.high < 0:
            return "cheaper"
        cheapest = min(self.readable.cost.value, self.other.cost.value)
        return "free" if self.money.high <= SMALL * cheapest else "open"


@dataclass(frozen=True)
class Board:
    """The leaderboard at the reader's prices and bar."""

    settings: Question
    rows: tuple[Row, ...]  # in the order of `KINDS`; none where the reader stopped the training
    nobody: float  # dollars in CASES cases where nobody is held back
    everybody: float  # ... where everybody is
    price: Price | None  # None without rows
    saved: Mean | None  # dollars in CASES cases that the best model saves against the cheaper of these two
    leak: Leak | None = None  # in the reader's own table

    @property
    def best(self) -> Row:
        """The cheapest model; only where there are rows."""
        return next(row for row in self.rows if row.is_best)

    @property
    def baseline(self) -> str:
        """The cheaper way to do without a model."""
        return "holding back nobody" if self.nobody <= self.everybody else "holding back everybody"

    @property
    def without(self) -> float:
        """Dollars that it costs in CASES cases."""
        return min(self.nobody, self.everybody)

    def ranking(self, *, readable: bool) -> tuple[Row, ...]:
        """The readable models, or the others, from cheap to dear."""
        mine = [row for row in self.rows if row.kind.is_readable is readable]
        return tuple(sorted(mine, key=lambda row: row.cost.value))


def story(settings: Question, go_on: GoOn | None = None) -> Board:
    """Price every model's mistakes on the rows it never saw.

    Parameters
    ----------
    settings
        The table, the two prices and the bar.
    go_on
        Share done, 0 to 1 → whether to go on. Stopped, it returns a board without rows.

    Examples
    --------
    >>> from dl_core.interpretability.question import at_rest
    >>> board = story(at_rest())
    >>> len(board.rows), board.best.cost.value < board.without, board.price.verdict
    (7, True, 'free')
    """
    table = settings.table
    nobody = CASES * settings.miss * table.bad_share
    everybody = CASES * settings.false_alarm * (1 - table.bad_share)
    ledger = ledger_of(table, _first_part(go_on))
    if ledger is None:
        return Board(settings, (), nobody, everybody, None, None)
    leak = leak_of(table, go_on) if table.is_own else None
    mistakes = ledger.mistakes(settings.bar)
    costs = costs_of(ledger, mistakes, settings)
    rows = _rows(ledger, mistakes, costs)
    n_fine = ledger.n - ledger.n_bad
    without = ledger.n_bad * settings.miss if nobody <= everybody else n_fine * settings.false_alarm
    saved = over_folds(without * (CASES / ledger.n) - costs[costs.mean(axis=1).argmin()])
    return Board(settings, rows, nobody, everybody, _price(rows, costs, ledger.ranked), saved, leak)


def _first_part(go_on: GoOn | None) -> GoOn | None:
    """Of the whole work: the models are trained first."""
    return None if go_on is None else (lambda share: go_on(MEASURING * share))


def costs_of(ledger: Ledger, mistakes: tuple[Floats, Floats], settings: Question) -> Floats:
    """Dollars for CASES cases of each model on each fold, ``(n_models, n_folds)``.

    Parameters
    ----------
    ledger
        Of the question's table.
    mistakes
        What it tells of the question's bar: misses and false alarms.
    settings
        What either costs.
    """
    missed, false_alarms = mistakes
    return np.asarray(
        (missed * settings.miss + false_alarms * settings.false_alarm) * (CASES / ledger.n), np.float64
    )


def _rows(ledger: Ledger, mistakes: tuple[Floats, Floats], costs: Floats) -> tuple[Row, ...]:
    right = 1 - (mistakes[0] + mistakes[1]) / ledger.n
    best = int(costs.mean(axis=1).argmin())
    return tuple(
        Row(
            kind, over_folds(costs[at]), over_folds(costs[at] - costs[best]), over_folds(ledger.ranked[at]),
            over_folds(right[at]), ledger.seconds[at], ledger.microseconds[at], ledger.sizes[at], at == best,
        )
        for at, kind in enumerate(KINDS.values())
    )  # fmt: skip


def _price(rows: tuple[Row, ...], costs: Floats, ranked: Floats) -> Price:
    readable, other = (
        min((at for at, row in enumerate(rows) if row.kind.is_readable is wanted),
            key=lambda at: rows[at].cost.value)
        for wanted in (True, False)
    )  # fmt: skip
    return Price(
        rows[readable], rows[other],
        over_folds(costs[readable] - costs[other]), over_folds(100 * (ranked[other] - ranked[readable])),
    )  # fmt: skip


def price_at(settings: Question) -> Price:
    """The accuracy price at other prices or another bar, of a table whose models are trained already.

    Examples
    --------
    >>> from dl_core.interpretability.question import at_rest
    >>> price_at(at_rest()) == story(at_rest()).price
    True
    """
    ledger = ledger_of(settings.table)
    assert ledger is not None  # nobody stops it
    mistakes = ledger.mistakes(settings.bar)
    costs = costs_of(ledger, mistakes, settings)
    return _price(_rows(ledger, mistakes, costs), costs, ledger.ranked)


def give_or_take(mean: Mean, tell: str = "{}") -> str:
    """A mean and half its interval, both rounded where the half has two figures.

    Parameters
    ----------
    mean
        In any unit.
    tell
        How each of the two is told: "${}".

    Examples
    --------
    >>> give_or_take(Mean(625.0, -3494.0, 4744.0), "${}")
    '$600 ± $4,100'
    >>> give_or_take(Mean(-0.123, -1.123, 0.877)), give_or_take(Mean(0.0, 0.0, 0.0))
    ('−0.1 ± 1.0', '0 ± 0')
    """
    places = 1 - math.floor(math.log10(mean.half)) if mean.half > 0 else 0
    told = []
    for value in (mean.value, mean.half):
        rounded = round(value, places)
        sign = "−" if rounded < 0 else ""
        told.append(sign + tell.format(f"{abs(rounded):,.{max(places, 0)}f}"))
    return " ± ".join(told)


VERDICTS: dict[Verdict, str] = {
    "free": "Readable costs nothing we can measure here",
    "open": "Too few cases to tell what readable costs",
    "dearer": "The readable model costs money here",
    "cheaper": "The readable model is the cheapest here",
}


def takeaway(board: Board) -> str:
    """The accuracy price of the readable model, and what the best model is worth.

    Examples
    --------
    >>> from dl_core.interpretability.question import at_rest
    >>> takeaway(story(at_rest())).split("**")[1]
    'Readable costs nothing we can measure here.'
    """
    if board.price is None:
        return "Stopped before the models were measured. Start again, or choose a ready-made table."
    return f"**{verdict_in_words(board)}.** {price_in_words(board)} {gain_in_words(board)}"


def verdict_in_words(board: Board) -> str:
    """The message, without a full stop."""
    assert board.price is not None  # asked only of a measured board
    if board.leak:
        return "A column gives the answer away, so no score here counts"
    if is_beaten(board):
        return f"At this bar, {board.baseline} is cheaper than any model"
    return VERDICTS[board.price.verdict]


def is_beaten(board: Board) -> bool:
    """Whether the cheapest model costs more than doing without one."""
    return bool(board.rows) and board.best.cost.value > board.without


def price_in_words(board: Board) -> str:
    """The accuracy price of the readable model in money and in points, a sentence."""
    assert board.price is not None  # asked only of a measured board
    price, items = board.price, board.settings.table.items
    return (
        f"The accuracy price of the readable model is {give_or_take(price.money, '${}')} "
        f"for {CASES:,} {items}, and {give_or_take(price.points)} points of pairs ranked right."
    )


def gain_in_words(board: Board) -> str:
    """What the best model saves against doing without one, a sentence."""
    assert board.saved is not None  # asked only of a measured board
    name, without = board.best.kind.name, money(board.without)
    if is_beaten(board):
        return f"{name}, the cheapest, loses {money(board.best.cost.value)}, and {board.baseline} {without}."
    if board.saved.low <= 0:
        return f"No model clearly beats {board.baseline}, which loses {without}."
    saved = give_or_take(board.saved, "${}")
    return f"{name}, the cheapest here, saves {saved} against {board.baseline}."


def bar_in_words(settings: Question) -> str:
    """Where the bar stands, and who set it.

    Examples
    --------
    >>> from dl_core.interpretability.question import at_rest
    >>> bar_in_words(at_rest())
    'The bar stands at 9.1 %: the false alarm’s price over both prices.'
    """
    by = "the false alarm’s price over both prices" if settings.own_bar is None else "you set it"
    return f"The bar stands at {percent(settings.bar)}: {by}."
