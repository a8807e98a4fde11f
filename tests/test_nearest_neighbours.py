import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.neighbors import KNeighborsClassifier

from dl_core.nearest_neighbours import NearestNeighbours, count_votes, distances, nearest

RNG = np.random.default_rng(1)
EXAMPLES = RNG.normal(0, 1, (80, 3))
LABELS = RNG.integers(0, 3, 80)
QUERIES = RNG.normal(0, 1, (60, 3))


@pytest.mark.parametrize("metric", ["L1", "L2"])
@pytest.mark.parametrize("k", [1, 4, 7, 80])
def test_neighbours_and_answers_match_scikit_learn(metric, k):
    theirs = KNeighborsClassifier(k, p=1 if metric == "L1" else 2, algorithm="brute").fit(EXAMPLES, LABELS)
    gaps, neighbours = theirs.kneighbors(QUERIES)
    ours = NearestNeighbours(EXAMPLES, LABELS, 3, k, metric).votes(QUERIES)
    np.testing.assert_array_equal(ours.neighbours, neighbours)
    np.testing.assert_allclose(ours.distances, gaps, rtol=1e-12)
    shares = theirs.predict_proba(QUERIES)
    np.testing.assert_allclose(ours.counts / k, shares, atol=1e-12)
    clear = ~ours.tied  # scikit-learn gives a tie to the lowest class number, we to the nearest voter
    assert (ours.answers[clear] == theirs.predict(QUERIES)[clear]).all()
    assert (ours.tied == (np.sort(shares)[:, -1] - np.sort(shares)[:, -2] < 1e-9)).all()


def test_distances_by_hand():
    # (1, 2) to (4, 6): 3 + 4 = 7; sqrt(9 + 16) = 5
    here, there = np.array([[1.0, 2.0]]), np.array([[4.0, 6.0]])
    assert distances(here, there, "L1").item() == 7
    assert distances(here, there, "L2").item() == 5


def test_six_neighbours_of_two_classes_can_tie_three_to_three():
    votes = count_votes(np.arange(6)[None], np.arange(6.0)[None], np.array([1, 0, 0, 0, 1, 1]), 2)
    assert votes.counts.tolist() == [[3, 3]]
    assert votes.tied.all()
    assert votes.answers.tolist() == [1]  # its nearest voter stands first


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.permutations(range(20)), st.integers(1, 20), st.sampled_from(["L1", "L2"]))
def test_the_order_of_the_stored_examples_changes_nothing(order, k, metric):
    order = np.array(order)
    one = NearestNeighbours(EXAMPLES[:20], LABELS[:20], 3, k, metric).votes(QUERIES[:9])
    two = NearestNeighbours(EXAMPLES[:20][order], LABELS[:20][order], 3, k, metric).votes(QUERIES[:9])
    np.testing.assert_array_equal(one.answers, two.answers)
    np.testing.assert_array_equal(one.neighbours, order[two.neighbours])


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.lists(st.integers(0, 2), min_size=3, max_size=15))
def test_all_neighbours_together_say_the_most_common_class(labels):
    labels = np.array(labels)
    votes = NearestNeighbours(EXAMPLES[: len(labels)], labels, 3, len(labels)).votes(QUERIES[:5])
    counts = np.bincount(labels, minlength=3)
    assert (counts[votes.answers] == counts.max()).all()
    assert (votes.counts.sum(axis=1) == len(labels)).all()


def test_equal_distances_keep_the_stored_order():
    assert nearest(np.array([[2.0, 1.0, 1.0, 1.0]]), 4).tolist() == [[1, 2, 3, 0]]


def test_a_k_that_does_not_fit_and_a_metric_that_does_not_exist_are_refused_in_words():
    with pytest.raises(ValueError, match="choose k from 1 to 80"):
        NearestNeighbours(EXAMPLES, LABELS, 3, 81).votes(QUERIES)
    with pytest.raises(ValueError, match='"L1" or "L2"'):
        distances(QUERIES, EXAMPLES, "L3")  # type: ignore[arg-type]


def same_verdicts(model, quick, queries):
    slow = model.votes(queries)
    for name in ("counts", "answers", "tied"):
        np.testing.assert_array_equal(getattr(quick, name), getattr(slow, name), err_msg=name)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    st.integers(0, 1000),
    st.integers(1, 40),
    st.integers(2, 5),
    st.sampled_from(["L1", "L2"]),
    st.sampled_from([0, 1, 6]),
)
def test_verdicts_are_what_the_votes_decide(seed, k, n_classes, metric, decimals):
    # rounded coordinates give many equal distances and ties: the cases that need the full order
    rng = np.random.default_rng(seed)
    examples, labels = rng.normal(0, 1, (40, 2)).round(decimals), rng.integers(0, n_classes, 40)
    model = NearestNeighbours(examples, labels, n_classes, k, metric)
    queries = rng.normal(0, 2, (300, 2)).round(decimals)
    same_verdicts(model, model.verdicts(queries), queries)
    places = np.linspace(-3, 3, 21)
    spots = np.array([[x, y] for y in places for x in places])
    same_verdicts(model, model.verdicts_on_grid(places), spots)


def test_distances_that_only_differ_in_the_last_digits_are_told_apart():
    # 1 and 1 + 1e-12 are the same short float; the nearer one alone must vote
    model = NearestNeighbours(np.array([[1 + 1e-12, 0.0], [1.0, 0.0]]), np.array([0, 1]), 2)
    assert model.verdicts(np.zeros((1, 2))).answers.tolist() == [1]
    assert model.verdicts(np.zeros((1, 2))).counts.tolist() == [[0, 1]]


def test_verdicts_refuse_a_k_that_does_not_fit():
    with pytest.raises(ValueError, match="choose k from 1 to 80"):
        NearestNeighbours(EXAMPLES, LABELS, 3, 81).verdicts(QUERIES)
