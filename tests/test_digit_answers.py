import numpy as np
import pytest

from dl_core.digit_answers import answer_sentence, ask_about, with_neighbours
from dl_core.digits import study_digits


@pytest.fixture(scope="module")
def study():
    return study_digits()


def test_a_stored_digit_is_its_own_nearest_neighbour(study):
    place = study.piles.train[5]
    answer = ask_about(study, study.digits.images[place], truth=int(study.digits.labels[place]))
    assert answer.distances[0] == 0
    np.testing.assert_array_equal(answer.neighbours[0], answer.image)
    assert answer.knn == answer.truth
    assert answer.probabilities.sum() == pytest.approx(1)
    assert f"It is a {answer.truth}." in answer_sentence(answer)


def test_more_neighbours_vote_and_the_sentence_counts_them(study):
    answer = ask_about(with_neighbours(study, 7), study.digits.images[study.piles.test[0]])
    assert answer.neighbours.shape == (7, 8, 8)
    assert (np.diff(answer.distances) >= 0).all()
    assert (answer.neighbour_labels == answer.knn).sum() == round(7 * answer.knn_share)
    assert "of 7 votes" in answer_sentence(answer)


def test_a_tied_vote_is_called_a_tie(study):
    two = with_neighbours(study, 2)
    answers = (ask_about(two, study.digits.images[i]) for i in study.piles.test)
    tied = next(answer for answer in answers if answer.tied)
    assert len(set(tied.neighbour_labels.tolist())) == 2
    assert "a tie at 1 of 2 each" in answer_sentence(tied)


def test_a_picture_of_another_size_is_refused(study):
    with pytest.raises(ValueError, match="give 8 × 8 cells"):
        ask_about(study, np.zeros((7, 8), dtype=np.uint8))
