from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st

from dl_core.decide.cases import ASSUMED
from dl_core.decide.lanes import story
from dl_core.decide.lanes_in_words import against, assumed, closing, flattery, formula_bars, takeaway, upper
from dl_core.decide.prices import BARS, DAYS, LIMITS, Settings, looked_at, one_bar, two_bars
from dl_core.decide.scores import SOURCES, at_rate, corrected, scores
from dl_core.documents import still
from dl_core.documents.brief import BadBrief, from_plain, to_plain
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.decide_lanes import bar_at, lanes_chart, money_ticks, place
from dl_core.figures.picture import ACCENT
from dl_core.running_case import CASES
from tests.readability import read, words

lawful = run_with(deadline=None, derandomize=True, max_examples=40)
prices = st.floats(0.01, 1e6)
pairs = st.tuples(st.sampled_from(BARS), st.sampled_from(BARS)).map(sorted)


def of_case(key, **changes):
    assumed = ASSUMED[key]
    return Settings(
        per_day=next(case.per_day for case in CASES if case.key == key),
        bad_per_100=assumed.bad_per_100,
        miss=assumed.miss,
        false_alarm=assumed.false_alarm,
        minutes=assumed.minutes,
        **changes,
    )


CASE_SETTINGS = [of_case(case.key) for case in CASES]
CASE_TOLD = {"claims": story(of_case("claims", low=2.0, high=50.0))}
EDGES = [
    Settings(low=0, high=100),
    Settings(low=0, high=0),
    Settings(low=100, high=100),
    Settings(low=20, high=20, source="loans"),
    Settings(miss=1e6, false_alarm=0.01),
    Settings(miss=0.01, false_alarm=1e6, minutes=600, wage=1000),
    Settings(wage=0, reviewer_right=100),
    Settings(reviewer_right=50, bad_per_100=90),
    Settings(per_day=1, bad_per_100=0.01),
    Settings(per_day=100_000_000, miss=1e6),
]
every_setting = pytest.mark.parametrize("chosen", CASE_SETTINGS + EDGES, ids=range(14))


def test_the_golden_bars():
    # AUDIENCE.md, P10: C_fp / (C_fp + C_fn): equal → 0.50; 5 / 255 = 0.0196; 10 : 1 → 10 / 11 = 0.91
    assert one_bar(7, 7) == 0.5
    assert one_bar(250, 5) == pytest.approx(0.0196, abs=5e-5)
    assert one_bar(1, 10) == pytest.approx(0.91, abs=0.001)


def test_the_golden_flow_costs_what_arithmetic_says():
    # P10: 10,000 cases, 1 % bad, of the bad 90 % caught, of the good 95 % left alone: 10 missed, 495 alarms.
    # Any scores do: the bill is misses · price + alarms · price
    from dl_core.decide.lanes import Lane, _bill

    bill = _bill(Settings(miss=250, false_alarm=5), Lane(9415, 10), Lane(0, 0), Lane(585, 90))
    assert bill.misses == 2500
    assert bill.false_alarms == 495 * 5
    assert bill.total == 2500 + 2475


def test_the_bill_by_hand_case_by_case():
    """The long way: a loop over the sample's cases, each with its weight."""
    chosen = Settings(source="loans", per_day=100, bad_per_100=4, miss=30, false_alarm=7, minutes=3, wage=20,
                      reviewer_right=90, low=3, high=25)  # fmt: skip
    found = scores("loans")
    now = corrected(found.probability, found.base_rate, 0.04)
    n_bad, look, money = int(found.truth.sum()), 3 / 60 * 20, 0.0
    for p, bad in zip(now, found.truth, strict=True):
        weight = 0.04 / n_bad if bad else 0.96 / (found.n - n_bad)
        if p < 0.03:
            cost = 30 if bad else 0
        elif p >= 0.25:
            cost = 0 if bad else 7
        else:
            cost = look + 0.1 * (30 if bad else 7)
        money += weight * cost
    told = story(chosen)
    assert told.yours.bill.total == pytest.approx(money * 100 * DAYS)
    assert sum(told.yours.measured) == found.n


def test_the_search_finds_what_trying_every_pair_finds():
    chosen = Settings(source="loans", miss=60, false_alarm=9)
    told = story(chosen)
    every = [
        story(replace(chosen, low=low, high=high)).yours.bill.total
        for i, low in enumerate(BARS)
        for high in BARS[i::4]
    ]
    around = [
        story(replace(chosen, low=min(low, high), high=max(low, high))).yours.bill.total
        for low in BARS
        for high in (told.cheapest.low, told.cheapest.high)
    ]
    assert told.cheapest.bill.total == pytest.approx(min(every + around))


