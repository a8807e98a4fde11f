import itertools
import math

import pytest

from dl_core.decide.flow import (
    PLAIN,
    PRESETS,
    WORDS,
    Settings,
    accuracy_in_words,
    alarms_in_words,
    split,
    still_missed,
    story,
    takeaway,
    turning_point,
    worth_a_look,
)
from dl_core.documents import still
from dl_core.figures.decide_flow import ALL_CASES, THINNEST, flow_picture
from dl_core.running_case import CASES
from pages._words.decide_counts import flow_headline, flow_tells
from tests.readability import sentences, words

ODD = (
    Settings(bad=0.0),
    Settings(bad=100.0),
    Settings(recall=0.0, specificity=100.0),
    Settings(recall=0.0, specificity=0.0),
    Settings(recall=100.0, specificity=100.0),
    Settings(10, 10.0, 90.0, 95.0, PLAIN),
    Settings(100, 0.01, 90.0, 99.0),
    Settings(100_000_000, 0.01, 99.0, 99.99, "mail", 1e6),
    Settings(words="defects", miss=0.0),
)
every_setting = pytest.mark.parametrize("chosen", [*PRESETS.values(), *ODD], ids=str)


def test_the_golden_flow_of_the_brief():
    # 10,000 · 1 % = 100 bad, 90 % of them 90; 9,900 · 5 % = 495; 90 / 585 = 15.4 %; (90 + 9,405) / 10,000
    told = story(Settings(10_000, 1.0, 90.0, 95.0))
    assert (told.bad, told.fine, told.caught, told.missed) == (100, 9_900, 90, 10)
    assert (told.false_alarms, told.left_alone, told.alarms) == (495, 9_405, 585)
    assert round(told.precision, 2) == 0.15
    assert told.accuracy == 0.9495 < told.always_fine == 0.99
    assert alarms_in_words(told) == "Of 585 alarms, 90 are right: 15 %."
    assert accuracy_in_words(told) == "Accuracy is 94.95 %, yet always saying “fine” gets 99 %."


def test_a_test_of_blood_that_doctors_were_asked_about():
    # Eddy 1982, as told by Gigerenzer: 1 % ill, 80 % found, 9.6 % false alarms: 8 of 103 (7.8 %)
    told = story(Settings(1_000, 1.0, 80.0, 90.4))
    assert (told.caught, told.false_alarms) == (8, 95)
    assert told.precision == pytest.approx(0.078, abs=0.001)


@pytest.mark.parametrize("cases", [10, 77, 999, 10_000, 123_457])
def test_counts_add_up_whatever_is_set(cases):
    shares = (0.0, 0.01, 0.3, 1.0, 33.3, 50.0, 66.6, 99.99, 100.0)
    for bad, recall, specificity in itertools.product(shares, repeat=3):
        told = story(Settings(cases, bad, recall, specificity))
        assert told.bad + told.fine == cases
        assert told.caught + told.missed == told.bad
        assert told.false_alarms + told.left_alone == told.fine
        assert min(told.caught, told.missed, told.false_alarms, told.left_alone) >= 0
        assert abs(told.bad - cases * bad / 100) <= 0.5 + 1e-9
        assert abs(told.caught - told.bad * recall / 100) <= 0.5 + 1e-9
        assert abs(told.left_alone - told.fine * specificity / 100) <= 0.5 + 1e-9


def largest_remainder(total, shares):
    """Hamilton's method, as parliaments use it."""
    whole = [math.floor(total * share / 100) for share in shares]
    by_rest = sorted(range(len(shares)), key=lambda i: -(total * shares[i] / 100 - whole[i]))
    for i in by_rest[: total - sum(whole)]:
        whole[i] += 1
    return tuple(whole)


@pytest.mark.parametrize("share", [0.0, 12.0, 37.0, 49.0, 51.0, 95.0, 100.0])
def test_a_split_is_the_method_of_the_largest_remainder(share):
    for total in (0, 1, 7, 101, 9_901):
        assert split(total, share) == largest_remainder(total, (share, 100 - share))


def test_half_a_case_goes_to_the_first_and_binary_rounding_moves_none():
    assert split(1, 50.0) == (1, 0)
    assert split(200, 0.25) == (1, 199)  # 0.5 of a case
    assert split(1_000, 0.15) == (2, 998)  # 1.5; as a binary fraction 1000 · 0.15 / 100 is 1.4999…


@pytest.mark.parametrize(("recall", "specificity"), [(0.9, 0.95), (0.5, 0.5), (1.0, 0.999), (0.2, 0.8)])
def test_at_the_turning_point_half_of_the_alarms_are_right(recall, specificity):
    share = turning_point(recall, specificity)
    assert share * recall == pytest.approx((1 - share) * (1 - specificity))
    for other, is_more in ((share * 0.9, False), (min(1.0, share * 1.1), True)):
        assert (other * recall > (1 - other) * (1 - specificity)) is is_more
    # 5 / 95 = 1 / 19 … of the example: 0.05 / (0.9 + 0.05) = 5.26 %
    assert turning_point(0.9, 0.95) == pytest.approx(0.0526, abs=5e-5)


def test_the_counts_turn_where_the_formula_says():
    # 5.26 %: 526 · 0.9 = 473 right, 9,474 · 0.05 = 474 false; at 5.3 % 477 against 473 or 474
    rarer, oftener = story(Settings(bad=5.2)), story(Settings(bad=5.3))
    assert rarer.precision < 0.5 < oftener.precision


