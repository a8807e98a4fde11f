"""A chart in PowerPoint holds the figure's own numbers, and what lies over it hits its marks."""

from __future__ import annotations

import io
import math
import re
import zipfile
from itertools import pairwise

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from pptx.enum.chart import XL_MARKER_STYLE
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Pt

from dl_core.cifar10 import load_table
from dl_core.cost_of_use import Workload, cost_of_use
from dl_core.digit_question import shared_study
from dl_core.documents.native.known import refusal
from dl_core.documents.native.scales import number_format
from dl_core.documents.native_chart import add_chart, can_be_native
from dl_core.documents.slides.theme import empty_deck
from dl_core.documents.stills.spec import read
from dl_core.figures.calibration import reliability
from dl_core.figures.cifar10 import cifar10_chart
from dl_core.figures.cost_of_use import cost_curves
from dl_core.figures.digits import k_curve, weight_templates
from dl_core.figures.live_classifier import guesses
from dl_core.figures.picture import BLUE, VERMILLION, Picture, blank_figure
from dl_core.figures.pixel_example import pixel_sum
from dl_core.figures.wobble import wobble
from dl_core.pixel_example import pixel_example
from dl_core.vision.card import example_card
from dl_core.vision.predict import Prediction
from dl_core.vision.wobble import Wobble

LEFT, TOP, WIDE, HIGH = 0.6, 1.5, 12.0, 4.4  # inches


def shown_guesses(*, refused: bool = False) -> Picture:
    names, shares = ("espresso", "teapot", "wok"), (0.42, 0.2, 0.1)
    return guesses(Prediction(names, shares, refused=refused, seconds=0.01), example_card())


def shown_wobble() -> Picture:
    rows = (
        Wobble("as it is", "espresso", 0.72, 0.72, True),
        Wobble("mirrored", "espresso", 0.7, 0.7, True),
        Wobble("in grey", "wok", 0.4, 0.12, False),
    )
    return wobble(rows)


FIGURES = {
    "cost": lambda: cost_curves(cost_of_use(Workload())),
    "k": lambda: k_curve(shared_study()),
    "cifar10": lambda: cifar10_chart(load_table()),
    "reliability": lambda: reliability(example_card()),
    "guesses": shown_guesses,
    "wobble": shown_wobble,
}


def table() -> pd.DataFrame:
    return pd.DataFrame({"n": [1]})


def with_traces(*traces: dict, **layout: object) -> Picture:
    return Picture({"data": list(traces), "layout": {"showlegend": False, **layout}}, "said", table())


def on_slide(picture: Picture):
    deck = empty_deck()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    return slide, add_chart(slide, picture, left=LEFT, top=TOP, width=WIDE, height=HIGH)


def found(frame, path: str) -> list:
    return frame.chart._chartSpace.findall(path.replace("c:", "{*}").replace("a:", "{*}"))


def values(series, kind: str) -> list[float]:
    """Numbers as the chart's XML has them, nan where there is none."""
    cache = series._element.find(f"{{*}}{kind}//{{*}}numCache")
    held = [math.nan] * int(cache.find("{*}ptCount").get("val"))
    for point in cache.findall("{*}pt"):
        held[int(point.get("idx"))] = float(point.find("{*}v").text)
    return held


def in_figure(given) -> list[float]:
    return [math.nan if one is None else float(one) for one in given]


@pytest.mark.parametrize("name", FIGURES)
def test_the_chart_holds_exactly_the_figures_numbers(name):
    picture = FIGURES[name]()
    assert can_be_native(picture)
    _, frame = on_slide(picture)
    series = list(frame.chart.plots[0].series)
    traces = picture.checked_figure.data
    assert len(series) == len(traces)
    for one, trace in zip(series, traces, strict=True):
        if trace.type == "bar":
            across = trace.orientation == "h"
            assert values(one, "val") == in_figure(trace.x if across else trace.y)
        else:
            assert values(one, "xVal") == in_figure(trace.x)
            assert values(one, "yVal") == in_figure(trace.y)
        if trace.name:
            assert one.name == trace.name


@pytest.mark.parametrize("name", FIGURES)
def test_every_annotation_is_a_text_box_and_the_chart_is_described(name):
    picture = FIGURES[name]()
    slide, frame = on_slide(picture)
    said = " ".join(_texts(slide))
    for note in picture.checked_figure.layout.annotations:
        assert re.sub(r"<[^>]+>", "", note.text) in said
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == picture.summary


def _boxes(slide) -> list:
    inside = [
        shape for group in slide.shapes if group.shape_type == MSO_SHAPE_TYPE.GROUP for shape in group.shapes
    ]
    return [shape for shape in inside if shape.has_text_frame and shape.text_frame.text]