@lawful
@given(prices, prices, pairs, st.sampled_from(SOURCES), st.floats(0.01, 90))
def test_laws(miss, alarm, pair, source, bad):
    chosen = Settings(source, 1000, bad, miss, alarm, low=pair[0], high=pair[1])
    told = story(chosen)
    tolerance = 1e-9 * max(told.people.total, told.nothing.total, told.yours.bill.total)
    assert told.cheapest.bill.total <= told.yours.bill.total + tolerance
    assert told.cheapest.bill.total <= told.people.total + tolerance  # bars of 0 and 100
    assert told.cheapest.bill.total <= told.nothing.total + tolerance  # both bars at 100
    assert told.cheapest.bill.total <= told.alone[1] + tolerance
    for pair_told in (told.yours, told.cheapest):
        lanes = (pair_told.passed, pair_told.reviewed, pair_told.stopped)
        assert sum(lane.cases for lane in lanes) == pytest.approx(chosen.per_year)
        assert sum(lane.bad for lane in lanes) == pytest.approx(chosen.per_year * bad / 100)
        assert all(-1e-6 <= lane.bad <= lane.cases + 1e-6 for lane in lanes)
        assert pair_told.among[0] <= pair_told.among[1]
    assert told.saving[1] == pytest.approx(told.yours.bill.total - told.cheapest.bill.total, abs=tolerance)
    assert told.low_among[0] <= told.cheapest.low <= told.low_among[1]
    assert told.high_among[0] <= told.cheapest.high <= told.high_among[1]
    assert told.flattery >= 0


@lawful
@given(pairs, st.floats(0.1, 10))
def test_twice_the_prices_or_cases_is_twice_the_bill(pair, factor):
    chosen = Settings(low=pair[0], high=pair[1])
    dearer = replace(chosen, miss=40 * factor, false_alarm=8 * factor, wage=24 * factor)
    one, other = story(chosen), story(dearer)
    assert other.yours.bill.total == pytest.approx(one.yours.bill.total * factor)
    more = story(replace(chosen, per_day=chosen.per_day * 3))
    assert more.yours.bill.total == pytest.approx(one.yours.bill.total * 3)
    assert (more.cheapest.low, more.cheapest.high) == (one.cheapest.low, one.cheapest.high)


def test_the_ends_are_the_ways_without_a_machine():
    everybody = story(Settings(low=0, high=100))
    assert everybody.yours.bill.total == pytest.approx(everybody.people.total)
    # 3,650,000 cases · 4 minutes · $24 an hour = $5.84 million for time alone
    assert everybody.people.people == pytest.approx(5_840_000)
    assert everybody.yours.hours == pytest.approx(3_650_000 * 4 / 60)
    fine = story(Settings(low=100, high=100))
    assert fine.yours.bill.total == pytest.approx(fine.nothing.total)
    assert fine.nothing.total == pytest.approx(3_650_000 * 0.08 * 40)
    stopped = story(Settings(low=0, high=0))
    assert stopped.yours.bill.total == pytest.approx(3_650_000 * 0.92 * 8)


def test_the_curves_go_through_your_point_and_touch_the_ends():
    told = story(Settings(low=10, high=50))
    assert told.moved_low[BARS.index(10)] == pytest.approx(told.yours.bill.total)
    assert told.moved_high[BARS.index(50)] == pytest.approx(told.yours.bill.total)
    assert np.isnan(told.moved_low[BARS.index(60)])
    assert np.isnan(told.moved_high[BARS.index(5)])
    other = story(Settings(low=4, high=50))
    assert told.moved_low[BARS.index(4)] == pytest.approx(other.yours.bill.total)


def test_the_formula_s_bars_make_both_sides_cost_the_same():
    chosen = Settings(miss=40, false_alarm=8, minutes=4, wage=24, reviewer_right=97)
    low, high = two_bars(chosen)
    for p, other in ((low, low * 40), (high, (1 - high) * 8)):
        assert 1.6 + 0.03 * (p * 40 + (1 - p) * 8) == pytest.approx(other)
    # a look dearer than any mistake: nobody looks, one bar is left
    assert two_bars(replace(chosen, minutes=600)) == (one_bar(40, 8),) * 2


@pytest.mark.parametrize("source", SOURCES)
def test_a_calibrated_model_s_cheapest_lower_bar_is_near_the_formula_s(source):
    told = story(Settings(source=source))
    low, _ = two_bars(told.settings)
    assert told.low_among[0] * 0.8 <= 100 * low <= told.low_among[1] * 1.2


