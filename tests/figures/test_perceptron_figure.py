import json

import pytest

from dl_core.documents import still
from dl_core.figures.perceptron import eight_cases
from dl_core.figures.picture import BLUE
from dl_core.perceptron import CASES, PRESETS, Settings, story

SETTINGS = [
    *PRESETS.values(), Settings(-6, 3.5, 1, -2), Settings(0, 0, 0, -20), Settings(10, 10, 10, 20),
    Settings(0, 0, 0, 0), Settings(-10, -10, -10, 4), Settings(0.01, 10, 0.5, -0.5, True, False, False),
]  # fmt: skip
every_setting = pytest.mark.parametrize("chosen", SETTINGS, ids=str)


def texts(figure):
    return [note.text for note in figure.layout.annotations]


def test_the_bars_are_the_weights_of_what_is_met():
    figure = eight_cases(story(Settings())).checked_figure
    bars = {trace.name: trace for trace in figure.data if trace.type == "bar"}
    # rows from the top: all three 6 + 2 + 2, then 6 + 2, 6 + 2, 6, 2 + 2, 2, 2, nothing
    assert bars["sun"].x == (6, 6, 6, 6, 0, 0, 0, 0)
    assert bars["partner"].x == (2, 2, 0, 0, 2, 2, 0, 0)
    assert bars["transport"].base == (8, 8, 6, 6, 2, 2, 0, 0)
    assert bars["sun"].y == (7, 6, 5, 4, 3, 2, 1, 0)


def test_bars_that_go_to_the_left_start_at_zero_or_at_one_another():
    figure = eight_cases(story(Settings(-6, 3.5, -1, -2))).checked_figure
    bars = {trace.name: trace for trace in figure.data if trace.type == "bar"}
    assert (bars["sun"].base[0], bars["partner"].base[0], bars["transport"].base[0]) == (0, 0, -6)


@every_setting
def test_go_and_stay_differ_in_shape_in_colour_and_in_words(chosen):
    shown = story(chosen)
    figure = eight_cases(shown).checked_figure
    verdicts = next(trace for trace in figure.data if trace.name == "what the neuron says")
    for one, symbol, colour in zip(
        shown.decisions, verdicts.marker.symbol, verdicts.marker.color, strict=True
    ):
        assert (symbol == "circle") == one.goes == (colour == BLUE)
    said = [text.removeprefix("<b>you ").removesuffix("</b>") for text in texts(figure)]
    assert said.count("go") == len(shown.going)
    assert said.count("stay") == len(CASES) - len(shown.going)
    assert sum(text.startswith("<b>you ") for text in texts(figure)) == 1


@every_setting
def test_the_threshold_stands_where_the_bias_puts_it(chosen):
    figure = eight_cases(story(chosen)).checked_figure
    (line,) = [shape for shape in figure.layout.shapes if shape.type == "line"]
    low, high = figure.layout.xaxis.range
    assert line.x0 == line.x1 == -chosen.bias
    assert low <= line.x0 <= high
    assert any(text.startswith("<b>threshold ") for text in texts(figure))


@every_setting
def test_everything_lies_inside_and_can_be_drawn(chosen):
    picture = eight_cases(story(chosen))
    figure = picture.checked_figure
    low, high = figure.layout.xaxis.range
    for trace in figure.data:
        ends = trace.x if trace.type != "bar" else [b + x for b, x in zip(trace.base, trace.x, strict=True)]
        assert all(low <= x <= high for x in ends)
    assert len(figure.layout.title.text.split()) <= 14
    assert "NaN" not in picture.json
    assert "Infinity" not in picture.json
    assert len(picture.json) < 40_000
    json.loads(picture.json)
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"


def test_a_number_in_a_bar_does_not_stand_on_the_dashed_line():
    # threshold 3: the middle of the weight 6 is 3 as well, so its number moves to a quarter, 1.5
    figure = eight_cases(story(Settings(bias=-3.0))).checked_figure
    sixes = [note.x for note in figure.layout.annotations if note.text == "6"]
    assert sixes
    assert set(sixes) == {1.5}


def test_the_table_has_the_eight_cases_and_marks_the_readers():
    table = eight_cases(story(Settings())).table
    assert table["weighted sum"].tolist() == [10, 8, 8, 6, 4, 2, 2, 0]
    assert table["sum + bias"].tolist() == [5, 3, 3, 1, -1, -3, -3, -5]
    assert table["the neuron says"].tolist() == ["go"] * 4 + ["stay"] * 4
    assert table["case"][table["yours"] == "yes"].tolist() == [
        "bad weather, your partner comes, transport is near"
    ]
