"""The pictures before and after a tiny change, and the two curves."""

from __future__ import annotations

import base64
import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from dl_core.documents.still import png
from dl_core.figures.picture import BLUE, VERMILLION
from dl_core.figures.tiny_change import ENLARGED, MAGNIFIED, tiny_change
from dl_core.photos import sample_photo
from dl_core.tiny_change import STRENGTHS, Settings, Sweep, TinyChange


def made(strength: int = 6, **changes: object) -> TinyChange:
    look = np.full((64, 64, 3), 100, np.uint8)
    pictures = np.stack([look + np.uint8(one) for one in STRENGTHS])
    shown = Sweep(
        first="teapot",
        target="wok",
        pictures=pictures,
        sure=(0.82, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05),
        answers=("teapot", "teapot", "teapot", "wok", "wok", "wok", "wok"),
        answers_sure=(0.82, 0.7, 0.5, 0.35, 0.64, 0.8, 0.9),
        noise=((0.82, 0.8, 0.8, 0.8, 0.8, 0.7, 0.6), (0.82, 0.82, 0.82, 0.82, 0.83, 0.9, 0.8)),
        is_whole=True,
    )
    return TinyChange(Settings(sample_photo("cat"), strength), replace(shown, **changes), 0.4)  # type: ignore[arg-type]


def pixels(told: TinyChange, place: int) -> np.ndarray:
    source = tiny_change(told).checked_figure.layout.images[place].source
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(source.partition(",")[2]))))


def test_pictures_are_shown_pixel_by_pixel() -> None:
    look = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    told = made(0, pictures=np.stack([look] * 7))
    found = pixels(told, 0)
    assert found.shape == (64 * ENLARGED, 64 * ENLARGED, 3)
    np.testing.assert_array_equal(found[::ENLARGED, ::ENLARGED], look)
    np.testing.assert_array_equal(found[ENLARGED - 1 :: ENLARGED, ENLARGED - 1 :: ENLARGED], look)


def test_the_change_is_magnified_as_said_and_fits_at_every_strength() -> None:
    for strength in STRENGTHS:
        assert set(np.unique(pixels(made(strength), 2))) == {128 + MAGNIFIED * strength}
    assert 128 + MAGNIFIED * max(STRENGTHS) <= 255
    assert 128 - MAGNIFIED * max(STRENGTHS) >= 0
    said = [note.text for note in tiny_change(made()).checked_figure.layout.annotations]
    assert f"<b>change × {MAGNIFIED}</b><br>grey: no change" in said


def test_the_ring_stands_at_the_strength_on_the_attacks_curve() -> None:
    figure = tiny_change(made(4)).checked_figure
    ring = figure.data[-1]
    assert (ring.x, ring.y) == ((4,), (20.0,))
    noise, attack = (next(t for t in figure.data if t.name == name) for name in ("random noise", "attack"))
    assert (noise.line.color, attack.line.color) == (BLUE, VERMILLION)
    assert noise.line.dash == "dash"
    assert noise.marker.symbol == "square"
    assert attack.y == pytest.approx([82, 70, 50, 30, 20, 10, 5])
    assert noise.y[5] == pytest.approx(80)  # the mean of 70 and 90


@pytest.mark.parametrize(
    ("told", "title"),
    [
        (made(6), "At 6 of 255, “teapot” becomes “wok”"),
        (made(2), "At 2 of 255, “teapot” stays, at 50 %"),
        (made(0), "Without a change: “teapot”, 82 %"),
    ],
)
def test_the_title_is_the_finding(told: TinyChange, title: str) -> None:
    assert tiny_change(told).title == title


def test_a_part_of_a_result_is_drawn_too() -> None:
    shown = tiny_change(made(noise=()))
    assert [trace.name for trace in shown.checked_figure.data] == ["attack", None]
    assert not any("noise" in note.text for note in shown.checked_figure.layout.annotations)
    assert png(shown, width=4, height=4.4, pixels_per_inch=40)[1:4] == b"PNG"
    assert shown.table.shape == (7, 4)


def test_the_table_has_every_strength() -> None:
    table = tiny_change(made()).table
    assert table["largest change (of 255)"].tolist() == list(STRENGTHS)
    assert table["answer after the attack"].tolist()[-1] == "wok"
    assert table["teapot under noise, least (%)"].tolist()[-1] == 60


def test_a_long_name_over_a_small_panel_is_cut_and_the_title_has_it_in_full() -> None:
    told = made()
    answers = tuple("computer keyboard" for _ in told.sweep.answers)
    shown = tiny_change(replace(told, sweep=replace(told.sweep, answers=answers))).checked_figure
    assert "<b>after</b><br>computer keybo…" in [note.text for note in shown.layout.annotations]
    assert "“computer keyboard”" in shown.layout.title.text
