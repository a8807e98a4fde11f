import pytest

from dl_core.activations import PRESETS, Settings, story
from dl_core.documents import still
from dl_core.figures.activations import STYLES, values_and_slopes

SETTINGS = [*PRESETS.values(), Settings(-6), Settings(6), Settings(0.5)]
every_setting = pytest.mark.parametrize("chosen", SETTINGS, ids=str)


def trace(figure, name):
    (found,) = [each for each in figure.data if each.name == name]
    return found


def test_the_lists_hold_value_and_slope_of_each_at_the_readers_sum():
    # at −2: sigmoid 1 / (1 + e²) = 0.1192, its slope 0.1192 · 0.8808 = 0.105; tanh −0.964, its slope 0.0707
    figure = values_and_slopes(story(Settings(-2.0))).checked_figure
    notes = [(note.text, note.yref) for note in figure.layout.annotations]
    for told in (("sigmoid <b>0.12</b>", "y"), ("sigmoid <b>0.1</b>", "y2"), ("tanh <b>−0.96</b>", "y"),
                 ("tanh <b>0.071</b>", "y2"), ("ReLU <b>0</b>", "y"), ("step <b>0</b>", "y2")):  # fmt: skip
        assert told in notes


def test_the_curves_pass_through_known_points():
    figure = values_and_slopes(story(Settings(0.0))).checked_figure
    middle = trace(figure, "sigmoid, slope").x.index(0)
    assert trace(figure, "sigmoid, slope").y[middle] == 0.25
    assert trace(figure, "sigmoid").y[middle] == 0.5
    assert trace(figure, "tanh, slope").y[middle] == 1
    assert max(trace(figure, "ReLU").y) <= 2.45  # what lies above the panel is not drawn


@every_setting
def test_each_line_has_a_second_cue_and_the_readers_point_on_it(chosen):
    shown = story(chosen)
    figure = values_and_slopes(shown).checked_figure
    assert len({style[1] for style in STYLES.values()}) == len({style[2] for style in STYLES.values()}) == 4
    for name, (_, dash, symbol) in STYLES.items():
        slope = trace(figure, f"{name}, slope")
        assert slope.line.dash == dash
        points = [each for each in figure.data if each.name == f"{name}, your sum" and each.yaxis == "y2"]
        assert points[0].marker.symbol == symbol
        assert points[0].x[0] == chosen.x
        assert points[0].y[0] == pytest.approx(shown.of(name).slope, rel=1e-3, abs=1e-12)


@every_setting
def test_titles_are_short_and_everything_can_be_drawn(chosen):
    picture = values_and_slopes(story(chosen))
    assert len(picture.checked_figure.layout.title.text.split()) <= 14
    assert "NaN" not in picture.json
    assert len(picture.json) < 40_000
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"


def test_the_table_shows_the_slope_found_by_trying_and_none_at_a_corner():
    table = values_and_slopes(story(Settings(5.0))).table.set_index("activation")
    assert table.loc["sigmoid", "slope"] == table.loc["sigmoid", "slope found by a tiny nudge"] == "0.00665"
    corner = values_and_slopes(story(Settings(0.0))).table.set_index("activation")
    assert corner.loc["ReLU", "slope found by a tiny nudge"] == "no slope: a corner"
    assert corner.loc["step", "slope found by a tiny nudge"] == "no slope: a jump"
