import itertools
import math

import numpy as np
import pytest
from scipy import stats

from dl_core.decide.coin import (
    MEASURED,
    PRESETS,
    TYPED,
    Settings,
    cases_needed,
    fair_coin,
    lead_interval,
    possible,
    story,
)
from dl_core.decide.coin_in_words import (
    cases_in_words,
    clamped_in_words,
    decision,
    luck_in_short,
    luck_in_words,
    points,
    takeaway,
)
from dl_core.documents import still
from dl_core.figures.decide_coin import coin_picture
from dl_core.interpretability.out_of_fold import out_of_fold
from dl_core.transfer.paired import Paired
from pages._words.decide_counts import coin_headline, coin_tells
from tests.readability import sentences, words

ODD = (
    Settings(n=50),
    Settings(n=10, first=0.0, second=100.0, differ=0.0),
    Settings(n=10, first=100.0, second=100.0, differ=60.0),
    Settings(n=100_000, first=50.0, second=50.1, differ=60.0),
    Settings(first=95.0, second=95.0, differ=0.0),
    Settings(first=95.0, second=95.0),
    Settings(first=96.0, second=94.0),
    Settings(n=100_000, first=94.0, second=93.5, per_day=1, miss=0.01),
    Settings(miss=0.0),
)
every_setting = pytest.mark.parametrize(
    "chosen", [*PRESETS.values(), *(Settings(key) for key in MEASURED), *ODD], ids=str
)


# --- the test ---


@pytest.mark.parametrize(("one", "other"), [(0, 0), (1, 0), (9, 1), (20, 30), (5, 18), (2_400, 2_600)])
def test_the_coin_is_the_exact_binomial_test(one, other):
    wanted = stats.binomtest(one, one + other, 0.5).pvalue if one + other else 1.0
    assert fair_coin(one, other) == pytest.approx(wanted, rel=1e-9)
    assert fair_coin(other, one) == fair_coin(one, other)


@pytest.mark.parametrize(("one", "other"), [(3, 9), (15, 15), (40, 61)])
def test_it_is_the_paired_test_of_the_house(one, other):
    assert fair_coin(one, other) == pytest.approx(Paired((-1,) * one + (1,) * other).p, rel=1e-9)


def test_a_published_table():
    # Agresti, Categorical Data Analysis, 10.1: of 1,600 asked twice 150 and 86 changed their mind:
    # z² = (86 - 150)² / 236 = 17.36, far beyond 3.84; the lead -4.0 points, plain 95 % range -5.9 to -2.1
    assert fair_coin(150, 86) < 1e-4
    low, high = lead_interval(150, 86, 1600)
    assert (round(100 * low, 1), round(100 * high, 1)) == (-5.9, -2.1)


# --- the range ---


def test_the_range_is_the_plain_one_with_half_a_case_in_each_count():
    a, b, c, d = 920.5, 20.5, 30.5, 30.5  # of 1,000 cases: both right, only one, only the other, none
    n = a + b + c + d
    lead = (c - b) / n
    spread = math.sqrt((b + c) / n - lead**2) / math.sqrt(n)
    z = stats.norm.ppf(0.975)
    assert lead_interval(20, 30, 1000) == pytest.approx((lead - z * spread, lead + z * spread), rel=1e-12)


@pytest.mark.parametrize(
    ("n", "only_first", "only_second"),
    [(50, 0.04, 0.1), (200, 0.02, 0.03), (1000, 0.02, 0.03), (1000, 0.0, 0.01)],
)
def test_the_range_holds_the_true_lead_in_about_95_of_100_tests(n, only_first, only_second):
    random = np.random.default_rng(3)
    drawn = random.multinomial(n, [only_first, only_second, 1 - only_first - only_second], size=4000)
    ends = np.array([lead_interval(int(one), int(other), n) for one, other, _ in drawn])
    true = only_second - only_first
    held = ((ends[:, 0] <= true) & (true <= ends[:, 1])).mean()
    assert 0.91 <= held <= 0.995  # lowest where the one is never ahead: there exactly 0.927


def test_range_and_verdict_never_contradict_each_other():
    for n in (50, 200, 5_000):
        for one, other in itertools.product(range(25), repeat=2):
            low, high = lead_interval(one, other, n)
            if fair_coin(one, other) < 0.05:
                assert low > 0 or high < 0
    for chosen in (
        Settings(n=n, differ=share) for n in (500, 1_000, 2_000, 2_500) for share in (1.2, 3, 5, 9)
    ):
        told = story(chosen)
        low, high = told.between
        assert (low <= 0 <= high) == (told.verdict == "tie")