def _lines(slide) -> list:
    """Lines over the chart."""
    groups = [shape for shape in slide.shapes if shape.name == "Words on the chart"]
    return [one for group in groups for one in group.shapes if one.shape_type == MSO_SHAPE_TYPE.LINE]


def _texts(slide) -> list[str]:
    return [shape.text_frame.text for shape in _boxes(slide)]


def place_of(frame, x: float, y: float) -> tuple[float, float]:
    """Points on the slide of a place in the data, read from the chart's own layout and axes."""
    share = {name: float(found(frame, f".//c:plotArea/c:layout//c:{name}")[0].get("val")) for name in "xywh"}
    ends = []
    for axis in found(frame, ".//c:plotArea/c:valAx"):
        low, high = (float(axis.find(f"{{*}}scaling/{{*}}{end}").get("val")) for end in ("min", "max"))
        turned = axis.find("{*}scaling/{*}orientation").get("val") == "maxMin"
        if axis.find("{*}scaling/{*}logBase") is not None:
            low, high = math.log10(low), math.log10(high)
        ends.append((high, low) if turned else (low, high))
    (x0, x1), (y0, y1) = ends
    across = share["x"] + (x - x0) / (x1 - x0) * share["w"]
    down = share["y"] + (1 - (y - y0) / (y1 - y0)) * share["h"]
    return 72 * (LEFT + across * WIDE), 72 * (TOP + down * HIGH)


def test_words_over_a_chart_stand_where_the_figure_has_them():
    """k = 1 and 99.4 %: its words begin 14 px right of the point and have their middle 4 px above it."""
    picture = k_curve(shared_study())
    slide, frame = on_slide(picture)
    note = next(one for one in picture.checked_figure.layout.annotations if "test pile" in one.text)
    (box,) = (one for one in _boxes(slide) if one.text_frame.text == note.text)
    x, y = place_of(frame, note.x, note.y)
    assert box.left.pt == pytest.approx(x + note.xshift, abs=0.2)
    assert (box.top + box.height / 2) / 12_700 == pytest.approx(y - note.yshift, abs=0.2)


def test_words_over_logarithmic_axes_point_at_the_crossing():
    both = cost_of_use(Workload())
    slide, frame = on_slide(cost_curves(both))
    (arrow,) = (one for one in _lines(slide) if one.begin_x != one.end_x)
    height = both.crossing_requests * both.knn.seconds_per_answer
    x, y = place_of(frame, math.log10(both.crossing_requests), math.log10(height))
    # the figure leaves 8 px between the line's end and the point
    assert math.hypot(arrow.end_x.pt - x, arrow.end_y.pt - y) == pytest.approx(8, abs=0.3)


def test_a_line_across_the_chart_stands_at_its_value():
    """The reader's day, 10,000 answers, is a dotted line over the whole height."""
    slide, frame = on_slide(cost_curves(cost_of_use(Workload(requests_per_day=10_000))))
    (day,) = (one for one in _lines(slide) if one.begin_x == one.end_x)
    x, _ = place_of(frame, 4, 0)
    assert day.begin_x.pt == pytest.approx(x, abs=0.2)
    assert day.line.dash_style is not None


def test_both_logarithmic_axes_are_logarithmic():
    _, frame = on_slide(cost_curves(cost_of_use(Workload())))
    assert [base.get("val") for base in found(frame, ".//c:scaling/c:logBase")] == ["10", "10"]


def test_numbers_that_no_format_can_write_are_text_boxes():
    slide, frame = on_slide(cost_curves(cost_of_use(Workload())))
    assert {"1 s", "1 min", "1 h", "1 day"} <= set(_texts(slide))
    x, y = found(frame, ".//c:valAx/c:tickLblPos")
    assert (x.get("val"), y.get("val")) == ("nextTo", "none")
    (box,) = (one for one in _boxes(slide) if one.text_frame.text == "1 h")
    _, height = place_of(frame, 0, math.log10(3600))
    assert (box.top + box.height / 2) / 12_700 == pytest.approx(height, abs=0.2)


def test_an_axis_from_top_to_bottom_stays_so_and_the_other_one_stays_below():
    _, frame = on_slide(shown_wobble())
    x, y = found(frame, ".//c:plotArea/c:valAx")
    assert y.find("{*}scaling/{*}orientation").get("val") == "maxMin"
    assert x.find("{*}crosses").get("val") == "max"


