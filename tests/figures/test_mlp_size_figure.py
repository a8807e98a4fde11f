"""The picture of score against size."""

from __future__ import annotations

import json
import math
from functools import cache
from itertools import pairwise

import pytest

from dl_core.documents import still
from dl_core.figures.mlp_size import size_picture
from dl_core.figures.picture import ACCENT, BLUE, VERMILLION
from dl_core.mlp import data
from dl_core.mlp.plan import Plan
from dl_core.mlp_builder import PRESETS, Settings
from dl_core.mlp_size import story
from tests.readability import read, words

told = cache(story)
EVERY = {
    **PRESETS,
    "diverges": Settings(data.Settings("surface"), Plan(learning_rate=1.0)),
    "wine": Settings(data.Settings("wine"), Plan(hidden=(8,))),
}
every_case = pytest.mark.parametrize("chosen", EVERY.values(), ids=EVERY)


def trace(picture, name):
    return next(one for one in picture.checked_figure.data if one.name == name)


@every_case
def test_it_can_be_drawn_still_and_sent_small(chosen):
    picture = size_picture(told(chosen))
    assert still.png(picture, pixels_per_inch=30)[1:4] == b"PNG"
    assert len(picture.json) < 10_000
    json.loads(picture.json, parse_constant=lambda name: pytest.fail(f"{name} in the figure"))
    assert len(picture.table) == len(told(chosen).sizes)
    assert len(picture.figure["layout"]["title"]["text"].split()) <= 14
    assert all(len(words(one)) <= 25 for one in read([picture.summary]).sentences)


def test_the_curves_are_the_middle_scores_and_the_bars_the_range():
    sizes = told(PRESETS["Few rows, memorises"])
    picture = size_picture(sizes)
    unseen, own = trace(picture, "unseen rows"), trace(picture, "training rows")
    assert list(unseen.x) == [one.meter.parameters for one in sizes.sizes]
    assert list(unseen.y) == pytest.approx([100 * one.value for one in sizes.sizes], abs=0.01)
    assert list(own.y) == pytest.approx([100 * one.own_value for one in sizes.sizes], abs=0.01)
    high = [y + up for y, up in zip(unseen.y, unseen.error_y.array, strict=True)]
    low = [y - down for y, down in zip(unseen.y, unseen.error_y.arrayminus, strict=True)]
    assert high == pytest.approx([100 * one.high for one in sizes.sizes], abs=0.02)
    assert low == pytest.approx([100 * one.low for one in sizes.sizes], abs=0.02)
    assert (own.line.color, unseen.line.color, unseen.line.dash) == (BLUE, VERMILLION, "dash")


def test_the_smallest_that_is_enough_is_ringed_and_the_readers_own_is_a_diamond():
    sizes = told(PRESETS["Spiral, too small"])
    picture = size_picture(sizes)
    assert trace(picture, "enough").x == (sizes.enough.meter.parameters,)
    yours = trace(picture, "your network")
    # 2·3 + 3 + 3·2 + 2
    assert yours.x == (17,)
    assert yours.marker.color == ACCENT


def test_the_band_is_the_interval_of_the_best():
    sizes = told(PRESETS["Spiral, too small"])
    band = next(one for one in size_picture(sizes).figure["layout"]["shapes"] if one["type"] == "rect")
    best = sizes.best.middle
    assert [band["y0"], band["y1"]] == pytest.approx([100 * best.low, 100 * best.high], abs=0.01)


@every_case
def test_words_at_the_axis_keep_apart(chosen):
    picture = size_picture(told(chosen))
    ticks = picture.figure["layout"]["xaxis"]["tickvals"]
    assert all(right / left > 1.9 for left, right in pairwise(ticks))
    across = picture.figure["layout"]["xaxis"]["range"]
    assert all(across[0] < math.log10(tick) < across[1] for tick in ticks)


@every_case
def test_everything_lies_inside_the_upper_axis(chosen):
    picture = size_picture(told(chosen))
    low, high = picture.figure["layout"]["yaxis"]["range"]
    for one in picture.figure["data"]:
        if one.get("yaxis") != "y2":
            assert all(low <= value <= high for value in one["y"])


def test_the_time_of_each_size_is_drawn():
    sizes = told(Settings())
    stems = trace(size_picture(sizes), "time")
    tops = [value for value in stems.y if value]
    assert tops == pytest.approx([1000 * one.meter.seconds for one in sizes.sizes], rel=1e-3)


def test_one_size_alone_is_drawn_too():
    picture = size_picture(story(Settings(plan=Plan(n_epochs=2000)), lambda share: False))
    assert picture.figure["layout"]["title"]["text"] == "One size alone compares with nothing"
    assert still.png(picture, pixels_per_inch=30)[1:4] == b"PNG"
