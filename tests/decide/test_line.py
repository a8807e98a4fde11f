import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st

from dl_core.decide.line import MACHINES, OWN, PRESETS, Settings, bar_of, measured, story
from dl_core.decide.line_in_words import (
    advice,
    bill,
    measured_sentence,
    needed_sentence,
    saving_sentence,
    takeaway,
    whole,
)
from dl_core.decide.rates import Rate, combined
from dl_core.documents import still
from dl_core.documents.brief import BadBrief, from_plain, to_plain
from dl_core.figures.decide_line import good_enough_line, tick, title
from dl_core.figures.picture import INK
from dl_core.intervals import share_of
from pages._words import decide_plan as words
from tests.readability import read
from tests.readability import words as words_of

lawful = run_with(deadline=None, derandomize=True, max_examples=40)
GOOD_PILOT = Settings(machine=OWN, own_missed=5, own_stopped=5)
STOPS_TOO_MUCH = Settings(machine=OWN, own_stopped=450)
EDGES = {
    "nobody": Settings(today="nobody"),
    "a good pilot": GOOD_PILOT,
    "a pilot that stops all": STOPS_TOO_MUCH,
    "a tiny pilot": Settings(machine=OWN, own_bad=1, own_missed=0, own_good=1, own_stopped=1),
    "upkeep beyond all": Settings(machine=OWN, per_year=1e8),
    "cents": Settings(per_day=1, miss=0.01, false_alarm=0.01, per_year=0, per_thousand=0),
    "nothing but money": Settings(per_day=100_000_000, miss=1e6, false_alarm=1e6),
}
every_setting = pytest.mark.parametrize(
    "chosen", [*PRESETS.values(), *EDGES.values()], ids=[*PRESETS, *EDGES]
)


def rate(hits, n):
    found = share_of(hits, n)
    return Rate(found.value, found.low, found.high)


# --- the range of a sum ---