def test_the_plot_keeps_its_place_where_an_axis_begins_at_a_round_number():
    """The figure shows -3 to 103; PowerPoint counts from an axis's lower end, so its axis begins at 0."""
    picture = reliability(example_card())
    _, frame = on_slide(picture)
    lows = [float(one.get("val")) for one in found(frame, ".//c:scaling/c:min")]
    assert lows == [0, 0]
    (x0, y0), (x1, y1) = place_of(frame, -3, -3), place_of(frame, 103, 103)
    assert LEFT * 72 <= x0 < x1 <= (LEFT + WIDE) * 72
    assert TOP * 72 <= y1 < y0 <= (TOP + HIGH) * 72


def test_error_bars_are_the_figures_own():
    picture = reliability(example_card())
    _, frame = on_slide(picture)
    bars = picture.checked_figure.data[1].error_y
    (written,) = found(frame, ".//c:errBars")
    for end, given in (("plus", bars.array), ("minus", bars.arrayminus)):
        points = [float(one.text) for one in written.findall(f"{{*}}{end}//{{*}}v")]
        np.testing.assert_allclose(points, given, rtol=1e-12)


def test_colours_dashes_and_markers_are_the_figures_own():
    _, frame = on_slide(k_curve(shared_study()))
    first, second, chosen, test = frame.chart.plots[0].series
    looks = [(s._element.find(".//{*}prstDash").get("val"), s.marker.style) for s in (first, second)]
    assert looks == [("dash", XL_MARKER_STYLE.SQUARE), ("solid", XL_MARKER_STYLE.CIRCLE)]
    assert "D55E00" in first._element.xml
    assert chosen._element.find(".//{*}marker/{*}size").get("val") == "17"
    assert chosen._element.find(".//{*}marker/{*}spPr/{*}noFill") is not None  # a ring
    assert test._element.find(".//{*}marker/{*}symbol").get("val") == "diamond"


def test_bars_keep_names_colours_and_hatching():
    picture = shown_guesses(refused=True)
    _, frame = on_slide(picture)
    plot = frame.chart.plots[0]
    assert list(plot.categories) == ["espresso", "teapot", "wok", picture.table["name"].iloc[-1]]
    assert plot._element.find(".//{*}pattFill/{*}fgClr/{*}srgbClr").get("val") == "FFFFFF"
    assert plot._element.find("{*}barDir").get("val") == "bar"
    assert frame.chart._chartSpace.find(".//{*}catAx/{*}scaling/{*}orientation").get("val") == "maxMin"


def test_grouped_bars_grow_from_zero_also_downwards():
    bars = with_traces(
        {"type": "bar", "x": ["a", "b"], "y": [3, -2], "name": "one", "marker": {"color": BLUE}},
        {"type": "bar", "x": ["b", "a"], "y": [1, 2], "name": "two", "marker": {"color": VERMILLION}},
    )
    _, frame = on_slide(bars)
    assert [list(series.values) for series in frame.chart.plots[0].series] == [[3, -2], [2, 1]]
    assert found(frame, ".//c:catAx/c:crosses")[0].get("val") == "autoZero"


def test_missing_points_are_gaps():
    line = with_traces({"type": "scatter", "x": [1, 2, None, 4], "y": [1, None, None, 2], "mode": "lines"})
    _, frame = on_slide(line)
    assert str(values(frame.chart.plots[0].series[0], "yVal")) == "[1.0, nan, nan, 2.0]"


def test_a_dense_chart_is_drawn_smaller_and_its_words_stay_legible():
    slide, _ = on_slide(cifar10_chart(load_table()))
    sizes = {run.font.size.pt for box in _boxes(slide) for p in box.text_frame.paragraphs for run in p.runs}
    assert min(sizes) >= 12
    boxes = sorted((box.top, box.top + box.height) for box in _boxes(slide))
    assert all(upper[1] <= lower[0] for upper, lower in pairwise(boxes))


