import math
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import accuracy_score, confusion_matrix, roc_auc_score

from dl_core.interpretability import ledger as ledgers
from dl_core.interpretability.board import (
    CASES,
    Price,
    bar_in_words,
    give_or_take,
    is_beaten,
    price_at,
    story,
    takeaway,
    verdict_in_words,
)
from dl_core.interpretability.carried import carry_over
from dl_core.interpretability.cross_validation import Mean, Validated, validated
from dl_core.interpretability.leaks import Leak
from dl_core.interpretability.ledger import ledger_of, open_ledger, pairs_ranked_right
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.question import Question, at_rest
from dl_core.interpretability.table import Column, Table
from dl_core.interpretability.tables import TABLES, ready_made
from tests.readability import read, sentences, words

LOANS = at_rest()
every_table = pytest.mark.parametrize("key", TABLES)
SETTINGS = [
    LOANS,
    replace(LOANS, own_bar=0.5),
    Question(ready_made("cancer"), 10_000, 500),
    Question(ready_made("cancer"), 20_000, 500),
    Question(ready_made("diabetes"), 100, 1000),
    Question(ready_made("wine"), 1000, 1000),
]
every_setting = pytest.mark.parametrize(
    "asked", SETTINGS, ids=lambda asked: f"{asked.table.key}-{asked.bar:.2f}"
)


def by_hand(asked, model, repeat, at):
    """(misses, false alarms, rows) of one model on one fold, counted by scikit-learn."""
    found = validated(asked.table)
    here = found.fold[repeat] == at
    said = found.probability[model, repeat, here] >= asked.bar
    (_, false_alarms), (missed, _) = confusion_matrix(found.truth[here], said)
    return missed, false_alarms, here.sum()


# --- the ledger ---


