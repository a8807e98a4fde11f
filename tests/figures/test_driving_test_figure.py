import pytest

from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.driving_test import PRESETS, Settings, story
from dl_core.figures.driving_test import network
from dl_core.figures.picture import BLUE, QUIET, VERMILLION

CASES = [*PRESETS.values(), Settings(lessons=17), Settings(16, "female", 0), Settings(90, "female", 60, -1)]
every_case = pytest.mark.parametrize("chosen", CASES, ids=str)


def labels(picture):
    return [note.text for note in picture.checked_figure.layout.annotations]


def test_every_number_stands_in_its_neuron_before_and_after_relu():
    told = labels(network(story(Settings())))
    assert "<b>PARKING</b><br>−200 + 60 − 0.5 + 100<br>= −40.5<br>ReLU → <b>0</b>" in told
    assert "<b>ROAD</b><br>−200 + 120 + 0.5 + 40<br>= −39.5<br>ReLU → <b>0</b>" in told
    assert "<b>PASS</b><br>−3 + 0<br>+ 0<br>= −3<br>sigmoid<br>→ <b>4.74 %</b>" in told
    weights = ["× 3", "× −0.5", "× 10", "× 6", "× 0.5", "× 4", "× 0.01", "× 0.025"]
    assert [text for text in told if text.startswith("×")] == weights


def test_a_connection_shows_which_way_it_pulls_and_how_strongly():
    lines = network(story(Settings())).checked_figure.data  # A: 60, −0.5, 100, 120, 0.5, 40, then nothing
    assert [one.line.color for one in lines] == [BLUE, VERMILLION, BLUE, BLUE, BLUE, BLUE, QUIET, QUIET]
    assert [one.line.dash for one in lines[:2]] == ["solid", "dash"]
    assert lines[3].line.width > lines[0].line.width > lines[5].line.width > lines[1].line.width


def test_the_bar_is_as_long_as_the_share():
    shapes = network(story(PRESETS["Person B"])).checked_figure.layout.shapes
    whole, part = (one for one in shapes if one.line.width == 0)
    assert (part.x1 - part.x0) / (whole.x1 - whole.x0) == pytest.approx(0.9526, abs=1e-3)


def test_a_silent_neuron_has_a_dashed_and_empty_frame():
    def frames(chosen):
        return [one.line.dash for one in network(story(chosen)).checked_figure.layout.shapes[3:5]]

    assert frames(Settings()) == ["dash", "dash"]
    assert frames(Settings(lessons=17)) == ["solid", "dash"]
    assert frames(PRESETS["Person B"]) == ["solid", "solid"]


@every_case
def test_it_is_short_and_can_be_drawn_everywhere(chosen):
    picture = network(story(chosen))
    assert len(picture.checked_figure.layout.title.text.split()) <= 14
    assert "NaN" not in picture.json
    assert len(picture.json) < 10_000
    assert can_be_native(picture)
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert list(picture.table["neuron"]) == ["PARKING", "ROAD", "PASS"]
