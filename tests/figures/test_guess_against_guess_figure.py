"""The map of one guess rather than another: whose colour is whose."""

from __future__ import annotations

import numpy as np

from dl_core.documents.still import png
from dl_core.figures.guess_against_guess import one_against_another
from dl_core.guess_against_guess import Against, Settings
from dl_core.photos import sample_photo


def against(lead: float = 1.9, b: str = "teapot") -> Against:
    points = np.zeros((90, 90), np.float32)
    points[:30, :30] = 1.5
    settings = Settings(sample_photo("coffee"), "espresso", b)
    return Against(settings, np.full((90, 90, 3), 120, np.uint8), points, lead, -0.2, 0.62, 1.1, 6.7)


def test_photo_and_map_on_one_signed_scale() -> None:
    shown = one_against_another(against())
    figure = shown.checked_figure
    assert [note.text for note in figure.layout.annotations] == [
        "The photo",
        "A rather than B",
        "−1.1 score points<br>for B: teapot",
        "0",
        "+1.1<br>for A: espresso",
    ]
    photo, against_, bar = figure.layout.images
    assert (photo.xanchor, against_.xanchor) == ("right", "left")  # side by side however wide the picture is
    assert photo.x + photo.sizex < 1 <= against_.x + against_.sizex
    assert bar.sizing == "stretch"
    assert shown.title == "“espresso” leads by 1.9 score points: 6.7 times the probability"
    assert "“teapot” starts 0.20 score points ahead" in shown.summary
    assert len(shown.json) < 60_000
    assert png(shown, pixels_per_inch=30)[1:4] == b"PNG"


def test_the_one_with_the_higher_score_stands_first() -> None:
    assert one_against_another(against(-1.9)).title.startswith("“teapot” leads by 1.9 score points:")
    assert one_against_another(against(0.0)).title == "“espresso” and “teapot” are level"
    same = one_against_another(against(0.0, "espresso"))
    assert same.title == "“espresso” against itself: nothing to see"
    assert same.summary.startswith("You compare “espresso” with itself.")


def test_numbers_in_the_table_are_the_ninths() -> None:
    table = one_against_another(against()).table.set_index("part of the photo")
    assert table.iloc[:, 0]["upper left"] == 1.5
    assert table.iloc[1:, 0].abs().max() == 0