def made(n_rows=60, steps=8):
    """Answers with many ties, some exactly at the bars that are tried."""
    rng = np.random.default_rng(3)
    truth = np.arange(n_rows) % 3 == 0
    fold = np.array([np.arange(n_rows) // 3 % 5, np.arange(n_rows) // 6 % 5])
    said = rng.integers(0, steps + 1, (len(KINDS), 2, n_rows)) / steps
    return Validated(truth, said, fold, (0.0,) * 7, (0.0,) * 7, (1,) * 7)


@pytest.mark.parametrize("bar", [0.0, 0.125, 0.3, 0.5, 1.0])
def test_the_ledger_counts_what_is_counted_one_by_one(bar):
    found = made()
    missed, false_alarms = open_ledger(found).mistakes(bar)
    for number, kind in enumerate(KINDS):
        for place, (repeat, at) in enumerate((r, a) for r in range(2) for a in range(5)):
            here = found.fold[repeat] == at
            held = found.probability[number, repeat, here] >= bar
            truth = found.truth[here]
            assert missed[number, place] == (truth & ~held).sum(), kind
            assert false_alarms[number, place] == (~truth & held).sum(), kind


def test_pairs_ranked_right_is_the_reference_librarys_auc_with_ties_too():
    rng = np.random.default_rng(0)
    for steps in (2, 5, 1000):
        truth, said = rng.random(200) < 0.3, rng.integers(0, steps, 200) / steps
        assert pairs_ranked_right(truth, said) == pytest.approx(roc_auc_score(truth, said), abs=1e-12)
    # two bad, two fine: 0.9 > 0.4, 0.9 > 0.1, 0.4 = 0.4, 0.4 > 0.1: three and a half of four
    assert pairs_ranked_right(np.array([1, 1, 0, 0], bool), np.array([0.9, 0.4, 0.4, 0.1])) == 0.875


def test_the_ledger_is_made_once():
    assert ledger_of(ready_made("wine")) is ledger_of(ready_made("wine"))


def test_a_note_about_a_column_trains_nothing_anew():
    rng = np.random.default_rng(0)
    rows, bad = rng.normal(size=(40, 2)), np.arange(40) % 2 == 0
    old, noted = (
        Table("own", "Your table", "row", "rows", "bad", "fine", (first, Column("b")), rows, bad, "Made.",
              is_own=True)
        for first in (Column("a"), Column("a", is_protected=True))
    )  # fmt: skip
    other = replace(old, bad=~bad, sha256="")
    kept = open_ledger(made())
    ledgers._KEPT.once(old, "all", lambda: kept)
    carry_over(old, noted)
    carry_over(old, other)
    assert ledger_of(noted) is kept
    assert ledgers._KEPT.once(other, "all", lambda: None) is None


# --- money ---


@every_setting
def test_costs_are_counts_times_prices(asked):
    board = story(asked)
    for number, row in enumerate(board.rows):
        costs, right = [], []
        for repeat in range(2):
            for at in range(5):
                missed, false_alarms, n = by_hand(asked, number, repeat, at)
                costs.append(CASES * (missed * asked.miss + false_alarms * asked.false_alarm) / n)
                right.append(1 - (missed + false_alarms) / n)
        assert row.cost.value == pytest.approx(np.mean(costs))
        assert row.right.value == pytest.approx(np.mean(right))
        # Nadeau and Bengio: t with 9 degrees of freedom, variance times 1/10 + 1/4
        half = stats.t.ppf(0.975, 9) * math.sqrt((0.1 + 0.25) * np.var(costs, ddof=1))
        assert row.cost.half == pytest.approx(half, rel=1e-3)


def test_right_answers_and_ranking_are_the_reference_librarys():
    found, board = validated(LOANS.table), story(LOANS)
    for number, row in enumerate(board.rows):
        folds = [(found.truth[here], found.probability[number, r, here])
                 for r in range(2) for here in (found.fold[r] == at for at in range(5))]  # fmt: skip
        assert row.ranked.value == pytest.approx(np.mean([roc_auc_score(*one) for one in folds]))
        right = [accuracy_score(truth, said >= LOANS.bar) for truth, said in folds]
        assert row.right.value == pytest.approx(np.mean(right))


def test_the_bar_by_formula_has_the_golden_values():
    wine = ready_made("wine")
    # a false alarm over both: 1/(1+1), 5/(250+5) = 0.0196, 10/(1+10) = 0.909
    assert [round(Question(wine, *pair).bar, 2) for pair in ((1, 1), (250, 5), (1, 10))] == [0.5, 0.02, 0.91]


def test_doing_without_a_model_costs_the_base_rate():
    board = story(LOANS)
    # 360 of the 2,000 made loans were not paid back: 180 of 1,000 at $1,000, 820 at $100
    assert int(LOANS.table.bad.sum()) == 360
    assert (board.nobody, board.everybody) == (180_000, 82_000)
    assert (board.baseline, board.without) == ("holding back everybody", 82_000)
    dear = story(replace(LOANS, miss=100.0, false_alarm=1000.0))
    assert (dear.baseline, dear.without) == ("holding back nobody", 18_000)


@every_table
def test_a_bar_at_the_ends_does_without_a_model(key):
    everybody = story(Question(ready_made(key), own_bar=0.0))
    assert all(row.cost.value == pytest.approx(everybody.everybody, rel=0.02) for row in everybody.rows)
    assert all(row.is_best or row.is_tied for row in everybody.rows)
    at_the_top = story(Question(ready_made(key), own_bar=1.0))
    assert all(row.cost.value <= at_the_top.nobody * 1.02 for row in at_the_top.rows)


def test_twice_the_prices_cost_twice_as_much_and_change_no_rank():
    once, twice = story(LOANS), story(replace(LOANS, miss=2000.0, false_alarm=200.0))
    for one, two in zip(once.rows, twice.rows, strict=True):
        assert two.cost.value == pytest.approx(2 * one.cost.value)
        assert (two.is_best, two.is_tied) == (one.is_best, one.is_tied)
    assert twice.price.money.half == pytest.approx(2 * once.price.money.half)


# --- ties and the price of the readable model ---


@every_setting
def test_one_model_is_the_lowest_and_a_tie_is_an_interval_across_zero(asked):
    board = story(asked)
    assert [row.is_best for row in board.rows].count(True) == 1
    for row in board.rows:
        assert row.cost.value >= board.best.cost.value
        assert row.behind.value == pytest.approx(row.cost.value - board.best.cost.value, abs=1e-6)
        assert row.is_tied == (not row.is_best and row.behind.low <= 0)
    groups = (board.ranking(readable=True), board.ranking(readable=False))
    assert [len(group) for group in groups] == [4, 3]
    for group in groups:
        assert [row.cost.value for row in group] == sorted(row.cost.value for row in group)


@every_setting
def test_the_price_is_the_paired_difference_of_the_best_of_each_kind(asked):
    board, found = story(asked), validated(asked.table)
    price = board.price
    assert price.readable is board.ranking(readable=True)[0]
    assert price.other is board.ranking(readable=False)[0]
    assert price.money.value == pytest.approx(price.readable.cost.value - price.other.cost.value, abs=1e-6)
    keys = list(KINDS)
    auc = found.by_fold(roc_auc_score)
    gaps = 100 * (auc[keys.index(price.other.kind.key)] - auc[keys.index(price.readable.kind.key)])
    half = stats.t.ppf(0.975, 9) * math.sqrt(0.35 * gaps.var(ddof=1))
    assert price.points.value == pytest.approx(gaps.mean())
    assert price.points.half == pytest.approx(half, rel=1e-3)


def test_on_the_made_loans_readable_costs_nothing_that_can_be_measured():
    board = story(LOANS)
    assert board.price.verdict == "free"
    assert board.price.money.low < 0 < board.price.money.high
    assert board.saved.low > 0


def priced(value, low, high, cost=100.0):
    row = story(LOANS).rows[0]
    row = replace(row, cost=Mean(cost, cost - 1, cost + 1))
    return Price(row, row, Mean(value, low, high), Mean(0.0, -1.0, 1.0))


def test_verdicts_follow_the_interval():
    assert priced(5, 1, 9).verdict == "dearer"
    assert priced(-5, -9, -1).verdict == "cheaper"
    assert priced(1, -9, 11).verdict == "free"  # at most 11 of 100, below 15
    assert priced(1, -20, 22).verdict == "open"  # perhaps 22 of 100


def test_a_bar_at_a_half_is_dearer_than_no_model():
    board = story(replace(LOANS, own_bar=0.5))
    assert is_beaten(board)
    assert board.saved.high < 0
    assert verdict_in_words(board) == "At this bar, holding back everybody is cheaper than any model"


# --- words ---


@every_setting
def test_the_live_sentence_is_short_and_plain(asked):
    told = takeaway(story(asked))
    assert len(told.split()) <= 45
    assert max(len(words(sentence)) for sentence in sentences(told)) <= 25
    assert read([told]).grade <= 9


def test_the_live_sentence_states_the_price_with_its_range():
    board = story(LOANS)
    assert (
        f"The accuracy price of the readable model is {give_or_take(board.price.money, '${}')}"
        in takeaway(board)
    )


@pytest.mark.parametrize(
    ("value", "half", "told"),
    [(625, 4119, "600 ± 4,100"), (-3157, 4465, "−3,200 ± 4,500"), (0.04, 0.123, "0.04 ± 0.12"),
     (9, 0, "9 ± 0"), (-0.004, 0.5, "0.00 ± 0.50"), (12.3, 9.96, "12.3 ± 10.0")],
)  # fmt: skip
def test_a_range_has_two_figures_and_so_has_what_it_is_about(value, half, told):
    assert give_or_take(Mean(value, value - half, value + half)) == told


def test_who_set_the_bar_is_said():
    assert bar_in_words(replace(LOANS, own_bar=0.5)) == "The bar stands at 50 %: you set it."


def test_a_leak_goes_before_every_score():
    board = replace(story(LOANS), leak=Leak(("refund",), (1.0,), 0.7))
    assert takeaway(board).startswith("**A column gives the answer away")


# --- work ---


def own(n=40):
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(n, 2))
    bad = rows[:, 0] + rng.normal(size=n) > 0
    names = (Column("a"), Column("b"))
    return Table("own", "Your table", "row", "rows", "bad", "fine", names, rows, bad, "Made.", is_own=True)


def test_stopped_it_gives_a_board_without_rows_that_can_be_told():
    board = story(Question(own()), lambda share: False)
    assert board.rows == ()
    assert board.price is None
    assert takeaway(board).startswith("Stopped before")


def test_the_first_screen_loads_no_heavy_library():
    code = (
        "import sys\n"
        "from dl_core.interpretability.board import story\n"
        "from dl_core.interpretability.question import at_rest\n"
        "from dl_core.figures.interpretability_board import board_chart\n"
        "board_chart(story(at_rest())).json\n"
        "print(sorted({'sklearn', 'scipy', 'interpret', 'pandas', 'torch'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@every_setting
def test_the_price_at_other_prices_is_that_of_their_own_board(asked):
    other = replace(asked, miss=600.0, false_alarm=30.0, own_bar=None)
    assert price_at(other) == story(other).price
    twice = replace(other, miss=1200.0, false_alarm=60.0)  # the bar, 30 / 630, stays
    assert price_at(twice).money.value == pytest.approx(2 * price_at(other).money.value)
