import math
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from dl_core.intervals import share_of
from dl_core.transfer import learning_curve as curves
from dl_core.transfer.cifar_features import KINDS, N_HELD_OUT, NAMES, SIZES, load_features, load_runs
from dl_core.transfer.enough import (
    PRESETS,
    Budget,
    Settings,
    budget_of,
    contenders_in_words,
    doubling_in_words,
    names_in_words,
    nearest_size,
    points_in_words,
    story,
    takeaway,
    time_in_words,
)
from dl_core.transfer.heads import PENALTY, fit_head
from dl_core.transfer.learning_curve import N_DRAWS, Curve, Point, gain, learning_curve, quick_head
from tests.readability import read, sentences, words

ALL = tuple(range(len(NAMES)))
FIVE = PRESETS["Five classes, 20 photos"]
every_preset = pytest.mark.parametrize("chosen", PRESETS.values(), ids=PRESETS)


def right(*rows):
    return np.array([[letter == "1" for letter in row] for row in rows])


# --- the head ---


@pytest.mark.parametrize("n", [1, 2, 20])
def test_the_quick_head_is_the_head(n):
    features, labels = load_features().drawn(FIVE.places, n, 0)
    quick, plain = quick_head(features, labels, 5, 300), fit_head(features, labels, 5)
    assert quick.layer.weights == pytest.approx(plain.layer.weights, abs=1e-6)
    asked, _ = load_features().held_out_of(FIVE.places)
    assert quick.probabilities(asked) == pytest.approx(plain.probabilities(asked), abs=1e-5)


@pytest.mark.parametrize("n", [2, 20, 100])
def test_fewer_steps_hardly_change_the_answers(n):
    features, labels = load_features().drawn(ALL, n, 1)
    asked, truth = load_features().held_out_of(ALL)
    short = (quick_head(features, labels, 10).answers(asked) == truth).mean()
    whole = (fit_head(features, labels, 10).answers(asked) == truth).mean()
    assert short == pytest.approx(whole, abs=0.01)


def test_the_head_is_as_right_as_the_reference_librarys():
    features, labels = load_features().drawn(ALL, 500, 0)
    asked, truth = load_features().held_out_of(ALL)
    mean, spread = features.mean(axis=0), features.std(axis=0)
    # mean loss + ½ · penalty · Σ weight² is, up to a factor, C · sum of losses + ½ · Σ weight²
    reference = LogisticRegression(C=1 / (PENALTY * len(labels)), max_iter=300)
    reference.fit((features - mean) / spread, labels)
    ours = (quick_head(features, labels, 10).answers(asked) == truth).mean()
    assert ours == pytest.approx(reference.score((asked - mean) / spread, truth), abs=0.01)


# --- the curve ---


@every_preset
def test_more_photos_are_never_worse_than_noise(chosen):
    points = learning_curve(chosen.places).points
    assert [point.n_per_class for point in points] == list(SIZES)
    for fewer, more in pairwise(points):
        assert more.mean > fewer.mean - 0.01
    assert points[-1].mean > points[0].mean + 0.25
    assert points[0].mean > 1 / len(chosen.classes)


def test_each_draw_is_asked_about_the_same_photos_as_the_runs():
    told = story(Settings())
    assert {point.right.shape[1] for point in told.curve.points} == {2000}
    assert {run.score.n for run in told.runs} == {2000}
    assert {point.n_per_class: len(point.right) for point in told.curve.points} == N_DRAWS


def test_the_first_draw_is_the_committed_counts():
    # the offline command counted the head of draw 0 in 300 steps; here it takes 60
    first = {point.n_per_class: int(point.right[0].sum()) for point in learning_curve(ALL).points}
    asked, truth = load_features().held_out_of(ALL)
    head = fit_head(*load_features().drawn(ALL, 50, 0), 10)
    assert first[50] == pytest.approx(int((head.answers(asked) == truth).sum()), abs=20)


def test_a_point_tells_mean_and_band():
    # five draws, right 0, 1, 2, 3 and 4 times out of 4; the middle four fifths of 0 … 1 in steps of ¼:
    # the tenth percentile lies 0.1 · 4 = 0.4 of a step up: 0.1
    point = Point(5, right("0000", "1000", "1100", "1110", "1111"))
    assert point.mean == 0.5
    assert point.band == pytest.approx((0.1, 0.9))