# --- how many cases ---


def test_cases_needed_by_hand():
    # (1.95996 · √0.05 + 0.84162 · √0.0499)² / 0.0001 = (0.438261 + 0.188003)² / 0.0001 = 3,922.07
    assert cases_needed(0.01, 0.05) == 3923
    assert cases_needed(-0.01, 0.05) == 3923
    # one side only: (1.95996 + 0.84162 · √0.9)² · 0.1 / 0.01 = 2.75839² · 10 = 76.09
    assert cases_needed(0.1, 0.1) == 77
    assert cases_needed(0.0, 0.3) is None


@pytest.mark.parametrize(("lead", "parted"), [(0.01, 0.05), (0.03, 0.08), (0.1, 0.3)])
def test_with_so_many_cases_four_tests_of_five_see_the_lead(lead, parted):
    n = cases_needed(lead, parted)
    chances = [(parted - lead) / 2, (parted + lead) / 2, 1 - parted]
    drawn = np.random.default_rng(8).multinomial(n, chances, size=2000)
    seen = np.mean([fair_coin(int(one), int(other)) < 0.05 for one, other, _ in drawn])
    # the exact test is a little careful, so a little below 0.8; 2,000 tests give ±0.018
    assert 0.74 <= seen <= 0.83
    few = np.random.default_rng(9).multinomial(n // 4, chances, size=1000)
    assert np.mean([fair_coin(int(one), int(other)) < 0.05 for one, other, _ in few]) < 0.4


# --- the counts ---


@pytest.mark.parametrize(("first", "second"), [(940, 950), (0, 1000), (1000, 1000), (3, 4), (500, 500)])
def test_the_parted_cases_are_possible_and_the_nearest_to_the_ones_asked_for(first, second):
    n = 1000
    # both right a, only one b, only the other c, none d, all 0 or more: a + b = first, a + c = second
    can = {first + second - 2 * a for a in range(max(0, first + second - n), min(first, second) + 1)}
    for asked in (0, 1, 7, 50, 51, 110, 500, 1000):
        found = possible(asked, first, second, n)
        assert found in can
        assert abs(found - asked) == min(abs(each - asked) for each in can)


@every_setting
def test_counts_add_up(chosen):
    told = story(chosen)
    assert min(told.only_first, told.only_second) >= 0
    both = told.first_right - told.only_first
    assert both >= 0
    assert both + told.parted <= told.n
    assert told.second.hits - told.first.hits == told.only_second - told.only_first
    if chosen.whose == TYPED:
        assert told.first.value == pytest.approx(chosen.first / 100, abs=0.5 / chosen.n + 1e-9)
        assert told.second.value == pytest.approx(chosen.second / 100, abs=0.5 / chosen.n + 1e-9)
    low, high = stats.binomtest(told.first.hits, told.n).proportion_ci(method="wilson")
    assert (told.first.low, told.first.high) == pytest.approx((low, high), abs=1e-9)


def test_94_against_95_on_1000_cases_is_luck_and_on_10000_is_not():
    small, large = story(Settings()), story(Settings(n=10_000))
    assert (small.only_first, small.only_second, small.verdict) == (20, 30, "tie")
    assert small.p == pytest.approx(stats.binomtest(20, 50).pvalue)  # 0.203
    assert (large.only_first, large.only_second, large.verdict) == (200, 300, "second")
    assert story(Settings(n=10_000, first=95.0, second=94.0)).verdict == "first"


@pytest.mark.parametrize("key", MEASURED)
def test_the_measured_models_are_those_of_the_other_page(key):
    told = story(Settings(key))
    _, one, other = MEASURED[key]
    right = []
    for model in (one, other):
        answers = out_of_fold(key, model)
        right.append((answers.probability >= 0.5) == answers.truth)
    assert told.n == len(right[0])
    assert (told.first.hits, told.second.hits) == (right[0].sum(), right[1].sum())
    table = [
        [(right[0] & right[1]).sum(), told.only_first],
        [told.only_second, (~right[0] & ~right[1]).sum()],
    ]
    assert np.sum(table) == told.n
    # typed numbers do not reach it
    assert story(Settings(key, n=50, first=1.0)).first_right == told.first_right


# --- money ---


def test_a_point_in_money():
    told = story(Settings(per_day=10_000, miss=40.0))
    assert told.a_point == pytest.approx(10_000 * 365 / 100 * 40)  # 36,500 answers at 40: 1.46 million
    low, seen, high = told.worth
    assert seen == pytest.approx(told.a_point)  # the lead is one point
    assert low < 0 < seen < high
    assert decision(told).startswith("One point is worth up to $1.5 million a year: 36,500 mistakes at $40.")
    assert "test about 3,900 cases first" in decision(told)
    assert "may not pay" in decision(story(Settings(n=10_000)))


def test_of_two_equal_scores_no_number_of_cases_helps():
    told = story(Settings(first=95.0, second=95.0))
    assert told.needed is None
    assert told.p == 1.0
    assert "equal" in cases_in_words(told)
    assert "Choose by price" in decision(told)


def test_what_the_scores_do_not_allow_is_said():
    assert clamped_in_words(story(Settings())) == ""
    assert "at least" in clamped_in_words(story(Settings(differ=0.0)))
    assert clamped_in_words(story(Settings(n=50))).startswith(
        "50 cases cannot be 95 % right; 96 % is nearest."
    )
    assert "at most" in clamped_in_words(story(Settings(first=99.0, second=99.0, differ=50.0)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"whose": "nobody"},
        {"n": 9},
        {"n": 10**7},
        {"first": -1.0},
        {"second": math.nan},
        {"differ": 101.0},
        {"per_day": 0},
        {"miss": -0.1},
    ],
    ids=str,
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"cannot|not measured"):
        Settings(**wrong)


