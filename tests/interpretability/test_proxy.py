"""Hiding a protected column: three trainings on the same folds, and what the other columns give away."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import roc_auc_score

from dl_core.interpretability.cross_validation import ASSETS, N_FOLDS, deal, validated
from dl_core.interpretability.groups import groups_of, protected
from dl_core.interpretability.loans import people, true_probability
from dl_core.interpretability.models import KINDS, fit
from dl_core.interpretability.proxy import (
    MEASURES,
    MODELS,
    Settings,
    at_rest,
    measure,
    proxy_of,
    shipped,
    story,
)
from dl_core.interpretability.proxy_in_words import (
    STOPPED,
    blind_in_words,
    portion_in_words,
    price_in_words,
    summary,
    takeaway,
    tells_in_words,
    title,
    verdict_in_words,
)
from dl_core.interpretability.question import Question
from dl_core.interpretability.table import Column, Table
from dl_core.interpretability.tables import TABLES, ready_made
from tests.readability import read, sentences, words

LOANS = ready_made("loans")
GROUPS = groups_of(LOANS, "group")


def own(rows, bad, *names, key="own"):
    columns = tuple(Column(name, is_protected=name == "kind") for name in names)
    return Table(
        key, "Your table", "row", "rows", "bad", "fine", columns, rows, bad, "Made.", is_own=key == "own"
    )


# --- the headline ---


def test_hiding_the_group_leaves_about_half_of_the_gap():
    told = story(at_rest())
    whole, hidden, both = told.trainings
    assert verdict_in_words(told) == "Hiding the group leaves about half of the gap"
    assert 0.42 < told.left < 0.58
    assert hidden.change.is_sure
    assert hidden.change.value < 0
    assert hidden.gap.is_sure
    assert not both.gap.is_sure
    assert [one.hidden for one in told.trainings] == [(), ("group",), ("group", "district")]
    assert whole.change.value == whole.more.value == 0


@pytest.mark.parametrize("model", MODELS)
def test_it_shrinks_and_stays_for_every_model_in_both_measures(model):
    for each in MEASURES:
        told = story(Settings(Question(LOANS), model, each))
        gaps = [one.gap.value for one in told.trainings]
        assert gaps[0] > gaps[1] > gaps[2] > 0
        assert told.trainings[1].gap.is_sure


def test_the_true_rule_without_the_groups_term_has_no_gap_to_speak_of():
    """Recomputed through the public rule: everybody's group set to A."""
    as_a = LOANS.rows.copy()
    as_a[:, 7] = 0
    risk = true_probability(as_a)
    bar = 100 / 1100
    expected = [(risk[side] >= bar).mean() for side in (~GROUPS.second, GROUPS.second)]
    told = story(at_rest())
    assert told.blind == pytest.approx(expected)
    assert abs(told.blind[1] - told.blind[0]) < 0.02
    assert "group A 38 %, group B 37 %" in blind_in_words(told)
    assert story(Settings(Question(LOANS), column="age")).blind is None
    assert story(Settings(Question(ready_made("diabetes")))).blind is None


def test_in_the_made_world_harsher_terms_are_most_of_the_gap():
    """A hundred times the people: what parts two groups once terms are equal is a sixth of the gap."""
    rows = people(200_000, 7)
    second = rows[:, 7] == 1
    harsh = true_probability(rows)
    rows[:, 7] = 0
    equal = true_probability(rows)
    gaps = [risk[second].mean() - risk[~second].mean() for risk in (harsh, equal)]
    assert gaps[0] > 0.1
    assert 0 < gaps[1] < gaps[0] / 6


# --- the figures behind it ---


