"""Four panels, three prices on one scale."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from dl_core.documents.still import png
from dl_core.figures.vision_tasks import four_tasks, tasks_in_a_row
from dl_core.photos import photo, sample_photo
from dl_core.vision_tasks import Settings, Tasks, story


def size_of(link: str) -> tuple[int, int]:
    return Image.open(io.BytesIO(base64.b64decode(link.partition(",")[2]))).size


def quick(key: str = "coffee", **numbers: float) -> Tasks:
    return story(Settings(sample_photo(key), **numbers), lambda share: False)


@pytest.mark.parametrize("picture", [four_tasks, tasks_in_a_row])
def test_prices_are_bars_on_one_scale(picture):
    figure = picture(quick()).checked_figure
    wide = [bar.x[0] for bar in figure.data]
    # 1, 25.5 and 79.2 seconds
    assert wide[0] / wide[2] == pytest.approx(1 / 79.2)
    assert wide[1] / wide[2] == pytest.approx(25.5 / 79.2)
    assert all(bar.base[0] + bar.x[0] <= 1.0001 for bar in figure.data)
    assert len(figure.layout.images) == 4
    shown = [size_of(image.source) for image in figure.layout.images]
    assert all(high == wide for wide, high in shown)  # the square the network looks at: all have one shape
    words = [note.text for note in figure.layout.annotations]
    assert [word.split("</b>")[0] for word in words[::2]] == [
        "<b>Classify",
        "<b>Detect",
        "<b>Segment",
        "<b>Generate",
    ]
    assert words[5] == "<b>4,400 dollars</b>, 28 days"
    assert words[7] == "no label; another network"


def test_nothing_stands_out_is_said_in_words():
    told = quick("galaxies")
    words = [note.text for note in four_tasks(told).checked_figure.layout.annotations]
    assert sum("nothing stands out" in word for word in words) == 2
    assert four_tasks(told).table["this photo"].tolist()[1:] == ["none", "none"]
    assert "No region of the photo stands out." in four_tasks(told).summary


def test_a_photo_without_an_answer_is_marked_nowhere():
    grey = photo("grey", Image.new("RGB", (60, 40), (128, 128, 128)))
    picture = four_tasks(story(Settings(grey), lambda share: False))
    words = [note.text for note in picture.checked_figure.layout.annotations]
    assert words[0].endswith(": too unsure")
    assert sum("too unsure to mark" in word for word in words) == 2
    first, second, third, _ = (image.source for image in picture.checked_figure.layout.images)
    assert first == second == third
    assert "nothing is marked" in picture.summary


def test_no_wage_no_bars():
    told = quick(wage=0.0)
    assert [bar.x[0] for bar in four_tasks(told).checked_figure.data] == [0, 0, 0]
    assert four_tasks(quick(seconds_name=100.0)).title == "Here an outline costs no more than a name"


@pytest.mark.parametrize("key", ["cat", "lemon"])
def test_it_can_be_drawn_and_stays_light(key):
    picture = four_tasks(quick(key))
    assert len(picture.json) < 150_000
    assert png(picture, width=4, height=5, pixels_per_inch=40)[1:4] == b"PNG"
    assert picture.table["dollars"].tolist() == [55.56, 1416.67, 4400.0]