def test_luck_never_claims_more_than_it_knows():
    assert luck_in_words(0.9990) == "in 99 of 100 tries"
    assert luck_in_words(0.0949) == "in 95 of 1,000 tries"
    assert luck_in_short(0.0012) == "1 in 1,000 tries"
    assert (points(0.0005), points(-0.02), points(0.0)) == ("0.05", "−2", "0")


@every_setting
def test_the_words_are_short(chosen):
    told = story(chosen)
    assert len(takeaway(told).split()) <= 45
    for text in (takeaway(told), decision(told), cases_in_words(told), *coin_tells(told).values()):
        assert "nan" not in text
        assert all(len(words(sentence)) <= 25 for sentence in sentences(text.replace("**", "")))
    headline = coin_headline(told)
    assert 2 <= len(headline.split()) <= 12
    assert len(headline.split()) + len(coin_picture(told).title.split()) <= 25


# --- the picture ---


def trace(picture, name):
    return next(each for each in picture.checked_figure.data if each.name == name)


@every_setting
def test_the_picture_shows_both_ranges_the_lead_and_luck(chosen):
    told = story(chosen)
    picture = coin_picture(told)
    for name, found in zip(told.names, (told.first, told.second), strict=True):
        mark = trace(picture, name)
        assert mark.x[0] == pytest.approx(100 * found.value, abs=0.01)
        assert mark.x[0] + mark.error_x.array[0] == pytest.approx(100 * found.high, abs=0.01)
        assert mark.x[0] - mark.error_x.arrayminus[0] == pytest.approx(100 * found.low, abs=0.01)
    low, high = told.between
    seen = trace(picture, "the lead seen")
    assert seen.x[0] - seen.error_x.arrayminus[0] == pytest.approx(100 * low, abs=0.01)
    left, right = picture.checked_figure.layout.xaxis2.range
    assert left <= 100 * low
    assert 100 * high <= right
    assert trace(picture, told.names[0]).marker.symbol != trace(picture, told.names[1]).marker.symbol
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.table) == 5
    assert len(picture.json) < 8_000


def test_the_hill_is_the_coin_and_its_red_ends_hold_p():
    told = story(Settings())
    leads, often = told.luck
    heads = np.rint((leads * told.n + told.parted) / 2).astype(int)
    chances = stats.binom.pmf(heads, told.parted, 0.5)
    assert often == pytest.approx(chances / stats.binom.pmf(25, 50, 0.5), rel=1e-6)
    far = np.abs(leads) >= told.lead - 1e-9
    assert chances[far].sum() == pytest.approx(told.p, abs=1e-4)
    for name, side in (("luck, as far to the right", 1), ("luck, as far to the left", -1)):
        assert min(side * np.array(trace(coin_picture(told), name).x)) == pytest.approx(1.0)


def test_a_large_hill_is_thinned():
    leads, often = story(Settings(n=100_000, first=50.0, second=50.1, differ=60.0)).luck
    assert len(leads) <= 90
    assert often.max() == pytest.approx(1, abs=0.01)