def test_a_look_pays_up_to_precision_times_the_miss():
    told = story(Settings(miss=250.0))
    # 585 looks at 38.46 cost what 90 misses at 250 would have cost
    assert told.dearest_look * told.alarms == pytest.approx(told.caught * 250)
    assert "less than $38**: 15 % of the $250" in worth_a_look(told)
    assert worth_a_look(told).endswith("Your look costs $1.60, so it pays.")
    assert worth_a_look(story(Settings(look=6.16))).endswith("it does not pay.")  # 90 / 585 · 40 = 6.154
    assert worth_a_look(story(Settings(look=6.15))).endswith("it pays.")
    assert still_missed(told).endswith("slip through: $2,500 for these 10,000.")


def test_too_few_cases_say_so():
    told = story(Settings(100, 0.01))
    assert told.bad == 0
    assert "expect one in 10,000" in takeaway(told)


@pytest.mark.parametrize(
    "wrong",
    [
        {"cases": 9},
        {"cases": 10**9},
        {"bad": -0.1},
        {"bad": 101.0},
        {"recall": math.nan},
        {"specificity": 100.5},
        {"words": "klingon"},
        {"miss": -1.0},
        {"look": 2e6},
    ],
    ids=str,
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"cannot|no words"):
        Settings(**wrong)


def test_every_running_case_has_its_words():
    assert set(WORDS) == {case.key for case in CASES} | {PLAIN}
    for case in CASES:
        assert WORDS[case.key].cases == case.items
        title = flow_picture(story(Settings(words=case.key))).title
        assert WORDS[case.key].bad in title


@every_setting
def test_the_words_are_short_and_hold_no_nan(chosen):
    told = story(chosen)
    said = [takeaway(told), worth_a_look(told), still_missed(told), *flow_tells(told).values()]
    assert len(takeaway(told).split()) <= 45
    for text in said:
        assert "nan" not in text
        assert all(len(words(sentence)) <= 25 for sentence in sentences(text))
    headline = flow_headline(told)
    assert 2 <= len(headline.split()) <= 12
    assert len(headline.split()) + len(flow_picture(told).title.split()) <= 25


def bands(picture):
    return [trace for trace in picture.checked_figure.data if trace.type == "scatter"]


def thickness(band, end):
    """Of a band's outline at its left (0) or right (-1) end."""
    half = len(band.y) // 2
    low, high = band.y[:half], band.y[half:][::-1]
    return high[end] - low[end]


@every_setting
def test_bands_are_as_thick_as_their_numbers_and_none_is_lost(chosen):
    told = story(chosen)
    picture = flow_picture(told)
    drawn = {band.name.partition(":")[0].partition(" of")[0]: band for band in bands(picture)}
    for count in (told.caught, told.missed, told.false_alarms, told.left_alone):
        if count:
            band = drawn[f"{count:,}"]
            wanted = max(count * ALL_CASES / chosen.cases, THINNEST)
            assert thickness(band, -1) >= THINNEST - 1e-3
            if told.caught and told.missed and told.false_alarms and told.left_alone:
                assert thickness(band, -1) == pytest.approx(wanted, abs=1e-3)
    counts = [told.bad, told.fine, told.caught, told.missed, told.false_alarms, told.left_alone]
    assert len(bands(picture)) == sum(count > 0 for count in counts)


@every_setting
def test_every_count_has_its_box_and_the_boxes_keep_apart(chosen):
    told = story(chosen)
    notes = flow_picture(told).checked_figure.layout.annotations
    boxes = [note for note in notes if note.bordercolor]
    assert len(boxes) == 7
    for count in (chosen.cases, told.bad, told.fine, told.caught, told.missed, told.left_alone):
        assert any(f"<b>{count:,}</b>" in box.text for box in boxes)
    last = sorted(box.y for box in boxes if box.xanchor == "right")
    assert all(upper - lower > 0.11 for lower, upper in itertools.pairwise(last))
    assert min(last) > 0.25  # above the enlarged bar
    assert [box.borderwidth for box in boxes if box.xanchor == "right"] == [2.5, 1, 2.5, 1]


def test_the_enlarged_bar_is_the_alarms():
    right, false = (
        trace for trace in flow_picture(story(Settings())).checked_figure.data if trace.type == "bar"
    )
    assert right.x[0] == pytest.approx(90 / 585, abs=1e-4)
    assert right.x[0] + false.x[0] == pytest.approx(1, abs=1e-4)
    assert false.base[0] == right.x[0]
    assert (right.marker.pattern.shape, false.marker.pattern.shape) == ("", "/")
    assert false.marker.pattern.fillmode == "overlay"  # else Plotly draws white stripes on nothing
    notes = {note.text for note in flow_picture(story(Settings())).checked_figure.layout.annotations}
    assert {"<b>90 right</b>: 15 %", "<b>495 false</b>"} <= notes


@every_setting
def test_the_picture_can_be_drawn_read_and_heard(chosen):
    told = story(chosen)
    picture = flow_picture(told)
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert list(picture.table["cases"]) == [told.caught, told.missed, told.false_alarms, told.left_alone]
    assert picture.table["cases"].sum() == chosen.cases
    assert f"{told.false_alarms:,}" in picture.summary
    assert len(picture.json) < 12_000
