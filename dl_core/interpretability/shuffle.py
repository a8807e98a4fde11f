"""Permutation importance and its trap: columns that tell the same, shuffled one by one and together.

Three questions that people take for one: does this model use a column (shuffle it alone)? Does it use what a
set of columns tells (shuffle them together)? Are they needed (leave them out and train again)?

Source: L. Breiman, "Random forests", Machine Learning 45 (2001); G. Hooker, L. Mentch and S. Zhou,
"Unrestricted permutation forces extrapolation", Statistics and Computing 31 (2021).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from dl_core.interpretability.alike import (
    MOST_TOGETHER,
    least_alike,
    nearest_real,
    rank_correlations,
    travelling_together,
    usual_distance,
)
from dl_core.interpretability.carried import OfNumbers
from dl_core.interpretability.fitted import SEED, Split, fitted, split
from dl_core.interpretability.ledger import pairs_ranked_right
from dl_core.interpretability.models import Fitted, check_model, fit
from dl_core.interpretability.over_rows import Gap, cost_of_rows, gap_of
from dl_core.interpretability.question import Question
from dl_core.interpretability.question import at_rest as opening
from dl_core.interpretability.table import Floats, Table, Truth
from dl_core.interpretability.tables import TABLES, ready_made
from dl_core.jobs import GoOn

N_SHUFFLES = 10
PAGE = "page"  # the table of the page's first scene
A_PIECE = 2000  # rows asked about between two looks whether to go on
TAKES_ALL = 0.9  # share of the whole from which one column is said to carry it
LITTLE = 0.25  # of what the set moves: a loss that is surely below it may be called nothing

Verdict = Literal["hidden", "twice", "one", "sum", "open"]
Loss = Literal["free", "dearer", "cheaper", "open"]


@dataclass(frozen=True)
class Settings:
    """Whose answers, and which columns are shuffled.

    Raises
    ------
    ValueError
        When there is no such table, model or column, or too many of them.
    """

    question: Question
    on: str = "cancer"  # key of a ready-made table, where the trap can be seen; or PAGE
    model: str = "ebm"
    columns: tuple[str, ...] = ()  # two to eight names; none: those that travel together

    def __post_init__(self) -> None:
        if self.on != PAGE and self.on not in TABLES:
            raise ValueError(f"There is no table {self.on!r}.")
        check_model(self.model)
        missing = set(self.columns) - set(self.table.names)
        if missing or len(set(self.columns)) < len(self.columns):
            raise ValueError(f"Each column once, and only columns of this table: {self.columns}.")
        if self.columns and not 2 <= len(self.columns) <= MOST_TOGETHER:
            raise ValueError(f"Choose 2 to {MOST_TOGETHER} columns.")

    @property
    def table(self) -> Table:
        """Whose rows are shuffled."""
        return self.question.table if self.on == PAGE else ready_made(self.on)

    @property
    def asked(self) -> Question:
        """The page's two prices and its bar, on that table."""
        return replace(self.question, table=self.table)

    @property
    def places(self) -> tuple[int, ...]:
        """Of the columns in the table, rising."""
        if not self.columns:
            return travelling_together(self.table)
        return tuple(sorted(self.table.names.index(name) for name in self.columns))


@dataclass(frozen=True, eq=False)
class _Said:
    """What the model said about the held-out rows; holds no table."""

    plain: Floats  # (n,) as they are
    alone: Floats  # (k, N_SHUFFLES, n) with one column shuffled
    together: Floats  # (N_SHUFFLES, n) with all of them shuffled in the same way
    without: Floats  # (n,) by a model trained again without them
    far: tuple[
        float, ...
    ]  # (k + 1,) share of shuffled rows that lie unusually far from real ones; last: together
    points: tuple[
        float, ...
    ]  # (k + 2,) of pairs ranked right that are lost: alone, together, trained without
    alike: float  # the least rank correlation of any two of the columns, in size, 0 to 1


