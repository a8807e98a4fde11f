"""Two bars for two groups: the search, the rates against scikit-learn, and what cannot hold at once."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix

from dl_core.interpretability import fair_rules as rules_module
from dl_core.interpretability.cross_validation import N_FOLDS, validated
from dl_core.interpretability.fair import Settings, at_rest, false_alarms_forced, story
from dl_core.interpretability.fair_bars import NOBODY, SLACK, cuts, search
from dl_core.interpretability.fair_in_words import (
    STOPPED,
    bar_in_words,
    cost_in_words,
    forced_in_words,
    gap_in_words,
    summary,
    takeaway,
)
from dl_core.interpretability.fair_rules import ONE_BAR, RULES, follow, policies_of, sides_of
from dl_core.interpretability.groups import groups_of, instead_in_words, looked_at, protected
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.question import Question
from dl_core.interpretability.table import Column, Table
from dl_core.interpretability.tables import ready_made
from tests.readability import read, sentences, words

LOANS = Question(ready_made("loans"))
RATES = ("held", "caught", "alarms", "meaning")
ASKED = Question(ready_made("wine"), miss=3.0, false_alarm=1.0)  # prices for searches by hand


def own(rows, bad, *names, protected_ones=()):
    columns = tuple(Column(name, is_protected=name in protected_ones) for name in names)
    return Table("own", "Your table", "row", "rows", "bad", "fine", columns, rows, bad, "Made.", is_own=True)


# --- the groups ---


def test_groups_are_two_values_or_two_halves():
    loans = ready_made("loans")
    found = groups_of(loans, "group")
    assert np.array_equal(found.second, loans.rows[:, 7] == 1)
    ages = groups_of(loans, "age")
    middle = np.median(loans.rows[:, 5])
    assert np.array_equal(ages.second, loans.rows[:, 5] > middle)
    assert ages.names == (f"age up to {middle:.0f}", f"age over {middle:.0f}")


def test_the_two_values_of_a_column_that_is_mostly_one_make_two_groups():
    rng = np.random.default_rng(0)
    kind = (np.arange(400) < 300).astype(float) * 2  # three quarters are 2: nothing lies above the middle
    table = own(
        np.column_stack([kind, rng.random(400)]),
        np.arange(400) % 3 == 0,
        "kind",
        "x",
        protected_ones=("kind",),
    )
    found = groups_of(table, "kind")
    assert found.names == ("kind 0", "kind 2")
    assert int(found.second.sum()) == 300


def test_a_small_group_and_a_constant_column_make_none():
    rng = np.random.default_rng(0)
    few = (np.arange(300) < 20).astype(float)
    table = own(
        np.column_stack([few, np.ones(300), rng.random(300)]), np.arange(300) % 2 == 0, "few", "same", "x",
        protected_ones=("few", "same"),
    )  # fmt: skip
    assert protected(table) == ()
    assert "large enough" in instead_in_words(table)
    with pytest.raises(ValueError, match="two groups"):
        groups_of(table, "few")


def test_without_groups_the_made_loans_stand_in():
    asked = Question(ready_made("cancer"), 50.0, 5.0, 0.3)
    stand_in = looked_at(asked)
    assert stand_in == Question(ready_made("loans"), 50.0, 5.0, 0.3)
    told = story(Settings(asked))
    assert told.settings.question is asked
    assert told.settings.table.key == "loans"
    assert summary(told).startswith("This table has no protected column")


# --- the search ---


def brute_force(first, second, rule, asked):
    """Lowest cost over all pairs whose rates are as near as the search allows; and that nearness."""
    one, two = first.rate(rule), second.rate(rule)
    gap = np.abs(one[:, None] - two[None, :])
    gap[np.isnan(gap)] = np.inf
    slack = max(SLACK, first.finest(rule), second.finest(rule), float(gap.min()))
    cost = first.cost(asked)[:, None] + second.cost(asked)[None, :]
    return float(cost[gap <= slack + 1e-12].min()), slack


@pytest.mark.parametrize("rule", RATES)
@pytest.mark.parametrize("steps", [3, 10, 1000])
def test_the_search_finds_what_trying_every_pair_finds(rule, steps):
    rng = np.random.default_rng(steps)
    for n_first, n_second in ((60, 35), (8, 50)):
        sides = []
        for n in (n_first, n_second):
            truth = np.arange(n) % 3 == 0
            sides.append(
                cuts(truth, np.clip(np.rint((0.3 * truth + 0.7 * rng.random(n)) * steps) / steps, 0, 1))
            )
        at = search(*sides, rule, ASKED)
        best, slack = brute_force(*sides, rule, ASKED)
        assert sides[0].cost(ASKED)[at[0]] + sides[1].cost(ASKED)[at[1]] == pytest.approx(best)
        assert abs(sides[0].rate(rule)[at[0]] - sides[1].rate(rule)[at[1]]) <= slack + 1e-9


def test_each_cut_holds_back_what_its_bar_does():
    rng = np.random.default_rng(1)
    said = np.concatenate([rng.integers(0, 6, 40) / 5, [0.3, np.nextafter(0.3, 1)]])
    truth = rng.random(42) < 0.4
    found = cuts(truth, said)
    for bar, held, caught in zip(found.bars, found.held, found.caught, strict=True):
        assert (said >= bar).sum() == held
        assert (truth & (said >= bar)).sum() == caught
    assert found.bars[0] == NOBODY
    assert list(found.held) == sorted(set(found.held))
    with pytest.raises(ValueError, match="no rate"):
        found.rate("fair")


# --- the rates ---


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("key", ["loans", "diabetes"])
def test_rates_and_money_are_counted_as_the_reference_library_counts(key, rule):
    asked = Question(ready_made(key), 700.0, 300.0)
    told = story(Settings(asked, rule))
    found = validated(asked.table)
    said, fold = found.probability[list(KINDS).index("ebm"), 0], found.fold[0]
    second = told.groups.second
    held = np.zeros(len(said), bool)
    for at in range(N_FOLDS):
        here, learn = fold == at, fold != at
        bars = (asked.bar, asked.bar)
        if rule != ONE_BAR:
            both = [cuts(found.truth[learn & side], said[learn & side]) for side in (~second, second)]
            places = search(*both, rule, asked)
            bars = (both[0].bars[places[0]], both[1].bars[places[1]])
        held |= here & (said >= np.where(second, bars[1], bars[0]))
    lost = 0
    for side, mine in enumerate((~second, second)):
        tn, fp, fn, tp = confusion_matrix(found.truth[mine], held[mine]).ravel()
        expected = ((tp + fp) / mine.sum(), tp / (tp + fn), fp / (fp + tn), tp / (tp + fp))
        values = [told.chosen.pair(each).values[side] for each in RATES]
        assert values == pytest.approx(expected)
        lost += 700 * fn + 300 * fp
    assert told.chosen.cost == pytest.approx(1000 * lost / len(said))
    assert told.chosen.more.value == pytest.approx(told.chosen.cost - told.policy(ONE_BAR).cost, abs=1e-6)


def test_a_gap_has_newcombes_interval():
    # R. Newcombe, Statistics in Medicine 17 (1998), example a: 56 of 70 less 48 of 80 is 0.0524 to 0.3339
    truth = np.ones(150, bool)
    second = np.arange(150) < 70
    held = np.concatenate([np.arange(70) < 56, np.arange(80) < 48])
    pair = rules_module._pairs(held, truth, second, (0.1, 0.1))[0]
    assert (pair.low, pair.high) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))
    assert pair.is_apart


def test_a_share_of_nobody_is_no_number_and_no_gap():
    truth, second = np.arange(40) % 2 == 0, np.arange(40) >= 20
    pairs = {pair.rule: pair for pair in rules_module._pairs(second & truth, truth, second, (NOBODY, 0.5))}
    assert math.isnan(pairs["meaning"].gap)
    assert not pairs["meaning"].is_apart
    assert gap_in_words(pairs["meaning"]) == "nobody held back"
    assert pairs["held"].values == (0.0, 0.5)


# --- what each rule does ---


@pytest.mark.parametrize("model", ["logistic", "ebm", "forest", "boosted", "mlp"])
def test_what_is_made_the_same_is_level_on_cases_that_did_not_set_the_bars(model):
    told = story(Settings(LOANS, model=model))
    for policy in told.policies:
        assert not policy.mine.is_apart, policy.rule
        assert abs(policy.mine.gap) < 0.05


@pytest.mark.parametrize("model", ["logistic", "ebm", "forest", "boosted", "mlp"])
def test_not_all_can_hold_where_base_rates_differ(model):
    """The groups' base rates are 14 and 25 %: whichever rule is met, another is surely broken."""
    told = story(Settings(LOANS, model=model))
    assert all(policy.apart for policy in told.policies)
    assert {pair.rule for pair in told.policy("meaning").apart} == {"held", "caught", "alarms", ONE_BAR}
    assert "meaning" in {pair.rule for pair in told.policy("held").apart}


