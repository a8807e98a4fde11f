"""The wobble chart: changes that broke the answer have their own mark."""

from __future__ import annotations

from dl_core.figures.picture import BLUE, VERMILLION
from dl_core.figures.wobble import wobble
from dl_core.vision.wobble import Wobble


def texts(picture: object) -> list[str]:
    return [note.text for note in picture.checked_figure.layout.annotations]  # type: ignore[attr-defined]


def test_changes_that_broke_the_answer_have_their_own_mark_and_words() -> None:
    rows = (
        Wobble("as it is", "teapot", 0.8, 0.8, True),
        Wobble("mirrored", "teapot", 0.7, 0.7, True),
        Wobble("grey", "wok", 0.5, 0.2, False),
    )
    shown = wobble(rows)
    assert shown.checked_figure.layout.title.text == "The answer held in 1 of 2 small changes"
    marks = [trace.marker for trace in shown.checked_figure.data if trace.mode == "markers"]
    assert [(mark.symbol, mark.color) for mark in marks] == [("circle", BLUE), ("x", VERMILLION)]
    assert "now wok" in texts(shown)
    assert shown.table["held"].tolist() == ["yes", "yes", "no"]
    assert shown.summary.startswith("The answer held in 1 of 2")
