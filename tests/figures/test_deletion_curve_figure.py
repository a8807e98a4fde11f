"""The curves of a covered photo."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dl_core.deletion_curve import STEPS, Curve, Deletion, Settings, story
from dl_core.documents.still import png
from dl_core.figures.deletion_curve import deletion_curve
from dl_core.figures.picture import BLUE, VERMILLION
from dl_core.photos import sample_photo

SETTINGS = Settings(sample_photo("coffee"), "espresso")


def falling(last: int) -> Curve:
    return Curve(tuple(0.9 if n <= last else 0.1 for n in STEPS))


def made(**changes: object) -> Deletion:
    look = np.zeros((64, 64, 3), np.uint8)
    whole = Deletion(SETTINGS, falling(2), falling(16), (falling(8), falling(12)), look, look)
    return replace(whole, **changes)  # type: ignore[arg-type]


def traces(told: Deletion) -> dict[str, object]:
    return {trace.name: trace for trace in deletion_curve(told).checked_figure.data if trace.name}


def test_the_curves_are_the_results() -> None:
    found = traces(made())
    assert list(found) == ["by chance", "scrambled map", "map"]
    assert found["map"].x == STEPS  # type: ignore[attr-defined]
    assert found["map"].y == pytest.approx([100 * one for one in falling(2).sure])  # type: ignore[attr-defined]
    mean = [50 * (a + b) for a, b in zip(falling(8).sure, falling(12).sure, strict=True)]
    assert found["by chance"].y == pytest.approx(mean)  # type: ignore[attr-defined]


def test_each_line_differs_in_more_than_colour() -> None:
    found = traces(made())
    assert len({trace.line.dash for trace in found.values()}) == 3  # type: ignore[attr-defined]
    assert found["map"].line.color == VERMILLION  # type: ignore[attr-defined]
    assert found["by chance"].line.color == BLUE  # type: ignore[attr-defined]


def test_the_band_reaches_from_the_lowest_to_the_highest_draw() -> None:
    band = next(t for t in deletion_curve(made()).checked_figure.data if t.fill == "toself")
    n = len(STEPS)
    assert list(band.y[:n]) == pytest.approx([100 * one for one in falling(8).sure])
    assert list(band.y[n:][::-1]) == pytest.approx([100 * one for one in falling(12).sure])


@pytest.mark.parametrize(
    ("told", "title"),
    [
        (made(), "The map finds what counts faster than chance"),
        (made(by_map=falling(40)), "The map does worse than chance"),
        (made(by_map=falling(8)), "The map and chance: a tie"),
        (made(draws=()), "The map's order alone, nothing to compare it with"),
        (made(by_map=Curve((0.01,) * len(STEPS))), "“espresso” starts too low for a test"),
        (
            made(settings=replace(SETTINGS, rival="moved")),
            "The map finds what counts faster than the moved map",
        ),
    ],
)
def test_the_title_is_the_verdict(told: Deletion, title: str) -> None:
    assert deletion_curve(told).title == title


def test_a_part_of_a_result_is_drawn_too() -> None:
    shown = deletion_curve(made(draws=(), rival=None, by_scrambled=None))
    assert len(shown.checked_figure.data) == 1
    assert len(shown.checked_figure.layout.images) == 1
    assert list(shown.table.columns) == ["patches covered", "map (%)"]
    assert png(shown, width=4, height=4, pixels_per_inch=40)[1:4] == b"PNG"


def test_the_key_gives_each_area_and_the_table_each_point() -> None:
    shown = deletion_curve(made())
    said = " ".join(note.text for note in shown.checked_figure.layout.annotations)
    for area in (made().by_map.area, falling(8).area, falling(12).area, falling(16).area):
        assert f"{area:.2f}" in said
    assert shown.table.shape == (len(STEPS), 5)


def test_a_real_one_is_small_enough_to_travel() -> None:
    told = story(SETTINGS, lambda share: share < 0.25)
    assert len(deletion_curve(told).json) < 50_000
