import math

import pytest

from dl_core.documents import still
from dl_core.figures.language_length import cost_of_length
from dl_core.language.length import LONGEST, PRESETS, Settings, overtaken, story

CASES = [Settings(), *PRESETS.values(), Settings(1), Settings(10), Settings(LONGEST)]
every_case = pytest.mark.parametrize("chosen", CASES, ids=lambda one: str(one.n))


def traces(picture):
    return {trace.name: trace for trace in picture.checked_figure.data}


@every_case
def test_both_lines_are_what_they_say(chosen):
    drawn = traces(cost_of_length(story(chosen)))
    pairs, steps = drawn["attention: pairs"], drawn["recurrent network, bag: steps"]
    assert pairs.y == tuple(n * n for n in pairs.x)
    assert steps.y == steps.x == pairs.x
    assert list(pairs.x) == sorted(set(pairs.x))
    assert pairs.line.dash != steps.line.dash


def test_the_reader_stands_on_both_lines():
    mine = traces(cost_of_length(story(Settings(2_000))))["your text"]
    assert (mine.x, mine.y) == ((2_000, 2_000), (4_000_000, 2_000))


def test_twice_the_text_is_marked_where_it_fits():
    twice = traces(cost_of_length(story(Settings(2_000))))["twice as long"]
    assert (twice.x, twice.y) == ((4_000,), (16_000_000,))
    assert "twice as long" not in traces(cost_of_length(story(PRESETS["Book"])))


def test_the_shade_begins_where_pairs_cost_most():
    shapes = cost_of_length(story(Settings())).checked_figure.layout.shapes
    assert [shape.x0 for shape in shapes if shape.type == "rect"] == [overtaken()]


@every_case
def test_everything_lies_inside_and_can_be_drawn(chosen):
    picture = cost_of_length(story(chosen))
    layout = picture.checked_figure.layout
    for trace in picture.checked_figure.data:
        for values, axis in ((trace.x, layout.xaxis), (trace.y, layout.yaxis)):
            assert all(axis.range[0] <= math.log10(value) <= axis.range[1] for value in values)
    assert len(picture.json) < 6_000
    assert picture.table["pairs in one head"][3] == "1,000,000"
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
