"""The confusion square holds every held-out photo once, and opens the cell that is worth looking at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix

from dl_core.transfer.checked import checked
from dl_core.transfer.confusion import (
    Confusion,
    Settings,
    at_rest,
    burst_sentence,
    cell_in_words,
    story,
    sure_sentence,
    takeaway,
)
from dl_core.transfer.pictures import Pictures
from dl_core.transfer.tasks import ready_made


def by_hand(truth: list[int], said: list[int], sure: list[float], chosen=None):
    n = len(truth)
    names = ("cup", "jug", "pan")
    pictures = Pictures("toy", names, np.zeros((n, 64, 64, 3), np.uint8), np.array(truth), np.arange(n))
    return Confusion(
        Settings(pictures, **(chosen or {})), np.array(truth), np.array(said), np.array(sure), np.arange(n), n
    )


@pytest.fixture(scope="module")
def told() -> Confusion:
    return story(Settings(ready_made("numbers")))


def test_the_counts_are_scikit_learns(told):
    assert np.array_equal(told.counts, confusion_matrix(told.truth, told.said, labels=range(5)))
    assert sum(map(sum, told.counts)) == told.n
    assert told.right.hits == np.trace(np.array(told.counts)) == told.n - told.n_wrong


def test_the_photos_are_the_held_out_ones_with_their_answers(told):
    found = checked(told.pictures, 20, 0)
    assert np.array_equal(told.rows, found.split.held_out)
    assert np.array_equal(told.truth, told.pictures.labels[told.rows])
    features = found.features[told.rows]
    assert np.array_equal(told.said, found.head.answers(features))
    np.testing.assert_allclose(told.sure, found.head.probabilities(features).max(axis=1))


def test_every_photo_lies_in_one_cell_the_surest_first(told):
    seen: list[int] = []
    for truth in range(5):
        for said in range(5):
            cell = replace(told, settings=replace(told.settings, truth=truth, said=said)).opened
            assert (cell.truth, cell.said, len(cell.rows)) == (truth, said, told.counts[truth][said])
            assert list(cell.sure) == sorted(cell.sure, reverse=True)
            seen += cell.rows
    assert sorted(seen) == told.rows.tolist()


@pytest.mark.parametrize(
    ("chosen", "cell"),
    [
        ({}, (1, 2)),  # two jugs called pans: the commonest mistake
        ({"truth": 0}, (0, 1)),  # the only mistake on cups
        ({"said": 0}, (2, 0)),
        ({"truth": 2, "said": 2}, (2, 2)),
        ({"truth": 0, "said": 2}, (0, 2)),  # empty, but asked for
    ],
)
def test_the_cell_that_opens(chosen, cell):
    truth, said = [0, 0, 0, 1, 1, 1, 2, 2], [0, 0, 1, 2, 2, 1, 0, 2]
    told = by_hand(truth, said, [0.5] * 8, chosen)
    assert (told.opened.truth, told.opened.said) == cell
    # counted by hand: 2 + 1 + 1 on the diagonal, so 4 of 8 are right; Wilson's range of 4 in 8 is 22 to 78 %
    assert takeaway(told).startswith(
        "**4 of 8 held-out photos are wrong.** Right: 50 % (95 % range 22 % to 78 %)."
    )
    assert len(takeaway(told).split()) <= 45


def test_without_mistakes_the_fullest_right_cell_opens():
    told = by_hand([0, 1, 1], [0, 1, 1], [0.9, 0.7, 0.8])
    assert (told.opened.truth, told.opened.said, told.opened.rows) == (1, 1, (2, 1))
    assert told.commonest == ()
    assert sure_sentence(told).startswith("It makes no mistake here. That is no proof")


def test_mistakes_that_are_level_are_called_level():
    told = by_hand([0, 1, 2, 2], [1, 0, 2, 2], [0.9] * 4)
    assert told.commonest == ((0, 1), (1, 0))
    assert by_hand([0, 0, 1], [1, 1, 0], [0.9] * 3).commonest == ((0, 1),)


def test_one_wrong_photo_is_told_in_the_singular():
    told = by_hand([0, 1, 1], [1, 1, 1], [0.75, 0.7, 0.8])
    assert "**1 of 3 held-out photos is wrong.**" in takeaway(told)
    assert "1 of 1 photo of “cup” is called “jug”, 75 % sure." in takeaway(told)
    assert sure_sentence(told) == "When it is wrong, it is 75 % sure; when it is right, 75 %."


def test_all_wrong_and_an_empty_cell_are_told():
    told = by_hand([0, 1], [1, 0], [0.6, 0.8], {"truth": 2, "said": 2})
    assert sure_sentence(told) == "When it is wrong, it is typically 70 % sure."
    assert takeaway(told).endswith("None that is “pan”, says “pan”.")
    assert cell_in_words(told, told.opened) == "is “pan”, says “pan”"


def test_bursts_are_said_to_widen_the_range(told):
    assert told.n_bursts < told.n
    assert f"come from {told.n_bursts} bursts" in burst_sentence(told)
    assert burst_sentence(by_hand([0, 1], [0, 1], [0.9, 0.9])) == ""


def test_stopped_work_and_nothing_held_out_are_told():
    rng = np.random.default_rng(3)
    pixels = rng.integers(0, 256, (4, 64, 64, 3), np.uint8)
    one_burst_each = Pictures("toy", ("a", "b"), pixels, np.array([0, 0, 1, 1]), np.array([0, 0, 1, 1]))
    for told in (story(Settings(one_burst_each)), story(Settings(one_burst_each, 2), lambda share: True)):
        assert told.n == 0
        assert takeaway(told).startswith("No photo is held out")
    other = Pictures("toy", ("a", "b"), pixels[::-1].copy(), np.array([0, 0, 1, 1]), np.array([0, 0, 1, 1]))
    assert story(Settings(other), lambda share: False).n == 0


def test_it_opens_on_the_pages_own_task():
    assert at_rest().pictures == story(at_rest()).pictures


@pytest.mark.parametrize("wrong", [{"n_per_class": 0}, {"seed": -1}, {"truth": 5}, {"said": -1}])
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"cannot be|There is no class"):
        Settings(ready_made("numbers"), **wrong)