def test_one_bar_is_the_pages_bar_and_its_own_comparison():
    for asked in (LOANS, replace(LOANS, own_bar=0.3)):
        one = story(Settings(asked, ONE_BAR)).chosen
        assert one.bars == (asked.bar, asked.bar)
        assert (one.more.value, one.more.low, one.more.high) == (0, 0, 0)
        assert gap_in_words(one.mine).startswith("one bar at")


@pytest.mark.parametrize("rule", RULES)
def test_chouldechovas_identity_holds_for_every_pair_of_bars(rule):
    """FPR = p/(1 - p) · (1 - PPV)/PPV · TPR in each group: counts, so no interval and no luck."""
    told = story(Settings(LOANS, rule))
    for side, base_rate in enumerate(told.base_rates):
        shares = {each: told.chosen.pair(each).values[side] for each in RATES}
        forced = false_alarms_forced(base_rate, shares["meaning"], shares["caught"])
        assert forced == pytest.approx(shares["alarms"])


def test_the_identity_by_hand_and_what_it_forbids():
    # 100 cases, 20 bad; 30 held back, 12 of them bad: TPR 12/20, PPV 12/30, FPR 18/80
    assert false_alarms_forced(0.2, 12 / 30, 12 / 20) == pytest.approx(18 / 80)
    # Kleinberg et al.: equal meaning and equal catch leave equal false alarms only with equal base rates,
    # or for a model that is never wrong
    assert false_alarms_forced(0.2, 0.4, 0.6) != pytest.approx(false_alarms_forced(0.3, 0.4, 0.6))
    assert false_alarms_forced(0.2, 1.0, 1.0) == false_alarms_forced(0.3, 1.0, 1.0) == 0
    # odds of the base rates, 0.25 and 3/7: their ratio is that of the false alarms
    ratio = false_alarms_forced(0.3, 0.4, 0.6) / false_alarms_forced(0.2, 0.4, 0.6)
    assert ratio == pytest.approx((3 / 7) / 0.25)