def test_the_range_of_a_difference_is_newcombe_s():
    # R. G. Newcombe, "Interval estimation for the difference between independent proportions" (1998),
    # table II, method 10 (score): 56/70 - 48/80 from 0.0524 to 0.3339; 9/10 - 3/10 from 0.1705 to 0.8090
    for one, other, low, high in (((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090)):
        found = combined([(1, rate(*one)), (-1, rate(*other))])
        assert found[0] == pytest.approx(low, abs=5e-5)
        assert found[2] == pytest.approx(high, abs=5e-5)


@lawful
@given(st.floats(-1e4, 1e4), st.integers(0, 30), st.integers(0, 30))
def test_the_range_of_one_share_is_its_own(weight, hits, more):
    one = rate(hits, hits + more + 1)
    low, middle, high = combined([(weight, one)], start=5)
    ends = sorted((5 + weight * one.low, 5 + weight * one.high))
    assert (low, middle, high) == pytest.approx((ends[0], 5 + weight * one.value, ends[1]))


def test_the_range_of_the_saving_covers_what_chance_deals():
    """Deal both checks many times from known shares: 19 ranges in 20 hold the true saving."""
    rng, inside, times = np.random.default_rng(3), 0, 400
    truth = Settings(machine=OWN, bad=200, missed=60, good=800, stopped=24, own_bad=200, own_missed=40,
                     own_good=800, own_stopped=32, per_year=0)  # fmt: skip
    true_saving = story(truth).saving[1]
    for _ in range(times):
        dealt = replace(
            truth, missed=int(rng.binomial(200, 0.3)), stopped=int(rng.binomial(800, 0.03)),
            own_missed=int(rng.binomial(200, 0.2)), own_stopped=int(rng.binomial(800, 0.04)),
        )  # fmt: skip
        low, _, high = story(dealt).saving
        inside += low <= true_saving <= high
    # 95 % of 400 is 380; the standard deviation is 4.4
    assert 380 - 3 * 4.4 < inside < 400


# --- the bill ---


def test_the_bill_by_hand():
    # 100 cases a day, 10 % bad: 3,650 bad and 32,850 good a year. Today misses 1 of 4 (912.5 × 40 = 36,500)
    # and stops 2 of 100 (657 × 8 = 5,256); a look takes 3 minutes at 20 an hour: 1.00 × 36,500 cases
    told = story(
        Settings(
            100, 10, 40, 8, 3, 20, "people", 20, 5, 200, 4, OWN, 50, 5, 100, 10, per_thousand=2, per_year=1000
        )
    )
    assert told.today_cost[1] == pytest.approx(36_500 + 5_256 + 36_500)
    # the machine misses 1 of 10 (365 × 40 = 14,600), stops 1 of 10 (3,285 × 8 = 26,280), 36,500 × 0.002 = 73
    assert told.machine_cost[1] == pytest.approx(14_600 + 26_280 + 73 + 1_000)
    assert told.saving[1] == pytest.approx(78_256 - 41_953)
    # a miss rate m costs 146,000 m: 78,256 - 26,280 - 73 - 1,000 = 50,903 is left for misses, 34.9 % of them
    assert told.needed == pytest.approx(1 - 50_903 / 146_000)
    # a false alarm rate f costs 262,800 f: 78,256 - 14,600 - 1,073 = 62,583 is left for them
    assert told.allowed == pytest.approx(62_583 / 262_800)


@every_setting
def test_at_the_line_both_cost_the_same(chosen):
    told = story(chosen)
    assert told.saving_at(told.needed) == pytest.approx(0, abs=1e-6 * told.weights[0])
    assert told.saving_at(told.machine.caught.value) == pytest.approx(told.saving[1], rel=1e-6, abs=1e-6)
    assert told.saving[1] == pytest.approx(told.today_cost[1] - told.machine_cost[1], rel=1e-6, abs=1e-3)
    # and so with as many false alarms as are allowed
    miss, alarm = told.weights
    at_most = told.saving[1] + alarm * (told.machine.alarm.value - told.allowed)
    assert at_most == pytest.approx(0, abs=1e-6 * (miss + alarm))


def test_a_machine_that_is_built_to_stand_on_the_line_cannot_be_told():
    base = Settings(machine=OWN, own_bad=1000, own_good=1000, own_stopped=20, per_year=0, per_thousand=0)
    told = story(replace(base, own_missed=round(1000 * (1 - story(base).needed))))
    assert told.verdict == "cannot tell"
    assert told.more is None or told.more > 100_000


def test_the_verdict_is_where_the_range_lies():
    assert [story(one).verdict for one in PRESETS.values()] == ["good enough", "not yet", "cannot tell"]
    assert story(GOOD_PILOT).verdict == "good enough"


@lawful
@given(st.integers(0, 50), st.integers(0, 450))
def test_fewer_mistakes_never_save_less(missed, stopped):
    chosen = Settings(machine=OWN, own_missed=missed, own_stopped=stopped)
    told = story(chosen)
    if missed:
        assert story(replace(chosen, own_missed=missed - 1)).saving[1] > told.saving[1]
    if stopped:
        assert story(replace(chosen, own_stopped=stopped - 1)).saving[1] > told.saving[1]
    assert told.saving[0] <= told.saving[1] <= told.saving[2]


def test_nobody_misses_everything_without_any_doubt():
    told = story(Settings(today="nobody"))
    # 10,000 × 365 × 8 % × 40
    assert told.today_cost == pytest.approx((11_680_000,) * 3)
    assert told.today.caught == Rate(0, 0, 0)


# --- more cases ---


def test_so_many_more_cases_part_them_and_half_as_many_do_not():
    chosen = Settings(today="a rule", bad=100, missed=30, good=900, stopped=18, machine=OWN, own_bad=100,
                      own_missed=25, own_good=900, own_stopped=18, per_year=0, per_thousand=0)  # fmt: skip
    told = story(chosen)
    assert told.verdict == "cannot tell"
    assert told.more

    def verdict(n):
        bad = round(n * chosen.bad_share)
        grown = {
            "bad": 100 + bad, "missed": round(0.3 * (100 + bad)), "own_bad": 100 + bad,
            "own_missed": round(0.25 * (100 + bad)), "good": 900 + n - bad, "own_good": 900 + n - bad,
            "stopped": round(0.02 * (900 + n - bad)), "own_stopped": round(0.02 * (900 + n - bad)),
        }  # fmt: skip
        return story(replace(chosen, **grown)).verdict

    assert verdict(told.more) == "good enough"
    assert verdict(told.more // 2) == "cannot tell"


def test_where_nothing_is_open_no_more_cases_are_asked_for():
    assert story(GOOD_PILOT).more == 0
    assert "more cases" not in takeaway(story(GOOD_PILOT))


def test_equals_are_called_a_tie():
    same = Settings(machine=OWN, bad=100, missed=20, good=900, stopped=18, own_bad=100, own_missed=20,
                    own_good=900, own_stopped=18, per_year=0, per_thousand=0)  # fmt: skip
    told = story(same)
    assert told.saving[1] == 0
    assert told.more is None
    assert "Call it a tie" in advice(told)


# --- the machine as measured ---


def test_the_bar_by_hand():
    # two equal shares: false alarm / (false alarm + miss) = 5 / 255 and 10 / 11
    assert bar_of(250, 5, 0.3, 0.3) == pytest.approx(5 / 255)
    assert bar_of(1, 10, 0.3, 0.3) == pytest.approx(10 / 11)
    # half of the test is bad and one case in a hundred here: odds of 99 : 1 there are even odds here
    assert bar_of(1, 1, 0.01, 0.5) == pytest.approx(0.99)


@lawful
@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(0.1, 100))
def test_from_the_bar_on_stopping_is_cheaper_here(p, here, there, ratio):
    odds = p / (1 - p) * (here / (1 - here)) / (there / (1 - there))
    bad = odds / (1 + odds)  # how probable "bad" is here, for a case that has p there
    loses = bad * ratio - (1 - bad)  # a miss at this ratio of prices against a false alarm at 1
    if abs(loses) > 1e-9:
        assert (p >= bar_of(ratio, 1, here, there)) == (loses > 0)


@pytest.mark.parametrize("machine", [key for key in MACHINES if key != OWN])
def test_the_bar_said_is_the_one_of_the_formula(machine):
    # the reader's own share of bad cases: 8 / (8 + 40) is 17 %, whatever the share in the machine's test
    assert "Your two prices ask it to stop a case from 17 % on." in measured_sentence(
        story(Settings(machine=machine))
    )


@pytest.mark.parametrize("machine", [key for key in MACHINES if key != OWN])
def test_each_machine_is_counted_on_its_own_cases(machine):
    told = story(Settings(machine=machine))
    truth, probability = measured(machine)
    stopped = probability >= told.bar
    assert told.machine.missed == int((truth & ~stopped).sum())
    assert told.machine.stopped == int((~truth & stopped).sum())
    assert told.machine.bad + told.machine.good == len(truth)
    assert 0 < told.machine.caught.value < 1


def test_the_live_classifier_s_counts_are_its_card_s():
    told = story(Settings())
    # 3,061 of 5,000 first answers were right (assets/vision/card.json), so 1,939 cases are bad
    assert (told.machine.bad, told.machine.good) == (1939, 3061)


# --- words ---


@every_setting
def test_what_is_said_is_plain_and_holds_the_numbers(chosen):
    told = story(chosen)
    said = [takeaway(told), measured_sentence(told), words.line_headline(told), title(told)]
    said += words.line_tells(told).values()
    text = " ".join(said)
    assert saving_sentence(told) in said[0]
    assert needed_sentence(told) in said[0]
    assert not any(word in text for word in ("nan", "inf ", "endless", "e+", "-", "$-"))
    assert len(said[0].split()) <= 47
    reading = read(said)
    assert reading.grade <= 9
    assert all(len(words_of(one)) <= 25 for one in reading.sentences)
    assert 2 <= len(said[2].split()) <= 12
    assert len(f"{said[2]} {said[3]}".split()) <= 25


def test_the_sentence_at_the_default():
    said = takeaway(story(Settings(machine=OWN, own_missed=5, own_stopped=5)))
    assert said == (
        "Against your rule the machine saves about $8.8 million a year (range $7.1 to $9.9 million). "
        "To break even it must catch 14 % of bad cases; it catches 90 %. Good enough."
    )


def test_a_machine_that_stops_too_much_hears_what_is_the_most():
    told = story(STOPS_TOO_MUCH)
    # at 450 of 450 stopped: 3,358,000 good cases at $8 are $26.9 million, and no check at all costs 11.7
    assert told.needed > 1
    assert "Even catching all would not pay: it stops 100 % of good cases, and" in takeaway(told)
    assert whole(told.allowed) in takeaway(told)


def test_both_bills_add_up():
    told = story(Settings())
    rows = {row[0]: row[1:] for row in bill(told)}
    assert rows["Handling"] == ("$0", "$120,000")
    # the rule: 80 % of 292,000 bad cases at $40 and 4 % of 3,358,000 good ones at $8: 9,344,000 + 1,074,560
    assert rows["Misses"][0] == "$9.3 million"
    assert rows["False alarms"][0] == "$1.1 million"
    assert rows["Together"] == ("$10 million", "$8.0 million")


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ({"per_day": 0}, "0 cases a day cannot be"),
        ({"bad_per_100": 0}, "0 bad cases of 100 cannot be"),
        ({"miss": float("nan")}, "A miss cannot cost nan"),
        ({"false_alarm": 0}, "A false alarm cannot cost 0"),
        ({"minutes": -1}, "-1 minutes for a case cannot be"),
        ({"missed": 101}, "101 of 100 cases cannot be"),
        ({"own_good": 0, "own_stopped": 0}, "0 of 0 cases cannot be"),
        ({"per_year": -5}, "A year cannot cost -5"),
        ({"machine": "oracle"}, "There is no"),
        ({"today": "magic"}, "There is no"),
    ],
)
def test_nonsense_is_refused_in_the_reader_s_words(given_, says):
    with pytest.raises(ValueError, match=says):
        Settings(**given_)


