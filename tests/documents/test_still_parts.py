"""The parts of a still that are numbers and words: packed arrays, ticks, formats, ranges, lines of text."""

from __future__ import annotations

import base64

import numpy as np
import pytest

from dl_core.documents.stills.axis import Axis
from dl_core.documents.stills.bar_places import place_bars
from dl_core.documents.stills.colours import colour, scale_of
from dl_core.documents.stills.formats import automatic, formatted
from dl_core.documents.stills.glyphs import width_of
from dl_core.documents.stills.lettering import Hold, block, box_of
from dl_core.documents.stills.reach import Reach, whole
from dl_core.documents.stills.spec import CannotDraw, each, numbers, unpacked
from dl_core.documents.stills.ticks import ticks
from dl_core.documents.stills.words import Font, Run, plain, runs, wrapped

KINDS = {
    "i1": np.int8, "u1": np.uint8, "i2": np.int16, "u2": np.uint16, "i4": np.int32, "u4": np.uint32,
    "f4": np.float32, "f8": np.float64, "u1c": np.uint8, "float64": np.float64, "uint8": np.uint8,
}  # fmt: skip


def packed(values, kind, **more):
    raw = np.asarray(values, KINDS[kind]).tobytes()
    return {"dtype": kind, "bdata": base64.b64encode(raw).decode(), **more}


@pytest.mark.parametrize("kind", KINDS)
def test_packed_arrays_of_each_kind_are_read(kind):
    assert unpacked(packed([1, 2, 100], kind)).tolist() == [1, 2, 100]
    inside = unpacked({"data": [{"z": packed([1, 2, 3, 4, 5, 6], kind, shape="2, 3")}]})
    assert inside["data"][0]["z"].tolist() == [[1, 2, 3], [4, 5, 6]]


def test_an_unknown_kind_of_array_is_named():
    with pytest.raises(CannotDraw, match="i64"):
        unpacked({"dtype": "i64", "bdata": ""})


def test_missing_numbers_and_single_values():
    np.testing.assert_array_equal(numbers([[1, None], ["x", 2]]), [[1, np.nan], [np.nan, 2]])
    assert each(np.array([1, 2]), 3, 9) == [1, 2, 9]


