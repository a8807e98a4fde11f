import copy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st

from dl_core.documents.brief import from_plain, to_plain
from dl_core.documents.settings import holds_own
from dl_core.interpretability.curve import Settings, at_rest, ends_of, first_column, story
from dl_core.interpretability.curve_in_words import headline, lines, takeaway
from dl_core.interpretability.curve_parts import (
    FRESH_SEED,
    N_FRESH,
    edited,
    parts_of,
    probability,
    true_curve,
)
from dl_core.interpretability.fitted import fitted, split
from dl_core.interpretability.loans import CLIFF, people, true_probability
from dl_core.interpretability.over_rows import change_of
from dl_core.interpretability.question import Question
from dl_core.interpretability.table import Column, Table
from dl_core.interpretability.tables import TABLES, ready_made
from tests.readability import sentences, words

lawful = run_with(deadline=None, derandomize=True, max_examples=40)
LOANS = Question(ready_made("loans"))
every_table = pytest.mark.parametrize("key", TABLES)
CHOSEN = {
    "opening": Settings(LOANS),
    "as learned": Settings(LOANS, "loan in yearly incomes", "keep"),
    "group": Settings(LOANS, "group", "flat"),
    "part": Settings(LOANS, "debt payments", "flat", 10.0, 20.0),
    "half": Settings(Question(ready_made("loans"), own_bar=0.5), "debt payments", "down"),
    "cells": Settings(Question(ready_made("cancer"), 10_000.0, 500.0)),
    "patients": Settings(Question(ready_made("diabetes")), "age", "flat"),
    "wines": Settings(Question(ready_made("wine")), "", "flat"),
}
every_setting = pytest.mark.parametrize("chosen", CHOSEN.values(), ids=CHOSEN)


def held(table):
    return table.rows[split(table).held_out]


def with_height(table, at, height):
    """interpret's own model with another curve, on a copy."""
    model = copy.deepcopy(fitted(table, "ebm").inner)
    (term,) = [number for number, columns in enumerate(model.term_features_) if columns == (at,)]
    model.term_scores_[term][1:-1] = height
    return model


@every_table
def test_the_unedited_sum_is_the_models_own_answer(key):
    table = ready_made(key)
    said = fitted(table, "ebm").inner.predict_proba(held(table))[:, 1]
    np.testing.assert_allclose(probability(parts_of(table).score), said, rtol=0, atol=1e-12)


@pytest.mark.parametrize("key", ["loans", "diabetes"])
@pytest.mark.parametrize("way", ["up", "down"])
def test_a_monotone_curve_is_what_interpret_makes_of_it(key, way):
    table, parts = ready_made(key), parts_of(ready_made(key))
    for at in range(len(table.columns)):
        model = copy.deepcopy(fitted(table, "ebm").inner)
        model.monotonize(at, increasing=way == "up")
        ours = edited(parts.heights[at], parts.weights[at], way)
        np.testing.assert_allclose(ours, model.term_scores_[at][1:-1], atol=1e-9)


def test_golden_edits_by_hand():
    learned, cases = np.array([1.0, 4.0, 2.0, 3.0]), np.array([1.0, 1.0, 3.0, 5.0])
    # up: 4 and 2 pool to (4 + 3·2) / 4 = 2.5, which lies below 3: done
    assert edited(learned, cases, "up").tolist() == [1.0, 2.5, 2.5, 3.0]
    # down: 1, 4 → 2.5; 2, 3 → (6 + 15) / 8 = 2.625 > 2.5: all pool to (1 + 4 + 6 + 15) / 10 = 2.6
    np.testing.assert_allclose(edited(learned, cases, "down"), 2.6)
    # flat on the middle two: (4 + 6) / 4 = 2.5; the ends stay
    assert edited(learned, cases, "flat", 1, 2).tolist() == [1.0, 2.5, 2.5, 3.0]
    assert edited(learned, cases, "keep").tolist() == learned.tolist()


curves = st.lists(st.tuples(st.floats(-3, 3), st.integers(1, 50)), min_size=1, max_size=12)


@lawful
@given(curves)
def test_laws_of_an_edit(steps):
    learned, cases = (np.array(part, float) for part in zip(*steps, strict=True))
    up, flat = edited(learned, cases, "up"), edited(learned, cases, "flat")
    assert (np.diff(up) >= -1e-12).all()
    np.testing.assert_allclose(edited(up, cases, "up"), up, atol=1e-9)  # a rising curve stays
    np.testing.assert_allclose(edited(-learned, cases, "down"), -up, atol=1e-9)  # a mirror
    for made in (up, flat):  # the score of the average case stays
        assert cases @ made == pytest.approx(cases @ learned, abs=1e-6)
    # no other rising curve lies nearer: not the flat one, not the running maximum
    for other in (flat, np.maximum.accumulate(learned)):
        assert cases @ (up - learned) ** 2 <= cases @ (other - learned) ** 2 + 1e-9


