"""Edit one curve of the readable model by hand, and count whose decision changes and what that costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from dl_core.interpretability.board import CASES
from dl_core.interpretability.cross_validation import Mean
from dl_core.interpretability.curve_parts import (
    EDITS,
    Edit,
    Places,
    edited,
    fresh_of,
    on_fresh,
    parts_of,
    probability,
    true_curve,
)
from dl_core.interpretability.fitted import split
from dl_core.interpretability.over_rows import change_of, cost_of
from dl_core.interpretability.question import Question
from dl_core.interpretability.question import at_rest as opening
from dl_core.interpretability.table import Column, Floats, Table, Truth
from dl_core.intervals import Share, share_of
from dl_core.jobs import GoOn

N_ENDS = 20  # steps between which a range can be chosen
FEW_VALUES = 25  # a column with no more different values has a histogram bar for each
N_BARS = 24  # of the histogram of any other
FEW_LEVELS = 4  # a protected column with no more values makes a group of each; else it is cut in half
TAIL = 0.01  # cases on either side that may be cut off the axis where they would fill half of it
SAME = 1e-9  # curves no further apart are one curve
FIRST = {"loans": "loan in yearly incomes"}  # the curve that shows most


@dataclass(frozen=True)
class Settings:
    """Which curve, and what is done to it.

    Raises
    ------
    ValueError
        When there is no such column or edit, or the range is none.
    """

    question: Question
    column: str = ""  # name in the table; empty: the one that shows most
    edit: Edit = "up"
    low: float | None = None  # from which value on the curve is made flat, in the column's unit; None: all
    high: float | None = None  # up to which value; None: all

    def __post_init__(self) -> None:
        if self.column and self.column not in self.question.table.names:
            raise ValueError(f"There is no column {self.column!r} in this table.")
        if self.edit not in EDITS:
            raise ValueError(f"There is no edit {self.edit!r}; choose one of {', '.join(EDITS)}.")
        ends = [end for end in (self.low, self.high) if end is not None]
        if not all(np.isfinite(ends)) or ends != sorted(ends):
            raise ValueError("A range goes from a number up to a number.")

    @property
    def at(self) -> int:
        """Place of the column in the table, from 0."""
        return self.question.table.names.index(self.column or first_column(self.question.table))

    @property
    def of(self) -> Column:
        """The column itself."""
        return self.question.table.columns[self.at]


def first_column(table: Table) -> str:
    """The column to begin with: the one whose bad and fine cases differ most, in spreads of the column.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> first_column(ready_made("loans")), first_column(ready_made("diabetes"))
    ('loan in yearly incomes', 'body mass index')
    """
    if table.key in FIRST and FIRST[table.key] in table.names:
        return FIRST[table.key]
    apart = np.abs(table.rows[table.bad].mean(axis=0) - table.rows[~table.bad].mean(axis=0))
    return table.names[int((apart / np.maximum(table.rows.std(axis=0), 1e-12)).argmax())]


def ends_of(table: Table, column: str) -> tuple[float, ...]:
    """Values between which a range can be chosen, rising: every twentieth of cases; none for few values."""
    values = table.rows[:, table.names.index(column)]
    found = np.unique(np.quantile(values, np.linspace(0, 1, N_ENDS + 1), method="nearest"))
    return tuple(found.tolist()) if len(found) > 2 else ()


@dataclass(frozen=True)
class Group:
    """Held-out cases that a protected column sets apart."""

    column: str
    name: str  # "group B"
    before: Share  # held back as learned
    after: Share  # held back after the edit


@dataclass(frozen=True, eq=False)
class Histogram:
    """Held-out cases along the column; what lies beyond the axis is counted in its end bars."""

    edges: Floats  # (m + 1,) of the bars, in the column's unit
    cases: Places  # (m,) all cases
    held_back: Places  # (m,) of them newly held back
    let_through: Places  # (m,) newly let through


@dataclass(frozen=True, eq=False)
class Edited:
    """One curve before and after, and what the edit does to decisions and money."""

    settings: Settings
    cuts: Floats  # (m,) values at which the curve steps, rising
    learned: Floats  # (m + 1,) what each step adds to the score
    made: Floats  # (m + 1,) after the edit
    spread: Floats  # (m + 1,) standard deviation between the four trainings
    truth: Floats | None  # (m + 1,) the true rule's own, brought to the same mean; None where none is known
    ends: tuple[float, float]  # of the axis, in the column's unit
    histogram: Histogram
    n: int  # held-out cases
    caught: int  # bad cases newly held back
    alarmed: int  # fine cases newly held back
    missed: int  # bad cases newly let through
    freed: int  # fine cases newly let through
    held: tuple[int, int]  # cases held back, before and after
    cost: tuple[float, float]  # dollars that mistakes cost in CASES cases, before and after
    right: tuple[Share, Share]  # right answers at the bar, before and after
    dearer: Mean  # dollars in CASES cases that the edit costs, paired case by case
    better: Mean  # percentage points more right answers, paired
    fresh: Mean | None  # dollars in CASES fresh loans that the edit costs; None where no rule is known
    groups: tuple[Group, ...]

    @property
    def table(self) -> Table:
        """Whose cases they are."""
        return self.settings.question.table

    @property
    def n_changed(self) -> int:
        """Held-out cases whose decision changes."""
        return self.caught + self.alarmed + self.missed + self.freed

    @property
    def is_edited(self) -> bool:
        """Whether the curve is another one now."""
        return not np.allclose(self.made, self.learned, atol=SAME)

    @property
    def verdict(self) -> Literal["dearer", "cheaper", "tie"]:
        """What may be said of the cost: of the fresh loans, else of the held-out cases."""
        told = self.fresh or self.dearer
        return "dearer" if told.low > 0 else "cheaper" if told.high < 0 else "tie"

    @property
    def pair(self) -> tuple[Group, Group] | None:
        """The two groups of the edited column where it is protected, else of the first with names."""
        columns = [one.name for one in self.table.columns if one.is_protected]
        columns.sort(key=lambda name: (name != self.settings.of.name, not self._has_levels(name)))
        for name in columns:
            mine = [group for group in self.groups if group.column == name]
            if len(mine) == 2:
                return mine[0], mine[1]
        return None

    def _has_levels(self, name: str) -> bool:
        return bool(self.table.columns[self.table.names.index(name)].levels)


def story(settings: Settings, go_on: GoOn | None = None) -> Edited | None:
    """Edit a copy of the curve and decide every held-out case anew; the shared model stays as it is.

    Parameters
    ----------
    settings
        Which curve, and the edit.
    go_on
        Share done, 0 to 1 → whether to go on; stopped, there is nothing to show.

    Examples
    --------
    >>> told = story(Settings(opening(), "group", "flat"))
    >>> told.n_changed == told.caught + told.alarmed + told.missed + told.freed, len(told.learned)
    (True, 2)
    """
    question, at = settings.question, settings.at
    table, bar = question.table, question.bar
    if go_on and not go_on(0.0):
        return None
    parts = parts_of(table)
    if go_on and not go_on(0.9):
        return None
    learned, cuts, weight = parts.heights[at], parts.cuts[at], parts.weights[at]
    first = 0 if settings.low is None else int(np.digitize(settings.low, cuts))
    last = None if settings.high is None else int(np.digitize(settings.high, cuts))
    made = edited(learned, weight, settings.edit, first, last)
    held, by = split(table).held_out, made - learned
    truth = table.bad[held]
    before = probability(parts.score) >= bar
    after = probability(parts.score + by[parts.places[:, at]]) >= bar
    up, down = after & ~before, before & ~after
    fresh = fresh_of(table, parts)
    ends, none = _ends(table.rows[:, at]), Mean(0.0, 0.0, 0.0)
    is_same = bool(np.allclose(made, learned, atol=SAME))
    return Edited(
        settings, cuts, learned, made, parts.spreads[at], true_curve(table, at, cuts), ends,
        _histogram(table.rows[held, at], up, down, ends), len(held),
        caught=int((up & truth).sum()), alarmed=int((up & ~truth).sum()),
        missed=int((down & truth).sum()), freed=int((down & ~truth).sum()),
        held=(int(before.sum()), int(after.sum())),
        cost=(cost_of(question, truth, before), cost_of(question, truth, after)),
        right=(_right(truth, before), _right(truth, after)),
        dearer=none if is_same else change_of(truth, before, after, question.miss, question.false_alarm),
        better=none if is_same else _points(change_of(truth, before, after, 1.0, 1.0)),
        fresh=None if fresh is None else on_fresh(fresh, by[fresh.places[:, at]], question),
        groups=_groups(table, held, before, after),
    )  # fmt: skip


def at_rest() -> Settings:
    """With which the page opens."""
    question = opening()
    return Settings(question, first_column(question.table))


def _right(truth: Truth, held: Truth) -> Share:
    return share_of(int((held == truth).sum()), len(truth))


def _points(mistakes: Mean) -> Mean:
    """More mistakes in CASES cases → more right answers in a hundred."""
    by = -100 / CASES
    return Mean(by * mistakes.value, by * mistakes.high, by * mistakes.low)


def _ends(values: Floats) -> tuple[float, float]:
    """Both ends of the axis; few far-off values may lie beyond. Few different values get half a step more."""
    kinds = np.unique(values)
    if len(kinds) <= FEW_VALUES:
        air = float(np.diff(kinds).min()) / 2 if len(kinds) > 1 else 0.5
        return float(kinds[0]) - air, float(kinds[-1]) + air
    low, high = np.quantile(values, [TAIL, 1 - TAIL])
    room = (high - low) / 2
    return float(max(values.min(), low - room)), float(min(values.max(), high + room))


def _histogram(values: Floats, up: Truth, down: Truth, ends: tuple[float, float]) -> Histogram:
    kinds = np.unique(values)
    if len(kinds) <= FEW_VALUES:
        edges = np.array([ends[0], *(kinds[1:] + kinds[:-1]) / 2, ends[1]])
    else:
        edges = np.linspace(*ends, N_BARS + 1)
    inside = np.clip(values, edges[0], edges[-1])
    cases, held_back, let_through = (
        np.histogram(inside[which], edges)[0].astype(np.int64) for which in (slice(None), up, down)
    )
    return Histogram(edges, cases, held_back, let_through)


def _groups(table: Table, held: Places, before: Truth, after: Truth) -> tuple[Group, ...]:
    found = []
    for at, column in enumerate(table.columns):
        if not column.is_protected:
            continue
        values = table.rows[held, at]
        kinds = np.unique(values)
        if column.levels or len(kinds) <= FEW_LEVELS:
            sides = [(f"{column.name} {column.in_words(kind)}", values == kind) for kind in kinds.tolist()]
        else:
            middle = float(np.median(values))
            told = column.in_words(middle)
            sides = [
                (f"{column.name} up to {told}", values <= middle),
                (f"{column.name} over {told}", values > middle),
            ]
        for name, mine in sides:
            n = int(mine.sum())
            if n:
                found.append(
                    Group(
                        column.name,
                        name,
                        share_of(int(before[mine].sum()), n),
                        share_of(int(after[mine].sum()), n),
                    )
                )
    return tuple(found)
