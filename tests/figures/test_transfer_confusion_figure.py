"""The square of counts: every count stands in its cell, and the photos of one cell stand below."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dl_core.documents.still import png
from dl_core.figures.transfer_confusion import LINE, TALL, cell_at, cells, cells_wide
from dl_core.transfer.confusion import SHOWN, Confusion, Settings, story
from dl_core.transfer.pictures import Pictures
from dl_core.transfer.tasks import ready_made


@pytest.fixture(scope="module")
def told() -> Confusion:
    return story(Settings(ready_made("numbers")))


@pytest.mark.parametrize("draw", [cells, cells_wide])
def test_plotly_knows_all_of_it_and_it_is_light(told, draw):
    picture = draw(told)
    assert picture.checked_figure
    assert len(picture.json) < 60_000
    assert png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert "**" not in picture.summary


def test_every_count_stands_in_its_cell(told):
    notes = cells(told).figure["layout"]["annotations"]
    seen = {
        (note["x"], note["y"]): int(note["text"].replace("✕", "").replace("<b>", "").replace("</b>", ""))
        for note in notes
        if note.get("xref") != "paper"
    }
    assert len(seen) == 25
    assert all(told.counts[truth][said] == n for (truth, said), n in seen.items())


def test_right_and_wrong_have_a_sign_as_well_as_a_colour(told):
    figure = cells(told).figure
    shades = np.array(figure["data"][0]["z"])
    assert (np.diag(shades) >= 0).all()
    assert (shades - np.diag(np.diag(shades)) <= 0).all()
    crosses = sum(
        "✕" in note["text"] for note in figure["layout"]["annotations"] if note.get("xref") != "paper"
    )
    assert crosses == ((np.array(told.counts) > 0) & ~np.eye(5, dtype=bool)).sum()


def test_the_open_cell_is_framed_and_shows_its_photos(told):
    opened = replace(told, settings=replace(told.settings, truth=0, said=0))
    figure = cells(opened).figure
    assert min(figure["data"][1]["x"]) == pytest.approx(-0.49)
    assert len(figure["layout"]["images"]) == min(SHOWN, told.counts[0][0])
    words = [note["text"] for note in figure["layout"]["annotations"] if note.get("xref") == "paper"]
    assert words[0].startswith("✓ <b>is One, says One</b>")
    empty = next((t, s) for t in range(5) for s in range(5) if not told.counts[t][s])
    none = cells(replace(told, settings=replace(told.settings, truth=empty[0], said=empty[1]))).figure
    assert "images" not in none["layout"]
    assert none["layout"]["annotations"][-1]["text"] == "No photo lies here."


def test_a_cell_of_one_row_leaves_no_hole_under_it(told):
    def height(truth: int, said: int) -> tuple[int, int]:
        opened = replace(told, settings=replace(told.settings, truth=truth, said=said))
        return told.counts[truth][said], cells(opened).figure["layout"]["height"]

    every = [height(truth, said) for truth in range(5) for said in range(5)]
    one_row = {high for n, high in every if n <= SHOWN // 2}
    two_rows = {high for n, high in every if n > SHOWN // 2}
    assert len(one_row) == len(two_rows) == 1
    assert two_rows.pop() - one_row.pop() == TALL + LINE


def test_a_click_finds_its_cell():
    assert cell_at(5, 3.4, 0.6) == (3, 1)
    assert cell_at(5, -0.49, 4.49) == (0, 4)
    assert cell_at(5, 5, 1) is None
    assert cell_at(5, 1, -0.6) is None


def test_the_table_and_long_names():
    names = tuple(f"a class with a long name, number {at}" for at in range(6))
    pictures = Pictures(
        "toy", names, np.zeros((6, 64, 64, 3), np.uint8), np.arange(6), np.arange(6), is_own=True
    )
    at = np.arange(6)
    told = Confusion(Settings(pictures), at, (at + 1) % 6, np.full(6, 0.5), at, 6)
    picture = cells(told)
    assert picture.checked_figure
    assert picture.figure["layout"]["xaxis"]["tickangle"] == -35
    assert all(len(text) < 30 for text in picture.figure["layout"]["xaxis"]["ticktext"])
    assert picture.table["the head says"].tolist() == list(names)
    assert picture.table[f"it is {names[0]}"].tolist() == [0, 1, 0, 0, 0, 0]


def test_nothing_held_out_is_drawn_too(told):
    none = np.zeros(0, np.int64)
    picture = cells(Confusion(told.settings, none, none, np.zeros(0), none, 0))
    assert picture.title == "No photo is held out"
    assert picture.checked_figure
