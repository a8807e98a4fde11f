"""What if this case were different: a model asked again, and the smallest change that crosses the bar."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dl_core.interpretability.counterfactual import (
    Ask,
    Change,
    against_the_table,
    leanings,
    smallest,
    spreads,
    steps_of,
)
from dl_core.interpretability.fitted import fitted, split
from dl_core.interpretability.loans import rule_is_known, true_probability
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.onecase import said
from dl_core.interpretability.table import Column, Floats, Table
from dl_core.interpretability.whatif_settings import Settings
from dl_core.jobs import GoOn
from dl_core.kept import Kept

MOST_STRIPS = 40  # in which the table's cases are counted along a column
READABLE = tuple(key for key, kind in KINDS.items() if kind.is_readable)


@dataclass(frozen=True, eq=False)
class Found:
    """What the search gave. It holds no table, so it can be kept with one."""

    first: Change | None  # the smallest change
    second: Change | None  # another one that moves none of its columns
    odd: tuple[int, ...]  # columns of the first that go where the table says the opposite
    n_asked: int  # changed cases that the model judged


@dataclass(frozen=True)
class Check:
    """The same change, judged by one model."""

    model: str  # one of `KINDS`
    before: float  # probability of the bad case as it is, 0 to 1
    after: float  # and with the change


@dataclass(frozen=True, eq=False)
class WhatIf:
    """A case, the change, and what the model makes of it."""

    settings: Settings
    case: int  # row number in the table, from 0
    place: int  # of the case among those on its side of the bar, from 1
    n_side: int  # held-out cases on that side
    before: float  # probability of the bad case, 0 to 1
    changed: Floats | None  # (d,) the reader's changed case, else the smallest change; None: there is none
    after: float  # its probability; as before where there is none
    found: Found
    along: int  # place of the column that the picture goes along
    x: Floats  # (k,) values of that column, rising
    as_it_is: Floats  # (k,) probability with only this column moved
    with_change: Floats | None  # (k,) the same with the change's other columns; None where it has none
    edges: Floats  # (s + 1,) of the strips in which the table's cases are counted
    counts: Floats  # (s,) cases in each
    checks: tuple[Check, ...]  # of the chosen model and the readable ones; empty where nothing changes
    truth: tuple[float, float] | None  # true probability before and after, where the rule is ours; 0 to 1

    @property
    def table(self) -> Table:
        """Where the case stands."""
        return self.settings.question.table

    @property
    def column(self) -> Column:
        """The one that the picture goes along."""
        return self.table.columns[self.along]

    @property
    def row(self) -> Floats:
        """The case as it is, ``(d,)``."""
        return np.asarray(self.table.rows[self.case])

    @property
    def is_held_back(self) -> bool:
        """Whether the case as it is reaches the bar."""
        return self.before >= self.settings.question.bar

    @property
    def is_held_back_after(self) -> bool:
        """Whether the changed one does."""
        return self.after >= self.settings.question.bar

    @property
    def crosses(self) -> bool:
        """Whether the change brings it to the other side of the bar."""
        return self.changed is not None and self.is_held_back != self.is_held_back_after

    @property
    def is_moved(self) -> bool:
        """Whether the reader changed something; else the smallest change is shown."""
        return bool(self.settings.moved)

    @property
    def moves(self) -> tuple[int, ...]:
        """Places of the columns in which the shown change differs, the largest move first."""
        if self.changed is None:
            return ()
        return _moves(self.row, self.changed, spreads(self.table))

    @property
    def item(self) -> str:
        """The case by its number in the table, counted from 1: "loan 463"."""
        return f"{self.table.item} {self.case + 1:,}"


_FOUND = Kept[Table, Found]()


def story(settings: Settings, go_on: GoOn | None = None) -> WhatIf | None:
    """Find the case, search the smallest change, and ask the model along one column.

    Parameters
    ----------
    settings
        Which model, case and change. Where no case is on that side of the bar, the nearest one is shown.
    go_on
        Share done, 0 to 1 → whether to go on; stopped, there is nothing to show.

    Examples
    --------
    >>> from dl_core.interpretability.question import Question
    >>> from dl_core.interpretability.tables import ready_made
    >>> told = story(Settings(Question(ready_made("wine")), "logistic", number=1))
    >>> told.is_held_back, told.is_held_back_after, len(told.found.first.columns)
    (True, False, 1)
    """
    table, bar = settings.question.table, settings.question.bar
    if go_on and not go_on(0.0):
        return None
    probability, held = said(table, settings.model), split(table).held_out
    if go_on and not go_on(0.4):
        return None
    on_side = (probability >= bar) == (settings.side == "held back")
    pile = np.flatnonzero(on_side if on_side.any() else ~on_side)
    pile = pile[np.argsort(np.abs(probability[pile] - bar), kind="stable")]
    place = (settings.number - 1) % len(pile)
    case = int(held[pile[place]])
    found = _found(settings, case, go_on)
    if found is None:
        return None
    checks = _Checks(settings, case, _changed(settings, table.rows[case], found))
    if not checks.run(go_on):
        return None
    before, after = checks.of(settings.model)
    along = _along(settings, checks.row, checks.changed)
    x, as_it_is, with_change = _curves(settings, along, checks)
    edges = _strips(table, along)
    counts = np.histogram(np.clip(table.rows[:, along], edges[0], edges[-1]), edges)[0]
    return WhatIf(
        settings, case, place + 1, len(pile), before, checks.changed, after, found, along, x, as_it_is,
        with_change, edges, np.asarray(counts, np.float64), checks.told, checks.truth,
    )  # fmt: skip


def ask_for(settings: Settings, case: int) -> Ask:
    """What is looked for: this case on the other side of the bar, the locked columns as they are.

    Parameters
    ----------
    settings
        Which model, bar and columns.
    case
        Row number in the table.
    """
    table, model = settings.question.table, fitted(settings.question.table, settings.model)
    row, spread = np.asarray(table.rows[case]), spreads(table)
    columns = tuple(at for at, name in enumerate(table.names) if name in settings.open and spread[at] > 0)
    is_held_back = bool(model.probability(row[None])[0] >= settings.question.bar)
    return Ask(
        model.probability, row, settings.question.bar, is_held_back, columns,
        tuple(steps_of(table, at) for at in columns), spread,
    )  # fmt: skip


def _found(settings: Settings, case: int, go_on: GoOn | None) -> Found | None:
    """The smallest change and a second way, kept with the table; None where somebody stopped the search."""
    table, stopped, asked = settings.question.table, False, 0

    def on(share: float) -> bool:
        nonlocal stopped
        stopped = stopped or bool(go_on and not go_on(0.4 + 0.4 * share))
        return not stopped

    def make() -> Found | None:
        ask = ask_for(settings, case)

        def counted(rows: Floats) -> Floats:
            nonlocal asked
            asked += len(rows)
            return ask.says(rows)

        counting = replace(ask, says=counted)
        first = smallest(counting, on)
        second = None if first is None or stopped else smallest(counting.without(first.columns), on)
        if stopped:
            return None
        odd = () if first is None else against_the_table(ask, first, leanings(table))
        return Found(first, second, odd, asked)

    return _FOUND.once(table, (settings.model, case, settings.question.bar, settings.open), make)


def _changed(settings: Settings, row: Floats, found: Found) -> Floats | None:
    """The reader's changed case, or the smallest change, ``(d,)``."""
    if not settings.moved:
        return None if found.first is None else found.first.row
    changed = row.copy()
    for name, value in settings.moved:
        changed[settings.question.table.names.index(name)] = value
    changed.setflags(write=False)
    return changed