def test_a_gain_by_hand():
    # draws: from 1 of 4 to 3 of 4, and from 2 to 3: steps of 0.5 and 0.25, mean 0.375,
    # their variance (0.125² + 0.125²) / 1 = 0.03125
    # photos over both draws: before 1, ½, 0, 0, after 1, 1, 1, 0, so each 0, ½, 1, 0 more: mean 0.375,
    # squares 0.140625 + 0.015625 + 0.390625 + 0.140625 = 0.6875, variance 0.6875 / 3, of the mean / 4
    few, many = Point(1, right("1000", "1100")), Point(2, right("1110", "1110"))
    found = gain(few, many)
    deviation = math.sqrt(0.03125 + 0.6875 / 3 / 4)
    assert found.mean == pytest.approx(0.375)
    assert (found.low, found.high) == pytest.approx(
        (0.375 - 1.96 * deviation, 0.375 + 1.96 * deviation), abs=1e-4
    )
    half = gain(few, many, 0.5)
    assert (half.mean, half.high - half.low) == pytest.approx((0.1875, (found.high - found.low) / 2))


def test_one_large_draw_holds_all_small_ones():
    # 0.25 and 0.5 before, 0.75 after: steps 0.5 and 0.25, as above, though the last was drawn once
    few, many = Point(200, right("1000", "1100")), Point(500, right("1110"))
    assert gain(few, many) == gain(few, Point(500, right("1110", "1110")))


def test_nothing_gained_has_no_range_where_nothing_differs():
    same = Point(1, right("10", "10"))
    assert gain(same, Point(2, same.right)) == curves.Gain(0.0, 0.0, 0.0)


def test_a_doubling_goes_along_the_line_between_measured_sizes():
    shown = learning_curve(ALL)
    whole = gain(shown.at(1), shown.at(2))
    assert shown.doubling(1) == whole  # measured itself
    assert shown.doubling(5) == gain(shown.at(5), shown.at(10))
    part = math.log(2) / math.log(2.5)
    for below, above in ((2, 5), (20, 50), (200, 500)):
        step = gain(shown.at(below), shown.at(above)).mean
        assert shown.doubling(below).mean == pytest.approx(part * step)
    assert shown.doubling(250).mean == shown.doubling(200).mean  # both lie on the line from 200 to 500
    assert shown.doubling(251) is None
    assert shown.doubling(500) is None


def test_gains_go_with_the_logarithm():
    # ten times as many photos buy less and less, and never nothing
    mean = {point.n_per_class: point.mean for point in learning_curve(ALL).points}
    steps = [mean[10] - mean[1], mean[100] - mean[10], mean[500] - mean[50]]
    assert steps[0] > steps[1] > steps[2] > 0.03


def test_stopped_work_is_a_curve_and_is_not_kept():
    classes = (1, 2, 8)
    asked = []
    part = learning_curve(classes, lambda share: asked.append(share) or len(asked) < 4)
    assert [point.n_per_class for point in part.points] == [1, 2, 5, 10]
    assert all(len(point.right) == 1 for point in part.points)
    assert asked == sorted(asked)
    whole = learning_curve(classes, lambda share: asked.append(share) or True)
    assert len(whole.points) == len(SIZES)
    assert asked[-1] == pytest.approx(1)
    assert learning_curve(classes) is whole  # kept for the next
    told = story(Settings())
    stopped = type(told)(told.settings, Curve(ALL, told.curve.points[:3]), told.runs, told.budget)
    assert stopped.chosen.n_per_class == 5
    assert stopped.gain is None
    assert "not measured yet" in takeaway(stopped)


def test_the_same_classes_give_the_same_curve():
    one = learning_curve((3, 5))
    curves._KEPT.pop((3, 5))
    again = learning_curve((3, 5))
    assert again is not one
    for before, after in zip(one.points, again.points, strict=True):
        assert (before.right == after.right).all()


# --- the bill ---


