"""The nearest counterfactual: against brute force, logistic regression's closed form, and its laws."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest

from dl_core.interpretability.counterfactual import (
    MOST_COLUMNS,
    MOST_VALUES,
    THINNED,
    Ask,
    Change,
    against_the_table,
    leanings,
    smallest,
    spreads,
    stepped,
    steps_of,
)
from dl_core.interpretability.fitted import fitted, split
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.table import Column
from dl_core.interpretability.tables import ready_made

BAR = 1 / 11


def crooked(seed: int) -> Ask:
    """A tiny table of four columns with five values each, and an answer for each of the 625 cases by lot."""
    rng = np.random.default_rng(seed)
    answers = np.round(rng.random((5,) * 4), 3)
    answers[2, 2, 2, 2] = 1.0
    return Ask(
        lambda rows: answers[tuple(rows.astype(int).T)], np.full(4, 2.0), 0.004 + 0.03 * (seed % 4), True,
        (0, 1, 2, 3), (np.arange(5.0),) * 4, rng.uniform(0.5, 2, 4),
    )  # fmt: skip


def passing(ask: Ask, columns: tuple[int, ...]) -> list[tuple[float, np.ndarray]]:
    """Size and row of every change of exactly these columns that passes, counted one by one."""
    found = []
    for values in product(*(ask.values[ask.columns.index(at)] for at in columns)):
        row = ask.row.copy()
        row[list(columns)] = values
        if (row[list(columns)] != ask.row[list(columns)]).all() and ask.passes(ask.says(row[None]))[0]:
            found.append((float((np.abs(row - ask.row) / ask.spread).sum()), row))
    return found


@pytest.mark.parametrize("seed", range(24))
def test_on_a_tiny_table_it_is_what_brute_force_finds(seed):
    """Fewest columns first, then the smallest size; the grids are small enough to be searched in full."""
    assert all(most >= 5 for most in THINNED)
    ask = crooked(seed)
    found, wanted = smallest(ask), None
    for n in range(1, MOST_COLUMNS + 1):
        every = [one for columns in combinations(range(4), n) for one in passing(ask, columns)]
        if every:
            wanted = min(size for size, _ in every)
            assert found is not None
            assert len(found.columns) == n
            assert found.size == pytest.approx(wanted)
            break
    assert (found is None) == (wanted is None)
    if found is not None:  # no smaller change of the same columns passes
        assert min(size for size, _ in passing(ask, tuple(sorted(found.columns)))) == pytest.approx(
            found.size
        )


def test_the_lots_cover_one_two_and_three_columns_and_none():
    depths = [len(found.columns) if (found := smallest(crooked(seed))) else 0 for seed in range(24)]
    assert {1, 2, 3} <= set(depths)
    nowhere = replace(crooked(0), bar=0.0)
    assert smallest(nowhere) is None


def test_the_other_side_of_the_bar_is_found_too():
    ask = replace(crooked(5), row=np.array([0.0, 1.0, 2.0, 3.0]), bar=0.97, is_under=False)
    found = smallest(ask)
    assert found is not None
    assert found.probability >= 0.97


@pytest.mark.parametrize("place", range(0, 300, 25))
def test_logistic_regression_against_its_closed_form(place):
    """logit p = b + Σ w (x − mean) / sd, so one column must move by (logit bar − logit p) · sd / w, and then
    on to the next step of the grid; the best column has the smallest such move in its spread."""
    loans, free = ready_made("loans"), (0, 1, 2, 3, 4)
    model = fitted(loans, "logistic")
    scaler, weights = (step for _, step in model.inner.steps)
    held = split(loans).held_out
    said = model.probability(loans.rows[held])
    case = held[np.argsort(said)[::-1][:300][place]]
    row, spread = loans.rows[case], spreads(loans)
    score = weights.intercept_[0] + weights.coef_[0] @ ((row - scaler.mean_) / scaler.scale_)
    missing = np.log(BAR / (1 - BAR)) - score
    assert missing < 0, "this case is not held back"
    best = None
    for at in free:
        edge = row[at] + missing * scaler.scale_[at] / weights.coef_[0, at]
        values = steps_of(loans, at)
        beyond = values[values < edge] if weights.coef_[0, at] > 0 else values[values > edge]
        if len(beyond):
            value = beyond[np.argmin(np.abs(beyond - row[at]))]
            size = abs(value - row[at]) / spread[at]
            best = min(best or (np.inf, 0, 0.0), (size, at, value))
    ask = Ask(
        model.probability, row, BAR, True, free, tuple(steps_of(loans, at) for at in free), spread
    )  # fmt: skip
    found = smallest(ask)
    if best is None:
        assert found is None or len(found.columns) > 1
    else:
        assert found is not None
        assert (found.columns, found.row[best[1]]) == ((best[1],), best[2])
        assert found.size == pytest.approx(best[0])


def ask_of(key: str, model: str, place: int, columns: tuple[int, ...]) -> Ask:
    """A held-out case that is held back, the ``place``-th from the bar."""
    table = ready_made(key)
    answers, held = fitted(table, model), split(table).held_out
    said = answers.probability(table.rows[held])
    back = np.flatnonzero(said >= BAR)
    row = table.rows[held[back[np.argsort(said[back], kind="stable")[place % len(back)]]]]
    return Ask(
        answers.probability, row, BAR, True, columns, tuple(steps_of(table, at) for at in columns),
        spreads(table),
    )  # fmt: skip


@pytest.mark.parametrize("model", KINDS)
def test_a_change_passes_keeps_the_locks_and_stays_among_the_values_that_occur(model):
    low, high = ready_made("loans").rows.min(axis=0), ready_made("loans").rows.max(axis=0)
    n_found = 0
    for place in (0, 60, 150, 240):
        ask = ask_of("loans", model, place, (1, 2, 4))
        found = smallest(ask)
        if found is None:
            continue
        n_found += 1
        said = fitted(ready_made("loans"), model).probability(found.row[None])[0]
        assert said == found.probability < BAR
        assert (found.row[[0, 3, 5, 6, 7]] == ask.row[[0, 3, 5, 6, 7]]).all()
        assert ((found.row >= low) & (found.row <= high)).all()
        assert found.size == pytest.approx(
            (np.abs(found.row - ask.row)[[1, 2, 4]] / ask.spread[[1, 2, 4]]).sum()
        )
        other = smallest(ask.without(found.columns))
        assert other is None or not {*other.columns} & {*found.columns}
    assert n_found >= 2


@pytest.mark.parametrize("model", ["ebm", "tree", "forest", "mlp"])
def test_no_column_of_a_larger_change_can_be_moved_less(model):
    """A change of several columns was pulled back: none of them has a nearer step that passes."""
    n = 0
    for place in (20, 30, 40, 50):
        ask = ask_of("diabetes", model, place, (2, 3, 6, 7, 8, 9))
        found = smallest(ask)
        if found is None or len(found.columns) == 1:
            continue
        n += 1
        for at in found.columns:
            values = ask.values[ask.columns.index(at)]
            nearer = values[(np.abs(values - ask.row[at]) < abs(found.row[at] - ask.row[at]))]
            for value in nearer:
                row = found.row.copy()
                row[at] = value
                assert not ask.passes(ask.says(row[None]))[0]
    assert n


def test_a_stopped_search_finds_nothing_and_a_watched_one_rises():
    shares: list[float] = []
    assert smallest(replace(crooked(0), bar=0.0), lambda share: bool(shares.append(share))) is None
    assert len(shares) <= 2  # in the search and after it
    shares.clear()
    smallest(replace(crooked(0), bar=0.0), lambda share: shares.append(share) is None)
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1


def test_steps_are_round_few_and_within_the_values():
    """15 to 208 by 1 are 194 values, too many; by 2 from 16 to 208 they are 97."""
    values = stepped(Column("income", step=1), 15, 208)
    assert (values[0], values[1], values[-1], len(values)) == (16, 18, 208, 97)
    for key in ("loans", "cancer", "diabetes", "wine"):
        table = ready_made(key)
        for at in range(len(table.columns)):
            steps, column = steps_of(table, at), table.rows[:, at]
            assert 2 <= len(steps) <= MOST_VALUES
            assert (np.diff(steps) > 0).all()
            assert column.min() <= steps[0] < steps[-1] <= column.max()
    assert stepped(Column("group", levels=("A", "B")), 0, 1).tolist() == [0, 1]


def test_a_spread_is_the_middle_half_and_the_deviation_where_that_has_no_width():
    loans = ready_made("loans")
    rows = loans.rows[split(loans).train]
    low, high = np.quantile(rows[:, 2], [0.25, 0.75])
    assert spreads(loans)[2] == pytest.approx((high - low) / 1.349)  # ± 0.6745 deviations hold half of a bell
    assert np.quantile(rows[:, 3], 0.75) == 0
    assert spreads(loans)[3] == pytest.approx(rows[:, 3].std())


def test_a_change_against_the_table_is_odd():
    loans = ready_made("loans")
    ask = Ask(lambda rows: rows[:, 0], loans.rows[0], 0.5, True, (2, 4), (np.ones(1),) * 2, np.ones(8))
    more_debt = ask.row + np.array([0, 0, 9, 0, 9, 0, 0, 0])
    change = Change((2, 4), more_debt, 1.0, 0.1)
    assert against_the_table(ask, change, leanings(loans)) == (
        2,
    )  # more debt should not help; more years may
    assert against_the_table(replace(ask, is_under=False), change, leanings(loans)) == (4,)


def test_nonsense_is_refused():
    good = crooked(0)
    with pytest.raises(ValueError, match="named once"):
        replace(good, columns=(0, 0, 1, 2))
    with pytest.raises(ValueError, match="named once"):
        replace(good, values=good.values[:2])
    with pytest.raises(ValueError, match="nobody differs"):
        replace(good, spread=np.zeros(4))
