"""The closest learned filter: cosines by hand, laws, and what chance can do."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image
from scipy.signal import correlate2d
from scipy.stats import beta

from dl_core import closest_filter as core
from dl_core.intervals import share_of
from dl_core.photos import photo, sample_photo
from dl_core.vision.layers import first_filters
from tests.readability import words

COFFEE = sample_photo("coffee")
SOBEL = (-1.0, 0.0, 1.0, -2.0, 0.0, 2.0, -1.0, 0.0, 1.0)


def closest(weights: object) -> core.ClosestFilter:
    return core.story(core.Settings(COFFEE, tuple(float(w) for w in np.ravel(weights))))


def test_nonsense_is_refused() -> None:
    for wrong in ((1.0,) * 8, (1.0,) * 10, (float("nan"),) * 9, (1e7,) + (0.0,) * 8, ()):
        with pytest.raises(ValueError, match="nine numbers"):
            core.Settings(COFFEE, wrong)


def test_grey_and_colour_are_split_as_by_hand() -> None:
    weights = np.zeros((3, 3, 3, 3))
    weights[0, :, 1, 1] = 2, 2, 2  # sum 6, energy 12, of it in grey 36 / 3 = 12: no colour
    weights[1, :, 0, 0] = 1, -1, 0  # sum 0: colour alone
    weights[2, :, 2, 1] = 3, 0, 0  # sum 3, energy 9, of it in grey 9 / 3 = 3: two thirds are colour
    grey, colour = core.split(weights)
    assert [grey[0, 1, 1], grey[1, 0, 0], grey[2, 2, 1]] == [6, 0, 3]
    np.testing.assert_allclose(colour, [0, 1, 2 / 3], atol=1e-12)


def test_on_a_grey_photo_the_grey_sum_is_all_that_a_filter_does() -> None:
    seen = np.random.default_rng(0).random((9, 11))
    weights, _ = first_filters()
    three = torch.from_numpy(np.stack([seen] * 3)[None]).float()
    own = torch.nn.functional.conv2d(three, torch.from_numpy(weights.copy()))[0].numpy()
    grey, _ = core.grey_and_colour()
    for number in (0, 8, 12, 21):
        np.testing.assert_allclose(core.answer(seen, grey[number]), own[number], atol=1e-4)


def test_a_kernel_slides_as_in_scipy() -> None:
    seen, kernel = np.random.default_rng(1).random((7, 8)), np.arange(9.0).reshape(3, 3)
    np.testing.assert_allclose(core.answer(seen, kernel), correlate2d(seen, kernel, "valid"))


def test_a_learned_filter_finds_itself_either_way_up() -> None:
    grey, _ = core.grey_and_colour()
    for scale in (5.0, -0.2):
        found = closest(scale * grey[21])
        best = found.matches[0]
        assert best.filter == 22
        assert best.similarity == pytest.approx(np.sign(scale))
        assert best.agreement == pytest.approx(np.sign(scale))
        assert found.by_chance.hits == 0
        # brought to the length of the reader's kernel it is that kernel, or its negative
        np.testing.assert_allclose(best.grey, abs(scale) * grey[21], rtol=1e-9)


def test_similarity_is_the_cosine_and_knows_no_scale() -> None:
    small, large = closest(SOBEL), closest(1000 * np.array(SOBEL))
    assert [m.filter for m in small.matches] == [m.filter for m in large.matches]
    grey, _ = core.grey_and_colour()
    for one, other in zip(small.matches, large.matches, strict=True):
        row = grey[one.filter - 1].ravel()
        cosine = row @ np.array(SOBEL) / np.sqrt((row @ row) * 12)  # 1 + 1 + 4 + 4 + 1 + 1 = 12
        assert one.similarity == pytest.approx(cosine)
        assert other.similarity == pytest.approx(cosine)
    sizes = [abs(m.similarity) for m in small.matches]
    assert sizes == sorted(sizes, reverse=True)
    assert small.is_rare


def test_filters_that_hear_colour_alone_are_left_out() -> None:
    _, colour = core.grey_and_colour()
    left_out = {int(i) + 1 for i in np.flatnonzero(colour > 0.99)}
    found = closest(SOBEL)
    assert len(left_out) == found.n_filters - found.n_compared > 0
    grey, _ = core.grey_and_colour()
    assert closest(grey[min(left_out) - 1]).matches[0].filter not in left_out


def test_chance_lies_between_what_one_and_all_filters_can_do() -> None:
    # the square of the cosine between a random direction in 9 dimensions and a fixed one is Beta(1/2, 4)
    best, n = core.chance(), closest(SOBEL).n_compared
    for at in (0.5, 0.7, 0.85, 0.95):
        one = beta.sf(at**2, 0.5, 4)
        share = float((best >= at).mean())
        assert share_of(int((best >= at).sum()), len(best)).high >= one
        assert share <= n * one + 0.01
    assert not closest((3, -2, 1, 0, 4, 1, -4, 2, 3)).is_rare


def test_a_kernel_of_zeros_gets_a_sentence() -> None:
    found = closest((0,) * 9)
    assert found.matches == ()
    assert found.by_chance is None
    assert not found.is_rare
    assert core.takeaway(found).startswith("A kernel of nine zeros has no pattern")


@pytest.mark.parametrize("size", [(8, 8), (900, 12), (1, 1)])
def test_a_flat_photo_has_answers_without_agreement(size: tuple[int, int]) -> None:
    found = core.story(core.Settings(photo("flat", Image.new("RGB", size, (90, 90, 90)))))
    assert found.matches[0].agreement is None
    # -1 + 1 - 2 + 2 - 1 + 1 = 0: an even surface has no edge
    np.testing.assert_allclose(found.answer, 0, atol=1e-12)
    assert found.answer.shape == (62, 62)


def test_the_sentence_says_how_close_and_whether_it_may_be_chance() -> None:
    near, far = core.takeaway(closest(SOBEL)), core.takeaway(closest((3, -2, 1, 0, 4, 1, -4, 2, 3)))
    assert near.startswith("Of 20 learned filters, **number ")
    assert "hardly chance" in near
    assert "may be chance" in far
    swapped = core.takeaway(closest(-np.array(SOBEL)))
    assert "with light and dark swapped" in swapped
    assert "−0.99" in swapped
    for told in (near, far, swapped):
        assert len(words(told)) <= 45


def test_rare_means_at_most_one_in_twenty() -> None:
    assert core.chance_sentence(share_of(500, 10_000)).endswith("hardly chance.")
    assert core.chance_sentence(share_of(501, 10_000)).endswith("may be chance.")
