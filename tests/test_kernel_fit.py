import itertools
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn import functional

from dl_core.convolution import unread
from dl_core.kernel_fit import (
    DILATIONS,
    KINDS,
    PADDINGS,
    PICTURES,
    PRESETS,
    SIZES,
    STRIDES,
    Settings,
    edge_weights,
    finding,
    formula,
    half_bright,
    moved,
    story,
    takeaway,
)
from tests.readability import sentences, words


def every_setting():
    for n, kind, size, stride, padding, dilation in itertools.product(
        PICTURES, KINDS, SIZES, STRIDES, PADDINGS, DILATIONS
    ):
        if kind == "weights" or (padding == 0 and dilation == 1):
            yield Settings(n, kind, size, stride, padding, dilation, 1, 1)


def test_the_demonstration():
    # C65: 0, 30, 30, 0 in each row
    told = story(Settings())
    assert told.result.tolist() == [[0.0, 30.0, 30.0, 0.0]] * 4
    assert told.value == 30  # row 1, column 2
    assert finding(told) == "6 × 6 becomes 4 × 4; only the edge gives 30"


def test_the_presets_do_what_they_say():
    places = {name: settings.places for name, settings in PRESETS.items()}
    # (6+2·1−3)/1+1 = 6; (6+2−3)/2 = 2.5 → 2+1 = 3; (6−2·2−1)/1+1 = 2; (6−2)/2+1 = 3; 7 > 6
    assert list(places.values()) == [4, 6, 3, 2, 3, 0]
    pooled = story(PRESETS["Pool 2 × 2"])
    assert pooled.result.size * 4 == pooled.picture.size
    # the zeros above and below weaken the edge from 30 to 20, those to the left make a false one
    padded = story(PRESETS["Padded: size stays"])
    assert padded.result[0].tolist() == [-20, 0, 20, 20, 0, 0]
    assert padded.result[1].tolist() == [-30, 0, 30, 30, 0, 0]
    assert padded.bent == 6 + 4  # the first column, and two edge sums in each of two rows


def test_every_setting_agrees_with_torch():
    for settings in every_setting():
        told = story(settings)
        if not settings.places:
            assert told.result.size == 0
            continue
        picture = torch.from_numpy(told.picture)[None, None]
        if settings.kind == "weights":
            kernel = torch.from_numpy(edge_weights(settings.size))[None, None]
            expected = functional.conv2d(
                picture, kernel, None, settings.stride, settings.padding, settings.dilation
            )
        else:
            by = functional.max_pool2d if settings.kind == "max" else functional.avg_pool2d
            expected = by(picture, settings.size, settings.stride)
        np.testing.assert_array_equal(told.result, expected[0, 0].numpy())


def test_the_cells_it_reads_make_the_number_looked_at():
    for settings in every_setting():
        for place in {1, settings.places} if settings.places else ():
            told = story(replace(settings, row=place, column=place))
            values = [tap.value * tap.weight for tap in told.taps]
            by = {"weights": sum, "max": max, "average": lambda v: sum(v) / len(v)}[settings.kind]
            assert told.value == pytest.approx(by(values))


def test_a_remedy_fits_and_reads_everything():
    helped = 0
    for settings in every_setting():
        told = story(settings)
        trouble = not settings.places or told.unread
        assert bool(told.reason) == bool(trouble)
        assert (told.remedy is not None) == bool(trouble)
        if told.remedy:
            better = told.remedy.settings
            assert better.places
            assert not unread(better.n, better.window)
            assert story(better).reason == ""
            helped += 1
    assert helped > 50


def test_what_does_not_fit_is_said_and_not_thrown():
    told = story(PRESETS["Does not fit"])
    assert finding(told) == "A window of 7 does not fit into 6"
    assert takeaway(told) == (
        "The window is 7 cells wide and the picture only 6, so there is no place for it. "
        "The formula gives less than 1, so nothing comes out. What would help: padding 1."
    )
    assert formula(told.settings).endswith("is below 1")


def test_unread_cells_are_said():
    told = story(Settings(stride=2, row=1, column=1))
    # (6 − 3)/2 = 1.5: places at 0 and 2, cells 0 to 4; the sixth is never read
    assert told.unread == (5,)
    assert finding(told) == "6 × 6 becomes 2 × 2; 1 row, 1 column never read"
    assert "The last row and column are never read" in takeaway(told)


def test_pooling_says_which_number_it_keeps():
    assert "the largest of 4 numbers is 10." in takeaway(story(PRESETS["Pool 2 × 2"]))
    average = Settings(kind="average", size=2, stride=2)
    assert "the average of 4 numbers is 5." in takeaway(story(average))


def test_a_single_weight_changes_nothing():
    told = story(Settings(size=1))
    assert np.array_equal(told.result, told.picture)
    assert "so 10 stays 10." in takeaway(told)


def test_an_odd_picture_keeps_its_middle_bright():
    assert half_bright(5)[2].tolist() == [10, 10, 10, 0, 0]


def test_the_place_moves_into_a_smaller_map():
    assert moved(Settings(row=4, column=4), size=5).column == 2
    assert moved(Settings(row=4, column=4), size=7).row == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"n": 40},
        {"size": 4},
        {"stride": 0},
        {"padding": -1},
        {"dilation": 0},
        {"kind": "median"},
        {"kind": "max", "padding": 1},
        {"kind": "average", "dilation": 2},
        {"row": 5},
        {"column": 0},
    ],
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"offered|Pooling|map"):
        Settings(**wrong)


def test_words_are_short_at_every_setting():
    for settings in every_setting():
        told = story(settings)
        assert len(finding(told).split()) <= 13
        assert len(takeaway(told).split()) <= 48
        assert all(len(words(sentence)) <= 25 for sentence in sentences(takeaway(told)))


def test_sums_that_padding_changes_are_counted():
    # Against a repeated rim: with zeros the columns' differences are −10, −10, 0, 10, 10, 0, 0 instead of
    # 0, 0, 0, 10, 10, 0, 0, and the rows of a window that hold light are 1, 2, 3, 3, 3, 2, 1 instead of 3.
    # So the first two columns differ in all 7 rows, the edge's two in the 4 rows below 3: 14 + 8
    assert story(Settings(n=5, padding=2, row=1, column=1)).bent == 22
