"""The curve of the moved photo: marks, names, the ring that can be dragged, and the strip of photos."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dl_core.documents.still import png
from dl_core.figures.moved_photo import SHOWN, TICKS, moved_curve
from dl_core.figures.picture import ACCENT, BLUE, VERMILLION
from dl_core.moved_photo import AMOUNTS, Moved, Point, Settings, story
from dl_core.photos import sample_photo


def drawn(way: str, chosen: float, lost: dict[float, str]) -> Moved:
    """By hand: where the name is lost, to which name."""
    look = np.zeros((64, 64, 3), np.uint8)
    points = tuple(
        Point(amount, lost.get(amount, "teapot"), 0.9, 0.1 if amount in lost else 0.9, look)
        for amount in AMOUNTS[way]
    )
    return Moved(Settings(sample_photo("coffee"), way, chosen), points)


def texts(told: Moved) -> list[str]:
    return [note.text for note in moved_curve(told).checked_figure.layout.annotations]


def test_lost_answers_have_their_own_mark_and_the_chosen_one_a_name():
    told = drawn("shift", 40.0, {35.0: "wok", 40.0: "wok", -40.0: "vase", -35.0: "vase", -30.0: "vase"})
    figure = moved_curve(told).checked_figure
    curve, ring = figure.data
    assert list(curve.marker.symbol) == ["x"] * 3 + ["circle"] * 12 + ["x"] * 2
    assert list(curve.marker.color) == [VERMILLION] * 3 + [BLUE] * 12 + [VERMILLION] * 2
    assert (list(ring.x), list(ring.y)) == ([40.0], [10.0])
    assert figure.layout.meta["drag"]["trace"] == 1
    assert "now “wok”" in texts(told)
    assert "“vase”" in texts(told)  # at the other end there is room for it
    assert moved_curve(told).title == "“teapot” is the best guess at 11 of 16 shifts"


def test_a_kept_answer_needs_no_name_and_near_names_give_way():
    assert not any("“" in text for text in texts(drawn("turn", 90.0, {})))
    near = texts(drawn("turn", 90.0, {90.0: "wok", 67.5: "vase"}))
    assert "now “wok”" in near
    assert "“vase”" not in near


@pytest.mark.parametrize("way", AMOUNTS)
def test_the_chosen_photo_is_framed_in_the_strip(way):
    chosen = AMOUNTS[way][3]
    told = story(Settings(sample_photo("lemon"), way, chosen))
    picture = moved_curve(told)
    figure = picture.checked_figure
    assert len(figure.layout.images) == len(SHOWN[way])
    bold = [note for note in figure.layout.annotations if note.font.color == ACCENT]
    assert len(bold) == 1
    assert bold[0].text.startswith("<b>")
    assert set(SHOWN[way]) | set(TICKS[way]) <= set(AMOUNTS[way])
    assert len(picture.json) < 80_000
    assert len(picture.table) == len(AMOUNTS[way])
    assert png(picture, width=4, height=4.6, pixels_per_inch=40)[1:4] == b"PNG"


def test_three_layers_have_three_lines_and_three_rings():
    told = story(Settings(sample_photo("coffee"), "pixels", 1.0))
    picture = moved_curve(told)
    first, second, last, ring = picture.checked_figure.data
    assert max(first.y) < 0.01
    assert [value > 1 for value in second.y] == [amount % 2 == 1 for amount in AMOUNTS["pixels"]]
    assert last.y[0] == 0
    assert list(ring.y) == [first.y[1], second.y[1], last.y[1]]
    assert len({trace.line.dash for trace in (first, second, last)}) == 3
    assert {"First filters differ by (%)", "Block 7 differ by (%)"} <= set(picture.table.columns)
    named = {"<b>First filters</b>", "<b>Second filters</b>", "<b>Block 7</b>"}
    assert named <= {note.text for note in picture.checked_figure.layout.annotations}
    assert picture.title == "The first maps move along; deeper ones do not quite"


def test_marks_tell_a_kept_answer_from_another_and_from_none_and_only_what_is_there_is_explained():
    told = drawn("shift", 20.0, {40.0: "wok"})
    unsure = replace(told.points[0], probability=0.2, kept=0.2)
    told = replace(told, points=(unsure, *told.points[1:]))
    curve = moved_curve(told).checked_figure.data[0]
    assert (curve.marker.symbol[0], curve.marker.symbol[1], curve.marker.symbol[-1]) == (
        "diamond",
        "circle",
        "x",
    )
    assert "● same answer · ✕ another · ◆ too unsure" in texts(told)
    assert "● same answer" in texts(drawn("shift", 20.0, {}))


@pytest.mark.parametrize("way", ["turn", "pixels"])
def test_a_stopped_measurement_can_be_drawn(way):
    told = story(Settings(sample_photo("rocket"), way, AMOUNTS[way][-1], "mirror"), lambda share: False)
    picture = moved_curve(told)
    assert len(picture.table) == len(told.points) == 1
    assert "Stopped early" in picture.summary
    if way == "pixels":
        assert picture.title == "Only the photo itself was tried"
    assert len(picture.checked_figure.layout.images) >= 1
