import numpy as np

from dl_core.digit_question import answer, from_picture, from_set, hardest, shared_study


def test_a_digit_of_the_test_pile_was_never_learned_from():
    study = shared_study()
    stored = {study.digits.images[i].tobytes() for i in study.piles.train}
    assert all(from_set(number, 1).cells not in stored for number in (1, 100, 539))


def test_the_pile_starts_over_after_its_last_digit():
    n = len(shared_study().piles.test)
    assert from_set(1, 3) == from_set(n + 1, 3)
    assert from_set(1, 3) != from_set(2, 3)


def test_a_readers_own_digit_has_no_truth_and_asks_as_many_as_wanted():
    picture = shared_study().digits.images[7]
    found = answer(from_picture(picture, k=9))
    assert found.truth is None
    assert len(found.neighbour_labels) == 9
    np.testing.assert_array_equal(found.image, picture)


def test_the_hardest_digit_fools_softmax_and_not_knn():
    found = answer(from_set(hardest(), shared_study().k))
    assert found.knn == found.truth != found.softmax
