import json
from itertools import pairwise

import pytest

from dl_core.documents import still
from dl_core.figures.outlier_fit import SCALE, outlier_lines
from dl_core.figures.picture import ACCENT
from dl_core.outlier_fit import PRESETS, VIEW_X, VIEW_Y, Settings, story

EDGES = [Settings(1_510, 1e6), Settings(1e6, 12), Settings(0, 0), Settings(1_950, 10.5, "huber")]
every_place = pytest.mark.parametrize("chosen", [*PRESETS.values(), *EDGES], ids=str)


def drawn(chosen=None):
    return outlier_lines(story(chosen or Settings()))


def trace(picture, name):
    return next(one for one in picture.checked_figure.data if one.name == name)


def corners(shape):
    return [tuple(map(float, pair.split(","))) for pair in shape.path.strip("MZ").split("L")]


def area(points):
    """By the shoelace rule, in points squared."""
    scaled = [(x / SCALE, y) for x, y in points]
    pairs = zip(scaled, [*scaled[1:], scaled[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def test_the_reader_s_wine_is_the_one_point_of_the_trace_that_can_be_dragged():
    picture = drawn()
    place = picture.figure["layout"]["meta"]["drag"]["trace"]
    own = picture.checked_figure.data[place]
    assert (own.x, own.y, own.marker.color) == ((1_510,), (11.4,), ACCENT)


def test_each_square_is_a_square_and_as_large_as_its_miss():
    shown = story(Settings())
    shapes = outlier_lines(shown).checked_figure.layout.shapes
    for shape, residual in zip(shapes, shown.residuals, strict=True):
        (x0, y0), (_, y1), (x2, _), _ = corners(shape)
        assert abs(x2 - x0) / SCALE == pytest.approx(abs(y1 - y0), abs=2e-3)
        assert area(corners(shape)) == pytest.approx(residual**2, abs=5e-3)
    axis = drawn().checked_figure.layout.yaxis
    assert (axis.scaleanchor, axis.scaleratio) == ("x", SCALE)


def test_huber_s_areas_are_twice_its_loss():
    # ½ r² up to delta, then delta (|r| - ½ delta)
    shown = story(Settings(shown="huber", delta=0.5))
    for shape, residual in zip(
        outlier_lines(shown).checked_figure.layout.shapes, shown.residuals, strict=True
    ):
        size = abs(residual)
        loss = 0.5 * size**2 if size <= 0.5 else 0.5 * (size - 0.25)
        assert area(corners(shape)) == pytest.approx(2 * loss, abs=5e-3)


def test_absolute_loss_is_drawn_as_lengths():
    shown = story(Settings(shown="absolute"))
    for shape, residual in zip(
        outlier_lines(shown).checked_figure.layout.shapes, shown.residuals, strict=True
    ):
        (x0, y0), (x1, y1) = corners(shape)
        assert x0 == x1
        assert abs(y1 - y0) == pytest.approx(abs(residual), abs=2e-3)


def test_a_line_lies_where_the_core_puts_it():
    shown = story(Settings())
    for fit, name in zip(shown.fits, ("squared", "absolute", "Huber"), strict=True):
        line = trace(outlier_lines(shown), name)
        assert line.y[0] == pytest.approx(fit.line.at(line.x[0]), abs=1e-3)
        assert line.y[-1] == pytest.approx(fit.line.at(line.x[-1]), abs=1e-3)


@every_place
def test_no_range_moves_and_a_wine_beyond_is_an_arrow_at_the_edge(chosen):
    picture = drawn(chosen)
    layout = picture.checked_figure.layout
    assert (layout.xaxis.range, layout.yaxis.range) == (VIEW_X, VIEW_Y)
    own = trace(picture, "your wine")
    assert VIEW_X[0] <= own.x[0] <= VIEW_X[1]
    assert VIEW_Y[0] <= own.y[0] <= VIEW_Y[1]
    assert (own.marker.symbol == "diamond") == (not story(chosen).outside)


@every_place
def test_the_names_of_the_lines_never_lie_upon_each_other(chosen):
    notes = drawn(chosen).checked_figure.layout.annotations
    heights = sorted(note.y for note in notes if note.x == 1_700 and note.xanchor == "left")
    assert len(heights) == 3
    assert all(above - below >= 0.49 for below, above in pairwise(heights))


@every_place
def test_it_can_be_drawn_still_and_sent_small(chosen):
    picture = drawn(chosen)
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.json) < 40_000
    json.loads(picture.json, parse_constant=lambda name: pytest.fail(f"{name} in the figure"))
    assert len(picture.checked_figure.layout.title.text.split()) <= 14


def test_summary_and_table_hold_the_numbers():
    picture = drawn()
    assert "the squared line 1.0 points its way" in picture.summary
    assert picture.table["line moved at your wine (points)"].tolist() == [0.98, 0.0, 0.27]