@pytest.mark.parametrize("name", FIGURES)
def test_the_sheet_behind_the_chart_holds_its_numbers(name):
    _, frame = on_slide(FIGURES[name]())
    sheet = zipfile.ZipFile(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
    written = sheet.read("xl/worksheets/sheet1.xml").decode()
    cells = dict(re.findall(r'<c r="([A-Z]+\d+)"[^>]*><v>([^<]*)</v>', written))
    for series in frame.chart.plots[0].series:
        for reference in series._element.findall(".//{*}numRef"):
            first, last = re.findall(r"\$([A-Z]+)\$(\d+)", reference.find("{*}f").text)
            rows = range(int(first[1]), int(last[1]) + 1)
            held = {int(one.get("idx")): float(one.find("{*}v").text) for one in reference.iter("{*}pt")}
            kept = {
                n: float(cells[f"{first[0]}{row}"])
                for n, row in enumerate(rows)
                if f"{first[0]}{row}" in cells
            }
            assert kept == pytest.approx(held, rel=1e-12)


def test_a_name_that_looks_like_a_formula_stays_a_name():
    _, frame = on_slide(with_traces({"type": "scatter", "x": [1, 2], "y": [3, 4], "name": "=1+1"}))
    sheet = zipfile.ZipFile(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
    assert "<f>" not in sheet.read("xl/worksheets/sheet1.xml").decode()
    assert "=1+1" in sheet.read("xl/sharedStrings.xml").decode()


def scatter(**changes: object) -> dict:
    return {"type": "scatter", "x": [1, 2], "y": [3, 4], "mode": "lines+markers", **changes}


NOT_NATIVE = {
    "a heatmap": (with_traces({"type": "heatmap", "z": [[1]]}), "a heatmap"),
    "two pairs": (with_traces(scatter(), scatter(xaxis="x2"), xaxis2={}), "more than one pair of axes"),
    "a photo": (with_traces(scatter(), images=[{"source": "data:"}]), "a photo"),
    "floating": (pixel_sum(pixel_example()), "bars that float"),
    "filled": (with_traces(scatter(fill="tozeroy")), "a filled area"),
    "steps": (with_traces(scatter(line={"shape": "hv"})), "a line in steps"),
    "marker": (with_traces(scatter(marker={"symbol": "hexagon"})), "a marker that PowerPoint does not have"),
    "scale": (with_traces(scatter(marker={"color": [1, 2]})), "colours from a scale"),
    "a legend": (with_traces(scatter(name="a"), scatter(name="b"), showlegend=True), "a legend"),
    "nothing": (with_traces(), "no data"),
    "mixed": (with_traces(scatter(), {"type": "bar", "x": [1], "y": [2]}), "bars and points in one chart"),
    "a curve": (with_traces(scatter(), shapes=[{"type": "path", "path": "M0,0Q1,1 2,0"}]), "a curved shape"),
    "many": (with_traces(scatter(x=list(range(4000)), y=[0] * 4000)), "more than 3000 points"),
}


@pytest.mark.parametrize("name", NOT_NATIVE)
def test_what_powerpoint_cannot_draw_is_refused_with_the_reason(name):
    picture, reason = NOT_NATIVE[name]
    assert refusal(*read(picture)) == reason
    assert not can_be_native(picture)


def test_pictures_in_tiles_and_points_at_names_are_no_charts():
    assert not can_be_native(weight_templates(shared_study()))
    assert not can_be_native(with_traces(scatter(x=["a", "b"])))
    assert not can_be_native(with_traces({"type": "bar", "x": [1, 2, 7], "y": [1, 2, 3]}))


def test_adding_what_cannot_be_drawn_says_so():
    with pytest.raises(ValueError, match="set it on the slide as a picture"):
        on_slide(with_traces({"type": "heatmap", "z": [[1]]}))


def test_text_of_any_kind_becomes_valid_xml():
    figure = blank_figure("t")
    figure.add_scatter(x=[0, 1], y=[0, 1], name="a <&> \x0b深")
    figure.add_annotation(x=0.5, y=0.5, text="b &amp; <b>c</b>\x00", showarrow=False)
    figure.update_xaxes(title_text="<i>x</i> & \x1f", ticksuffix=' "q"')
    slide, frame = on_slide(Picture(figure, "sum\x07mary", table()))
    assert frame.chart.plots[0].series[0].name == "a <&> 深"
    assert "b & c" in _texts(slide)
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == "summary"


def test_a_format_that_would_say_something_else_is_not_used():
    assert number_format(["1", "2"], [10, 20]) == ""
    assert number_format(["0.5", "1.0"], [0.5, 1.0]) == "0.0"
    assert number_format(["1,000", "2,000"], [1000, 2000]) == "#,##0"
    assert number_format(["−5", "0"], [-5, 0]) == "0"
    assert number_format([], []) == ""


def test_a_shape_below_the_data_lies_below_the_chart():
    box = {"type": "rect", "x0": 0, "x1": 1, "y0": 0, "y1": 1, "layer": "below", "fillcolor": "#FF0000"}
    slide, _ = on_slide(with_traces(scatter(), shapes=[box]))
    names = [shape.name for shape in slide.shapes]
    assert names.index("Under the chart") < names.index("Chart")


def test_trace_type_may_be_missing():
    figure = go.Figure(go.Scatter(x=[1, 2], y=[1, 2]), layout={"showlegend": False})
    _, frame = on_slide(Picture(figure, "s", table()))
    assert frame.width == Pt(WIDE * 72)