@every_setting
def test_decisions_are_those_of_interprets_own_model_with_that_curve(chosen):
    told, table = story(chosen), chosen.question.table
    before = fitted(table, "ebm").probability(held(table)) >= chosen.question.bar
    after = with_height(table, chosen.at, told.made).predict_proba(held(table))[:, 1] >= chosen.question.bar
    truth = table.bad[split(table).held_out]
    assert (told.caught, told.alarmed) == ((after & ~before & truth).sum(), (after & ~before & ~truth).sum())
    assert (told.missed, told.freed) == ((before & ~after & truth).sum(), (before & ~after & ~truth).sum())
    assert told.held == (before.sum(), after.sum())
    for decided, cost, right in zip((before, after), told.cost, told.right, strict=True):
        money = (truth & ~decided).sum() * chosen.question.miss
        money += (~truth & decided).sum() * chosen.question.false_alarm
        assert cost == pytest.approx(1000 * money / len(truth))
        assert right.value == pytest.approx((decided == truth).mean())
    assert told.dearer.value == pytest.approx(told.cost[1] - told.cost[0])
    assert told.better.value == pytest.approx(100 * (told.right[1].value - told.right[0].value))


def test_the_shared_model_stays_as_it_was():
    table = ready_made("loans")
    model = fitted(table, "ebm").inner
    before = [scores.copy() for scores in model.term_scores_]
    for edit in ("flat", "up", "down"):
        for name in table.names:
            story(Settings(LOANS, name, edit))
    for was, now in zip(before, model.term_scores_, strict=True):
        np.testing.assert_array_equal(was, now)
    assert not any(height.flags.writeable for height in parts_of(table).heights)


def test_the_price_of_a_change_by_hand():
    # 4 bad, 6 fine cases. One bad one newly caught, two fine ones newly held back, at $50 and $3.
    truth = np.array([True] * 4 + [False] * 6)
    before, after = np.zeros(10, bool), np.zeros(10, bool)
    after[[0, 4, 5]] = True
    told = change_of(truth, before, after, 50.0, 3.0)
    assert told.value == pytest.approx(1000 / 10 * (-50 + 2 * 3))  # −$4,400 in 1,000
    # half a case in every cell: bad −1/6 of 6, spread (2/6 − 1/36) / 6; fine 2/8, spread (3/8 − 1/16) / 8
    bad, fine = 1000 * 50 * 0.4, 1000 * 3 * 0.6
    centre = bad * -1 / 6 + fine * 2 / 8
    variance = bad**2 * (2 / 6 - 1 / 36) / 6 + fine**2 * (3 / 8 - 1 / 16) / 8
    assert told.low == pytest.approx(min(centre - 1.959964 * variance**0.5, told.value), rel=1e-5)
    assert told.high == pytest.approx(centre + 1.959964 * variance**0.5, rel=1e-5)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(0)
    caught, missed, alarmed, freed = 0.06, 0.03, 0.05, 0.02  # of bad, of bad, of fine, of fine
    true = 1000 * (0.2 * 1000 * (missed - caught) + 0.8 * 100 * (alarmed - freed))
    n, hits = 400, 0
    for _ in range(400):
        bad = rng.random(n) < 0.2
        luck = rng.random(n)
        up = luck < np.where(bad, caught, alarmed)
        down = ~up & (luck < np.where(bad, caught + missed, alarmed + freed))
        told = change_of(bad, down, up, 1000.0, 100.0)
        hits += told.low <= true <= told.high
    assert hits >= 0.93 * 400


def test_fresh_loans_are_priced_by_their_true_risk():
    chosen = Settings(LOANS, "group", "flat")
    told, rows = story(chosen), people(N_FRESH, FRESH_SEED)
    risk, bar = true_probability(rows), LOANS.bar
    costs = []
    for model in (fitted(LOANS.table, "ebm").inner, with_height(LOANS.table, 7, told.made)):
        back = model.predict_proba(rows)[:, 1] >= bar
        costs.append(1000 * np.where(back, (1 - risk) * LOANS.false_alarm, risk * LOANS.miss))
    assert told.fresh.value == pytest.approx((costs[1] - costs[0]).mean())
    assert told.fresh.half == pytest.approx(1.959964 * (costs[1] - costs[0]).std() / N_FRESH**0.5, rel=1e-4)
    assert told.verdict == "dearer"  # the rule does use the group: to forget it costs money
    assert told.dearer.low < 0 < told.dearer.high  # which 500 cases cannot tell


def test_the_true_curve_is_the_rules_own():
    table, parts = ready_made("loans"), parts_of(ready_made("loans"))
    names = table.names
    loan = names.index("loan in yearly incomes")
    curve = true_curve(table, loan, parts.cuts[loan])
    below = np.concatenate([[0.0], parts.cuts[loan]]) < CLIFF
    # the rule adds 1.6 above four yearly incomes and nothing below
    np.testing.assert_allclose(curve[~below].min() - curve[below].max(), 1.6)
    for at, name in enumerate(names):
        found = true_curve(table, at, parts.cuts[at])
        assert parts.weights[at] @ found == pytest.approx(0, abs=1e-6)
        if name in ("yearly income", "age", "district"):  # no part in the rule
            np.testing.assert_allclose(found, 0, atol=1e-12)
    assert true_curve(ready_made("wine"), 0, np.array([13.0])) is None
    assert true_curve(table.without("group"), loan, parts.cuts[loan]) is None