def test_dearer_looks_narrow_the_lane_and_dearer_misses_lower_the_bar():
    lanes = [story(Settings(minutes=m)).cheapest for m in (1, 4, 12)]
    shares = [one.reviewed.cases for one in lanes]
    assert shares == sorted(shares, reverse=True)
    bars = [story(Settings(miss=m)).cheapest.low for m in (20, 40, 200, 2000)]
    assert bars == sorted(bars, reverse=True)


def test_a_difference_that_few_cases_make_is_a_tie():
    # the cheapest upper bar differs by a handful of cases
    told = story(Settings(bad_per_100=3.0, low=4.5, high=70))
    assert 0 < told.apart < 20
    assert told.is_tied
    assert "No pair of bars is clearly cheaper." in takeaway(told)
    assert not story(Settings(bad_per_100=3.0, low=10)).is_tied
    assert "do not trust it far" in upper(told)


def test_the_range_holds_what_other_samples_cost():
    """Halves of the sample are cases that the other half never saw: the range widens with the root of two."""
    chosen, found = Settings(), scores("photos")
    now = corrected(found.probability, found.base_rate, chosen.base_rate)
    cost = np.where(
        now < 0.1, found.truth * 40.0, np.where(now < 0.5, 1.6 + 0.03 * np.where(found.truth, 40, 8), 8.0)
    )
    rng, inside = np.random.default_rng(3), 0
    told = story(chosen)
    for _ in range(40):
        half = rng.random(found.n) < 0.5
        bad, good = cost[half & found.truth].mean(), cost[half & ~found.truth].mean()
        inside += told.yours.among[0] <= (0.08 * bad + 0.92 * good) * chosen.per_year <= told.yours.among[1]
    assert inside >= 34


def test_flattery_is_the_gap_between_chosen_and_new_cases():
    # chosen on few loans the bars flatter themselves more than chosen on 5,000 photos
    assert story(Settings(source="loans")).flattery > story(Settings(source="photos")).flattery > 0


@every_setting
def test_what_is_said_is_plain(chosen):
    told = story(chosen)
    said = [takeaway(told), closing(told), formula_bars(told), flattery(told), assumed(told), against(told)]
    assert not any(word in " ".join(said) for word in ("nan", "inf ", "endless", "e+", "None"))
    assert len(takeaway(told).split()) <= 46
    assert all(len(words(one)) <= 25 for one in read(said).sentences)


def test_the_body_is_plain():
    said = []
    for chosen in CASE_SETTINGS:
        told = story(chosen)
        said += [takeaway(told), closing(told), formula_bars(told), flattery(told), assumed(told)]
    reading = read(said)
    assert reading.grade <= 9
    assert reading.words_per_sentence <= 15


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ({"low": 60, "high": 50}, "the lower one first"),
        ({"low": -1}, "cannot be: give 0 to 100"),
        ({"high": float("nan")}, "cannot be"),
        ({"miss": 0}, "A miss’s cost cannot be 0"),
        ({"miss": float("inf")}, "cannot be inf"),
        ({"per_day": 0}, "Cases a day cannot be 0: give 1 to 100,000,000"),
        ({"bad_per_100": 95}, "Bad cases of 100 cannot be 95"),
        ({"reviewer_right": 40}, "The share of right reviews cannot be 40: give 50 to 100"),
        ({"source": "cats"}, "choose photos or loans"),
    ],
)
def test_nonsense_is_refused_in_words(given_, says):
    with pytest.raises(ValueError, match=says):
        Settings(**given_)


def test_the_four_cases_stand_within_the_limits_and_the_first_is_the_default():
    assert set(ASSUMED) == {case.key for case in CASES}
    assert CASE_SETTINGS[0] == Settings()
    assert set(LIMITS) < set(Settings.__dataclass_fields__)


def test_a_saved_brief_brings_the_settings_back():
    chosen = of_case("claims", low=1.2, high=45.0)
    assert from_plain(story, to_plain(chosen)) == chosen
    with pytest.raises(BadBrief):
        from_plain(story, {**to_plain(chosen), "low": 99})
    assert looked_at(chosen).miss == 600
    assert looked_at(chosen) == looked_at(replace(chosen, low=10.0))


def trace(picture, name):
    return next(one for one in picture.checked_figure.data if one.name == name)


@every_setting
def test_the_picture_can_be_drawn_everywhere(chosen):
    told = story(chosen)
    picture = lanes_chart(told)
    figure = picture.checked_figure
    assert len(picture.title.split()) <= 14
    assert len(picture.json) < 20_000
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.table) == 4
    assert figure.data[figure.layout.meta["drag"]["trace"]].name == "yours, lower bar"
    top = figure.layout.yaxis.range[1]
    for one in figure.data:
        assert all(0 <= y <= top * 1.001 for y in one.y if y is not None)


