"""One layer's numbers: the published figures, and PyTorch's own count."""

from __future__ import annotations

import pytest
import torch

from dl_core.layer_parameters import (
    COLOURS,
    KERNELS,
    PRESETS,
    SIDES,
    Compared,
    Settings,
    large,
    memory,
    story,
    takeaway,
    times,
)


def test_the_articles_picture_has_50_176_pixels_and_50_million_weights():
    told = story(PRESETS["The article's picture"])
    assert told.n_inputs == 224 * 224 == 50_176
    assert told.connected.weights == 50_176_000  # 50,176 · 1000
    assert told.connected.biases == 1000
    # 50,177,000 · 4 = 200,708,000 bytes
    assert told.connected.bytes == 200_708_000
    assert memory(told.connected.bytes) == "201 MB"
    # 65,536 = 256²: another picture, 65.5 million weights
    assert story(Settings(side=256, colour="grey")).connected.weights == 65_536_000


def test_in_colour_it_is_three_times_as_much():
    told = story(Settings())
    assert told.connected.weights == 150_528_000  # 3 · 50,176 · 1000
    assert told.connected.parameters == 150_529_000
    assert memory(told.connected.bytes) == "602 MB"  # 602,116,000 bytes
    assert told.convolution.parameters == 1_792  # 3 · 3 · 3 · 64 = 1,728 and 64 biases
    assert told.fewer == pytest.approx(84_000.56, abs=0.01)  # 150,529,000 / 1,792
    assert times(told.fewer) == "84,000 times fewer"


def test_the_convolution_learns_as_many_numbers_at_any_size():
    counts = {story(Settings(side=side)).convolution.parameters for side in SIDES}
    assert counts == {1_792}


def test_fewer_numbers_are_not_fewer_multiplications():
    told = story(Settings())
    assert told.convolution.multiplications == 86_704_128  # 1,728 · 50,176
    assert told.connected.multiplications == 150_528_000
    # units / (cells · filters) at any size and colour: 1000 / (9 · 64) = 1.736
    for side in SIDES:
        for colour in COLOURS:
            assert story(Settings(side, colour)).less_work == pytest.approx(1000 / 576)
    # 49 · 64 = 3,136 is more than 1,000 units
    wide = story(Settings(kernel=7))
    assert wide.less_work < 1 < wide.fewer
    assert "another matter: 3.1 times as many." in takeaway(wide)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize(
    ("side", "colour", "n_units", "n_filters"), [(32, "grey", 10, 8), (224, "colour", 1000, 64)]
)
def test_pytorch_counts_the_same(side, colour, n_units, kernel, n_filters):
    told = story(Settings(side, colour, n_units, kernel, n_filters))
    channels = COLOURS[colour]
    linear = torch.nn.Linear(channels * side**2, n_units, device="meta")
    conv = torch.nn.Conv2d(channels, n_filters, kernel, padding=kernel // 2, device="meta")
    assert told.connected.parameters == sum(each.numel() for each in linear.parameters())
    assert told.convolution.parameters == sum(each.numel() for each in conv.parameters())
    # multiplications: every place of the output times the weights of one filter
    out = conv(torch.empty(1, channels, side, side, device="meta"))
    assert told.convolution.multiplications == out.numel() * conv.weight[0].numel()
    assert told.connected.multiplications == linear.weight.numel()


def test_smallest_picture():
    told = story(Settings(1, "grey", 1, 1, 1))
    assert told == Compared(told.settings, 1, told.convolution, told.connected)
    assert (told.connected.parameters, told.connected.multiplications) == (2, 1)
    assert "about as many" in takeaway(told)


def test_words_for_counts():
    assert [large(n) for n in (0, 999_999, 1_000_000, 2.5e12)] == [
        "0", "999,999", "1.0 million", "2.5 trillion",
    ]  # fmt: skip
    assert (memory(4), memory(1e12)) == ("4 bytes", "1 TB")
    assert times(15_308_000) == "15.3 million times fewer"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"side": 0}, "A side"),
        ({"side": 10_001}, "A side"),
        ({"n_units": 0}, "The units"),
        ({"kernel": 4}, "no middle"),
        ({"kernel": 33}, "A kernel"),
        ({"n_filters": 5000}, "The filters"),
        ({"colour": "red"}, "no “red” picture"),
        ({"side": 3.5}, "A side"),
    ],
)
def test_nonsense_is_refused(wrong, words):
    with pytest.raises(ValueError, match=words):
        Settings(**wrong)
