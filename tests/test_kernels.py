import dataclasses
import itertools

import numpy as np
import pytest
from PIL import Image
from scipy.signal import correlate2d

from dl_core.kernels import (
    FIRST,
    KERNELS,
    WAYS,
    Settings,
    filtered,
    grey_size,
    in_grey,
    limits,
    named,
    story,
    strongest,
)
from dl_core.kernels_in_words import as_sum, finding, near_zero, takeaway, unevenness, whose
from dl_core.photos import first_sample, photo, sample_photo
from dl_core.vision.gallery import gallery
from tests.readability import sentences, words


def plain(width, height, colour=(90, 90, 90)):
    return photo("plain", Image.new("RGB", (width, height), colour))


def drawn(cells):
    return photo("drawn", Image.fromarray(np.array(cells, np.uint8)))


STEP = drawn([[200, 200, 50, 50]] * 4)  # bright left, dark right
every_sample = pytest.mark.parametrize("key", [one.key for one in gallery()])
every_kernel = pytest.mark.parametrize("name", KERNELS)


def test_one_sum_by_hand():
    # 3 · 200 · 1 + 3 · 200 · 0 + 3 · 50 · (−1) = 450, at both places of a row
    told = story(Settings(STEP, FIRST, 2, 2))
    assert told.sums.tolist() == [[450.0, 450.0]] * 2
    assert told.total == 450
    assert [term.product for term in told.terms] == [200, 0, -50] * 3


@every_sample
@every_kernel
def test_the_map_is_scipys_correlation(key, name):
    grey = in_grey(sample_photo(key))
    kernel = np.reshape(KERNELS[name], (3, 3))
    expected = correlate2d(grey.astype(float), kernel, "valid")
    np.testing.assert_allclose(filtered(grey, KERNELS[name]), expected, atol=1e-9)


@every_kernel
def test_the_nine_products_add_up_to_the_maps_pixel(name):
    shown = sample_photo("cat")
    (top, bottom), (left, right) = limits(shown, "made of")
    for row, column in ((top, left), (bottom, right), (20, 31)):
        told = story(Settings(shown, KERNELS[name], row, column))
        assert told.total == pytest.approx(told.sums[row - 2, column - 2])


def test_where_a_pixel_goes_is_where_it_came_from():
    """Each product of "goes to" stands among the nine that make that pixel of the map."""
    shown, weights = sample_photo("coffee"), (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, -9.0)
    forward = story(Settings(shown, weights, 20, 31, "goes to"))
    for term in forward.terms:
        back = story(Settings(shown, weights, term.row, term.column))
        (same,) = [each for each in back.terms if (each.row, each.column) == (20, 31)]
        assert (same.weight, same.brightness) == (term.weight, term.brightness)


def test_a_brighter_pixel_moves_its_nine_sums_by_the_weights():
    cells = np.full((7, 7), 100)
    weights = tuple(float(w) for w in range(1, 10))
    before = story(Settings(drawn(cells), weights, 4, 4, "goes to"))
    cells[3, 3] += 1
    moved = story(Settings(drawn(cells), weights, 4, 4)).sums - before.sums
    for term in before.terms:
        assert moved[term.row - 2, term.column - 2] == term.weight
    assert np.count_nonzero(moved) == 9


@pytest.mark.parametrize(("row", "column", "n"), [(1, 1, 1), (1, 3, 3), (2, 2, 4), (4, 4, 9), (7, 7, 1)])
def test_a_pixel_at_the_rim_goes_into_fewer_sums(row, column, n):
    told = story(Settings(plain(7, 7), FIRST, row, column, "goes to"))
    assert sum(term.exists for term in told.terms) == n
    assert f"**{n} pixel" in takeaway(told)


def test_what_the_kernels_are_for():
    flat = in_grey(plain(9, 9))
    for name, weights in KERNELS.items():
        found = filtered(flat, weights)
        assert np.allclose(found, 0 if name in ("Upright edges", "Level edges", "Outline") else 90), name
    step = in_grey(STEP)
    assert np.all(filtered(step, KERNELS["Level edges"]) == 0)  # nothing changes from top to bottom
    np.testing.assert_array_equal(filtered(step, KERNELS["Leave it"]), step[1:-1, 1:-1])
    cat = in_grey(sample_photo("cat"))
    rough = unevenness(cat[1:-1, 1:-1])
    assert unevenness(filtered(cat, KERNELS["Blur"])) < rough < unevenness(filtered(cat, KERNELS["Sharpen"]))


@pytest.mark.parametrize(
    ("size", "cells"),
    [
        ((1, 1), (3, 3)),
        ((5, 400), (3, 64)),
        ((4000, 20), (64, 3)),
        ((20, 10), (20, 10)),
        ((640, 640), (64, 64)),
    ],
)
def test_photos_of_any_shape_have_room_for_the_kernel(size, cells):
    assert grey_size(*size) == cells
    shown = plain(*size)
    assert in_grey(shown).shape == cells[::-1]
    row, column = strongest(shown, FIRST)
    told = story(Settings(shown, FIRST, row, column))
    assert told.sums.shape == (cells[1] - 2, cells[0] - 2)
    assert np.all(told.grey == 90)


