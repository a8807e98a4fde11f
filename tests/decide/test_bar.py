import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st

from dl_core.decide import prices
from dl_core.decide.bar import (
    PRESETS,
    SURE,
    Settings,
    as_said,
    from_lanes,
    in_words,
    story,
    takeaway,
    why,
)
from dl_core.decide.prices import BARS, DAYS
from dl_core.decide.scores import SOURCES, corrected, scores
from dl_core.documents import still
from dl_core.documents.brief import from_plain, to_plain
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.decide_bar import bar_chart
from dl_core.figures.decide_lanes import place
from tests.readability import read, words

lawful = run_with(deadline=None, derandomize=True, max_examples=40)
money = st.floats(0.01, 1e6)
CHOSEN = [
    Settings(*pair, source=source, sure=sure)
    for pair in PRESETS.values()
    for source in SOURCES
    for sure in SURE
]
EDGES = [
    Settings(1e6, 0.01),
    Settings(0.01, 1e6),
    Settings(bad_per_100=0.01, per_day=1),
    Settings(bad_per_100=90.0, per_day=100_000_000),
]
every_setting = pytest.mark.parametrize("chosen", [*CHOSEN, *EDGES, Settings()], ids=range(23))


def test_the_golden_bars():
    # AUDIENCE.md, P10: equal → 0.50; £5 against £250 → 5 / 255 = 0.0196; 10 : 1 → 10 / 11 = 0.91
    said = {name: story(Settings(*pair)).formula for name, pair in PRESETS.items()}
    assert said["Equal costs"] == 0.5
    assert said["A miss is dear"] == pytest.approx(0.0196, abs=5e-5)
    assert said["A false alarm is dear"] == pytest.approx(0.91, abs=0.001)
    assert [in_words(bar) for bar in said.values()] == ["50 %", "2 %", "91 %"]


def test_the_cost_by_hand_case_by_case():
    chosen, found = Settings(250, 5, "loans", 2.0, 1000), scores("loans")
    now = corrected(found.probability, found.base_rate, 0.02)
    told = story(chosen)
    for bar in (0.5, 2, 10, 60):
        misses = (now[found.truth] < bar / 100).mean() * 0.02 * 250
        alarms = (now[~found.truth] >= bar / 100).mean() * 0.98 * 5
        assert told.costs[BARS.index(bar)] == pytest.approx((misses + alarms) * 1000 * DAYS)


def test_the_ends():
    told = story(Settings(40, 8, bad_per_100=3.0))
    assert told.costs[0] == pytest.approx(0.97 * 8 * 3_650_000)  # every case is stopped
    assert told.costs[-1] == pytest.approx(0.03 * 40 * 3_650_000)  # every case passes


@lawful
@given(money, money, st.sampled_from(SOURCES), st.floats(0.01, 90), st.sampled_from(list(SURE)))
def test_laws(miss, alarm, source, bad, sure):
    told = story(Settings(miss, alarm, source, bad, 100, sure))
    assert told.at_best == pytest.approx(told.costs.min())
    assert told.among[0] <= told.best <= told.among[1]
    assert told.formula * miss == pytest.approx((1 - told.formula) * alarm)  # both risks cost the same
    assert told.extra[1] == pytest.approx(told.at_formula - told.at_best, abs=1e-9 * told.costs.max())
    assert told.extra[0] <= told.extra[2]


@lawful
@given(st.floats(0.2, 100), st.floats(0.1, 10))
def test_only_the_ratio_of_costs_moves_the_bars(alarm, factor):
    one, other = story(Settings(20, alarm)), story(Settings(20 * factor, alarm * factor))
    assert other.formula == pytest.approx(one.formula)
    assert other.best == one.best
    assert other.at_best == pytest.approx(one.at_best * factor)


@pytest.mark.parametrize("source", SOURCES)
def test_for_the_calibrated_model_the_formula_is_as_good_as_the_count(source):
    told = story(Settings(250, 5, source))
    assert told.is_tied
    assert told.at_formula == pytest.approx(told.at_best, rel=0.05)


@pytest.mark.parametrize(("sure", "speaks"), [("too sure", "too low"), ("too timid", "too high")])
def test_for_a_bent_model_the_formula_is_off_and_it_is_said_why(sure, speaks):
    # bad cases are rare, so at a low bar a model that is too sure says numbers that are too low
    told = story(Settings(250, 5, sure=sure))
    assert not told.is_tied
    assert told.near.verdict == speaks
    assert f"It speaks {speaks}, so the formula’s bar is off" in why(told)
    assert (told.best < told.formula) == (sure == "too sure")


def test_bending_moves_bars_and_not_the_cheapest_cost():
    as_it_is, bent = (story(Settings(250, 5, sure=sure)) for sure in ("as measured", "too sure"))
    # the order of the cases is the same, so a good bar is as cheap, up to the grid of bars
    assert bent.at_best == pytest.approx(as_it_is.at_best, rel=0.02)
    assert bent.best < as_it_is.best


