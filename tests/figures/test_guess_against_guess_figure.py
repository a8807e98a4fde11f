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
    assert [note.text for note in figure.layout.annotations] == ["The photo", "A rather than B"]
    assert len(figure.layout.images) == 2
    assert tuple(figure.data[0].marker.colorbar.ticktext) == ("for B: −1.1", "0", "for A: +1.1 points")
    assert figure.data[0].marker.colorbar.title.text == "A: espresso, B: teapot"
    assert shown.title == "“espresso” leads “teapot” by 1.9 points"
    assert "“teapot” starts 0.20 points ahead" in shown.summary
    assert len(shown.json) < 60_000
    assert png(shown, pixels_per_inch=30)[1:4] == b"PNG"


def test_the_one_with_the_higher_score_stands_first() -> None:
    assert one_against_another(against(-1.9)).title == "“teapot” leads “espresso” by 1.9 points"
    assert one_against_another(against(0.0)).title == "“espresso” and “teapot” are level"
    same = one_against_another(against(0.0, "espresso"))
    assert same.title == "“espresso” against itself: nothing to see"
    assert same.summary.startswith("You compare “espresso” with itself.")


def test_numbers_in_the_table_are_the_ninths() -> None:
    table = one_against_another(against()).table.set_index("part of the photo")
    assert table.iloc[:, 0]["upper left"] == 1.5
    assert table.iloc[1:, 0].abs().max() == 0
