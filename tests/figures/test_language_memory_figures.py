"""The pictures of "Fading" and "Order": what is drawn, that it lies inside, that every file can draw it."""

import pytest

from dl_core.documents import still
from dl_core.figures.language_fading import HIGH, LOW, fading_chart
from dl_core.figures.language_order import order_chart
from dl_core.language import positions, recall

FADING = [
    *recall.PRESETS.values(),
    recall.Settings(1, ("attention",)),
    recall.Settings(5, recall.KINDS, "beyond"),
    recall.Settings(80, recall.KINDS),
]
ORDER = [
    *positions.PRESETS.values(),
    positions.Settings(),
    positions.Settings(0),
    positions.Settings(3, 9, 9),
    positions.Settings(20, 44, 1, 64),
    *(positions.Settings(view="shuffle", text=text) for text in ("", "one", "a b a", "x <b>&amp;</b> " * 20)),
]


def named(picture):
    return {trace.name: trace for trace in picture.checked_figure.data}


def test_measured_answers_are_drawn_with_a_look_of_their_own():
    told = recall.story(recall.Settings(20, recall.KINDS))
    traces = named(fading_chart(told))
    for one in told.lines:
        drawn = traces[recall.NAMES[one.kind]]
        assert drawn.x == recall.DISTANCES
        assert drawn.y == pytest.approx([100 * one.share(each) for each in recall.DISTANCES])
    looks = [traces[recall.NAMES[kind]] for kind in recall.KINDS]
    for look in (lambda t: t.marker.symbol, lambda t: t.line.dash, lambda t: t.line.color):
        assert len({look(one) for one in looks}) == 4
    assert set(traces["guessing"].y) == {12.5}


def test_the_readers_distance_is_marked_on_each_line():
    told = recall.story(recall.Settings(40))
    mark = named(fading_chart(told))["your distance"]
    assert set(mark.x) == {40}
    assert set(mark.y) == {round(100 * one.share(40), 2) for one in told.lines}


def test_beyond_shows_where_teaching_ended():
    lines = fading_chart(recall.story(recall.PRESETS["Longer than taught"])).checked_figure.layout.shapes
    assert {line.x0 for line in lines} == {40, 80}


@pytest.mark.parametrize("chosen", FADING, ids=str)
def test_fading_can_be_drawn_anywhere(chosen):
    picture = fading_chart(recall.story(chosen))
    for trace in picture.checked_figure.data:
        assert all(LOW <= y <= HIGH for y in trace.y)
        assert all(1 <= x <= 80 for x in trace.x)
    assert "NaN" not in picture.json
    assert len(picture.json) < 8_000
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.table) == len(chosen.networks)
    assert len(picture.title.split()) <= 13


def test_the_code_is_drawn_sines_above_cosines():
    told = positions.story(positions.Settings(width=8))
    cells = named(order_chart(told))["code"]
    assert cells.z[0] == pytest.approx(told.code[:, 0], abs=0.006)
    assert cells.z[4] == pytest.approx(told.code[:, 1], abs=0.006)
    assert (cells.zmin, cells.zmax) == (-1, 1)


def test_both_partners_stand_at_one_height():
    told = positions.story(positions.Settings(7, 3, 40))
    traces = named(order_chart(told))
    assert traces["partners"].x == (10, 47)
    assert traces["partners"].y == pytest.approx((told.alike, told.alike), abs=1e-4)
    assert traces["to place 3"].y[9] == pytest.approx(told.alike, abs=1e-3)
    frames = [shape.x0 + 0.5 for shape in order_chart(told).checked_figure.layout.shapes]
    assert frames == [3, 10, 40, 47]


def test_without_places_every_word_stands_at_zero():
    told = positions.story(positions.PRESETS["Without places"])
    traces = named(order_chart(told))
    assert traces["without places"].x == (0, 0, 0)
    assert traces["with places"].x == pytest.approx([100 * one for one in told.shuffled.placed], abs=0.01)
    assert traces["with places"].marker.symbol != traces["without places"].marker.symbol


@pytest.mark.parametrize("chosen", ORDER, ids=lambda one: str(one)[:60])
def test_order_can_be_drawn_anywhere(chosen):
    picture = order_chart(positions.story(chosen))
    figure = picture.checked_figure
    assert "NaN" not in picture.json
    assert len(picture.json) < 40_000
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.table) == (
        positions.N_PLACES if chosen.view == "code" else len(figure.layout.yaxis.tickvals)
    )
    assert len(picture.title.split()) <= 13
    for label in figure.layout.yaxis.ticktext or ():
        assert not set(label) & set("<&>")
