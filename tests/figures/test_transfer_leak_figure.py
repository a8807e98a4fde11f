"""The picture of the leak: two bars with their deals, and three photos that say why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dl_core.documents.still import png
from dl_core.figures.transfer_leak import two_splits, two_splits_wide
from dl_core.transfer.leak import Dealt, Leak, at_rest, story


@pytest.fixture(scope="module")
def told() -> Leak:
    return story(replace(at_rest(), deals=3))


@pytest.mark.parametrize("draw", [two_splits, two_splits_wide])
def test_plotly_knows_all_of_it_and_it_is_light(told, draw):
    picture = draw(told)
    assert picture.checked_figure
    assert len(picture.json) < 40_000
    assert png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert "**" not in picture.summary


def test_bars_marks_and_lines_are_the_counts(told):
    figure = two_splits(told).figure
    bars = [trace["x"][0] for trace in figure["data"] if trace["type"] == "bar"]
    assert bars == pytest.approx([100 * told.random.average, 100 * told.burst.average], rel=1e-3)
    marks = [sorted(trace["x"]) for trace in figure["data"] if trace.get("mode") == "markers"]
    for seen, way in zip(marks, (told.random, told.burst), strict=True):
        assert seen == pytest.approx(sorted(100 * score for score in way.scores), rel=1e-3)
    lines = [trace["x"] for trace in figure["data"] if trace.get("mode") == "lines"]
    assert lines[0] == [50, 50]  # guessing between two classes
    assert lines[3] == pytest.approx([100 * told.burst.low, 100 * told.burst.high], rel=1e-3)


def test_three_photos_say_what_they_are(told):
    figure = two_splits(told).figure
    assert len(figure["layout"]["images"]) == 3
    words = " ".join(note["text"] for note in figure["layout"]["annotations"])
    assert "its twin" in words
    assert "another burst" in words
    assert ("✓ says" in words) == (told.example.random.answer == _truth(told))
    assert ("✕ says" in words) == (told.example.burst.answer != _truth(told))


def _truth(told: Leak) -> int:
    return int(told.settings.pictures.labels[told.example.asked])


def test_the_table_has_every_deal(told):
    table = two_splits(told).table
    assert table["deal"].tolist() == [1, 2, 3]
    assert table["by burst, right (%)"].tolist() == [round(100 * one, 1) for one in told.burst.scores]


def test_no_leak_and_nothing_counted_are_drawn_and_said(told):
    same = replace(told, random=replace(told.burst, by="random"))
    assert two_splits(same).title.endswith("no clear leak")
    nothing = Leak(told.settings, Dealt("random", (), 0, 0), Dealt("burst", (), 0, 0), None)
    picture = two_splits(nothing)
    assert picture.title == "Nothing was counted"
    assert picture.checked_figure
    assert len(picture.table) == 0


def test_a_class_is_named_as_text_and_not_as_markup(told):
    pictures = replace(told.settings.pictures, names=("<b>a", "b & c"))
    figure = two_splits(replace(told, settings=replace(told.settings, pictures=pictures))).figure
    words = " ".join(note["text"] for note in figure["layout"]["annotations"])
    assert "&lt;b&gt;a" in words or "b &amp; c" in words
    assert "<b>a" not in words
