"""The live classifier's charts: findings in titles, second cues, tables, size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dl_core.figures.live_classifier import guesses, top5
from dl_core.figures.picture import BLUE, QUIET
from dl_core.live_classifier import story
from dl_core.photos import photo
from dl_core.vision import Prediction, read_photo
from dl_core.vision.card import example_card
from dl_core.vision.gallery import sample

SURE = Prediction(("teapot", "wok", "bucket"), (0.65, 0.2, 0.05), refused=False, seconds=0.02)
UNSURE = replace(SURE, probabilities=(0.1, 0.08, 0.05), refused=True)


def texts(picture: object) -> list[str]:
    return [note.text for note in picture.checked_figure.layout.annotations]  # type: ignore[attr-defined]


def test_bars_show_the_guesses_and_the_rest_of_the_list() -> None:
    shown = guesses(SURE, example_card())
    assert shown.checked_figure.layout.title.text == "teapot, 65 % sure"
    np.testing.assert_allclose(shown.checked_figure.data[0].x, [65, 20, 5, 10])
    assert shown.table["name"].tolist() == ["teapot", "wok", "bucket", "all other 197 names"]
    assert shown.checked_figure.data[0].marker.color[0] == BLUE
    # the bar to reach: 25 % in the example card
    assert shown.checked_figure.layout.shapes[0].x0 == 25
    assert "Below 25 % it does not answer." in texts(shown)[-1]
    assert "<b>65 %</b>" in texts(shown)


def test_refusal_shows_in_title_hatching_and_summary_not_in_colour_alone() -> None:
    shown = guesses(UNSURE, example_card())
    assert shown.checked_figure.layout.title.text == "Not on my list: best guess only 10 % sure"
    assert shown.checked_figure.data[0].marker.pattern.shape[0] == "/"
    assert shown.checked_figure.data[0].marker.color[0] == QUIET
    assert "does not answer" in shown.summary
    assert guesses(SURE, example_card()).checked_figure.data[0].marker.pattern.shape[0] == ""


def test_bars_of_a_real_photo_sum_to_the_whole() -> None:
    told = story(photo("coffee", read_photo(sample("coffee").path.read_bytes())))
    shown = top5(told)
    assert sum(shown.checked_figure.data[0].x) == pytest.approx(100)
    assert len(shown.table) == 6