def test_the_strongest_place_is_the_one_farthest_from_nothing():
    assert strongest(sample_photo("lemon"), FIRST) != (32, 32)
    for weights in (FIRST, KERNELS["Sharpen"]):
        shown = sample_photo("lemon")
        row, column = strongest(shown, weights)
        told = story(Settings(shown, weights, row, column))
        change = told.sums - (told.grey[1:-1, 1:-1] if told.is_brightness else 0)
        assert abs(change).max() == abs(change[row - 2, column - 2])
    assert strongest(plain(9, 7), FIRST) == (4, 5)  # the same everywhere: the middle


def test_colour_becomes_brightness():
    # ITU-R 601: 0.299 · 255 = 76 for red, 0.587 · 255 = 150 for green
    assert in_grey(plain(4, 4, (255, 0, 0)))[0, 0] == 76
    assert in_grey(plain(4, 4, (0, 255, 0)))[0, 0] == 150


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": FIRST[:8]},
        {"weights": (*FIRST[:8], 9.5)},
        {"weights": (*FIRST[:8], float("nan"))},
        {"row": 1},  # the map has no pixel at the rim
        {"row": 43},
        {"column": 64},
        {"column": 0, "way": "goes to"},
        {"way": "back"},
    ],
)
def test_nonsense_is_refused(wrong):
    good = {"photo": first_sample(), "weights": FIRST, "row": 20, "column": 31}
    Settings(**good)
    with pytest.raises(ValueError, match=r"weight|pixel|way"):
        Settings(**{**good, **wrong})


def test_settings_are_hashable_and_a_brief_keeps_a_samples_key():
    from dl_core.documents.brief import BadBrief, from_plain, to_plain

    chosen = Settings(sample_photo("cat"), KERNELS["Blur"], 20, 31)
    assert hash(chosen) == hash(dataclasses.replace(chosen))
    plain_data = to_plain(chosen)
    assert plain_data["photo"] == "cat"
    assert from_plain(story, plain_data) == chosen
    with pytest.raises(BadBrief):
        from_plain(story, {**plain_data, "row": 900})
    assert to_plain(Settings(STEP, FIRST, 2, 2)) is None  # a reader's own photo is never kept


def test_the_result_cannot_be_written():
    told = story(Settings(first_sample(), FIRST, 20, 31))
    for kept in (told.grey, told.sums):
        with pytest.raises(ValueError, match="read-only"):
            kept[0, 0] = 0


def test_the_name_goes_when_a_weight_changes():
    assert [named(weights) for weights in KERNELS.values()] == list(KERNELS)
    assert named((*FIRST[:8], -0.5)) == "Your own"
    own = story(Settings(first_sample(), (*FIRST[:8], -0.5), 20, 31))
    assert whose(own) == "Your own: set by hand"


def test_the_sentence_tells_the_sum_and_how_often_the_weights_are_used():
    told = story(Settings(STEP, FIRST, 2, 2))
    assert takeaway(told) == (
        "At row 2, column 2, nine brightness values times nine weights add up to **450**. "
        "A flat patch would give 0. The same 9 weights serve the whole photo, 4 times. "
        "People set these weights; a network learns its own."
    )
    blurred = takeaway(story(Settings(STEP, KERNELS["Blur"], 2, 2)))
    # 0.1 · (3 · 200 + 2 · 200 + 3 · 50) + 0.2 · 200 = 155
    assert "add up to **155**. The photo itself has 200 there." in blurred
    half = takeaway(story(Settings(STEP, (0.5,) + (0.0,) * 8, 2, 2)))
    assert "A flat patch of brightness 100 would give 50." in half


def test_the_finding_counts_the_map():
    cells = [[0, 0, 0, 0, 0, 0, 0, 40, 40, 40]] * 3
    told = story(Settings(drawn(cells), FIRST, 2, 5))
    # eight places; two of them see 3 · (0 − 40) = −120, six see 0
    assert near_zero(told) == 0.75
    assert finding(told) == "75 % of the map stays near 0; its edges reach −120"
    assert finding(story(Settings(STEP, (1.0,) * 9, 2, 2))) == "The sums run from 900 to 1,350"
    assert (
        finding(story(Settings(plain(9, 9), KERNELS["Blur"], 5, 5)))
        == "This photo is flat, and so is its map"
    )
    same = story(Settings(sample_photo("cat"), KERNELS["Leave it"], 5, 5))
    assert finding(same) == "Neighbouring cells differ as much as in the photo"


@every_sample
def test_words_are_short_for_every_photo_and_kernel(key):
    shown = sample_photo(key)
    for weights, way in itertools.product(KERNELS.values(), WAYS):
        told = story(Settings(shown, weights, *strongest(shown, weights), way))
        assert len(finding(told).split()) <= 13
        assert len(takeaway(told).split()) <= 45
        assert all(len(words(sentence)) <= 25 for sentence in sentences(takeaway(told)))


def test_sums_are_written_briefly():
    assert [as_sum(v) for v in (0.05, -0.25, 20655.4, -1.0)] == ["0.1", "−0.2", "20,655", "−1"]
