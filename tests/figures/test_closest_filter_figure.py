"""The kernel beside its closest learned filters: numbers, findings, edges."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from dl_core.closest_filter import Settings, likeness, story
from dl_core.documents.still import png as still
from dl_core.figures.closest_filter import closest_filters, in_cells
from dl_core.figures.picture import Picture
from dl_core.photos import photo, sample_photo

COFFEE = sample_photo("coffee")
FAR = (3.0, -2.0, 1.0, 0.0, 4.0, 1.0, -4.0, 2.0, 3.0)


def texts(picture: Picture) -> str:
    return " | ".join(note.text for note in picture.checked_figure.layout.annotations)


def test_four_grids_with_numbers_and_four_answers() -> None:
    found = story(Settings(COFFEE))
    picture = closest_filters(found)
    figure = picture.checked_figure
    assert [trace.type for trace in figure.data] == ["heatmap"] * 4
    assert len(figure.layout.images) == 4
    assert list(figure.data[0].text[1]) == ["−2.0", "0.0", "2.0"]
    for one in found.matches:
        assert f"<b>Filter {one.filter}</b><br>{likeness(one.similarity)}" in texts(picture)
    # one colour scale for all four grids
    largest = max(np.abs(np.array(trace.z)).max() for trace in figure.data)
    assert largest == pytest.approx(1, abs=1e-3)
    assert {(trace.zmin, trace.zmax) for trace in figure.data} == {(-1, 1)}
    assert picture.table["learned filter"].tolist() == [one.filter for one in found.matches]
    assert len(picture.json) < 100_000
    assert still(picture, pixels_per_inch=40)[1:4] == b"PNG"


def test_the_title_calls_a_chance_match_one() -> None:
    near, far = (closest_filters(story(Settings(COFFEE, w))) for w in (Settings(COFFEE).weights, FAR))
    assert near.title.startswith("Learned filter 15 matches your kernel at 0.99")
    assert "chance" not in near.title
    assert far.title.endswith("may be chance")


def test_zeros_stand_alone_with_a_next_step() -> None:
    picture = closest_filters(story(Settings(COFFEE, (0.0,) * 9)))
    assert picture.title == "A kernel of zeros has nothing to compare"
    assert len(picture.checked_figure.data) == 1
    assert "Give your kernel one number" in texts(picture)
    assert picture.table.empty


def test_a_flat_photo_is_white_everywhere_and_says_so_in_the_table() -> None:
    flat = photo("flat", Image.new("RGB", (8, 8), (90, 90, 90)))
    picture = closest_filters(story(Settings(flat)))
    assert picture.table.iloc[0, -1] == "flat photo"
    assert picture.checked_figure.layout.title.text


def test_cells_hold_two_figures_of_the_largest() -> None:
    assert in_cells(np.array([[-20.0, 3.0, 0.2]])) == [["−20", "3", "0"]]
    assert in_cells(np.array([[0.111, -0.05, 0.0]])) == [[".11", "−.05", ".00"]]
    assert in_cells(np.zeros((1, 3))) == [["0", "0", "0"]]
