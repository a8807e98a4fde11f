import gc
import math

import numpy as np
import pytest
from scipy import stats

from dl_core.interpretability import cross_validation as core
from dl_core.interpretability.cross_validation import (
    FINE,
    N_FOLDS,
    N_REPEATS,
    T_975,
    TooFewRows,
    check_rows,
    deal,
    measure,
    over_folds,
    shipped,
    validated,
)
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.out_of_fold import out_of_fold
from dl_core.interpretability.table import Column, Table
from dl_core.interpretability.tables import TABLES, ready_made

every_table = pytest.mark.parametrize("key", TABLES)


def own(n=60, n_bad=20, seed=0):
    rng = np.random.default_rng(seed)
    bad = np.arange(n) < n_bad
    rows = np.column_stack([bad + rng.normal(size=n), rng.normal(size=n)])
    names = (Column("a"), Column("b"))
    return Table("own", "Your table", "row", "rows", "bad", "fine", names, rows, bad, "Made.", is_own=True)


# --- the interval ---


def test_the_interval_is_nadeau_and_bengios_by_hand():
    # five zeros and five ones: mean 0.5, variance 10 · 0.25 / 9 = 5/18, times 1/10 + 1/4 = 0.35,
    # so half = 2.262 · √(0.35 · 5/18) = 2.262 · 0.31180 = 0.70530
    mean = over_folds(np.array([0.0, 1.0] * 5))
    assert mean.value == 0.5
    assert mean.half == pytest.approx(0.7053, abs=5e-5)
    assert (mean.low, mean.high) == pytest.approx((0.5 - 0.7053, 0.5 + 0.7053), abs=5e-5)


def test_the_interval_is_the_plain_one_made_wider():
    values = np.random.default_rng(0).normal(3, 2, N_FOLDS * N_REPEATS)
    low, high = stats.t.interval(0.95, len(values) - 1, values.mean(), stats.sem(values))
    # the plain one has 1/10 where the corrected one has 1/10 + 1/4
    assert over_folds(values).half == pytest.approx((high - low) / 2 * math.sqrt(0.35 / 0.1), rel=2e-4)


def test_students_t_is_the_reference_librarys():
    assert pytest.approx([stats.t.ppf(0.975, df) for df in range(1, 10)], abs=6e-4) == T_975


def test_ten_equal_values_leave_no_doubt():
    assert over_folds(np.full(10, 0.25)).half == 0


# --- the folds ---


@every_table
def test_every_fold_has_its_share_of_either_answer(key):
    bad = ready_made(key).bad
    for seed in range(3):
        fold = deal(bad, seed)
        for answer in (True, False):
            counts = np.bincount(fold[bad == answer], minlength=N_FOLDS)
            assert counts.max() - counts.min() <= 1
        assert set(fold.tolist()) == set(range(N_FOLDS))


def test_another_seed_deals_other_folds_and_the_same_the_same():
    bad = ready_made("wine").bad
    assert np.array_equal(deal(bad, 0), deal(bad, 0))
    assert not np.array_equal(deal(bad, 0), deal(bad, 1))


def test_no_model_is_asked_about_a_row_that_it_saw(monkeypatch):
    table, calls = own(), []

    class Spy:
        size = 1

        def __init__(self, rows):
            self.seen = {row.tobytes() for row in rows}

        def probability(self, rows):
            asked = {row.tobytes() for row in rows}
            calls.append((len(self.seen), len(asked), len(self.seen & asked)))
            return np.zeros(len(rows))

    monkeypatch.setattr(core, "fit", lambda key, rows, bad, seed: Spy(rows))
    found = measure(table)
    assert len(calls) == len(KINDS) * N_FOLDS * N_REPEATS
    assert {(seen + asked, both) for seen, asked, both in calls} == {(60, 0)}
    assert (found.probability == 0).all()  # every row was asked about


def test_a_score_by_fold_looks_at_that_folds_rows():
    found = validated(ready_made("wine"))
    shares = found.by_fold(lambda truth, said: truth.mean())
    counts = found.by_fold(lambda truth, said: float(len(said)))
    assert shares.shape == (len(KINDS), N_REPEATS * N_FOLDS)
    assert (shares * counts)[0, :N_FOLDS].sum() == pytest.approx(found.truth.sum())
    first = found.fold[0] == 0
    assert found.by_fold(lambda truth, said: said.sum())[2, 0] == pytest.approx(
        found.probability[2, 0, first].sum()
    )


# --- what was committed, what is measured ---


@every_table
def test_a_committed_run_lies_there_for_every_ready_made_table(key):
    found = shipped(ready_made(key))
    assert found is not None, "the table has changed: run python -m dl_core.offline.leaderboards --out assets"
    assert found.probability.shape == (len(KINDS), N_REPEATS, len(ready_made(key).bad))
    assert 0 <= found.probability.min() <= found.probability.max() <= 1
    assert len(found.seconds) == len(found.microseconds) == len(found.sizes) == len(KINDS)


def test_the_committed_run_is_what_is_measured(monkeypatch):
    monkeypatch.setattr(core, "N_REPEATS", 1)
    wine = ready_made("wine")
    found, kept = measure(wine), shipped(wine)
    apart = np.abs(found.probability[:, 0] - kept.probability[:, 0])
    # half a step of the kept numbers; on another processor a tree may split a tie the other way
    assert np.quantile(apart, 0.98) <= 0.5 / FINE + 1e-4
    assert found.sizes == kept.sizes


def test_another_table_is_not_given_the_committed_answers():
    wine = ready_made("wine")
    assert shipped(wine.without(wine.names[0])) is None
    assert shipped(own()) is None


@pytest.mark.parametrize("model", KINDS)
def test_every_model_beats_a_coin_out_of_its_folds(model):
    said = out_of_fold("loans", model)
    mine, other = said.probability[said.truth], said.probability[~said.truth]
    assert stats.mannwhitneyu(mine, other, alternative="greater").pvalue < 1e-6


def test_who_asks_for_a_model_that_is_not_there_is_told_so():
    with pytest.raises(ValueError, match="choose one of tree"):
        out_of_fold("loans", "oracle")


# --- limits ---


def test_too_small_a_table_is_refused_in_words():
    with pytest.raises(TooFewRows, match="39 rows"):
        check_rows(own(39, 12))
    with pytest.raises(TooFewRows, match="in 9 rows only"):
        check_rows(own(60, 9))
    with pytest.raises(TooFewRows, match="in 9 rows only"):
        check_rows(own(60, 51))
    check_rows(own(40, 10))


def test_stopped_it_gives_nothing_and_keeps_nothing():
    table, shares = own(seed=3), []
    assert validated(table, lambda share: shares.append(share) or len(shares) < 3) is None
    assert shares == sorted(shares)
    assert len(shares) == 3
    assert not core._KEPT._of.get(table)


def test_what_is_kept_of_a_table_goes_with_it():
    table = own(seed=4)
    core._KEPT.once(table, "all", lambda: shipped(ready_made("wine")))
    before = len(core._KEPT._of)
    del table
    gc.collect()
    assert len(core._KEPT._of) == before - 1
