"""“None of these”: bars do what they promise, strangers are strangers, a score is the sum of what is lent."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from sklearn.neighbors import NearestNeighbors

from dl_core.intervals import share_of
from dl_core.photos import photo, sample_photo
from dl_core.softmax_regression import fit_softmax
from dl_core.transfer.checked import angles, checked
from dl_core.transfer.features import features_of
from dl_core.transfer.heads import PENALTY, Head, fit_head
from dl_core.transfer.leaning import lent, nearest
from dl_core.transfer.pictures import Pictures
from dl_core.transfer.strange import far_from, measured, set_aside, strangers_to
from dl_core.transfer.stranger import Rule, Settings, Stranger, at_rest, n_to_choose, story
from dl_core.transfer.stranger_in_words import (
    better,
    harder_sentence,
    lean_sentence,
    price_sentence,
    takeaway,
)
from dl_core.transfer.tasks import TASKS, ready_made
from dl_core.vision.centre_view import centre_view

NUMBERS = ready_made("numbers")


@pytest.fixture(scope="module")
def told() -> Stranger:
    return story(Settings(NUMBERS))


def test_distance_is_scikit_learns_cosine():
    rng = np.random.default_rng(0)
    asked, stored = (rng.random((n, 320)).astype(np.float32) for n in (5, 30))
    cosine, places = NearestNeighbors(n_neighbors=3, metric="cosine").fit(stored).kneighbors(asked)
    np.testing.assert_allclose(
        far_from(asked, stored), np.degrees(np.arccos(1 - cosine)).mean(axis=1), rtol=1e-4
    )
    found, degrees = nearest(asked[0], stored, 3)
    assert found.tolist() == places[0].tolist()
    assert degrees.tolist() == sorted(degrees)


def test_angles_of_known_shapes():
    # of (1, 0) with itself, with its triple, (1, 1), (0, 1) and nothing at all
    stored = np.array([[1, 0], [3, 0], [1, 1], [0, 1], [0, 0]], np.float32)
    np.testing.assert_allclose(angles(stored[:1], stored)[0], [0, 0, 45, 90, 90], atol=1e-9)


@pytest.mark.parametrize("key", ["parts", "numbers"])
def test_a_score_is_the_sum_of_what_training_photos_lend(key):
    pictures = ready_made(key)
    found = checked(pictures, 20, 0)
    train = found.split.train
    stored, labels = found.features[train], pictures.labels[train]
    for asked in found.features[found.split.held_out[::9]]:
        for answer in range(len(pictures.names)):
            apart = lent(found.head, stored, labels, asked, answer)
            scores = found.head.layer.logits(found.head.scaled(asked[None]))[0]
            assert apart.score == scores[answer]
            assert apart.points.sum() + apart.bias == pytest.approx(apart.score, abs=0.06)


def test_the_sum_is_exact_where_training_stands_still():
    rng = np.random.default_rng(1)
    inputs, labels = rng.normal(size=(30, 4)), rng.integers(0, 3, 30)
    layer = fit_softmax(inputs, labels, 3, PENALTY, 20_000)
    head = Head(np.zeros(4), np.ones(4), layer)
    points = np.stack([lent(head, inputs, labels, inputs[7] * 2, answer).points for answer in range(3)])
    np.testing.assert_allclose(points.sum(axis=1) + layer.bias, layer.logits(inputs[7:8] * 2)[0], atol=1e-3)
    # what a photo lends to one class it takes from the others
    np.testing.assert_allclose(points.sum(axis=0), 0, atol=1e-12)


def test_a_right_and_similar_photo_speaks_for_its_class():
    stored = np.array([[1, 0], [0, 1]], np.float32)
    head = fit_head(stored, np.array([0, 1]), 2)
    apart = lent(head, stored, np.array([0, 1]), stored[0], 0)
    assert apart.points[0] > 0
    # the other class, seen from the middle, lies on the other side: being unlike it speaks for class 0 too
    assert apart.points[1] > 0


def test_half_of_each_classs_bursts_sets_the_bars():
    held_out = checked(NUMBERS, 20, 0).split.held_out
    aside = set_aside(NUMBERS, held_out, 0)
    bursts, labels = NUMBERS.bursts[held_out], NUMBERS.labels[held_out]
    assert not set(bursts[aside]) & set(bursts[~aside])
    for label in range(5):
        both = [len(set(bursts[part & (labels == label)])) for part in (aside, ~aside)]
        assert both[0] - both[1] in (0, 1)


@pytest.mark.parametrize("refuse", [0, 1, 5, 20, 50])
def test_a_bar_refuses_no_more_of_the_photos_that_set_it_than_it_may(told, refuse):
    at = story(replace(told.settings, refuse=refuse))
    aside = at.measured.aside
    n = len(aside.far)
    for out in ((aside.far > at.distance.bar), (aside.sure < at.sureness.bar)):
        assert out.sum() <= refuse * n / 100
        assert out.sum() > refuse * n / 100 - 1  # and not one more would do
    assert at.distance.known.hits == (at.measured.known.far > at.distance.bar).sum()
    assert at.sureness.known.hits == (at.measured.known.sure < at.sureness.bar).sum()


def test_a_higher_price_refuses_no_less(told):
    rules = [story(replace(told.settings, refuse=price)) for price in (1, 5, 10, 20, 50)]
    for by in ("distance", "sureness"):
        for count in ("known", "strangers", "left_out"):
            hits = [getattr(getattr(one, by), count).hits for one in rules]
            assert hits == sorted(hits)


def test_strangers_are_none_of_the_task(told):
    assert NUMBERS.name not in [kind.name for kind in told.measured.kinds]
    # cut-outs of sample photos are no strangers to those photos
    of_corners = strangers_to(ready_made("corners"))
    shown = [centre_view(sample_photo(key).image) for key in ("coffee", "cat", "rocket", "flower", "coins")]
    assert of_corners[0].name == "Sample photos"
    assert not any(np.array_equal(one, other) for one in of_corners[0].pixels for other in shown)
    assert len(of_corners) == len(TASKS)
    own = replace(NUMBERS, is_own=True)
    assert not {"Sample photos", "Fruit and peppers"} & {kind.name for kind in strangers_to(own)}
    lemon = centre_view(sample_photo("lemon").image)
    assert not any(np.array_equal(one, lemon) for one in strangers_to(ready_made("fruit"))[0].pixels)


def test_kinds_add_up_and_distance_finds_what_looks_quite_different(told):
    for rule in (told.distance, told.sureness):
        assert sum(share.hits for _, share in rule.kinds) == rule.strangers.hits
        assert sum(share.n for _, share in rule.kinds) == rule.strangers.n
    assert better(told) == "distance"
    assert told.distance.strangers.low > 0.9
    assert told.sureness.strangers.high < 0.2
    # and a class like the others, that was left out, mostly gets through: the page says so
    assert told.distance.left_out.high < 0.5
    assert "distance refuses" in harder_sentence(told)


def test_a_class_that_is_left_out_was_not_learned(told):
    found = checked(NUMBERS, 20, 0)
    unseen = told.measured.left_out[3][1]
    train = found.split.train[NUMBERS.labels[found.split.train] != 3]
    held = found.split.held_out[NUMBERS.labels[found.split.held_out] == 3]
    np.testing.assert_allclose(unseen.far, far_from(found.features[held], found.features[train]))
    labels = NUMBERS.labels[train]
    head = fit_head(found.features[train], np.where(labels == 4, 3, labels), 4)
    np.testing.assert_allclose(unseen.sure, head.probabilities(found.features[held]).max(axis=1))


def test_two_classes_cannot_spare_one():
    told = story(at_rest()) if len(at_rest().pictures.names) == 2 else story(Settings(ready_made("parts")))
    assert told.distance.left_out is None
    assert "two classes" in harder_sentence(told)


def test_the_new_photo_is_the_one_asked_for(told):
    coffee = story(replace(told.settings, look="photo", photo=sample_photo("coffee"))).asked
    assert np.array_equal(coffee.pixels, centre_view(sample_photo("coffee").image))
    assert coffee.kind == "Coffee"
    known = story(replace(told.settings, look="known", number=2))
    row = known.measured.known_rows[1]
    assert np.array_equal(known.asked.pixels, NUMBERS.pixels[row])
    assert known.asked.truth == NUMBERS.labels[row]
    assert known.asked.far == pytest.approx(known.measured.known.far[1])
    assert known.asked.sure == pytest.approx(known.measured.known.sure[1])
    n = n_to_choose(told.measured, "stranger")
    assert n == told.distance.strangers.n
    again = story(replace(told.settings, number=n + 1)).asked
    assert np.array_equal(again.pixels, told.asked.pixels)
    every = {story(replace(told.settings, number=at)).asked.pixels.tobytes() for at in range(1, n + 1)}
    assert len(every) == n


def test_the_answer_comes_with_its_nearest_and_strongest_photos(told):
    asked, train = told.asked, checked(NUMBERS, 20, 0).split.train
    assert [one.degrees for one in asked.near] == sorted(one.degrees for one in asked.near)
    assert asked.far == pytest.approx(np.mean([one.degrees for one in asked.near[:3]]))
    assert {one.row for one in (*asked.near, *asked.lenders)} <= set(train.tolist())
    assert [one.points for one in asked.lenders] == sorted(
        (one.points for one in asked.lenders), reverse=True
    )
    assert asked.against.points < 0
    assert asked.lent + asked.bias == pytest.approx(asked.score, abs=0.03)
    assert asked.answer == features_answer(asked.pixels)
    assert told.refused == (asked.far > told.distance.bar)
    assert not told.refused_by_sureness


def features_answer(pixels: np.ndarray) -> int:
    return int(checked(NUMBERS, 20, 0).head.answers(features_of(pixels[None]))[0])


@pytest.mark.parametrize("size", [(1, 1), (3, 400), (900, 20)])
def test_odd_photos_are_answered_too(told, size):
    odd = photo("odd", Image.new("L", size, 90))
    found = story(replace(told.settings, look="photo", photo=odd))
    assert 0 <= found.asked.far <= 90
    assert found.refused
    assert len(takeaway(found).split()) <= 50


def test_sentences_hold_the_counts(told):
    assert "**none of these**" in takeaway(told)
    assert f"Distance refuses **{told.distance.strangers.hits} of {told.distance.strangers.n}**" in takeaway(
        told
    )
    known = story(replace(told.settings, look="known"))
    assert ", and is right" in takeaway(known) or ", and is wrong" in takeaway(known)
    assert "Both bars may refuse 5 in 100" in price_sentence(told)
    assert "points to this answer" in lean_sentence(told)
    assert len(takeaway(told).split()) <= 45


def test_ranges_that_meet_are_no_victory(told):
    def at(far: int, sure: int) -> str:
        rules = [Rule(1.0, share_of(1, 20), share_of(hits, 40), (), None) for hits in (far, sure)]
        return better(replace(told, distance=rules[0], sureness=rules[1]))

    # Wilson's ranges of 20, 26 and 36 in 40: 35 to 65, 50 to 78 and 77 to 96 %
    assert [at(36, 20), at(20, 36), at(26, 20)] == ["distance", "sureness", "neither"]


def test_too_few_photos_make_no_bar():
    rng = np.random.default_rng(5)
    pixels = rng.integers(0, 256, (6, 64, 64, 3), np.uint8)
    few = Pictures("toy", ("a", "b"), pixels, np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 0, 1, 1, 1]))
    told = story(Settings(few))
    assert told.distance is None
    assert not told.refused
    assert better(told) == "unknown"
    assert "Too few photos are held out" in takeaway(told)
    assert story(Settings(few, look="known")).asked is None


def test_a_stopped_work_tells_nothing():
    fresh = replace(NUMBERS, name="stopped")
    for stop_at in (1, 12):
        asked = []

        def go_on(share: float, asked: list[float] = asked, stop_at: int = stop_at) -> bool:
            asked.append(share)
            return len(asked) < stop_at

        told = story(Settings(fresh, 5), go_on)
        assert told.asked is None
        assert takeaway(told).startswith("Nothing was measured")
        assert measured(fresh, 5, 0, lambda share: False) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"n_per_class": 0}, {"seed": -1}, {"refuse": 91}, {"refuse": -1}, {"look": "nothing"}, {"number": 0},
        {"look": "photo"},
    ],
)  # fmt: skip
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"cannot be|There is no|No photo"):
        Settings(NUMBERS, **wrong)
