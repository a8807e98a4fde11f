"""The live classifier's charts: findings in titles, second cues, tables, size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dl_core.figures.live_classifier import guesses, reliability, top5, why, wobble
from dl_core.figures.picture import ACCENT, BLUE, QUIET, VERMILLION
from dl_core.live_classifier import photo, story
from dl_core.vision import Prediction, read_photo
from dl_core.vision.card import example_card
from dl_core.vision.explain import Explanation
from dl_core.vision.gallery import sample
from dl_core.vision.wobble import Wobble

SURE = Prediction(("teapot", "wok", "bucket"), (0.65, 0.2, 0.05), refused=False, seconds=0.02)
UNSURE = replace(SURE, probabilities=(0.1, 0.08, 0.05), refused=True)


def texts(picture: object) -> list[str]:
    return [note.text for note in picture.figure.layout.annotations]  # type: ignore[attr-defined]


def test_bars_show_the_guesses_and_the_rest_of_the_list() -> None:
    shown = guesses(SURE, example_card())
    assert shown.figure.layout.title.text == "teapot, 65 % sure"
    np.testing.assert_allclose(shown.figure.data[0].x, [65, 20, 5, 10])
    assert shown.table["name"].tolist() == ["teapot", "wok", "bucket", "all other 197 names"]
    assert shown.figure.data[0].marker.color[0] == BLUE
    # the bar to reach: 25 % in the example card
    assert shown.figure.layout.shapes[0].x0 == 25
    assert "Below 25 % it does not answer." in texts(shown)[-1]
    assert "<b>65 %</b>" in texts(shown)


def test_refusal_shows_in_title_hatching_and_summary_not_in_colour_alone() -> None:
    shown = guesses(UNSURE, example_card())
    assert shown.figure.layout.title.text == "Not on my list: best guess only 10 % sure"
    assert shown.figure.data[0].marker.pattern.shape[0] == "/"
    assert shown.figure.data[0].marker.color[0] == QUIET
    assert "does not answer" in shown.summary
    assert guesses(SURE, example_card()).figure.data[0].marker.pattern.shape[0] == ""


def test_bars_of_a_real_photo_sum_to_the_whole() -> None:
    told = story(photo("coffee", read_photo(sample("coffee").path.read_bytes())))
    shown = top5(told)
    assert sum(shown.figure.data[0].x) == pytest.approx(100)
    assert len(shown.table) == 6


def test_reliability_marks_the_readers_answer_by_shape_and_leaves_out_what_was_not_counted() -> None:
    shown = reliability(example_card(), SURE)
    points = shown.figure.data[1]
    # bins from 30 % on hold 200 photos each; the lower three hold none
    np.testing.assert_allclose(points.y, [30, 40, 50, 60, 70, 80, 90])
    assert [symbol == "diamond" for symbol in points.marker.symbol] == [False] * 3 + [True] + [False] * 3
    assert points.marker.color[3] == ACCENT
    # example card: 200 answers of 60 to 70 %, 120 right
    assert shown.figure.layout.title.text == "Answers 60 to 70 % sure: 120 of 200 right"
    assert shown.table["right of 100"].tolist()[:4] == ["no answer", "no answer", "no answer", "30"]


def test_reliability_without_an_answer_or_in_an_empty_bin_tells_the_average_gap() -> None:
    average = "Sure and right differ by 2.0 points on average"
    assert reliability(example_card()).figure.layout.title.text == average
    shown = reliability(example_card(), UNSURE)
    assert shown.figure.layout.title.text == average
    assert "too few" in shown.summary


def explanation() -> Explanation:
    real = np.zeros((90, 120), np.float32)
    real[60:, 80:] = 9.0
    return Explanation(
        "teapot", np.full((90, 120, 3), 120, np.uint8), real, real[::-1] / 9, 12.0, (4, 4), likeness=-0.4
    )


def test_maps_stand_side_by_side_on_one_stated_scale_and_stay_small() -> None:
    shown = why(explanation())
    assert len(shown.figure.layout.images) == 3
    assert {"The photo", "Trained", "Scrambled"} <= set(texts(shown))
    scale = shown.figure.data[0].marker
    assert (scale.cmin, scale.cmax) == (0, 12)
    assert scale.colorbar.ticktext[-1] == "12 or more"
    assert "mostly from the lower right" in shown.summary
    # the lower right ninth is all 9 points; the scrambled map is 1 point in the upper right
    table = shown.table.set_index("part of the photo")
    assert table.loc["lower right"].tolist() == [9.0, 0.0]
    assert table.loc["upper right"].tolist() == [0.0, 1.0]
    assert len(shown.figure.to_json()) < 100_000


def test_changes_that_broke_the_answer_have_their_own_mark_and_words() -> None:
    rows = (
        Wobble("as it is", "teapot", 0.8, 0.8, True),
        Wobble("mirrored", "teapot", 0.7, 0.7, True),
        Wobble("grey", "wok", 0.5, 0.2, False),
    )
    shown = wobble(rows)
    assert shown.figure.layout.title.text == "The answer held in 1 of 2 small changes"
    marks = [trace.marker for trace in shown.figure.data if trace.mode == "markers"]
    assert [(mark.symbol, mark.color) for mark in marks] == [("circle", BLUE), ("x", VERMILLION)]
    assert "now wok" in texts(shown)
    assert shown.table["held"].tolist() == ["yes", "yes", "no"]
    assert shown.summary.startswith("The answer held in 1 of 2")