class _Checks:
    """The case before and after, judged by the chosen model and by the readable ones."""

    def __init__(self, settings: Settings, case: int, changed: Floats | None) -> None:
        self.table, self.changed = settings.question.table, changed
        self.row = np.asarray(self.table.rows[case])
        self.pair = np.stack([self.row, self.row if changed is None else changed])
        self.models = [settings.model, *(key for key in READABLE if key != settings.model)]
        self.found: dict[str, tuple[float, float]] = {}

    def run(self, go_on: GoOn | None) -> bool:
        """Ask them all; False where somebody stopped it."""
        for at, model in enumerate(self.models if self.changed is not None else self.models[:1]):
            if at and go_on and not go_on(0.8 + 0.04 * at):
                return False
            before, after = fitted(self.table, model).probability(self.pair)
            self.found[model] = float(before), float(after)
        return True

    def of(self, model: str) -> tuple[float, float]:
        """Probability before and after, 0 to 1 each."""
        return self.found[model]

    @property
    def told(self) -> tuple[Check, ...]:
        return tuple(Check(model, *pair) for model, pair in self.found.items()) if len(self.found) > 1 else ()

    @property
    def truth(self) -> tuple[float, float] | None:
        """By the rule that made the loans, if it is them; nobody knows it of other tables."""
        if self.changed is None or not rule_is_known(self.table):
            return None
        before, after = true_probability(self.pair)
        return float(before), float(after)


def _moves(row: Floats, changed: Floats, spread: Floats) -> tuple[int, ...]:
    """Places of the columns that differ, the largest move first."""
    size = np.abs(changed - row) / np.where(spread > 0, spread, np.inf)
    return tuple(int(at) for at in np.argsort(-size, kind="stable") if changed[at] != row[at])


def _along(settings: Settings, row: Floats, changed: Floats | None) -> int:
    """The column that the picture goes along: the reader's, else the one that moves most, else the first."""
    table = settings.question.table
    if settings.along in table.names:
        return table.names.index(settings.along)
    moves = () if changed is None else _moves(row, changed, spreads(table))
    if moves:
        return moves[0]
    return table.names.index(settings.open[0]) if settings.open else 0


def _curves(settings: Settings, along: int, checks: _Checks) -> tuple[Floats, Floats, Floats | None]:
    """Values of the column, and the model's answers along it: as the case is, and with the other changes."""
    row, changed = checks.row, checks.changed
    own = [row[along]] if changed is None else [row[along], changed[along]]
    x = np.unique(np.concatenate([steps_of(checks.table, along), own]))
    others_moved = changed is not None and (np.delete(changed, along) != np.delete(row, along)).any()
    bases = [row, changed] if others_moved and changed is not None else [row]
    rows = np.repeat(np.stack(bases), len(x), axis=0)
    rows[:, along] = np.tile(x, len(bases))
    told = fitted(checks.table, settings.model).probability(rows).reshape(len(bases), len(x))
    return x, told[0], told[1] if len(bases) > 1 else None


def _strips(table: Table, at: int) -> Floats:
    """Edges of strips along a column, each with as many of its steps, so that none is wider by luck."""
    steps = steps_of(table, at)
    if len(steps) < 2:
        return np.array([table.rows[:, at].min() - 0.5, table.rows[:, at].max() + 0.5])
    step = (steps[-1] - steps[0]) / (len(steps) - 1)
    wide = int(np.ceil(len(steps) / MOST_STRIPS))
    n = int(np.ceil(len(steps) / wide))
    return np.asarray(steps[0] - step / 2 + step * wide * np.arange(n + 1))
