import json
import math

import pytest

from dl_core.documents import still
from dl_core.figures.picture import ACCENT, BLUE, VERMILLION
from dl_core.figures.weight_penalty import ERRORS, SIZES, ZERO, penalty_chart
from dl_core.penalised_fit import KINDS
from dl_core.weight_penalty import PRESETS, STRENGTHS, Settings, story

ALL = [Settings(strength, kind) for kind in KINDS for strength in STRENGTHS]
every_preset = pytest.mark.parametrize(
    "chosen", [*PRESETS.values(), Settings(0.3, "L1"), Settings(100.0, "L1"), Settings(0.02, "L1")], ids=str
)


def trace(picture, name):
    return next(one for one in picture.checked_figure.data if one.name == name)


def test_the_curves_are_the_measured_errors_in_the_house_s_colours():
    shown = story(Settings())
    picture = penalty_chart(shown)
    seen, unseen = trace(picture, "wines it learned from"), trace(picture, "unseen wines")
    assert seen.y == pytest.approx([step.train for step in shown.path], abs=1e-4)
    assert unseen.y == pytest.approx([step.validation for step in shown.path], abs=1e-4)
    assert (seen.line.color, seen.line.dash, unseen.line.color, unseen.line.dash) == (
        BLUE,
        "solid",
        VERMILLION,
        "dash",
    )
    assert seen.x[0] == ZERO
    assert seen.x[1:] == STRENGTHS[1:]


@pytest.mark.parametrize("strength", [0.0, 0.02, 70.0])
def test_the_reader_s_strength_is_marked_in_the_accent_colour(strength):
    picture = penalty_chart(story(Settings(strength)))
    mark = trace(picture, "your λ")
    assert mark.x == (strength or ZERO,) * 2
    assert mark.line.color == ACCENT
    note = next(one for one in picture.checked_figure.layout.annotations if one.text.startswith("your λ"))
    assert note.x == pytest.approx(math.log10(strength or ZERO), abs=1e-3)
    assert note.text == f"your λ = {strength:g}"


def test_the_lowest_point_is_named_unless_the_reader_stands_on_it():
    notes = [[one.text for one in penalty_chart(story(chosen)).checked_figure.layout.annotations]
             for chosen in (Settings(), Settings(0.1))]  # fmt: skip
    assert "lowest" not in notes[0]
    assert "lowest" in notes[1]


def test_the_bars_are_the_sizes_of_the_weights_with_zeros_counted():
    shown = story(Settings(0.3, "L1"))
    picture = penalty_chart(shown)
    bars = trace(picture, "weights").y
    assert list(bars) == sorted(bars, reverse=True)
    assert sum(bar > 0 for bar in bars) == 90 - shown.now.fit.n_zero
    assert any(
        "83 of 90 weights are exactly 0" in one.text for one in picture.checked_figure.layout.annotations
    )


def test_everything_on_the_path_fits_the_fixed_ranges():
    for chosen in ALL:
        now = story(chosen).now
        assert max(now.train, now.validation) < ERRORS[1]
        assert abs(now.fit.weights).max() < SIZES[chosen.kind]


@every_preset
def test_it_can_be_drawn_still_and_sent_small(chosen):
    picture = penalty_chart(story(chosen))
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.json) < 40_000
    json.loads(picture.json, parse_constant=lambda name: pytest.fail(f"{name} in the figure"))


@pytest.mark.parametrize("chosen", ALL, ids=str)
def test_no_title_is_longer_than_fourteen_words(chosen):
    assert len(penalty_chart(story(chosen)).figure["layout"]["title"]["text"].split()) <= 14


def test_summary_and_table_hold_the_numbers():
    picture = penalty_chart(story(Settings()))
    assert "69 others by 0.57" in picture.summary
    assert "L2 does best at λ = 2" in picture.summary
    assert picture.table.loc[picture.table["λ"] == "0", "miss on validation wines (points)"].tolist() == [
        1.322
    ]
    assert len(picture.table) == len(STRENGTHS)
