import json

import pytest

from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.eight_or_not import THRESHOLDS
from dl_core.figures.picture import ACCENT
from dl_core.figures.price_of_mistakes import cost_curve
from dl_core.price_of_mistakes import PRESETS, Settings, story

EDGES = [Settings(1e6, 1, 0.9), Settings(1, 1e6, 0.01), Settings(250, 5, 0.03)]
every_setting = pytest.mark.parametrize("chosen", [*PRESETS.values(), *EDGES], ids=str)


def trace(picture, name):
    return next(one for one in picture.checked_figure.data if one.name.startswith(name))


def uprights(picture):
    return {round(shape.x0, 4): shape.line.color for shape in picture.checked_figure.layout.shapes}


def notes(picture):
    return [note.text for note in picture.checked_figure.layout.annotations]


def test_the_curve_is_the_measured_cost_of_every_threshold():
    shown = story(Settings())
    curve = trace(cost_curve(shown), "cost")
    assert curve.x == tuple(THRESHOLDS)
    assert curve.y == pytest.approx(shown.costs, rel=1e-3)


def test_the_ring_stands_on_the_lowest_point_of_the_curve():
    picture = cost_curve(story(Settings()))
    ring, curve = trace(picture, "cheapest"), trace(picture, "cost")
    assert ring.y[0] == min(curve.y)
    assert curve.y[curve.x.index(ring.x[0])] == ring.y[0]


def test_the_formula_the_reader_and_the_usual_each_have_a_line():
    picture = cost_curve(story(Settings(250, 5, 0.3)))
    found = uprights(picture)
    assert set(found) == {0.0196, 0.3, 0.5}  # 5 / 255 = 0.0196
    assert found[0.3] == ACCENT
    assert {"formula: 0.02", "yours: 0.30", "the usual 0.5"} <= set(notes(picture))


def test_a_reader_at_the_usual_threshold_shares_its_name():
    picture = cost_curve(story(Settings(threshold=0.5)))
    assert set(uprights(picture)) == {0.0196, 0.5}
    assert "yours: 0.50, the usual" in notes(picture)


def test_the_formula_never_claims_to_be_zero_or_one():
    assert "formula: under 0.01" in notes(cost_curve(story(Settings(1e6, 1))))
    assert "formula: over 0.99" in notes(cost_curve(story(Settings(1, 1e6))))


@every_setting
def test_every_marked_point_lies_inside_of_the_picture(chosen):
    picture = cost_curve(story(chosen))
    low, high = picture.checked_figure.layout.yaxis.range
    for name in ("cheapest", "your threshold"):
        assert low < trace(picture, name).y[0] < high


@every_setting
def test_it_can_be_drawn_everywhere_and_is_small(chosen):
    picture = cost_curve(story(chosen))
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert can_be_native(picture)
    assert len(picture.json) < 40_000
    json.loads(picture.json, parse_constant=lambda name: pytest.fail(f"{name} in the figure"))
    assert len(picture.checked_figure.layout.title.text.split()) <= 14


def test_summary_and_table_hold_the_numbers():
    shown = story(Settings())
    picture = cost_curve(shown)
    assert "asks for 0.02" in picture.summary
    assert "accuracy is" in picture.summary
    assert picture.table["misses, test digits"].tolist() == [
        shown.at_yours.misses, shown.at_best.misses, shown.at_usual.misses
    ]  # fmt: skip
