"""Shuffled columns: the arithmetic of money, the trap on real columns, and scikit-learn as a reference."""

from __future__ import annotations

import re

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from scipy.stats import norm, spearmanr
from sklearn.inspection import permutation_importance

from dl_core.interpretability import shuffle as core
from dl_core.interpretability.alike import (
    least_alike,
    nearest_real,
    rank_correlations,
    travelling_together,
    usual_distance,
)
from dl_core.interpretability.board import CASES
from dl_core.interpretability.fitted import fitted, split
from dl_core.interpretability.over_rows import FEWEST_MOVED, cost_of_rows, gap_of
from dl_core.interpretability.question import Question, at_rest
from dl_core.interpretability.shuffle import PAGE, Settings, orders, shuffled, story
from dl_core.interpretability.shuffle_in_words import (
    chosen_in_words,
    impossible_in_words,
    loss_in_words,
    takeaway,
    three_questions,
)
from dl_core.interpretability.table import Column, Table
from dl_core.interpretability.tables import TABLES, ready_made
from tests.readability import read

SIZES = {f"{which} {size}" for which in ("mean", "worst") for size in ("radius", "perimeter", "area")}
LOANS = Question(ready_made("loans"))


def table_of(rows, bad, names=()):
    rows = np.asarray(rows, float)
    names = names or [f"c{at}" for at in range(rows.shape[1])]
    columns = tuple(Column(name) for name in names)
    return Table("own", "Yours", "row", "rows", "bad", "fine", columns, rows, np.asarray(bad), "Yours.", True)


def twins(n=400, noise=0.0):
    """Two columns that tell the same and decide everything, and one that tells nothing."""
    rng = np.random.default_rng(0)
    signal = rng.normal(size=n)
    rows = np.column_stack([signal, signal + noise * rng.normal(size=n), rng.normal(size=n)])
    return table_of(rows, signal > 0)


# ---- money, row by row


def test_a_row_costs_its_price_on_the_wrong_side_only():
    # a miss 250, a false alarm 5: bar at 5 / 255 = 1.96 %; in 1,000 cases like the row
    question = Question(ready_made("wine"), 250, 5)
    truth, said = np.array([True, True, False, False]), np.array([0.0196, 0.0197, 0.0196, 0.0197])
    assert cost_of_rows(question, truth, said).tolist() == [250_000, 0, 0, 5_000]
    assert cost_of_rows(question, truth, np.stack([said, said])).shape == (2, 4)


def test_the_mean_over_rows_is_the_boards_money():
    rng = np.random.default_rng(1)
    truth, said = rng.random(300) < 0.3, rng.random(300)
    missed, alarms = int((truth & (said < LOANS.bar)).sum()), int((~truth & (said >= LOANS.bar)).sum())
    assert min(missed, alarms) > 0
    expected = CASES * (missed * 1000 + alarms * 100) / 300
    assert cost_of_rows(LOANS, truth, said).mean() == pytest.approx(expected)


def test_a_gaps_interval_is_the_normal_one_and_few_rows_prove_nothing():
    values = np.random.default_rng(2).normal(1, 3, 200)
    low, high = norm.interval(0.95, values.mean(), values.std(ddof=1) / np.sqrt(200))
    gap = gap_of(values)
    assert (gap.mean.low, gap.mean.high) == pytest.approx((low, high))
    # five coins on one side: 2 / 32 = 6 %, no proof; six: 2 / 64 = 3 %
    assert FEWEST_MOVED == 6
    assert gap_of(np.array([9.0] * 5)).is_tie
    assert gap_of(np.array([9.0] * 6)).is_dearer
    assert gap_of(np.array([-9.0] * 6)).is_cheaper
    assert gap_of(np.zeros(50)).is_tie


# ---- columns that travel together


def test_rank_correlations_are_scipys_also_with_ties():
    rows = ready_made("loans").rows
    np.testing.assert_allclose(rank_correlations(rows), spearmanr(rows).statistic, atol=1e-12)
    still = np.column_stack([rows[:50, 0], np.full(50, 3.0)])
    assert rank_correlations(still)[0, 1] == 0


def test_the_six_sizes_of_a_cell_travel_together():
    cancer = ready_made("cancer")
    assert {cancer.names[at] for at in travelling_together(cancer)} == SIZES
    alike = np.abs(spearmanr(cancer.rows).statistic)
    inside = [cancer.names.index(name) for name in SIZES]
    assert least_alike(alike, inside) == pytest.approx(alike[np.ix_(inside, inside)].min())
    assert least_alike(alike, inside) > 0.97


