from itertools import product

import pytest

from dl_core.documents import still
from dl_core.figures.logic_gates import gate_on_the_plane
from dl_core.logic_gates import GATES, PRESETS, Settings, story

SETTINGS = [
    *PRESETS.values(), *(Settings(gate, "NAND neurons") for gate in GATES),
    Settings("XOR", "one neuron", 0, 0, 0),
    Settings("OR", "one neuron", -2, 1.5, 0.25), Settings("XOR", "one neuron", 0, 0, 3),
    Settings("NAND", "one neuron", 10, -10, 10), Settings("AND", "one neuron", 0.01, 0, -10),
]  # fmt: skip
every_setting = pytest.mark.parametrize("chosen", SETTINGS, ids=str)


def texts(figure):
    return [note.text for note in figure.layout.annotations]


@every_setting
def test_every_wrong_corner_is_marked_in_the_plane_and_in_the_table(chosen):
    shown = story(chosen)
    figure = gate_on_the_plane(shown).checked_figure
    n_wrong = 4 - shown.n_right
    assert texts(figure).count("<b>✗ wrong</b>") == n_wrong
    assert sum(text.startswith("<b>✗ ") and text[5:6].isdigit() for text in texts(figure)) == n_wrong
    assert sum(shape.type == "rect" for shape in figure.layout.shapes) == n_wrong


def test_a_corner_says_what_should_be_by_shape_and_by_number():
    figure = gate_on_the_plane(story(Settings("AND", "one neuron", 1, 1, -1.5))).checked_figure
    cases = next(trace for trace in figure.data if trace.name == "cases")
    assert list(zip(cases.x, cases.y, strict=True)) == list(product((0, 1), (0, 1)))
    assert cases.marker.symbol == ("square", "square", "square", "circle")
    wrong_at_one = gate_on_the_plane(story(Settings())).checked_figure
    cases = next(trace for trace in wrong_at_one.data if trace.name == "cases")
    assert cases.marker.symbol == ("square", "circle", "circle", "square")  # what XOR wants, not what it gets


def test_the_table_shows_every_value_on_the_way():
    table = gate_on_the_plane(story(PRESETS["XOR, four NANDs"])).table
    assert table[["NAND 1", "NAND 2", "NAND 3", "NAND 4"]].to_numpy().tolist() == [
        [1, 1, 1, 0], [1, 1, 0, 1], [1, 0, 1, 1], [0, 1, 1, 0],
    ]  # fmt: skip
    assert table["right"].tolist() == ["yes"] * 4
    alone = gate_on_the_plane(story(Settings())).table
    assert alone["weighted sum + bias"].tolist() == [-0.5, 0.5, 0.5, 1.5]
    assert alone["right"].tolist() == ["yes", "yes", "yes", "no"]


def test_the_four_nands_are_wired_as_the_heads_say():
    heads = [text for text in texts(gate_on_the_plane(story(PRESETS["XOR, four NANDs"])).checked_figure)
             if "<br>" in text]  # fmt: skip
    assert heads == ["<b>p</b><br>a, b", "<b>q</b><br>a, p", "<b>r</b><br>b, p", "<b>says</b><br>q, r"]


@every_setting
def test_titles_are_short_and_everything_can_be_drawn(chosen):
    picture = gate_on_the_plane(story(chosen))
    figure = picture.checked_figure
    assert len(figure.layout.title.text.split()) <= 14
    assert "NaN" not in picture.json
    assert len(picture.json) < 40_000
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    low, high = figure.layout.xaxis.range
    for trace in figure.data:
        assert all(low <= x <= high for x in trace.x)
        assert all(low <= y <= high for y in trace.y)


@pytest.mark.parametrize(("chosen", "finding"), [
    (Settings(), "at least one of XOR’s"), (Settings("XOR", "one neuron", -1, -1, 0.5), "gets 1 of 4 right"),
    (Settings(parts="NAND neurons"), "Four NANDs do XOR"),
    (Settings("AND", "one neuron", 1, 1, -1.5), "One line does AND"),
])  # fmt: skip
def test_the_title_states_the_finding(chosen, finding):
    assert finding in gate_on_the_plane(story(chosen)).checked_figure.layout.title.text