def test_gaps_and_money_are_those_of_the_folds():
    told = story(at_rest())
    found, hidden = validated(LOANS), shipped(LOANS, "group", "ebm")
    bar = 100 / 1100
    gaps, costs = [], []
    for said in (found.probability[list(KINDS).index("ebm")], hidden.probability[0]):
        mine, money = [], []
        for repeat in range(2):
            for at in range(N_FOLDS):
                here = found.fold[repeat] == at
                held = said[repeat] >= bar
                mine.append(held[here & GROUPS.second].mean() - held[here & ~GROUPS.second].mean())
                missed, alarms = (here & LOANS.bad & ~held).sum(), (here & ~LOANS.bad & held).sum()
                money.append(1000 * (1000 * missed + 100 * alarms) / here.sum())
        gaps.append(np.array(mine))
        costs.append(np.array(money))
    assert told.trainings[0].gap.value == pytest.approx(gaps[0].mean())
    assert told.trainings[1].gap.value == pytest.approx(gaps[1].mean())
    # Nadeau and Bengio: t with 9 degrees of freedom, variance times 1/10 + 1/4
    for change, of in ((told.trainings[1].change, gaps), (told.trainings[1].more, costs)):
        half = stats.t.ppf(0.975, 9) * math.sqrt(0.35 * np.var(of[1] - of[0], ddof=1))
        assert change.value == pytest.approx((of[1] - of[0]).mean())
        assert change.half == pytest.approx(half, rel=1e-3)


def test_the_committed_run_is_what_measuring_gives():
    """One fold of it, trained anew without the group: the stored answers, to their last step."""
    found = shipped(LOANS, "group", "logistic")
    here = deal(LOANS.bad, 0) == 0
    told = LOANS.without("group")
    model = fit("logistic", told.rows[~here], LOANS.bad[~here])
    assert np.abs(model.probability(told.rows[here]) - found.probability[0, 0, here]).max() < 1e-4
    by_group = deal(GROUPS.second, 0) == 0
    guess = fit("logistic", told.rows[~by_group], GROUPS.second[~by_group])
    auc = roc_auc_score(GROUPS.second[by_group], guess.probability(told.rows[by_group]))
    assert found.tells[0, 0] == pytest.approx(auc, abs=1e-3)


def test_the_run_covers_every_ready_made_choice():
    kept = json.loads((ASSETS / "proxy.json").read_text())
    assert kept["command"] == "python -m dl_core.offline.proxy --out assets"
    for key in TABLES:
        table = ready_made(key)
        for column in protected(table):
            for model in MODELS:
                found = shipped(table, column, model)
                assert found is not None, (key, column, model)
                assert found.probability.shape == (2, 2, len(table.bad))
                assert 0 <= found.probability.min() <= found.probability.max() <= 1
                assert (found.proxy, round(found.alone, 4)) == (
                    proxy_of(table, groups_of(table, column))[0],
                    round(proxy_of(table, groups_of(table, column))[1], 4),
                )


def test_another_table_of_that_name_is_not_taken_for_it():
    other = Table(
        "loans", LOANS.name, "loan", "loans", "bad", "fine", LOANS.columns, LOANS.rows, ~LOANS.bad, "Made."
    )
    assert shipped(other, "group", "ebm") is None


def test_the_proxy_is_the_column_that_ranks_best_alone_in_either_direction():
    name, share = proxy_of(LOANS, GROUPS)
    auc = roc_auc_score(GROUPS.second, LOANS.rows[:, 6])
    assert (name, share) == ("district", pytest.approx(auc))
    sexes = groups_of(ready_made("diabetes"), "sex")
    name, share = proxy_of(ready_made("diabetes"), sexes)
    rows = ready_made("diabetes").rows
    assert (name, share) == ("HDL cholesterol", pytest.approx(1 - roc_auc_score(sexes.second, rows[:, 6])))


def test_a_table_of_two_columns_has_no_third_training():
    rng = np.random.default_rng(0)
    kind = (np.arange(240) % 2).astype(float)
    rows = np.column_stack([kind, kind + rng.normal(size=240)])
    bad = rng.random(240) < 0.2 + 0.5 * kind
    table = own(rows, bad, "kind", "x")
    found = measure(table, groups_of(table, "kind"), "logistic")
    assert found.probability.shape == (1, 2, 240)
    assert found.proxy == "x"
    assert 0.6 < found.tells.mean() < 0.95


def test_a_clue_that_tells_nothing_leaves_no_gap():
    """The world where the other columns are noise: then hiding does remove the gap."""
    rng = np.random.default_rng(1)
    kind = (np.arange(600) % 2).astype(float)
    rows = np.column_stack([kind, rng.normal(size=600), rng.normal(size=600)])
    table = own(rows, rng.random(600) < 0.15 + 0.6 * kind, "kind", "x", "y")
    found = measure(table, groups_of(table, "kind"), "logistic")
    second = kind == 1
    risk = found.probability[0].mean(axis=0)
    assert abs(risk[second].mean() - risk[~second].mean()) < 0.03
    assert abs(found.tells[0].mean() - 0.5) < 0.1


