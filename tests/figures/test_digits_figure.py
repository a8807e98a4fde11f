from dataclasses import replace

import numpy as np
import pytest

from dl_core.digit_answers import ask_about, with_neighbours
from dl_core.digits import KS, study_digits
from dl_core.figures.digits import STEP, TILE, k_curve, neighbours_strip, weight_templates
from dl_core.figures.picture import ACCENT, BLUE, PAPER, VERMILLION


@pytest.fixture(scope="module")
def study():
    return study_digits()


def test_the_chosen_k_is_ringed_on_the_curve(study):
    picture = k_curve(study)
    ring = next(trace for trace in picture.checked_figure.data if trace.name == "chosen")
    line = next(trace for trace in picture.checked_figure.data if trace.name == study.metric)
    assert KS[ring.x[0]] == study.k
    assert ring.y[0] == max(line.y)
    assert ring.marker.color == ACCENT
    assert picture.table["k"].tolist() == list(KS)
    assert "validation" in picture.summary


def test_every_k_has_its_own_place_inside_the_axis(study):
    figure = k_curve(study).checked_figure
    axis = figure.layout.xaxis
    assert axis.type == "linear"  # said outright: Plotly.js would guess again on a redraw
    assert dict(zip(axis.tickvals, axis.ticktext, strict=True)) == {i: str(k) for i, k in enumerate(KS)}
    assert axis.range[0] < 0
    assert axis.range[1] > len(KS) - 1
    for line in figure.data[:2]:
        assert list(line.x) == list(axis.tickvals)
        assert list(line.customdata) == list(KS)


def notes(figure):
    return {note.text: note for note in figure.layout.annotations}


def test_the_lines_are_named_at_their_ends_and_the_higher_name_stands_higher(study):
    figure = k_curve(study).checked_figure
    named = [notes(figure)[f"<b>{line.name}</b>"] for line in figure.data[:2]]
    for line, note in zip(figure.data[:2], named, strict=True):
        assert (note.x, note.y) == (line.x[-1], line.y[-1])
    lower, higher = sorted(named, key=lambda note: note.y)
    assert higher.yshift - lower.yshift >= 14  # pixels: a line of text, even where both ends meet


@pytest.mark.parametrize(("k", "side"), [(1, "left"), (31, "right")])
def test_the_test_score_is_named_beside_its_diamond_on_the_side_with_room(study, k, side):
    figure = k_curve(replace(study, k=k)).checked_figure
    diamond = next(trace for trace in figure.data if trace.name == "test")
    note = next(note for text, note in notes(figure).items() if text.startswith("test pile"))
    assert (note.x, note.y, note.xanchor) == (diamond.x[0], diamond.y[0], side)
    assert abs(note.xshift) > diamond.marker.size


def test_the_strip_shows_the_question_first_and_then_its_voters(study):
    answer = ask_about(with_neighbours(study, 3), study.digits.images[study.piles.test[0]])
    picture = neighbours_strip(answer)
    cells = picture.checked_figure.data[0].z
    np.testing.assert_array_equal(cells[:TILE, :TILE], answer.image / 16)
    for place in range(3):
        start = STEP * (place + 1)
        np.testing.assert_array_equal(cells[:TILE, start : start + TILE], answer.neighbours[place] / 16)
    assert picture.table["digit"].tolist() == answer.neighbour_labels.tolist()


def test_many_voters_wrap_into_a_second_row(study):
    answer = ask_about(with_neighbours(study, 9), study.digits.images[study.piles.test[0]])
    picture = neighbours_strip(answer)
    assert picture.checked_figure.data[0].z.shape == (
        21,
        58,
    )  # 8 + 3 + 2 + 8 cells high; 6 tiles of 8 with 2 between
    assert len(picture.table) == 9


def test_zero_weight_is_white_and_lies_in_the_middle(study):
    heat = weight_templates(study).checked_figure.data[0]
    assert [colour for _, colour in heat.colorscale] == [BLUE, PAPER, VERMILLION]
    assert heat.zmin == -heat.zmax
    np.testing.assert_allclose(heat.z[:TILE, :TILE], study.softmax.weights[0].reshape(8, 8), atol=1e-3)


def test_softmaxs_shares_stand_under_the_voters(study):
    answer = ask_about(with_neighbours(study, 5), study.digits.images[study.piles.test[470]])
    picture = neighbours_strip(answer)
    figure = picture.checked_figure
    (bars,) = [trace for trace in figure.data if trace.type == "bar"]
    np.testing.assert_allclose(bars.y, 100 * answer.probabilities, atol=0.005)
    coloured = [digit for digit, colour in enumerate(bars.marker.color) if colour == VERMILLION]
    assert coloured == [answer.softmax]
    assert figure.layout.title.text.endswith(f"softmax says {answer.softmax}")
    upper, lower = figure.layout.yaxis.domain, figure.layout.yaxis2.domain
    assert lower[1] < upper[0]