def test_where_none_are_alike_the_two_most_alike_are_taken():
    rng = np.random.default_rng(3)
    rows = rng.normal(size=(200, 4))
    rows[:, 3] += 0.5 * rows[:, 1]  # a correlation of about 0.45
    assert travelling_together(table_of(rows, rows[:, 0] > 0)) == (1, 3)
    assert travelling_together(table_of(rows[:, :1], rows[:, 0] > 0)) == (0,)


def test_the_distance_to_the_nearest_real_row_is_scipys():
    rng = np.random.default_rng(4)
    real, rows = rng.normal(size=(60, 3)) * [1, 10, 100], rng.normal(size=(20, 3)) * [1, 10, 100]
    expected = cdist(rows / real.std(axis=0), real / real.std(axis=0)).min(axis=1)
    np.testing.assert_allclose(nearest_real(rows, real), expected)
    assert usual_distance(real, real) == 0  # each is its own nearest
    assert np.isfinite(nearest_real(rows[:, :1] * 0 + 2, real[:, :1] * 0 + 2)).all()  # no spread


# ---- shuffling


def test_columns_shuffled_together_stay_true_to_each_other_and_nothing_is_lost():
    rows = np.arange(40.0).reshape(10, 4)
    order = orders(10)[0]
    made = shuffled(rows, (1, 3), order)
    assert sorted(made[:, 1]) == sorted(rows[:, 1])
    np.testing.assert_array_equal(made[:, 3] - made[:, 1], np.full(10, 2.0))
    np.testing.assert_array_equal(made[:, [0, 2]], rows[:, [0, 2]])
    assert (made[:, 1] != rows[:, 1]).any()
    assert len({tuple(one) for one in orders(10)}) == core.N_SHUFFLES


def test_importance_is_scikit_learns():
    loans = ready_made("loans")
    held = split(loans).held_out
    model = fitted(loans, "logistic")
    theirs = permutation_importance(
        model.inner, loans.rows[held], loans.bad[held], scoring="roc_auc", n_repeats=30, random_state=0
    )
    names = ("loan in yearly incomes", "missed payments", "group")
    told = story(Settings(LOANS, PAGE, "logistic", names))
    for bar in told.alone:
        at = loans.names.index(bar.name)
        luck = theirs.importances_std[at] * np.sqrt(1 / 30 + 1 / core.N_SHUFFLES)
        assert bar.points / 100 == pytest.approx(theirs.importances_mean[at], abs=4 * luck)


def test_a_bar_is_the_mean_money_of_ten_shuffles():
    loans = ready_made("loans")
    held = split(loans).held_out
    rows, truth = loans.rows[held], loans.bad[held]
    model = fitted(loans, "logistic")
    told = story(Settings(LOANS, PAGE, "logistic", ("group", "district")))

    def money(asked):
        said = model.probability(asked)
        missed, alarms = (truth & (said < LOANS.bar)).sum(), (~truth & (said >= LOANS.bar)).sum()
        return CASES * (missed * 1000 + alarms * 100) / len(truth)

    assert told.base == pytest.approx(money(rows))
    for bar, columns in ((next(b for b in told.alone if b.name == "group"), (7,)), (told.together, (6, 7))):
        more = [money(shuffled(rows, columns, order)) - told.base for order in orders(len(rows))]
        assert bar.gap.mean.value == pytest.approx(np.mean(more))
        assert (bar.lowest, bar.highest) == pytest.approx((min(more), max(more)))
    assert told.added.mean.value == pytest.approx(sum(bar.gap.mean.value for bar in told.alone))
    hidden = told.together.gap.mean.value - told.added.mean.value
    assert told.hidden.mean.value == pytest.approx(hidden)


def test_a_tree_that_takes_one_twin_gives_the_other_a_bar_of_zero():
    told = story(Settings(Question(twins()), PAGE, "tree", ("c0", "c1")))
    taken, left = told.alone
    assert left.gap.n_moved == 0
    assert left.gap.mean.value == 0
    assert taken.gap.mean.value == told.together.gap.mean.value > 0
    assert told.verdict == "one"
    assert told.loss == "dearer"  # the third column tells nothing


def test_twins_shared_by_a_sum_hide_each_other():
    told = story(Settings(Question(twins(noise=0.05)), PAGE, "logistic", ("c0", "c1")))
    assert told.together.points > sum(bar.points for bar in told.alone)
    assert told.alike > 0.99


