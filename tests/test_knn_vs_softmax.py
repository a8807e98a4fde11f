from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

from dl_core.knn_vs_softmax import (
    CLASS_NAMES,
    PRESETS,
    AnswerTime,
    Settings,
    _learned,
    _surroundings,
    measure_answer_time,
    story,
    takeaway,
    tally,
)
from dl_core.plane_regions import TIE
from dl_core.point_clouds import LAYOUTS


def test_the_default_question_shows_the_two_models_disagree():
    shown = story(Settings())
    assert shown.knn.label != shown.softmax.label
    assert "They disagree here" in takeaway(shown)


@pytest.mark.parametrize("metric", ["L1", "L2"])
def test_both_boundaries_match_scikit_learn(metric):
    chosen = Settings(metric=metric)
    shown = story(chosen)
    places = np.array([[x, y] for y in shown.places for x in shown.places])
    knn = KNeighborsClassifier(5, p=1 if metric == "L1" else 2).fit(shown.points, shown.labels)
    clear = shown.knn.grid.ravel() != TIE
    assert (shown.knn.grid.ravel()[clear] == knn.predict(places)[clear]).all()
    assert 0 < (~clear).sum() < 100
    linear = LogisticRegression(C=1 / (0.01 * 120), tol=1e-10, max_iter=5000).fit(shown.points, shown.labels)
    assert (shown.softmax.grid.ravel() == linear.predict(places)).all()
    shares = linear.predict_proba(places)
    np.testing.assert_allclose(shown.softmax.confidence_grid.ravel(), 100 * shares.max(axis=1), atol=0.51)
    np.testing.assert_allclose(shown.probabilities, linear.predict_proba([chosen.query])[0], atol=1e-5)
    assert shown.knn.seen.value == pytest.approx(knn.score(shown.points, shown.labels), abs=0.02)  # ties


def test_what_must_be_kept_and_done():
    shown = story(Settings(n_classes=3, n_points=120))
    # 120 points x (2 coordinates + 1 label); 120 x (2 x 4 + 1) bytes; 120 x 2 subtractions
    assert (shown.knn.cost.numbers, shown.knn.cost.bytes, shown.knn.cost.operations) == (360, 1080, 240)
    # 3 classes x (2 weights + 1 bias) = 9 numbers of 4 bytes; 3 x 2 multiplications
    assert (shown.softmax.cost.numbers, shown.softmax.cost.bytes, shown.softmax.cost.operations) == (9, 36, 6)


def test_far_from_all_data_the_neighbours_still_vote_and_softmax_gets_more_sure():
    shown = story(PRESETS["A question far from all data"])
    assert shown.far
    assert shown.votes.sum() == 5
    sureness = [story(replace(shown.settings, query=(x, x))).softmax.confidence for x in (1.0, 2.0, 4.0, 8.0)]
    assert sureness == sorted(sureness)
    assert sureness[-1] > 0.999
    assert "neither model says" in takeaway(shown)


def test_straight_lines_fail_on_rings():
    shown = story(PRESETS["Tangled rings"])
    assert shown.knn.unseen.low > 0.9
    assert shown.softmax.unseen.high < 0.6


def test_a_tie_is_called_a_tie():
    tied = story(replace(PRESETS["Two clear groups"], k=6, noise=0.6, query=(0.1, 0.4)))
    assert tied.votes.tolist() == [3, 3]
    assert tied.knn.tied
    assert tally(tied) == "a tie, 3–3 between blue and orange"
    assert (tied.knn.grid == TIE).any()


def test_every_point_voting_gives_the_largest_class():
    shown = story(Settings(n_classes=3, n_points=20, k=20))
    # 20 points shared by 3 classes in turn: 7, 7, 6
    assert shown.votes.tolist() == [7, 7, 6]
    assert shown.knn.tied


@settings(deadline=None, derandomize=True, max_examples=25)
@given(
    st.builds(
        Settings,
        n_classes=st.integers(2, 5),
        n_points=st.integers(20, 200),
        k=st.integers(1, 20),
        metric=st.sampled_from(["L1", "L2"]),
        layout=st.sampled_from(LAYOUTS),
        noise=st.floats(0, 1),
        seed=st.integers(0, 1000),
        query=st.tuples(st.floats(-9, 9), st.floats(-9, 9)),
    )
)
def test_laws_of_the_story(chosen):
    shown = story(chosen)
    assert shown.votes.sum() == chosen.k == len(shown.voters) == len(set(shown.voters.tolist()))
    assert (np.diff(shown.distances) >= 0).all()
    assert shown.probabilities.sum() == pytest.approx(1)
    assert shown.votes[shown.knn.label] == shown.votes.max()
    assert set(np.unique(shown.knn.grid)) <= {*range(chosen.n_classes), TIE}
    assert set(np.unique(shown.softmax.grid)) <= set(range(chosen.n_classes))
    assert CLASS_NAMES[shown.softmax.label] in takeaway(shown)
    assert all(len(sentence.split()) <= 25 for sentence in takeaway(shown).split(". "))
    if chosen.k == 1:
        assert shown.knn.seen.value == 1  # each point is its own nearest neighbour


def test_same_settings_same_story():
    one, two = story(Settings()), story(Settings())
    np.testing.assert_array_equal(one.knn.grid, two.knn.grid)
    np.testing.assert_array_equal(one.weights, two.weights)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"n_classes": 6}, "choose 2 to 5"),
        ({"n_points": 19}, "choose 20 to 200"),
        ({"k": 0}, "from 1 to 120"),
        ({"k": 121}, "from 1 to 120"),
        ({"metric": "L3"}, '"L1" or "L2"'),
        ({"noise": 1.1}, "choose 0"),
        ({"query": (float("nan"), 0.0)}, "off the plane"),
        ({"query": (0.0, 1e9)}, "off the plane"),
    ],
)
def test_impossible_settings_are_refused_in_words(wrong, words):
    with pytest.raises(ValueError, match=words):
        Settings(**wrong)


def test_measured_time_is_positive_and_told_in_words():
    measured = measure_answer_time(Settings(), n_runs=3)
    assert measured.knn_seconds > 0 < measured.softmax_seconds
    told = AnswerTime(42e-6, 2.1e-6, 3).sentence  # 42 / 2.1 = 20
    assert told == "Here one answer takes kNN 42 microseconds and softmax 2.1 microseconds: 20 times as long."


def test_a_moved_question_gets_what_a_fresh_computation_says():
    fresh = story(replace(Settings(), query=(2.0, -3.0)))
    for cached in (_surroundings, _learned):
        cached.cache_clear()
    story(Settings(query=(-1.0, 1.0)))  # same plane, another question: its regions are kept
    moved = story(replace(Settings(), query=(2.0, -3.0)))
    np.testing.assert_array_equal(moved.knn.grid, fresh.knn.grid)
    np.testing.assert_array_equal(moved.voters, fresh.voters)
    assert takeaway(moved) == takeaway(fresh)
    assert story(Settings(query=(8.0, 0.0))).places[-1] > moved.places[-1]  # far out, the plane grows
