"""A row for each class among the ten; crosses for other classes than the answer, hollow for runners-up."""

from __future__ import annotations

import base64
import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from dl_core.documents.still import png
from dl_core.figures.images import png_uri
from dl_core.figures.near_photos import class_average_uri, near_chart
from dl_core.figures.picture import BLUE, VERMILLION
from dl_core.near_photos import NearStory, Neighbour, Settings, class_average, raised, story
from dl_core.photos import sample_photo


@pytest.fixture(scope="module")
def told() -> dict[str, NearStory]:
    return {key: story(Settings(sample_photo(key))) for key in ("coffee", "cat", "galaxies")}


@pytest.mark.parametrize("key", ["coffee", "cat", "galaxies"])
def test_ten_marks_and_a_picture_for_each_row(told: dict[str, NearStory], key: str) -> None:
    figure = near_chart(told[key]).checked_figure
    marks = [trace for trace in figure.data if trace.mode == "markers"]
    counted = [trace for trace in marks if trace.marker.symbol != "circle-open"]
    assert sum(len(trace.x) for trace in counted) == 10
    assert len(figure.layout.images) == len(marks) >= 4
    for trace, (label, _) in zip(counted, told[key].by_class, strict=True):
        same = label == told[key].label
        expected = ("circle", BLUE) if same else ("x", VERMILLION)
        assert (trace.marker.symbol, trace.marker.color) == expected


def test_a_picture_with_one_class_shows_the_next_ones_hollow(told: dict[str, NearStory]) -> None:
    figure = near_chart(told["coffee"]).checked_figure
    hollow = [trace for trace in figure.data if trace.marker.symbol == "circle-open"]
    assert [trace.x[0] for trace in hollow] == pytest.approx(
        [one.degrees for one in told["coffee"].others], rel=1e-3
    )
    texts = [note.text for note in figure.layout.annotations]
    assert "<b>espresso</b> (the answer): 10 photos" in texts
    assert f"{told['coffee'].others[0].label}: not among the 10" in texts


def test_the_band_is_where_nine_in_ten_lie(told: dict[str, NearStory]) -> None:
    (band,) = near_chart(told["cat"]).checked_figure.layout.shapes
    assert (band.x0, band.x1) == (told["cat"].usual[0], told["cat"].usual[2])


def test_titles_for_near_and_far(told: dict[str, NearStory]) -> None:
    assert near_chart(told["coffee"]).title == "All 10 nearest training photos: espresso"
    assert near_chart(told["galaxies"]).title.startswith("The ten nearest lie farther than for 99")
    assert near_chart(replace(told["cat"], nearer=1.0)).title.endswith("any test photo")


def test_a_far_mark_is_never_cut_off(told: dict[str, NearStory]) -> None:
    far = tuple(Neighbour("wok", 70.0 + i) for i in range(10))
    figure = near_chart(replace(told["coffee"], neighbours=far, others=())).checked_figure
    assert figure.layout.xaxis.range[1] > 79


def test_the_picture_of_a_class_is_its_average() -> None:
    data = base64.b64decode(class_average_uri("espresso").partition(",")[2])
    shown = np.asarray(Image.open(io.BytesIO(data)))
    assert shown.shape == (48, 48, 3)
    from dl_core.vision.classes import label_of

    assert np.array_equal(shown[1::3, 1::3], raised(class_average(label_of("espresso"))))
    assert png_uri(np.zeros((1, 1, 3), np.uint8)).startswith("data:image/png;base64,")


def test_it_is_small_has_a_table_and_can_stand_on_paper(told: dict[str, NearStory]) -> None:
    for near in told.values():
        picture = near_chart(near)
        assert len(picture.json) < 40_000
        assert picture.table["training photo of"].tolist() == [n.label for n in near.neighbours]
        assert "**" not in picture.summary
    assert png(near_chart(told["cat"]), pixels_per_inch=40)[1:4] == b"PNG"