@dataclass(frozen=True)
class Bar:
    """What one shuffle costs."""

    name: str
    gap: Gap  # dollars in 1,000 cases that it costs more
    lowest: float  # dollars, of the ten shuffles
    highest: float  # dollars, of the ten shuffles
    points: float  # percentage points of pairs ranked right that are lost
    far: float  # share of the shuffled rows unlike any real row in these columns, 0 to 1


@dataclass(frozen=True)
class Shuffle:
    """Three answers about the same columns."""

    settings: Settings
    base: float  # dollars that the model's mistakes cost in 1,000 cases
    n: int  # held-out cases
    alone: tuple[Bar, ...]  # from long to short
    together: Bar
    added: Gap  # the bars alone, added up
    hidden: Gap  # together less the bars added up
    without: Gap  # dollars in 1,000 cases that a model trained without them costs more
    without_points: float  # percentage points of pairs ranked right that it loses
    alike: float  # the least rank correlation of any two of the columns, in size, 0 to 1

    @property
    def table(self) -> Table:
        """Whose rows are shuffled."""
        return self.settings.table

    @property
    def verdict(self) -> Verdict:
        """Together more than the bars added up, or less; one carries all; they add up; or nothing is sure."""
        longest = self.alone[0].gap.mean.value
        if self.hidden.is_dearer:
            return "hidden"
        if self.hidden.is_cheaper:
            return "twice"
        if not self.together.gap.is_dearer:
            return "open"
        rest = sum(abs(bar.gap.mean.value) for bar in self.alone[1:])
        whole = self.together.gap.mean.value
        return "one" if longest >= TAKES_ALL * whole and rest <= (1 - TAKES_ALL) * whole else "sum"

    @property
    def loss(self) -> Loss:
        """What may be said of the model trained again without the columns."""
        if self.without.is_dearer:
            return "dearer"
        if self.without.is_cheaper:
            return "cheaper"
        whole = self.together.gap.mean.value
        return "free" if self.together.gap.is_dearer and self.without.mean.high <= LITTLE * whole else "open"


def orders(n: int, seed: int = SEED) -> list[np.ndarray]:
    """Ten orders of n rows, each ``(n,)``: the same for every column, so bars differ by the column alone.

    Parameters
    ----------
    n
        How many rows.
    seed
        The same seed draws the same orders.
    """
    return [np.random.default_rng((seed, at)).permutation(n) for at in range(N_SHUFFLES)]


def shuffled(rows: Floats, columns: tuple[int, ...], order: np.ndarray) -> Floats:
    """The rows with the values of these columns taken from other rows, ``(n, d)``.

    Parameters
    ----------
    rows
        ``(n, d)``; not changed.
    columns
        Places; they move together, so among themselves they stay true.
    order
        ``(n,)`` from which row each takes its values.

    Examples
    --------
    >>> shuffled(np.array([[1.0, 10.0], [2.0, 20.0]]), (1,), np.array([1, 0])).tolist()
    [[1.0, 20.0], [2.0, 10.0]]
    """
    made = rows.copy()
    made[:, columns] = rows[order][:, columns]
    return made


_KEPT = OfNumbers[_Said]()


