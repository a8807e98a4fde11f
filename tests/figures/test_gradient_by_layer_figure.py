import json
import math
from itertools import pairwise, product

import pytest

from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.gradient_by_layer import gradient_chart, tick
from dl_core.figures.picture import BLUE
from dl_core.gradient_by_layer import ACTIVATIONS, PRESETS, SPREADS, Settings, story

CASES = [*PRESETS.values(), Settings(1), Settings(2, "none", "he"), Settings(12, "sigmoid", "large"),
         Settings(20, "sigmoid", "small")]  # fmt: skip
every_case = pytest.mark.parametrize("chosen", CASES, ids=str)


def named(picture):
    return {trace.name: trace for trace in picture.checked_figure.data}


def test_lines_run_from_the_networks_end_back_to_layer_1():
    shown = story(Settings(5, "relu", "he"))
    traces = named(gradient_chart(shown))
    assert traces["ReLU"].x == (6, 5, 4, 3, 2, 1)
    assert traces["ReLU"].y == pytest.approx((1, *reversed(shown.chosen.median)), rel=5e-3)
    assert traces["theory"].y == pytest.approx((1, *reversed(shown.theory)), rel=5e-3)
    assert traces["sigmoid"].y == pytest.approx((1, *reversed(shown.lines["sigmoid"].median)), rel=5e-3)
    assert traces["ReLU"].marker.color == BLUE
    assert "slopes alone, at best" not in traces


def test_the_best_case_of_a_sigmoid_is_drawn():
    best = named(gradient_chart(story(Settings(10))))["slopes alone, at best"]
    assert best.y[-1] == pytest.approx(0.25**10, rel=5e-3)  # 9.5e-7


@every_case
def test_everything_lies_inside_and_can_be_drawn(chosen):
    picture = gradient_chart(story(chosen))
    figure = picture.checked_figure
    low, high = figure.layout.yaxis.range
    left, right = figure.layout.xaxis.range
    for trace in figure.data:
        assert all(low <= math.log10(y) <= high for y in trace.y)
        assert all(left <= x <= right for x in trace.x)
    assert all(low <= math.log10(mark) <= high for mark in figure.layout.yaxis.tickvals)
    assert 2 <= len(figure.layout.yaxis.tickvals) <= 8
    assert "NaN" not in picture.json
    assert len(picture.json) < 12_000
    assert can_be_native(picture)
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.table) == chosen.n_layers


def test_titles_are_short_and_end_well():
    for n, activation, start in product((1, 2, 10, 20), ACTIVATIONS, SPREADS):
        title = gradient_chart(story(Settings(n, activation, start))).figure["layout"]["title"]["text"]
        assert len(title.split()) <= 14
        assert "times of" not in title
        assert "layer 1 gets" in title


def test_names_stand_apart():
    for chosen in CASES:
        figure = gradient_chart(story(chosen)).checked_figure
        low, high = figure.layout.yaxis.range
        heights = sorted(note.y for note in figure.layout.annotations if note.xref != "paper")
        gaps = [(upper - lower) / (high - low) for lower, upper in pairwise(heights)]
        assert min(gaps) > 0.06


@every_case
def test_the_film_follows_the_gradient_back_to_layer_1(chosen):
    picture = gradient_chart(story(chosen))
    if chosen.n_layers == 1:
        assert picture.film is None
        return
    film = json.loads(picture.film.json)
    assert len(film["captions"]) == chosen.n_layers + 1
    assert film["captions"][-1].startswith("Layer 1: ")
    for place in film["grows"]:
        assert len(picture.figure["data"][place]["x"]) == chosen.n_layers + 1


def test_marks_on_the_axis_are_words():
    assert [tick(power) for power in (-12, -9, -6, -3, 0, 3, 12, 18, -27, 1, -2)] == [
        "trillionth", "billionth", "millionth", "thousandth", "1", "thousand", "trillion", "10¹⁸", "10⁻²⁷",
        "10", "0.01",
    ]  # fmt: skip
