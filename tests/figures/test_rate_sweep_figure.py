import json
import math
from dataclasses import replace

import pytest

from dl_core.documents.native_chart import can_be_native
from dl_core.documents.still import png
from dl_core.figures.picture import ACCENT, VERMILLION
from dl_core.figures.rate_sweep import CROSSES, FLOOR, rates, sweep_summary
from dl_core.rate_sweep import PRESETS, Settings, story
from dl_core.surfaces import SURFACES, surface

EVERYWHERE = [
    Settings(ground.key, start, 25, rate, optimiser)
    for ground in SURFACES
    for start in (ground.start, ground.minima[0], (900.0, -900.0))
    for rate, optimiser in ((0.0001, "gd"), (0.05, "adam"), (10.0, "gd"))
]


def traces(picture, name):
    return [trace for trace in picture.checked_figure.data if trace.name == name]


def notes(picture):
    return [note.text for note in picture.checked_figure.layout.annotations]


def test_every_rate_is_drawn_once_on_the_line_or_as_a_cross():
    shown = story(Settings())
    picture = rates(shown)
    line = [x for trace in traces(picture, "loss left") for x in trace.x]
    crosses = traces(picture, "diverged")[0]
    assert sorted([*line, *crosses.x]) == [one.learning_rate for one in shown.tried]
    assert set(crosses.y) == {CROSSES}
    assert crosses.marker.symbol == "x"
    assert min(crosses.x) == pytest.approx(0.089)  # the first tried beyond 0.08
    assert any("left the picture or rose" in text for text in notes(picture))


def test_the_line_breaks_where_a_rate_failed_between_two_that_did_not():
    shown = story(Settings("plateau", surface("plateau").start, 100, 0.5))
    for trace in traces(rates(shown), "loss left"):
        between = [one for one in shown.tried if trace.x[0] <= one.learning_rate <= trace.x[-1]]
        assert not any(one.failed for one in between)
    assert len(traces(rates(shown), "loss left")) > 1


def test_what_lies_below_the_axis_is_drawn_on_its_end_and_the_axis_says_so():
    shown = story(Settings("bowl", surface("bowl").start, 100, 0.2))
    heights = [y for trace in traces(rates(shown), "loss left") for y in trace.y]
    assert shown.best.share < FLOOR
    assert min(heights) == FLOOR
    ticks = dict(
        zip(
            rates(shown).figure["layout"]["yaxis"]["tickvals"],
            rates(shown).figure["layout"]["yaxis"]["ticktext"],
            strict=True,
        )
    )
    assert ticks[FLOOR] == "less"


def test_the_readers_rate_is_marked_in_the_accent_colour_at_its_own_loss():
    picture = rates(story(Settings()))
    mark = traces(picture, "your rate")[0]
    assert (mark.x[0], mark.marker.color) == (0.01, ACCENT)
    assert mark.y[0] == pytest.approx(0.5 * 0.99**200, rel=1e-3)
    assert "<b>your rate 0.01</b><br>6.7 % left" in notes(picture)


def test_a_rate_beyond_the_cliff_stands_among_the_crosses():
    picture = rates(story(replace(Settings(), learning_rate=0.2)))
    assert traces(picture, "your rate")[0].y[0] == CROSSES
    assert "<b>your rate 0.2</b><br>out" in notes(picture)


def test_the_cliff_is_drawn_by_formula_with_the_tried_one_beside_it():
    picture = rates(story(Settings()))
    line = next(shape for shape in picture.checked_figure.layout.shapes if shape.line.color == VERMILLION)
    assert line.x0 == pytest.approx(0.08)
    assert "<b>cliff 0.08</b><br>by formula,<br>0.079 as tried" in notes(picture)
    tried = rates(story(PRESETS["Two valleys"]))
    assert "<b>cliff 0.35</b><br>as tried" in notes(tried)


def test_the_best_rate_is_marked_unless_it_is_the_readers():
    assert traces(rates(story(Settings())), "best")[0].x[0] == 0.071
    assert traces(rates(story(replace(Settings(), learning_rate=0.071))), "best") == []


def test_a_higher_valley_explains_the_level_where_walks_are_stuck():
    picture = rates(story(PRESETS["Two valleys"]))
    assert "floor of the higher valley" in notes(picture)
    level = next(
        shape
        for shape in picture.checked_figure.layout.shapes
        if shape.line.dash == "dot" and shape.y0 == shape.y1
    )
    assert level.y0 == pytest.approx(traces(picture, "your rate")[0].y[0], rel=1e-3)


@pytest.mark.parametrize("chosen", EVERYWHERE, ids=str)
def test_everywhere_the_picture_can_be_drawn_and_is_small(chosen):
    picture = rates(story(chosen))
    assert len(picture.json) < 40_000
    json.loads(picture.json, parse_constant=lambda name: pytest.fail(name))
    assert len(picture.checked_figure.data) == len(picture.figure["data"])
    assert len(picture.figure["layout"]["title"]["text"].split()) <= 14
    assert len(picture.table) >= 12
    assert all(FLOOR <= y <= CROSSES for trace in picture.figure["data"] for y in trace["y"])


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_an_editable_chart_on_a_slide_and_a_still(name):
    picture = rates(story(PRESETS[name]))
    assert can_be_native(picture)
    assert png(picture, pixels_per_inch=40)[1:4] == b"PNG"


def test_summary_and_table_hold_the_numbers():
    shown = story(Settings())
    # 20 rates in each tenfold, from 10^-1.05 = 0.089 to 10^1: 2.05 · 20 + 1 = 42
    assert "42 of 101 rates failed, from 0.089 on." in sweep_summary(shown)
    table = rates(shown).table
    assert table["learning rate"].tolist()[:3] == ["0.01", "0.071", "0.079"]
    assert table.iloc[0, 2] == "6.7 % of the loss"
    assert math.isclose(float(table["learning rate"].tolist()[-1]), 10)