@lawful
@given(st.floats(0.001, 0.999), st.floats(0.2, 5))
def test_what_is_said_is_the_odds_to_a_power(p, power):
    measured = as_said(np.array([p]), power)[0]
    assert (measured / (1 - measured)) ** power == pytest.approx(p / (1 - p), rel=1e-6)


def test_near_the_bar_counts_are_the_long_way_s():
    told, found = story(Settings(250, 5, bad_per_100=3.0)), scores("photos")
    now = corrected(found.probability, found.base_rate, 0.03)
    low, high = (odds / (1 + odds) for odds in (0.02 / 2, 0.02 * 2))  # 5 : 250 is odds of 0.02
    inside = (now >= low) & (now < high)
    weights = np.where(found.truth, 0.03 / found.truth.mean(), 0.97 / (1 - found.truth.mean()))
    assert told.near.n == inside.sum()
    assert told.near.said == pytest.approx(np.average(now[inside], weights=weights[inside]))
    assert told.near.true == pytest.approx(np.average(found.truth[inside], weights=weights[inside]))
    assert told.near.among[0] < told.near.true < told.near.among[1]


def test_where_hardly_a_case_lies_nothing_is_claimed():
    told = story(Settings(*PRESETS["A false alarm is dear"], bad_per_100=3.0))
    assert told.near.n == 0
    assert why(told).startswith("No measured case lies near that bar")
    equal = story(Settings(*PRESETS["Equal costs"], bad_per_100=3.0))
    assert equal.is_tied  # the counted bar is a few cases away
    assert 0 < equal.apart[0] < 20
    assert equal.among[1] == 1
    assert why(equal).startswith(f"Only {equal.near.n} measured cases lie")


@every_setting
def test_words_and_picture_hold_everywhere(chosen):
    told = story(chosen)
    said = [takeaway(told), why(told)]
    assert len(said[0].split()) <= 46
    assert not any(word in " ".join(said) for word in ("nan", "inf ", "endless", "e+"))
    assert all(len(words(one)) <= 25 for one in read(said).sentences)
    picture = bar_chart(told)
    figure = picture.checked_figure
    assert len(picture.title.split()) <= 16
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.table) == 3
    assert len(picture.json) < 10_000
    top = figure.layout.yaxis.range[1]
    assert all(0 <= y <= top * 1.001 for one in figure.data for y in one.y)


def test_what_is_said_reads_easily():
    told = [story(chosen) for chosen in CHOSEN]
    reading = read([text for one in told for text in (takeaway(one), why(one))])
    assert reading.grade <= 9
    assert reading.words_per_sentence <= 15.5


def test_the_marks_stand_where_the_bars_are():
    told = story(Settings(250, 5, sure="too sure"))
    picture = bar_chart(told)
    assert can_be_native(picture)
    marks = {one.name: one for one in picture.checked_figure.data}
    assert marks["formula"].x[0] == place(100 * told.formula)
    assert marks["cheapest"].x[0] == place(100 * told.best)
    assert marks["cheapest"].y[0] == pytest.approx(told.at_best, rel=1e-3)
    assert marks["cheapest"].marker.symbol != marks["formula"].marker.symbol
    assert "saves $" in picture.title
    assert "No bar is clearly cheaper" in bar_chart(story(Settings(250, 5))).title


def test_no_name_stands_on_the_line_of_the_usual_bar():
    for chosen, side in ((Settings(), "right"), (Settings(250, 5), "left"), (Settings(10, 100), "right")):
        notes = {n.text: n for n in bar_chart(story(chosen)).checked_figure.layout.annotations}
        (formula,) = [note for text, note in notes.items() if text.startswith("formula")]
        assert formula.xanchor == side
        assert (formula.xshift < 0) == (side == "right")


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ({"miss": 0}, "0 cannot be: give 0.01 to"),
        ({"false_alarm": float("nan")}, "nan cannot be"),
        ({"source": "cats"}, "choose photos or loans"),
        ({"sure": "shy"}, "A model cannot be 'shy'"),
        ({"per_day": 0}, "0 cannot be"),
    ],
)
def test_nonsense_is_refused(given_, says):
    with pytest.raises(ValueError, match=says):
        Settings(**given_)


def test_it_takes_costs_and_cases_from_the_opening_scene():
    above = prices.Settings(source="loans", per_day=7, bad_per_100=9, miss=11, false_alarm=13)
    assert from_lanes(above, "too sure") == Settings(11, 13, "loans", 9, 7, "too sure")
    assert from_lanes(prices.Settings()) == Settings()
    assert from_plain(story, to_plain(Settings(11, 13))) == Settings(11, 13)