def test_a_saved_brief_brings_the_settings_back():
    plain = to_plain(GOOD_PILOT)
    assert from_plain(story, plain) == GOOD_PILOT
    with pytest.raises(BadBrief):
        from_plain(story, {**plain, "missed": 4000})


# --- the picture ---


@every_setting
def test_the_picture_is_drawn_and_its_whisker_is_the_range(chosen):
    told = story(chosen)
    picture = good_enough_line(told)
    figure = picture.checked_figure
    machine = next(one for one in figure.data if one.name == "the machine, measured")
    middle = machine.y[0]
    assert middle == pytest.approx(told.saving[1], rel=1e-3, abs=1e-9)
    top, foot = middle + machine.error_y.array[0], middle - machine.error_y.arrayminus[0]
    low, high = figure.layout.yaxis.range
    assert low < foot <= top < high
    assert low < 0 < high
    left, right = figure.layout.xaxis.range
    assert left <= machine.x[0] <= right
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.json) < 12_000
    assert len(picture.table) == 2


def test_the_crossing_is_ringed_where_there_is_one():
    told = story(GOOD_PILOT)
    figure = good_enough_line(told).checked_figure
    ring = next(one for one in figure.data if one.name == "break even")
    assert ring.x[0] == pytest.approx(100 * told.needed, rel=1e-3)
    assert ring.y == (0,)
    assert ring.marker.line.color == INK
    never = good_enough_line(story(STOPS_TOO_MUCH)).checked_figure
    assert "break even" not in {one.name for one in never.data}


def test_under_the_line_the_names_change_sides():
    below = good_enough_line(story(PRESETS["People check each case"])).checked_figure.layout.annotations
    above = good_enough_line(story(Settings())).checked_figure.layout.annotations
    sides = [
        {note.text.removeprefix("<b>").split(":")[0]: note.yanchor for note in notes}
        for notes in (below, above)
    ]
    assert sides == [{"machine": "top", "break even": "bottom"}, {"machine": "bottom", "break even": "top"}]


def test_money_beside_the_axis_is_round():
    assert [tick(value) for value in (-2_000_000, 250_000, 40)] == ["−$2M", "$250k", "$40"]
    figure = good_enough_line(story(Settings())).checked_figure
    steps = np.diff(figure.layout.yaxis.tickvals)
    assert steps == pytest.approx([steps[0]] * len(steps))
    assert "as today" in figure.layout.yaxis.ticktext
    assert math.log10(steps[0]) % 1 in (0, pytest.approx(math.log10(2)), pytest.approx(math.log10(5)))