def test_a_column_that_tells_nothing_costs_nothing_to_leave_out():
    told = story(Settings(Question(twins(noise=0.05)), PAGE, "tree", ("c1", "c2")))
    assert told.without.is_tie or told.without.is_cheaper


def test_without_any_column_left_the_base_rate_answers():
    table = table_of(twins().rows[:, :2], twins().bad)
    told = story(Settings(Question(table), PAGE, "tree"))
    assert told.without_points == pytest.approx(50)  # from a perfect ranking to a coin's
    assert "row" in takeaway(told) or "rows" in impossible_in_words(told)


def test_shuffled_twins_cannot_exist_and_together_they_can():
    told = story(Settings(Question(twins(noise=0.01)), PAGE, "tree", ("c0", "c1")))
    assert min(bar.far for bar in told.alone) > 0.8
    assert told.together.far < 0.15  # real rows of these columns: about 5 in 100 lie farther out


# ---- the trap on the page


def test_the_page_opens_where_the_trap_bites():
    told = story(core.at_rest())
    assert {bar.name for bar in told.alone} == SIZES
    assert (told.verdict, told.loss) == ("hidden", "free")
    longest = told.alone[0].gap.mean.value
    assert told.together.gap.mean.value > 10 * longest
    assert told.together.gap.mean.low > told.added.mean.value
    assert told.without.is_tie
    assert takeaway(told).startswith(
        "Shuffled alone, no column costs more than $1,900. Shuffled together, the 6"
    )
    assert 0.5 < sum(bar.far for bar in told.alone) / 6 < 0.8


@pytest.mark.parametrize(("model", "verdict"), [("forest", "twice"), ("tree", "one")])
def test_the_other_two_presets_show_what_they_say(model, verdict):
    assert story(Settings(at_rest(), model=model)).verdict == verdict


@pytest.mark.parametrize("key", TABLES)
@pytest.mark.parametrize("model", ["tree", "logistic", "boosted", "knn"])
def test_every_table_and_model_is_told_in_short_sentences(key, model):
    told = story(Settings(Question(ready_made(key)), PAGE, model))
    words = takeaway(told)
    assert len(words.split()) <= 48
    told_words = read([words, impossible_in_words(told), chosen_in_words(told)])
    long = [one for one in told_words.sentences if len(re.findall(r"[\w’]+", one)) > 25]
    assert long == []
    assert [bar.gap.mean.value for bar in told.alone] == sorted(
        (bar.gap.mean.value for bar in told.alone), reverse=True
    )
    assert all(0 <= bar.far <= 1 for bar in told.alone)
    assert len(three_questions(told)) == 4
    assert "because" not in words + loss_in_words(told)


def test_a_saving_is_not_told_as_a_loss_below_zero():
    told = story(Settings(LOANS, PAGE, "forest"))
    assert told.without.mean.value < 0
    assert "saves $1,000 ± $12,000: too wide to tell" in loss_in_words(told)


def test_the_bar_and_the_prices_drive_the_money_and_nothing_is_asked_again(monkeypatch):
    told = story(Settings(LOANS, PAGE, "logistic"))
    monkeypatch.setattr(core, "_ask", lambda *_: pytest.fail("asked again"))
    dear = story(Settings(Question(LOANS.table, 10_000, 1000), PAGE, "logistic"))  # the same bar
    assert dear.together.gap.mean.value == pytest.approx(10 * told.together.gap.mean.value)
    moved = story(Settings(Question(LOANS.table, 1000, 100, 0.5), PAGE, "logistic"))
    assert moved.base != told.base
    assert moved.together.points == told.together.points  # ranking knows no bar


def test_a_stopped_run_shows_nothing_and_leaves_nothing():
    table = twins(60)
    assert story(Settings(Question(table), PAGE, "tree"), lambda share: False) is None
    shares = []
    assert story(Settings(Question(table), PAGE, "tree"), lambda share: shares.append(share) or True)
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": "no table"}, {"model": "no model"}, {"columns": ("no column", "mean area")},
        {"columns": ("mean area",)}, {"columns": ("mean area", "mean area")},
        {"columns": ready_made("cancer").names[:9]},
    ],
)  # fmt: skip
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"There is no|Each column once|Choose 2 to 8"):
        Settings(at_rest(), **wrong)


def test_the_order_of_the_chosen_columns_does_not_matter():
    one, other = (
        Settings(at_rest(), columns=names)
        for names in (("mean area", "mean radius"), ("mean radius", "mean area"))
    )
    assert one.places == other.places
