"""The two panels of the gate: bars, labels, the marks, and what stands behind them."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from dl_core.digits import load_digits
from dl_core.documents.still import png
from dl_core.figures.picture import ACCENT, BLUE
from dl_core.figures.start_gate import CORNER, LONGEST, gate_chart
from dl_core.start.gate import PRESETS, Settings, story
from dl_core.start.measured import TIMES, digit_link
from dl_core.start.sides import NAMES, load_run

SETTINGS = [*PRESETS.values(), Settings(threshold=-1.0), Settings("pictures", "ink", True, 0.0)]


@pytest.mark.parametrize("settings", SETTINGS)
def test_each_way_has_its_bar_with_its_interval(settings: Settings):
    told = story(settings)
    bars = list(gate_chart(told).checked_figure.data)
    assert len(bars) == 2 * len(NAMES)
    for bar, one in zip(bars, [each for side in told.sides for each in side.entrants], strict=True):
        assert bar.x[0] == pytest.approx(1000 * one.wrong.value, rel=1e-3)
        assert bar.x[0] + bar.error_x.array[0] == pytest.approx(1000 * one.wrong.high, rel=2e-3)
        assert bar.x[0] - bar.error_x.arrayminus[0] == pytest.approx(1000 * one.wrong.low, rel=2e-3)


def test_the_readers_rule_has_the_accent_and_ours_a_hatch():
    bars = gate_chart(story(Settings())).checked_figure.data
    yours, ours = bars[1], bars[1 + len(NAMES)]
    assert (yours.marker.color, yours.marker.pattern.shape) == (ACCENT, "")
    assert ours.marker.color != ACCENT
    assert ours.marker.pattern.shape == "x"
    assert {bar.marker.color for bar in (*bars[2:6], *bars[8:12])} == {BLUE}


def test_always_no_is_equally_long_on_both_sides():
    layout = gate_chart(story(Settings())).checked_figure.layout
    told = story(Settings())
    shares = [
        1000 * side.of("always").wrong.value / axis.range[1]
        for side, axis in zip(told.sides, (layout.xaxis, layout.xaxis2), strict=True)
    ]
    assert shares[0] == pytest.approx(shares[1], rel=1e-3)


def test_a_harmful_rule_stays_in_the_picture_and_the_others_can_still_be_seen():
    told = story(Settings("pictures", "ink", True, 0.0))  # says yes to all: 1,623 of 1,797 wrong
    layout = gate_chart(told).checked_figure.layout
    assert layout.xaxis2.range[1] == pytest.approx(LONGEST * 1000 * 174 / 1797, rel=1e-3)
    assert told.yours.of("rule").wrong.hits == 1797 - 174
    assert any("<b>903</b> →" in note.text for note in layout.annotations)


def test_the_words_tell_the_same_as_the_bars():
    told = story(PRESETS["Table, better rule"])
    picture = gate_chart(told)
    notes = [note.text for note in picture.checked_figure.layout.annotations]
    seen = "<b>Your rule (it peeks):</b><br>area > 950<br>or share of dents > 0.15"
    assert seen in notes  # this preset peeks, and says so where it stands
    assert "<b>Our rule:</b><br>number of holes > 1" in notes
    assert sum("✓</b></span>" in note for note in notes) == 2
    assert "Plainest that nothing clearly beats: Linear." in picture.summary
    for one in told.yours.entrants:
        assert f" {one.of_thousand}" in picture.summary


def test_the_kept_pictures_are_those_of_the_digits():
    """Their pixels, and not their bytes: another version of the library may pack them otherwise."""
    kept = load_run()["at_rest"]["links"]
    assert list(kept) == [str(index) for index in story(Settings()).sides[1].missed[: len(CORNER)]]
    for index, source in kept.items():
        digit = load_digits().images[int(index)]
        pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(source.partition(",")[2]))))
        assert pixels.shape == (8 * TIMES, 8 * TIMES)
        np.testing.assert_array_equal(pixels[::TIMES, ::TIMES], 255 - 15 * digit.astype(int))
        assert digit_link(int(index)).startswith("data:image/png;base64,")


def test_another_rule_of_the_pictures_shows_what_that_one_misses():
    told = story(Settings("pictures", "holes", True, 2.0))
    shown = [image.source for image in gate_chart(told).checked_figure.layout.images]
    assert shown == [digit_link(index) for index in told.yours.missed[:4]]


def test_missed_digits_are_shown_until_none_is_missed():
    assert len(gate_chart(story(Settings())).checked_figure.layout.images) == 4
    assert not gate_chart(story(Settings("pictures", "ink", True, 0.0))).checked_figure.layout.images


def test_the_table_holds_every_measure():
    table = gate_chart(story(Settings())).table
    assert len(table) == 2 * len(NAMES)
    assert table["way"][1] == "If outline length is above 110: malignant."
    assert table["can you read it?"][2] == "Yes: 31 weights, added up"
    assert table["wrong"][0] == "212 of 569"


@pytest.mark.parametrize("settings", SETTINGS)
def test_it_can_be_drawn_for_a_document(settings: Settings):
    assert png(gate_chart(story(settings)), pixels_per_inch=40)[1:4] == b"PNG"
