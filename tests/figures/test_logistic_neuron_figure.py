import pytest

from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.logistic_neuron import sigmoid_and_step
from dl_core.logistic_neuron import PRESETS, Settings, story

SETTINGS = [*PRESETS.values(), Settings(25, 0.5), Settings(1, 2.0), Settings(99, 10.0)]
every_setting = pytest.mark.parametrize("chosen", SETTINGS, ids=str)


def trace(figure, name):
    (found,) = [each for each in figure.data if each.name == name]
    return found


@every_setting
def test_every_case_lies_on_the_curve_and_says_go_or_stay_by_its_shape(chosen):
    shown = story(chosen)
    figure = sigmoid_and_step(shown).checked_figure
    cases, curve = trace(figure, "cases"), trace(figure, "sigmoid")
    heights = dict(zip(curve.x, curve.y, strict=True))
    for group, x, y, symbol in zip(shown.groups, cases.x, cases.y, cases.marker.symbol, strict=True):
        assert y == pytest.approx(heights[x], rel=1e-3, abs=1e-9)
        assert (symbol == "circle") == group.goes


def test_the_published_shares_stand_at_their_points():
    figure = sigmoid_and_step(story(Settings())).checked_figure
    notes = {note.x: note.text for note in figure.layout.annotations if "<b>" in note.text}
    for x, told in ((1, "73 %"), (-1, "27 %"), (5, "99.3 %"), (-5, "0.67 %")):
        assert f"<b>{told}</b>" in notes[x]
    assert "2 cases" in notes[3]
    assert "2 cases" in notes[-3]


@every_setting
def test_the_threshold_lies_where_the_reader_put_it(chosen):
    figure = sigmoid_and_step(story(chosen)).checked_figure
    (line,) = figure.layout.shapes
    assert line.y0 == line.y1 == chosen.threshold_percent / 100
    assert any(
        note.text == f"threshold {chosen.threshold_percent} %: go above it"
        for note in figure.layout.annotations
    )


def test_no_share_is_shown_as_certain():
    figure = sigmoid_and_step(story(Settings(50, 10.0))).checked_figure
    told = " ".join(note.text for note in figure.layout.annotations)
    assert "100 %" not in told
    assert "over 99.99 %" in told
    assert " 0 %" not in told


@every_setting
def test_titles_are_short_and_everything_can_be_drawn(chosen):
    picture = sigmoid_and_step(story(chosen))
    assert len(picture.checked_figure.layout.title.text.split()) <= 14
    assert "NaN" not in picture.json
    assert len(picture.json) < 40_000
    assert can_be_native(picture)
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.table) == 8


def test_the_table_sets_the_step_against_the_threshold():
    table = sigmoid_and_step(story(Settings(80))).table
    assert table["a step says"].tolist().count("go") == 4
    assert table["with a threshold of 80 %"].tolist().count("go") == 3
