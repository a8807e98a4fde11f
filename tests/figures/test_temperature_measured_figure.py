import pytest

from dl_core.documents.native_chart import can_be_native
from dl_core.documents.still import png
from dl_core.figures.picture import ACCENT
from dl_core.figures.temperature_measured import TOP, temperature_curves
from dl_core.temperature_measured import TEMPERATURES, Settings, models, story


def drawn(temperature=1.0):
    return temperature_curves(story(Settings(temperature)))


def test_each_lowest_point_lies_under_its_whole_curve():
    figure = drawn().checked_figure
    curves = [trace for trace in figure.data if trace.mode == "lines"]
    lowest = [trace for trace in figure.data if trace.name == "lowest"]
    assert len(curves) == len(lowest) == 2
    for curve, low, model in zip(curves, lowest, models(), strict=True):
        assert low.y[0] <= min(curve.y) + 1e-4
        assert low.x[0] == pytest.approx(model.best, rel=1e-3)


def test_the_readers_temperature_is_marked_on_both_curves_in_the_accent_colour():
    shown = story(Settings(2.0))
    figure = drawn(2.0).checked_figure
    marks = [trace for trace in figure.data if trace.name == "at your temperature"]
    assert [(mark.x[0], mark.marker.color) for mark in marks] == [(2.0, ACCENT)] * 2
    assert [mark.y[0] for mark in marks] == pytest.approx([shown.sure.loss, shown.timid.loss], rel=1e-3)
    assert [(line.x0, line.line.color) for line in figure.layout.shapes] == [(2.0, ACCENT)]


def test_a_loss_above_the_chart_is_marked_at_its_edge():
    mark = next(trace for trace in drawn(0.1).checked_figure.data if trace.name == "at your temperature")
    assert story(Settings(0.1)).sure.loss > TOP
    assert mark.y[0] < TOP


@pytest.mark.parametrize("temperature", TEMPERATURES)
def test_a_deck_gets_it_as_a_chart_and_a_card_as_a_still(temperature):
    picture = drawn(temperature)
    assert can_be_native(picture)
    assert png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.json) < 40_000
    assert len(picture.figure["layout"]["title"]["text"].split()) <= 14


def test_the_table_says_what_the_test_pile_says():
    table = drawn().table
    for row, model in enumerate(models()):
        assert float(table["test loss at 1"][row]) == pytest.approx(model.test.mean_loss(1), abs=5e-4)
        assert float(table["test loss at the best"][row]) < float(table["test loss at 1"][row])
    assert table["answers above a blind guess (2.30)"][0] == "23 of 360"