def test_the_default_picture_is_native_and_its_pairs_stand_at_their_cost():
    told = story(Settings())
    picture = lanes_chart(told)
    assert can_be_native(picture)
    yours, cheapest = (trace(picture, f"{name}, lower bar") for name in ("yours", "cheapest"))
    assert yours.x[0] == place(10)
    assert yours.y[0] == pytest.approx(told.yours.bill.total, rel=1e-3)
    assert yours.marker.color == ACCENT
    assert cheapest.y[0] == pytest.approx(told.cheapest.bill.total, rel=1e-3)
    assert yours.marker.symbol != cheapest.marker.symbol  # not by colour alone
    assert trace(picture, "people alone").line.dash != trace(picture, "always say fine").line.dash
    assert picture.summary.startswith(takeaway(told))


def test_the_three_lanes_meet_at_the_bars():
    picture = lanes_chart(story(Settings(low=5, high=40)))
    lanes = [s for s in picture.checked_figure.layout.shapes if s.type == "rect" and s.y0 == 0]
    assert [lane.x1 for lane in lanes[:2]] == [lane.x0 for lane in lanes[1:]] == [place(5), place(40)]
    assert len({lane.fillcolor for lane in lanes}) == 3
    boxes = [note.text.split("<br>")[0] for note in picture.checked_figure.layout.annotations]
    assert boxes[:3] == ["machine: fine", "a person looks", "machine: stop"]  # not by colour alone


def test_a_way_that_is_far_dearer_is_named_and_not_drawn():
    picture = lanes_chart(story(Settings(miss=100_000, reviewer_right=100, low=0.1)))
    assert "always say fine" not in [one.name for one in picture.checked_figure.data]
    notes = [note.text for note in picture.checked_figure.layout.annotations]
    assert any(text.startswith("↑ always say fine") for text in notes)


def heights(picture):
    """Name of each annotation under the boxes → the y at which it stands and the side of it."""
    return {
        note.text: (note.y, note.yanchor, note.yshift or 0)
        for note in picture.checked_figure.layout.annotations
        if "<br>" not in note.text
    }


def test_names_of_lines_that_lie_close_stand_apart():
    # claims: always saying fine is far above the picture, and is named in a row of its own
    picture = lanes_chart(CASE_TOLD["claims"])
    named = heights(picture)
    (far,) = [at for text, at in named.items() if text.startswith("↑ always say fine")]
    (people,) = [at for text, at in named.items() if text.startswith("people alone")]
    # the chart is 460 px high, on a phone 440 with two lines of title: about 300 for the axis; a row is 18
    assert (far[0] - people[0]) / picture.checked_figure.layout.yaxis.range[1] * 300 > 2 * 18
    # on the loans' scores yours is dearer than people alone, but little: that name stands under its line
    told = story(of_case("claims", source="loans", low=2.0, high=50.0))
    assert 0 < told.yours.bill.total - told.people.total < 0.1 * told.yours.bill.total
    named = heights(lanes_chart(told))
    assert next(at for text, at in named.items() if text.startswith("people alone"))[1] == "top"
    assert next(at for text, at in named.items() if "yours" in text)[1] == "bottom"


def test_your_name_stands_beside_the_rings():
    told = story(Settings(source="loans"))
    assert told.cheapest.high > told.yours.high
    notes = {note.text: note for note in lanes_chart(told).checked_figure.layout.annotations}
    (yours,) = [note for text, note in notes.items() if "yours" in text]
    assert (yours.x, yours.xanchor, yours.yanchor) == (place(told.cheapest.high), "left", "top")


@pytest.mark.parametrize("bar", BARS)
def test_a_press_on_a_bar_s_place_finds_it(bar):
    assert bar_at(place(bar)) == bar


def test_round_amounts_on_the_axis():
    assert money_ticks(1300.0) == ([0, 500, 1000], ["$0", "$500", "$1k"])
    assert money_ticks(2.6e9)[1][-1] == "$2B"
    assert money_ticks(0.02)[0][0] == 0


def test_the_bars_rise_and_mirror():
    assert list(BARS) == sorted(set(BARS))
    assert [round(100 - bar, 6) for bar in reversed(BARS)] == list(BARS)


def test_bars_on_another_base_rate_cut_where_the_corrected_probability_says():
    at = at_rate("photos", 0.03)
    assert at.bad.max() < 0.6  # at 3 % bad hardly any case is called probable
