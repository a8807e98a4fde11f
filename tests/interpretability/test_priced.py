import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix

from dl_core.documents.brief import from_plain, to_plain
from dl_core.documents.settings import holds_own
from dl_core.interpretability.cross_validation import N_FOLDS, N_REPEATS, over_folds, validated
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.priced import (
    BARS,
    USUAL,
    Settings,
    at_rest,
    flow_in_words,
    flow_lines,
    headline,
    story,
    takeaway,
)
from dl_core.interpretability.question import Question
from dl_core.interpretability.table import Column, Table
from dl_core.interpretability.tables import ready_made
from tests.readability import sentences, words

lawful = run_with(deadline=None, derandomize=True, max_examples=20)
CHOSEN = {
    "opening": at_rest(),
    "loans at 50 %": Settings(Question(ready_made("loans"), own_bar=0.5), "forest"),
    "equal prices": Settings(Question(ready_made("loans"), 100.0, 100.0), "tree"),
    "cells": Settings(Question(ready_made("cancer"), 10_000.0, 500.0), "boosted"),
    "patients": Settings(Question(ready_made("diabetes"), 5.0, 50.0), "knn"),
    "wines": Settings(Question(ready_made("wine")), "mlp"),
}
every_setting = pytest.mark.parametrize("chosen", CHOSEN.values(), ids=CHOSEN)


def cost_by_hand(chosen, model, bar, rows=None, repeat=None):
    """Dollars for 1,000 cases, counted case by case over both deals or one, on all rows or some."""
    found = validated(chosen.question.table)
    at = list(KINDS).index(model)
    rows = np.ones(len(found.truth), bool) if rows is None else rows
    repeats = range(N_REPEATS) if repeat is None else [repeat]
    truth = np.concatenate([found.truth[rows] for _ in repeats])
    said = np.concatenate([found.probability[at, each][rows] >= bar for each in repeats])
    missed, alarms = (truth & ~said).sum(), (~truth & said).sum()
    asked = chosen.question
    return 1000 * (missed * asked.miss + alarms * asked.false_alarm) / len(truth)


@every_setting
def test_every_line_is_what_a_count_case_by_case_gives(chosen):
    told = story(chosen)
    assert [line.kind.key for line in told.lines] == list(KINDS)
    for line in told.lines:
        for at in (0, 3, 12, 40, list(BARS).index(USUAL), 90, len(BARS) - 1):
            assert line.costs[at] == pytest.approx(cost_by_hand(chosen, line.kind.key, BARS[at]))
        assert line.cheapest == line.costs.min()
        assert line.bar == BARS[line.at]


def test_scikit_learn_counts_the_same():
    told, found = story(at_rest()), validated(ready_made("loans"))
    said = found.probability[list(KINDS).index("ebm")].ravel() >= at_rest().question.bar
    (passed, alarms), (missed, caught) = confusion_matrix(np.tile(found.truth, N_REPEATS), said)
    flow, scale = told.flow, 1000 / said.size
    exact = np.array([passed, alarms, missed, caught]) * scale
    assert [flow.passed, flow.alarms, flow.missed, flow.caught] == pytest.approx(exact, abs=1)


@pytest.mark.parametrize("chosen", [CHOSEN[name] for name in ("opening", "equal prices", "wines")])
def test_both_savings_fold_by_fold_by_hand(chosen):
    told, found, model = story(chosen), validated(chosen.question.table), chosen.model
    usual, at_chosen = [], {key: [] for key in KINDS}
    for repeat in range(N_REPEATS):
        for fold in range(N_FOLDS):
            here = found.fold[repeat] == fold
            usual.append(cost_by_hand(chosen, model, USUAL, here, repeat))
            for key in {model, told.best.key, told.worst.key}:
                costs = [cost_by_hand(chosen, key, bar, ~here, repeat) for bar in BARS]
                cheapest = np.flatnonzero(np.isclose(costs, min(costs), rtol=1e-9, atol=1e-9))
                bar = BARS[cheapest[np.abs(BARS[cheapest] - chosen.question.bar).argmin()]]
                at_chosen[key].append(cost_by_hand(chosen, key, bar, here, repeat))
    by_bar = np.array(usual) - at_chosen[model]
    by_model = np.array(at_chosen[told.worst.key]) - at_chosen[told.best.key]
    for mean, values in (
        (told.by_bar, by_bar), (told.by_model, by_model), (told.lead, by_bar - by_model)
    ):  # fmt: skip
        assert (mean.value, mean.half) == pytest.approx((over_folds(values).value, over_folds(values).half))
    chosen_costs = {line.kind.key: line.chosen.value for line in told.lines}
    assert told.best.key == min(chosen_costs, key=chosen_costs.get)
    assert told.worst.key == max(chosen_costs, key=chosen_costs.get)