def test_stopped_it_can_still_be_told():
    rng = np.random.default_rng(0)
    rows = np.column_stack([np.arange(200) % 2, rng.random((200, 2))]).astype(float)
    table = own(rows, rng.random(200) < 0.5, "kind", "x", "y")
    assert measure(table, groups_of(table, "kind"), "logistic", lambda share: share < 0.5) is None
    told = story(Settings(Question(table)), lambda share: False)
    assert told.trainings == ()
    assert takeaway(told) == summary(told) == STOPPED
    assert math.isnan(told.left)


@pytest.mark.parametrize("wrong", [{"model": "tree"}, {"measure": "luck"}, {"column": "district"}])
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError):  # noqa: PT011 - each says what it wants
        Settings(Question(LOANS), **wrong)


# --- words ---

EVERY = [
    Settings(Question(ready_made(key)), model, each, column)
    for key in TABLES
    for model in MODELS
    for each in MEASURES
    for column in (protected(ready_made(key)) or ("",))
]


@pytest.mark.parametrize(
    "asked", EVERY, ids=lambda each: f"{each.question.table.key}-{each.model}-{each.column}"
)
def test_the_live_sentence_is_short_and_plain(asked):
    told = story(asked)
    assert len(takeaway(told).split()) <= 45
    assert max(len(words(sentence)) for sentence in sentences(takeaway(told))) <= 25
    assert read([takeaway(told)]).grade <= 9
    assert len(verdict_in_words(told).split()) + len(title(told).split()) <= 25
    assert len(verdict_in_words(told).split()) <= 12


def with_gaps(told, **changes):
    """The same result with the second training's means replaced."""
    whole, hidden, both = told.trainings
    return replace(told, trainings=(whole, replace(hidden, **changes), both))


def test_verdicts_follow_the_ranges():
    told = story(at_rest())
    mean = told.trainings[1].gap
    flat = replace(mean, value=0.01, low=-0.02, high=0.04)
    assert verdict_in_words(with_gaps(told, gap=flat)) == "Hiding the group leaves no gap that is sure"
    open_change = with_gaps(told, change=replace(mean, value=-0.05, low=-0.12, high=0.02))
    assert verdict_in_words(open_change) == "Hiding the group does not surely shrink the gap"
    turned = with_gaps(told, gap=replace(mean, value=-0.1, low=-0.15, high=-0.05))
    assert verdict_in_words(turned) == "Hiding the group turns the gap around"
    whole, *others = told.trainings
    level = replace(told, trainings=(replace(whole, gap=flat), *others))
    assert verdict_in_words(level) == "Here the model shows no sure gap between the groups"
    assert math.isnan(level.left)


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.02, "almost none"), (0.1, "about a tenth"), (0.2, "about a fifth"), (0.25, "about a quarter"),
     (1 / 3, "about a third"), (0.5, "about half"), (2 / 3, "about two thirds"),
     (0.75, "about three quarters"), (0.99, "nearly all")],
)  # fmt: skip
def test_a_portion_is_named_by_the_nearest_one(share, told):
    assert portion_in_words(share) == told


def test_the_price_of_hiding_is_told_as_its_range_allows():
    told = story(at_rest())
    last = told.trainings[-1]
    for value, low, high, begins in (
        (5000, 1000, 9000, "Hiding both costs $5,000 ± $4,000"),
        (-5000, -9000, -1000, "Hiding both saves $5,000 ± $4,000"),
        (100, -900, 1100, "Hiding both costs nothing we can measure"),
        (100, -30_000, 30_200, "Hiding both has no sure price"),
    ):
        changed = replace(last, more=replace(last.more, value=value, low=low, high=high))
        assert price_in_words(replace(told, trainings=(*told.trainings[:2], changed))).startswith(begins)


def test_the_proxy_test_names_the_coin():
    said = tells_in_words(story(at_rest()))
    assert "91 of 100" in said
    assert said.endswith("A coin gets 50.")