def test_a_bill_by_hand():
    # 3 classes × 200 photos = 600, labelled twice 1,200; × 0.20 = 240; × 15 s = 18,000 s = 5 h = 2 × 2.5 h
    chosen = Settings(("airplane", "car", "bird"), 200, True, 0.2, 15.0, 2.5)
    assert budget_of(chosen) == Budget(600, 1200, pytest.approx(240), 5.0, 2.0)
    assert time_in_words(budget_of(chosen)) == "2 weeks of one person"


def test_two_people_cost_twice_and_classes_photos_and_price_multiply():
    for chosen in PRESETS.values():
        bill = budget_of(chosen)
        twice = budget_of(Settings(chosen.classes, chosen.photos_per_class, double=True))
        assert (twice.photos, twice.money, twice.hours) == (bill.photos, 2 * bill.money, 2 * bill.hours)
        dearer = budget_of(Settings(chosen.classes, chosen.photos_per_class, price_per_label=0.5))
        assert dearer.money == pytest.approx(10 * bill.money)


def test_the_next_doubling_costs_as_much_again_and_the_last_one_took_half():
    assert story(Settings(photos_per_class=100)).price_of_doubling == pytest.approx(
        50
    )  # 1,000 more labels × 0.05
    last = story(Settings(photos_per_class=500))
    assert last.is_last
    assert last.price_of_doubling == pytest.approx(125)  # from 2,500 to 5,000 labels
    assert "past that, we measured nothing" in doubling_in_words(last)


@pytest.mark.parametrize(
    "wrong",
    [
        {"classes": ("cat",)},
        {"classes": ()},
        {"classes": ("cat", "zebra")},
        {"classes": ("dog", "cat")},
        {"classes": ("cat", "cat")},
        {"photos_per_class": 3},
        {"price_per_label": -0.01},
        {"price_per_label": math.nan},
        {"seconds_per_label": 0.0},
        {"hours_per_week": 61.0},
    ],
    ids=str,
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"choose|Choose|give|Name"):
        Settings(**wrong)


# --- the words ---


@every_preset
def test_the_takeaway_is_short_plain_and_computed(chosen):
    told = story(chosen)
    said = takeaway(told)
    assert len(words(said)) <= 50
    assert all(len(words(each)) <= 25 for each in sentences(said))
    assert read([said]).grade <= 9
    assert f"{100 * told.chosen.mean:.0f} % right" in said
    assert said != takeaway(story(Settings(chosen.classes, 10)))


def test_the_range_of_the_score_is_that_of_the_photos_asked():
    told = story(Settings(photos_per_class=500))
    hits = int(told.chosen.right.sum())
    assert told.asked == share_of(hits, 2000)


def test_the_contenders_are_told_for_all_ten_classes_only():
    told = story(Settings())
    for kind in KINDS:
        mine = [run.score.hits for run in load_runs() if (run.kind, run.n_per_class) == (kind, 100)]
        assert told.mean_of(kind, 100) == pytest.approx(np.mean(mine) / 2000)
    assert "training from scratch gets" in contenders_in_words(told)
    few = story(FIVE)
    assert few.runs == ()
    assert few.mean_of("from scratch", 20) is None
    assert "ten classes only" in contenders_in_words(few)


def test_from_scratch_needs_far_more_photos_than_a_new_head():
    told = story(Settings())
    for size in SIZES[:-1]:
        assert told.mean_of("from scratch", size) < told.curve.at(size).mean
    # what a head gets from 20 photos of each class, from scratch takes over a hundred
    assert told.mean_of("from scratch", 100) < told.curve.at(20).mean


def test_small_words():
    assert names_in_words(("airplane", "car", "bird")) == "airplane, car and bird"
    assert names_in_words(("airplane", "car", "bird", "cat")) == "four classes"
    assert points_in_words(-0.00004) == "0.0"
    assert points_in_words(-0.12) == "−12"
    assert nearest_size(10_000) == 500
    assert [nearest_size(size) for size in SIZES] == list(SIZES)


def test_the_scene_needs_no_torch():
    code = (
        "import sys; from dl_core.transfer.enough import Settings, story; "
        "story(Settings(('cat', 'dog'), 1), lambda share: False); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_held_out_pile_is_the_same_for_every_draw():
    asked, truth = load_features().held_out_of((2, 6))
    again, _ = load_features().held_out_of((2, 6))
    assert (asked == again).all()
    assert len(truth) == 2 * N_HELD_OUT
