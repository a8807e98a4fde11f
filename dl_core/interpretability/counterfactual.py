"""The nearest counterfactual: the smallest change of a case that brings it to the other side of the bar.

A change counts in usual differences: each column's move over that column's robust spread, added up. Few
columns come before a small sum: first one column is moved, then two, then three.

Source: S. Wachter, B. Mittelstadt, C. Russell, "Counterfactual explanations without opening the black box",
Harvard Journal of Law & Technology 31 (2018), for the distance; ours are the grid, the locks and the order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from dl_core.interpretability.fitted import split
from dl_core.interpretability.table import Column, Floats, Table
from dl_core.intervals import Z_95
from dl_core.jobs import GoOn

Places = NDArray[np.int64]

MOST_COLUMNS = 3  # that one change may move
MOST_VALUES = 120  # that a column may take in a search for one column, and on a slider
THINNED = (MOST_VALUES, 20, 8)  # the same in a search for one, two, three columns
CHUNK = 400  # cases that the model judges in one go, the smallest changes first
BELL = 1.349  # the middle half of a bell curve is so many standard deviations wide
ROUNDS = 2  # of pulling a found change back


@dataclass(frozen=True, eq=False)
class Ask:
    """Which change is looked for.

    Raises
    ------
    ValueError
        When the columns and their values do not fit each other.
    """

    says: Callable[[Floats], Floats]  # (n, d) cases → (n,) probability of the bad case
    row: Floats  # (d,) the case as it is
    bar: float  # probability from which a case is held back, 0 to 1
    is_under: bool  # True: look for a place under the bar; False: for one at or above it
    columns: tuple[int, ...]  # places of those that may change; all others are locked
    values: tuple[Floats, ...]  # what each of them may become, rising
    spread: Floats  # (d,) one usual difference in each column; above 0 in those that may change

    def __post_init__(self) -> None:
        if len(self.columns) != len(self.values) or len(set(self.columns)) != len(self.columns):
            raise ValueError("Each column that may change is named once, and has its values.")
        if any(self.spread[at] <= 0 for at in self.columns):
            raise ValueError("A column in which nobody differs cannot change.")

    def passes(self, probability: Floats) -> NDArray[np.bool_]:
        """Whether each ``probability``, ``(n,)``, lies on the side that is looked for."""
        return probability < self.bar if self.is_under else probability >= self.bar

    def without(self, columns: tuple[int, ...]) -> Ask:
        """The same with these columns locked too."""
        kept = [at for at, column in enumerate(self.columns) if column not in columns]
        return replace(
            self, columns=tuple(self.columns[at] for at in kept), values=tuple(self.values[at] for at in kept)
        )


@dataclass(frozen=True, eq=False)
class Change:
    """A changed case on the other side of the bar; the model itself has said so."""

    columns: tuple[int, ...]  # places of those that moved, the largest move first
    row: Floats  # (d,) the case after it, read-only
    size: float  # usual differences, added up over the columns
    probability: float  # that the model gives it, 0 to 1


def smallest(ask: Ask, go_on: GoOn | None = None) -> Change | None:
    """The smallest change of as few columns as possible, or None where none of up to three does it.

    Of one column every value is tried. Of two and three every few values are tried, the smallest changes
    first, and what is found is pulled back as far as it still passes: another one may be smaller still.

    Parameters
    ----------
    ask
        What may change, and how far.
    go_on
        Share done, 0 to 1 → whether to go on; stopped, there is none.

    Examples
    --------
    >>> row, steps = np.array([5.0, 5.0]), np.arange(11.0)
    >>> ask = Ask(lambda rows: rows.sum(axis=1) / 20, row, 0.4, True, (0, 1), (steps, steps), np.ones(2))
    >>> found = smallest(ask)  # the sum has to fall from 10 to below 8
    >>> found.row.tolist(), found.columns, found.size, found.probability
    ([2.0, 5.0], (0,), 3.0, 0.35)
    """
    for n in range(1, min(MOST_COLUMNS, len(ask.columns)) + 1):
        row = _first_that_passes(ask, n, go_on)
        if row is not None:
            return _told(ask, _pulled_back(ask, row) if n > 1 else row)
        if go_on and not go_on(n / MOST_COLUMNS):
            return None
    return None


def _first_that_passes(ask: Ask, n: int, go_on: GoOn | None) -> Floats | None:
    """The smallest change on the grid that moves exactly ``n`` columns, as a row."""
    which: list[Places] = []  # of each change: the columns, ``(k, n)``
    to: list[Floats] = []  # and what they become, ``(k, n)``
    for chosen in combinations(range(len(ask.columns)), n):
        places = [ask.columns[at] for at in chosen]
        axes = [thinned(_other(ask, at), THINNED[n - 1]) for at in chosen]
        mesh = np.stack([part.ravel() for part in np.meshgrid(*axes, indexing="ij")], axis=1)
        to.append(mesh)
        which.append(np.tile(np.array(places, np.int64), (len(mesh), 1)))
    columns, values = np.concatenate(which), np.concatenate(to)
    size = (np.abs(values - ask.row[columns]) / ask.spread[columns]).sum(axis=1)
    order = np.argsort(size, kind="stable")
    for start in range(0, len(order), CHUNK):
        mine = order[start : start + CHUNK]
        rows = np.tile(ask.row, (len(mine), 1))
        np.put_along_axis(rows, columns[mine], values[mine], axis=1)
        passed = np.flatnonzero(ask.passes(ask.says(rows)))
        if len(passed):
            return np.asarray(rows[passed[0]])
        if go_on and not go_on((n - 1 + start / len(order)) / MOST_COLUMNS):
            return None
    return None


def _other(ask: Ask, at: int) -> Floats:
    """The values of one column that may change, without the one it has."""
    values, own = ask.values[at], ask.row[ask.columns[at]]
    return np.asarray(values[np.abs(values - own) > 1e-9 * max(1.0, abs(own))])


def thinned(values: Floats, most: int) -> Floats:
    """At most so many of the values, both ends among them.

    Parameters
    ----------
    values
        ``(n,)``, rising.
    most
        2 or more.

    Examples
    --------
    >>> thinned(np.arange(9.0), 3).tolist(), thinned(np.arange(2.0), 3).tolist()
    ([0.0, 4.0, 8.0], [0.0, 1.0])
    """
    if len(values) <= most:
        return values
    return np.asarray(values[np.rint(np.linspace(0, len(values) - 1, most)).astype(np.int64)])


def _pulled_back(ask: Ask, row: Floats) -> Floats:
    """The same change made smaller, one column after the other, as long as it passes."""
    found = row.copy()
    for _ in range(ROUNDS):
        before = found.copy()
        for at in np.argsort([-_moved(ask, found, column) for column in ask.columns], kind="stable"):
            column, own = ask.columns[at], ask.row[ask.columns[at]]
            values = _other(ask, int(at))
            nearer = values[np.abs(values - own) < abs(found[column] - own)]
            if not len(nearer):
                continue
            rows = np.tile(found, (len(nearer), 1))
            rows[:, column] = nearer
            passed = nearer[ask.passes(ask.says(rows))]
            if len(passed):
                found[column] = passed[np.argmin(np.abs(passed - own))]
        if (found == before).all():
            break
    return found


def _moved(ask: Ask, row: Floats, column: int) -> float:
    """How far one column moved, in usual differences."""
    return float(abs(row[column] - ask.row[column]) / ask.spread[column])


def _told(ask: Ask, row: Floats) -> Change:
    moves = {column: _moved(ask, row, column) for column in ask.columns if row[column] != ask.row[column]}
    row.setflags(write=False)
    return Change(
        tuple(sorted(moves, key=lambda column: -moves[column])), row, sum(moves.values()),
        float(ask.says(row[None])[0]),
    )  # fmt: skip


def spreads(table: Table) -> Floats:
    """One usual difference between two cases in each column, ``(d,)``; 0 where nobody differs.

    The middle half's width as the standard deviation of a bell curve. Where more than half of all have one
    value, the standard deviation.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> np.round(spreads(ready_made("loans"))[1:4], 2).tolist()  # size of the loan, debt and missed payments
    [1.26, 8.9, 0.56]
    """
    rows = table.rows[split(table).train]
    low, high = np.quantile(rows, [0.25, 0.75], axis=0)
    return np.asarray(np.where(high > low, (high - low) / BELL, rows.std(axis=0)))


def steps_of(table: Table, at: int) -> Floats:
    """What a column may become: steps as it is recorded, within the values that occur, ``(k,)``, rising.

    Parameters
    ----------
    table
        Whose values bound it.
    at
        Place of the column.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> steps_of(ready_made("loans"), 3).tolist()
    [0.0, 1.0, 2.0, 3.0, 4.0]
    """
    return stepped(table.columns[at], float(table.rows[:, at].min()), float(table.rows[:, at].max()))


def stepped(column: Column, low: float, high: float) -> Floats:
    """Round values from ``low`` to ``high``: the column's own step, or 2, 5, 10 … of them, ``(k,)``.

    Parameters
    ----------
    column
        Its step is the finest.
    low, high
        Ends, in the column's unit; a value beyond them is never given.

    Examples
    --------
    >>> income = stepped(Column("income", step=1), 15, 208)
    >>> income[:3].tolist(), income[-1].item(), len(income)
    ([16.0, 18.0, 20.0], 208.0, 97)
    """
    step = 1.0 if column.levels else column.step
    for factor in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
        first, last = np.ceil(low / (step * factor) - 1e-9), np.floor(high / (step * factor) + 1e-9)
        if last - first < MOST_VALUES:
            break
    values = np.arange(first, last + 1) * step * factor
    values = values if len(values) <= MOST_VALUES else thinned(values, MOST_VALUES)
    return np.round(values, column.places if not column.levels else 0) + 0.0  # no minus zero


def leanings(table: Table) -> Floats:
    """To which side of each column the bad cases lie, ``(d,)``: the gap of two means over its standard error.

    Above 0 the bad cases have more of it. Between −2 and 2 it may be luck. Counted where models learn.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> found = leanings(ready_made("loans"))
    >>> bool(found[2] > 2), bool(found[4] < -2)  # more debt payments, fewer years in the job
    (True, True)
    """
    train = split(table).train
    rows, bad = table.rows[train], table.bad[train]
    gap = rows[bad].mean(axis=0) - rows[~bad].mean(axis=0)
    error = np.sqrt(rows[bad].var(axis=0) / bad.sum() + rows[~bad].var(axis=0) / (~bad).sum())
    return np.asarray(np.divide(gap, error, out=np.zeros_like(gap), where=error > 0))


def against_the_table(ask: Ask, change: Change, lean: Floats) -> tuple[int, ...]:
    """The moved columns that go where the table says the opposite: there the model is odd.

    Parameters
    ----------
    ask
        Whether a place under the bar was looked for.
    change
        What was found.
    lean
        ``(d,)`` of `leanings`.

    Examples
    --------
    >>> ask = Ask(lambda rows: rows[:, 0], np.array([0.5]), 0.4, True, (0,), (np.ones(1),), np.ones(1))
    >>> up = Change((0,), np.array([0.9]), 0.4, 0.3)  # moved up, and yet it passes
    >>> against_the_table(ask, up, np.array([5.0])), against_the_table(ask, up, np.array([0.5]))
    ((0,), ())
    """
    towards_bad = np.sign(change.row - ask.row) * lean
    odd = towards_bad > Z_95 if ask.is_under else towards_bad < -Z_95
    return tuple(column for column in change.columns if odd[column])