@every_setting
def test_the_flow_is_whole_and_counts_the_pages_bar(chosen):
    told, flow, asked = story(chosen), story(chosen).flow, chosen.question
    assert flow.caught + flow.missed + flow.alarms + flow.passed == 1000
    assert flow.bad == pytest.approx(1000 * asked.table.bad_share, abs=1)
    exact = cost_by_hand(chosen, chosen.model, asked.bar)
    rounded = flow.missed * asked.miss + flow.alarms * asked.false_alarm
    assert rounded == pytest.approx(exact, abs=asked.miss + asked.false_alarm)
    rows = flow_lines(told)
    assert all(len(row) == len(rows[0]) for row in rows)
    # over folds of nearly one size the mean is nearly the whole
    assert told.mine.here.value == pytest.approx(exact, rel=0.03, abs=1e-9)


def test_on_the_made_loans_the_bar_matters_more_than_the_model():
    told = story(at_rest())
    assert told.verdict == "bar"
    assert told.by_bar.low > told.by_model.high  # not even the ranges touch
    assert headline(told) == "The bar moves more money than the model"


def test_at_equal_prices_the_usual_bar_is_already_as_good_as_any():
    told = story(CHOSEN["equal prices"])
    assert told.by_bar.low <= 0 <= told.by_bar.high
    assert "a tie" in takeaway(told)
    assert told.verdict != "bar"


@lawful
@given(st.floats(1, 1e5), st.floats(1, 1e5), st.sampled_from(list(KINDS)), st.floats(2, 9))
def test_dearer_mistakes_cost_as_many_times_more_and_move_no_bar(miss, false_alarm, model, times):
    table = ready_made("loans")
    one = story(Settings(Question(table, miss, false_alarm), model))
    more = story(Settings(Question(table, miss * times, false_alarm * times), model))
    for a, b in zip(one.lines, more.lines, strict=True):
        np.testing.assert_allclose(a.costs * times, b.costs)
        # at a bar of 0 everybody is held back, at 1 (nearly) nobody: what that costs without a model
        assert a.costs[0] == pytest.approx(1000 * false_alarm * (1 - table.bad_share))
        assert a.costs[-1] <= 1000 * miss * table.bad_share + 1e-6
    assert more.by_model.value == pytest.approx(one.by_model.value * times)
    assert (one.verdict, one.flow) == (more.verdict, more.flow)


def own_table():
    rng = np.random.default_rng(5)
    rows = rng.normal(size=(50, 2))
    columns = (Column("one"), Column("two"))
    return Table(
        "own", "Your table", "row", "rows", "yes", "no", columns, rows, rows[:, 0] > 0.3, "Own.", True
    )


def test_nonsense_is_refused_and_a_stopped_training_gives_nothing():
    with pytest.raises(ValueError, match="There is no model"):
        Settings(Question(ready_made("loans")), "oracle")
    mine = Settings(Question(own_table()))
    assert holds_own(mine)
    assert story(mine, lambda share: False) is None


def test_a_brief_keeps_it():
    for chosen in CHOSEN.values():
        assert from_plain(story, to_plain(chosen)) == chosen


@every_setting
def test_the_words_are_short(chosen):
    told = story(chosen)
    assert len(words(takeaway(told))) <= 45
    for text in (takeaway(told), flow_in_words(told)):
        assert max(len(words(each)) for each in sentences(text)) <= 25
    assert 2 <= len(words(headline(told))) <= 12
