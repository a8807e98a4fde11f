"""The reliability chart: the reader's answer is marked, what was not counted is left out."""

from __future__ import annotations

import numpy as np

from dl_core.figures.calibration import reliability
from dl_core.figures.picture import ACCENT
from dl_core.vision import Prediction
from dl_core.vision.card import example_card

SURE = Prediction(("teapot", "wok", "bucket"), (0.65, 0.2, 0.05), refused=False, seconds=0.02)
UNSURE = Prediction(("teapot", "wok", "bucket"), (0.1, 0.08, 0.05), refused=True, seconds=0.02)


def test_reliability_marks_the_readers_answer_by_shape_and_leaves_out_what_was_not_counted() -> None:
    shown = reliability(example_card(), SURE)
    points = shown.checked_figure.data[1]
    # bins from 30 % on hold 200 photos each; the lower three hold none
    np.testing.assert_allclose(points.y, [30, 40, 50, 60, 70, 80, 90])
    assert [symbol == "diamond" for symbol in points.marker.symbol] == [False] * 3 + [True] + [False] * 3
    assert points.marker.color[3] == ACCENT
    # example card: 200 answers of 60 to 70 %, 120 right
    assert shown.checked_figure.layout.title.text == "Answers 60 to 70 % sure: 120 of 200 right"
    assert shown.table["right of 100"].tolist()[:4] == ["no answer", "no answer", "no answer", "30"]


def test_reliability_without_an_answer_or_in_an_empty_bin_tells_the_average_gap() -> None:
    average = "Sure and right differ by 2.0 points on average"
    assert reliability(example_card()).checked_figure.layout.title.text == average
    shown = reliability(example_card(), UNSURE)
    assert shown.checked_figure.layout.title.text == average
    assert "too few" in shown.summary
