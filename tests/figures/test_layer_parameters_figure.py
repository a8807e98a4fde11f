"""Two pairs of bars, each from 0 on its own scale."""

from __future__ import annotations

import pytest

from dl_core.documents.still import png
from dl_core.figures.layer_parameters import layer_bars
from dl_core.layer_parameters import KERNELS, PRESETS, SIDES, Settings, story


def test_bars_are_the_counts_and_words_say_them():
    figure = layer_bars(story(Settings())).checked_figure
    # each pair from 0, the longer of it is 1
    found = [bar.x[0] for bar in figure.data]
    assert found == pytest.approx([1, 1_792 / 150_529_000, 1, 86_704_128 / 150_528_000])
    assert figure.layout.xaxis.type in (None, "linear")
    words = " ".join(note.text for note in figure.layout.annotations)
    for said in (
        "84,000 times fewer",
        "150.5 million</b> (602 MB)",
        "1,792</b> (7.17 kB)",
        "1.7 times fewer",
    ):
        assert said in words
    assert [note.text for note in figure.layout.annotations].count("too short to see") == 1
    kinds = [(bar.marker.color, bar.marker.pattern.shape) for bar in figure.data]
    assert kinds[0] == kinds[2] != kinds[1] == kinds[3]
    assert kinds[0][1] != kinds[1][1]  # a pattern beside the colour


LARGEST = Settings(SIDES[-1], kernel=KERNELS[-1], n_filters=4096, n_units=100_000)


@pytest.mark.parametrize("settings", [*PRESETS.values(), Settings(1, "grey", 1, 1, 1), LARGEST])
def test_every_bar_stays_on_the_axis(settings):
    picture = layer_bars(story(settings))
    low, high = picture.checked_figure.layout.xaxis.range
    assert low == 0
    bars = [bar.x[0] for bar in picture.checked_figure.data]
    assert max(bars[:2]) == max(bars[2:]) == 1 <= high
    assert png(picture, width=4, height=4, pixels_per_inch=40)[1:4] == b"PNG"


def test_the_table_gives_every_number():
    table = layer_bars(story(Settings())).table
    assert table["convolution"].tolist() == ["1,728", "64", "1,792", "7.17 kB", "86,704,128"]
    assert table["fully connected"].tolist() == [
        "150,528,000",
        "1,000",
        "150,529,000",
        "602 MB",
        "150,528,000",
    ]
