"""The picture of “none of these”: the new photo, what it leans on, and both rules on one scale each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dl_core.documents.still import png
from dl_core.figures.picture import ACCENT
from dl_core.figures.transfer_stranger import strangers, strangers_wide
from dl_core.transfer.stranger import Settings, Stranger, story
from dl_core.transfer.tasks import ready_made


@pytest.fixture(scope="module")
def told() -> Stranger:
    return story(Settings(ready_made("numbers")))


@pytest.mark.parametrize("draw", [strangers, strangers_wide])
@pytest.mark.parametrize("look", ["stranger", "known"])
def test_plotly_knows_all_of_it_and_it_is_light(told, draw, look):
    picture = draw(story(replace(told.settings, look=look)))
    assert picture.checked_figure
    assert len(picture.json) < 70_000
    assert png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert "**" not in picture.summary
    assert "The nearest training photos:" in picture.summary


def test_marks_on_the_refused_side_are_the_counts(told):
    figure = strangers(told).figure
    marks = [trace for trace in figure["data"] if trace.get("mode") == "markers"]
    known_far, strange_far, here_far, known_sure, strange_sure, here_sure = marks
    far, sure = told.distance, told.sureness
    assert sum(x > far.bar + 0.01 for x in known_far["x"]) == far.known.hits
    assert sum(x > far.bar for x in strange_far["x"]) == far.strangers.hits
    assert sum(x < 100 * sure.bar - 0.01 for x in known_sure["x"]) == sure.known.hits
    assert sum(x < 100 * sure.bar for x in strange_sure["x"]) == sure.strangers.hits
    assert len(strange_far["x"]) == len(strange_sure["x"]) == far.strangers.n
    assert here_far["x"] == pytest.approx([told.asked.far], rel=1e-3)
    assert here_sure["x"] == pytest.approx([100 * told.asked.sure], rel=1e-3)
    assert here_far["marker"]["color"] == here_sure["marker"]["color"] == ACCENT
    assert known_far["marker"]["symbol"] != strange_far["marker"]["symbol"]


def test_refused_lies_to_the_left_in_both_strips(told):
    layout = strangers(told).figure["layout"]
    first, last = layout["xaxis2"]["range"]
    assert first > told.distance.bar > last  # degrees fall to the right
    first, last = layout["xaxis3"]["range"]
    assert first < 100 * told.sureness.bar < last
    for shape, bar in zip(layout["shapes"], (told.distance.bar, 100 * told.sureness.bar), strict=True):
        assert shape["x1"] == pytest.approx(bar, rel=1e-3)


def test_photos_with_their_numbers(told):
    layout = strangers(told).figure["layout"]
    assert len(layout["images"]) == 1 + 5 + 3 + 1
    words = [note["text"] for note in layout["annotations"]]
    verdict = next(text for text in words if "of these" in text)
    assert f"{told.asked.far:.0f}° off" in verdict
    assert f"bar {told.distance.bar:.0f}°" in verdict
    for one in told.asked.near:
        assert any(text.endswith(f"<br>{one.degrees:.0f}° off") for text in words)
    assert any("−" in text for text in words)  # the photo against it


def test_title_and_table_hold_the_counts(told):
    picture = strangers(told)
    far, sure = told.distance, told.sureness
    assert picture.title == (
        f"Strangers refused: {far.strangers.hits} of {far.strangers.n} by distance, "
        f"{sure.strangers.hits} by sureness"
    )
    table = picture.table
    assert table["refused by distance"].tolist()[0] == far.known.hits
    assert table["asked"].tolist()[-1] == far.left_out.n
    assert table["refused by sureness"].tolist()[1:-1] == [share.hits for _, share in sure.kinds]


def test_without_bars_and_without_anything(told):
    bare = strangers(replace(told, distance=None, sureness=None))
    assert bare.title == "What this answer leans on"
    assert bare.checked_figure
    assert len(bare.table) == 0
    nothing = strangers(Stranger(told.settings, None, None, None, None))
    assert nothing.title == "Nothing was measured"
    assert nothing.checked_figure