def story(settings: Settings, go_on: GoOn | None = None) -> Shuffle | None:
    """Shuffle, ask, leave out, train again, and price all of it; None when stopped.

    Parameters
    ----------
    settings
        The table, the model and the columns.
    go_on
        Share done, 0 to 1 → whether to go on.

    Examples
    --------
    >>> from dl_core.interpretability.question import Question
    >>> told = story(Settings(Question(ready_made("wine")), PAGE, "tree"))
    >>> len(told.alone) > 1, told.n
    (True, 45)
    """
    table, places = settings.table, settings.places
    said = _KEPT.once(
        table, ("shuffle", settings.model, places), lambda: _ask(table, settings.model, places, go_on)
    )
    if said is None:
        return None
    held = split(table).held_out
    truth, asked = table.bad[held], settings.asked
    plain = cost_of_rows(asked, truth, said.plain)
    alone = cost_of_rows(asked, truth, said.alone) - plain  # (k, N_SHUFFLES, n)
    together = cost_of_rows(asked, truth, said.together) - plain
    names = [*(table.names[at] for at in places), "together"]
    *bars, whole = (
        _bar(name, more, points, far)
        for name, more, points, far in zip(names, [*alone, together], said.points[:-1], said.far, strict=True)
    )
    added = alone.sum(axis=0).mean(axis=0)
    return Shuffle(
        settings, float(plain.mean()), len(held),
        tuple(sorted(bars, key=lambda bar: -bar.gap.mean.value)),
        whole, gap_of(added), gap_of(together.mean(axis=0) - added),
        gap_of(cost_of_rows(asked, truth, said.without) - plain), said.points[-1], said.alike,
    )  # fmt: skip


def _bar(name: str, more: Floats, points: float, far: float) -> Bar:
    """Of ``(N_SHUFFLES, n)`` dollars more."""
    every = more.mean(axis=1)
    return Bar(name, gap_of(more.mean(axis=0)), float(every.min()), float(every.max()), points, far)


def _ask(table: Table, model: str, places: tuple[int, ...], go_on: GoOn | None) -> _Said | None:
    """Everything that does not hang on prices or the bar."""
    piles = split(table)
    rows, real = table.rows[piles.held_out], table.rows[piles.train]
    trained = fitted(table, model)
    sets = [*((at,) for at in places), places]
    each = orders(len(rows))
    usual = usual_distance(rows[:, places], real[:, places])
    said, far = [], []
    for done, columns in enumerate(sets):
        made = np.concatenate([shuffled(rows, columns, order) for order in each])
        answers = _asked(trained, made, go_on, done / (len(sets) + 1), 1 / (len(sets) + 1))
        if answers is None:
            return None
        said.append(answers.reshape(len(each), -1))
        far.append(float((nearest_real(made[:, places], real[:, places]) > usual + 1e-9).mean()))
    plain, without = trained.probability(rows), _without(table, model, places, piles)
    alone = np.stack(said[:-1])
    for part in (plain, alone, said[-1], without):
        part.setflags(write=False)
    truth = table.bad[piles.held_out]
    ranked = [_ranked(truth, answers) for answers in (plain[None], *said, without[None])]
    points = tuple(100 * (ranked[0] - after) for after in ranked[1:])
    alike = least_alike(np.abs(rank_correlations(table.rows)), places)
    return _Said(plain, alone, said[-1], without, tuple(far), points, alike)


def _ranked(truth: Truth, answers: Floats) -> float:
    """Share of pairs ranked right, the mean over ``(m, n)`` answers."""
    return float(np.mean([pairs_ranked_right(truth, one) for one in answers]))


def _asked(trained: Fitted, rows: Floats, go_on: GoOn | None, start: float, share: float) -> Floats | None:
    """The model's answers, piece by piece."""
    found = []
    for at in range(0, len(rows), A_PIECE):
        if go_on and not go_on(start + share * at / len(rows)):
            return None
        found.append(trained.probability(rows[at : at + A_PIECE]))
    return np.concatenate(found)


def _without(table: Table, model: str, places: tuple[int, ...], piles: Split) -> Floats:
    """What a model says that never had these columns; without any column left, the base rate."""
    keep = [at for at in range(len(table.columns)) if at not in places]
    if not keep:
        return np.full(len(piles.held_out), table.bad[piles.train].mean())
    again = fit(model, table.rows[piles.train][:, keep], table.bad[piles.train], SEED)
    return again.probability(table.rows[piles.held_out][:, keep])


def at_rest() -> Settings:
    """With which the page opens."""
    return Settings(opening())