def test_what_the_speaker_says_of_the_opening_curve_holds():
    told = story(at_rest())
    starts = np.concatenate([[told.ends[0]], told.cuts])
    tiny = told.learned[starts < 0.9]
    usual = told.learned[(starts > 1) & (starts < 3)]
    assert tiny.min() > usual.max()  # tiny loans look risky
    values = told.table.rows[:, told.settings.at]
    assert (values < 0.9).mean() < 0.02  # which hardly any case speaks for
    assert told.truth[0] == pytest.approx(told.truth[starts < 3][-1])  # and the rule says nothing of
    assert told.made[0] <= told.made[starts < 3].max()
    assert told.n_changed <= 5


def test_flattening_the_group_narrows_the_gap_and_the_district_keeps_some():
    before, after = (
        [one.after.value for one in story(Settings(LOANS, "group", edit)).pair] for edit in ("keep", "flat")
    )
    assert before[1] - before[0] > 0.2
    assert 0.02 < after[1] - after[0] < before[1] - before[0] - 0.1


@every_setting
def test_groups_and_histogram_count_everybody_once(chosen):
    told = story(chosen)
    assert told.histogram.cases.sum() == told.n == len(split(told.table).held_out)
    assert told.histogram.held_back.sum() == told.caught + told.alarmed
    assert told.histogram.let_through.sum() == told.missed + told.freed
    for name in {group.column for group in told.groups}:
        mine = [group for group in told.groups if group.column == name]
        assert sum(group.after.n for group in mine) == told.n
        assert sum(group.before.hits for group in mine) == told.held[0]
        assert sum(group.after.hits for group in mine) == told.held[1]
    if chosen.edit == "keep":
        assert not told.is_edited
        assert told.n_changed == 0
        assert told.dearer.half == 0


def test_a_range_changes_the_curve_inside_it_only():
    told = story(CHOSEN["part"])
    starts = np.concatenate([[-np.inf], told.cuts])
    outside = (starts > 20) | (np.concatenate([told.cuts, [np.inf]]) <= 10)
    np.testing.assert_array_equal(told.made[outside], told.learned[outside])
    assert len(set(told.made[~outside].tolist())) == 1
    ends = ends_of(LOANS.table, "debt payments")
    assert list(ends) == sorted(set(ends))
    assert ends_of(LOANS.table, "group") == ()


def test_nonsense_is_refused_and_stopping_gives_nothing():
    for wrong in (
        {"column": "shoe size"}, {"edit": "sideways"}, {"low": 3.0, "high": 2.0}, {"low": float("nan")},
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"There is no|A range"):
            Settings(LOANS, **wrong)
    assert story(at_rest(), lambda share: False) is None
    assert story(at_rest(), lambda share: share < 0.5) is None
    shares = []
    assert story(at_rest(), lambda share: shares.append(share) or True) is not None
    assert shares == sorted(shares)
    assert max(shares) <= 1


def test_a_brief_keeps_it():
    for chosen in CHOSEN.values():
        assert from_plain(story, to_plain(chosen)) == chosen


def own_table(n=60, seed=3):
    """Small, with a column of two values, one of one value in training, and an odd name."""
    rng = np.random.default_rng(seed)
    rows = np.column_stack([rng.normal(size=n), rng.integers(0, 2, n), np.zeros(n), 1e6 * rng.random(n)])
    bad = rows[:, 0] + rng.normal(size=n) > 0
    columns = (
        Column("a | b"), Column("side", is_protected=True), Column("same"), Column("far", is_protected=True)
    )  # fmt: skip
    return Table(
        "own", "Your table", "row", "rows", "yes", "no", columns, rows.astype(float), bad, "Own.", True
    )


def test_a_small_price_is_called_small_even_where_it_is_sure():
    small, large = story(at_rest()), story(Settings(at_rest().question, "group", "flat"))
    # fresh loans: $81 ± $48 of $65,400, under a hundredth; and $1,750 ± $150
    assert small.verdict == "cheaper"
    assert headline(small) == "You edit one curve, and the cost hardly moves"
    assert headline(large) == "Your edit costs $1,800 in 1,000 loans"


@pytest.mark.parametrize("edit", ["keep", "flat", "up", "down"])
def test_a_readers_own_small_table(edit):
    table = own_table()
    for name in table.names:
        chosen = Settings(Question(table), name, edit)
        told = story(chosen)
        assert holds_own(chosen)
        assert told.fresh is None
        assert told.truth is None
        assert [group.name for group in told.groups[:2]] == ["side 0.0", "side 1.0"]
        assert 2 <= len(words(headline(told))) <= 12
    assert first_column(table) == "a | b"


@every_setting
def test_the_words_are_short(chosen):
    told = story(chosen)
    assert len(words(takeaway(told))) <= 45
    assert max(len(words(each)) for each in sentences(takeaway(told))) <= 25
    assert 2 <= len(words(headline(told))) <= 12
    assert all(len(row) == len(lines(told)[0]) for row in lines(told))