@pytest.mark.parametrize(
    ("form", "value", "told"),
    [
        (",.0f", 1234567.8, "1,234,568"), (".0%", 0.256, "26%"), (".1%", 0.5, "50.0%"), (".1f", -0.04, "0.0"),
        (".2f", -1.5, "−1.50"), ("~s", 0.0012, "1.2m"), ("~s", 1_500_000, "1.5M"), (".2s", 1234, "1.2k"),
        ("d", 3.0, "3"), ("$,.0f", 1200, "$1,200"), ("+.1f", 2, "+2.0"), (".1e", 12345, "1.2e+4"),
        (".3g", 3.14159, "3.14"),
        ("~s", 0, "0"), ("", 12.5, "12.5"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_d3_would(form, value, told):
    assert formatted(form, value) == told


def test_automatic_numbers_have_no_idle_zeros():
    assert [automatic(value, 0.5, 2) for value in (-0.5, 0, 1.5, 2)] == ["−0.5", "0", "1.5", "2"]
    assert [automatic(value, 5000, 20_000) for value in (0, 5000, 20_000)] == ["0", "5k", "20k"]
    assert automatic(9000, 1000, 9000) == "9000"


def made(name="x", length=400.0, **spec):
    low, high = spec.pop("ends")
    return Axis(name, spec, spec.get("type") or "linear", low=low, high=high, start=0.0, end=length)


def told(axis):
    return [tick.text for tick in ticks(axis)]


def test_ticks_stand_where_plotly_puts_them():
    # 400 px hold 400 / 80 = 5 steps and one more; 10 / 6 is rounded up to 2
    assert told(made(ends=(0, 10))) == ["0", "2", "4", "6", "8", "10"]
    # a y axis of 400 px: 9 steps at most, and one more; 1 / 10 = 0.1 is rounded up to 0.2
    assert told(made("y", ends=(0, 1))) == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
    assert told(made(ends=(0, 10), nticks=3)) == ["0", "5", "10"]
    assert told(made(ends=(10, 0), dtick=5, tick0=1)) == ["1", "6"]
    assert told(made(ends=(0, 2), tickvals=[0, 1, 3], ticktext=["none", "one", "three"])) == ["none", "one"]
    assert told(made(ends=(0, 1), dtick=0.5, tickformat=".0%", tickprefix="~")) == ["~0%", "~50%", "~100%"]


def test_ticks_of_a_log_axis_are_powers_and_digits():
    assert told(made(ends=(0, 6), type="log", dtick=1, tickformat="~s"))[:5] == [
        "1",
        "10",
        "100",
        "1k",
        "10k",
    ]
    # two powers over 400 px: 2 / 6 = 0.33 a step, so 1, 2 and 5
    assert told(made(ends=(0, 2), type="log")) == ["1", "2", "5", "10", "2", "5", "100"]
    assert told(made(ends=(0, 1.2), type="log"))[:4] == ["1", "2", "3", "4"]
    # less than a power: 100 to 199.5 in 1.5 * 6 steps of 11, which are rounded up to 20
    assert told(made(ends=(2, 2.3), type="log")) == ["100", "120", "140", "160", "180"]
    given = made(ends=(-3, 3), type="log", tickvals=[0.01, 1, 60], ticktext=["10 ms", "1 s", "1 min"])
    assert [(round(tick.rung, 3), tick.text) for tick in ticks(given)] == [
        (-2, "10 ms"), (0, "1 s"), (1.778, "1 min"),
    ]  # fmt: skip


def test_places_on_an_axis_and_back():
    log = made(ends=(0, 4), type="log")
    assert log.place([1, 100, 10_000, 0]).tolist()[:3] == [0, 200, 400]
    assert np.isnan(log.place([0])[0])
    assert log.rung_at(200.0) == 2
    assert log.rung_of_note(2) == 2
    names = Axis("x", {}, "category", {"cat": 0, "dog": 1}, low=-0.5, high=1.5, start=0, end=400)
    assert names.place(["cat", "dog"]).tolist() == [100, 300]


def test_a_range_leaves_air_for_marks():
    # 400 px, of which 20 are air for a twentieth at each end: 10 units on 360 px
    low, high = whole([Reach(0, 10)], 400)
    assert (low, high) == pytest.approx((-10 * 20 / 360, 10 + 10 * 20 / 360))
    # marks of 15 px more: 10 units on 330 px
    assert whole([Reach(0, 10, 15, 15)], 400)[1] == pytest.approx(10 + 10 * 35 / 330)
    assert whole([Reach(2, 10, zero=True)], 400)[0] == 0
    assert whole([Reach(3, 3)], 400) == (2, 4)


def test_bars_of_both_signs_are_stacked_apart():
    axes = {"x": made(ends=(0, 1)), "y": made("y", ends=(0, 1))}
    traces = [{"type": "bar", "x": [0, 1], "y": values} for values in ([1, -1], [2, -2])]
    found = place_bars(traces, {"barmode": "relative"}, axes)
    assert (found[1].start.tolist(), found[1].end.tolist()) == ([1, -1], [3, -3])
    # bars 1 apart with a gap of 0.2
    assert found[0].near.tolist() == pytest.approx([-0.4, 0.6])
    assert found[0].reach.tolist() == pytest.approx([-0.5, 1.5])


def test_words_know_their_looks():
    lines = runs("a <b>bold <i>both</i></b> <span style='color:#ff0000'>red</span><br>10<sup>−3</sup> &amp; <sub>x</sub>", Font(20))  # fmt: skip  # noqa: E501
    look = {run.text.strip(): (run.font.bold, run.font.italic, run.font.colour) for run in lines[0]}
    assert look["bold"] == (True, False, Font().colour)
    assert look["both"][:2] == (True, True)
    assert look["red"][2] == "#ff0000"
    raised, lowered = lines[1][1], lines[1][3]
    assert (raised.text, raised.font.size, raised.rise > 0) == ("−3", 14, True)
    assert lowered.rise < 0
    assert plain("1 &lt; 2 <b>k</b>") == "1 < 2 k"


def test_lines_are_broken_at_spaces_and_fit():
    line = [Run("a finding that needs room ", Font(20)), Run("for two", Font(20, bold=True))]
    lines = wrapped(line, 120, width_of)
    assert len(lines) > 2
    assert "".join(run.text for one in lines for run in one) == "a finding that needs room for two"
    for one in lines:
        assert sum(width_of(run) for run in one) - width_of(Run(" ", Font(20))) <= 120


def test_a_block_is_measured_where_it_is_held():
    words = block("two<br>lines", Font(10))
    box = box_of(words, 100, 50, Hold("right", "bottom"))
    assert (box.right, box.bottom) == pytest.approx((100, 50))
    assert box.height == pytest.approx(10 * (1.3 + 1.22))
    upright = box_of(words, 100, 50, Hold("center", "middle", degrees=-90))
    assert (upright.width, upright.height) == pytest.approx((box.height, box.width))


def test_letters_that_the_font_lacks_do_not_stop_the_drawing():
    assert width_of(Run("\U0001f600", Font(10))) > 0
    assert width_of(Run("a\u200bb", Font(10))) == width_of(Run("ab", Font(10)))


def test_colours_and_scales():
    assert colour("rgb(255, 0, 51)") == (1, 0, 0.2, 1)
    assert colour("transparent")[3] == 0
    shade = scale_of([[0, "#000000"], [0.5, "rgba(255,0,0,0)"], [1, "white"]])
    assert shade(np.array([0.25, np.nan, 1])).tolist() == [
        [128, 0, 0, 128],
        [0, 0, 0, 0],
        [255, 255, 255, 255],
    ]
    assert scale_of([[0, "#000000"], [1, "#ffffff"]], reverse=True)(np.array([0.0])).tolist() == [[255] * 4]