def test_swapping_the_groups_swaps_the_bars():
    table = ready_made("loans")
    found = validated(table)
    said, fold = found.probability[2, 0], found.fold[0]
    second = groups_of(table, "group").second
    each = [sides_of(said, fold, table.bad, mine) for mine in (second, ~second)]
    for one, two in zip(*(policies_of(sides, follow(sides, LOANS), LOANS) for sides in each), strict=True):
        if one.rule in ("held", ONE_BAR):  # elsewhere two pairs may cost the same
            assert one.bars == pytest.approx(two.bars[::-1])
            assert one.mine.gap == pytest.approx(-two.mine.gap)


# --- settings ---


@pytest.mark.parametrize(
    "wrong", [{"rule": "nice"}, {"model": "oracle"}, {"column": "district"}, {"column": "x"}]
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError):  # noqa: PT011 - each says what it wants
        Settings(LOANS, **wrong)


def test_stopped_it_can_still_be_told():
    rng = np.random.default_rng(0)
    rows = np.column_stack([np.arange(200) % 2, rng.random(200)]).astype(float)
    table = own(rows, rng.random(200) < 0.5, "kind", "x", protected_ones=("kind",))
    told = story(Settings(Question(table)), lambda share: False)
    assert told.policies == ()
    assert takeaway(told) == summary(told) == STOPPED
    assert told.sizes == (100, 100)


# --- words ---


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("key", ["loans", "diabetes"])
def test_the_live_sentence_is_short_and_plain(rule, key):
    told = takeaway(story(Settings(Question(ready_made(key)), rule)))
    assert len(told.split()) <= 50
    assert max(len(words(sentence)) for sentence in sentences(told)) <= 25
    assert read([told]).grade <= 9


def test_prices_are_told_as_their_range_allows():
    dear = story(Settings(Question(ready_made("loans"), 1000.0, 1000.0)))
    assert dear.chosen.more.low > 0
    assert cost_in_words(dear).startswith("costs $")
    assert cost_in_words(dear).endswith(" more")
    half = story(Settings(replace(LOANS, own_bar=0.5)))  # a bar far too high: two searched bars save money
    assert half.chosen.more.high < 0
    assert cost_in_words(half).startswith("saves $")
    few = story(Settings(Question(ready_made("diabetes"))))
    assert cost_in_words(few) == "has no sure price"


def test_the_arithmetic_is_told_with_these_groups_own_figures():
    told = story(at_rest())
    # 180 of 1,276 and 180 of 724
    assert "Of group A 14 % are “not paid back”, of group B 25 %." in forced_in_words(told)
    pair, caught = told.policy("meaning").pair("meaning"), told.policy("meaning").pair("caught")
    first = false_alarms_forced(180 / 1276, pair.values[0], caught.values[0])
    second = false_alarms_forced(180 / 724, pair.values[0], caught.values[0])
    assert f"false alarms must be {first:.0%} and {second:.0%}".replace("%", " %") in forced_in_words(told)


def test_a_bar_that_nobody_reaches_is_called_none():
    assert (bar_in_words(NOBODY), bar_in_words(1.0)) == ("none", "100 %")


def test_the_story_is_made_once_for_all_rules():
    one, two = story(at_rest()), story(replace(at_rest(), rule="meaning"))
    assert one.policies is two.policies
    assert at_rest().rule == "held"
