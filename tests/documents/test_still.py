"""Stills: ink stands where the numbers say, for every kind of trace and every lesson."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import matplotlib
import numpy as np
import pytest

from dl_core.documents import still
from dl_core.documents.still import CannotDraw, png, svg
from dl_core.figures.images import data_uri
from dl_core.figures.picture import ACCENT, BLUE, GREEN, PAPER, QUIET, VERMILLION, blank_figure
from tests.documents.still_pictures import (
    HIDDEN,
    SIZE,
    WHITE,
    at,
    axis,
    digit_pictures,
    inked,
    live_pictures,
    number_pictures,
    picture,
    planes,
    rgb,
    seen,
)

DOT = {"type": "scatter", "mode": "markers", "marker": {"size": 12, "color": BLUE}}
BAR = {"type": "bar", "marker": {"color": BLUE}}


def test_the_file_has_exactly_the_pixels_asked_for():
    shown = picture({**DOT, "x": [1], "y": [1]})
    assert seen(shown, width=12.3, height=5.2, pixels_per_inch=200).shape == (1040, 2460, 3)
    assert seen(shown, width=3.3, height=2.1, pixels_per_inch=70, text_size=2).shape == (147, 231, 3)


@pytest.mark.parametrize("pictures", [planes, digit_pictures, number_pictures, live_pictures])
def test_every_lesson_draws_without_a_warning_and_nothing_is_cut_off(pictures):
    for name, shown in pictures().items():
        for how in ({"width": 10, "height": 5}, {"width": 12.3, "height": 5.2, "text_size": 1.25}):
            pixels = seen(shown, **how, title="text_size" not in how)
            left, top, right, bottom = inked(pixels)
            # nothing touches the paper's edge, and the picture fills the paper
            assert left > 0, name
            assert top > 0, name
            assert right < pixels.shape[1] - 1, name
            assert bottom < pixels.shape[0] - 1, name
            assert (right - left) / pixels.shape[1] > 0.7, name
            assert (bottom - top) / pixels.shape[0] > 0.7, name


def test_the_same_chart_is_the_same_file_and_draws_in_many_threads():
    shown = [picture({**DOT, "x": [k], "y": [1]}, xaxis=axis(0, 9)) for k in range(2, 8)]
    alone = [(png(one), svg(one)) for one in shown]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda one: (png(one), svg(one)), shown))
    assert alone == together
    assert len({drawn for drawn, _ in alone}) == len(shown)


def test_drawing_leaves_no_trace_in_the_settings_of_the_library():
    before = dict(matplotlib.rcParams)
    png(picture({**DOT, "x": [1], "y": [1]}))
    assert dict(matplotlib.rcParams) == before
    parts = [Path(still.__file__), *(Path(still.__file__).parent / "stills").glob("*.py")]
    assert len(parts) > 20
    assert [part.name for part in parts if "pyplot" in part.read_text(encoding="utf-8")] == []


def test_bars_stand_on_their_value():
    pixels = seen(picture({**BAR, "x": [1, 2], "y": [1, 2]}, xaxis=axis(0.5, 2.5), yaxis=axis(0, 2)))
    # a unit is 200 px, a bar 0.8 of it: the second from x = 260 to 420; 1 is half of 160 px, at y = 120
    assert at(pixels, 140, 125) == rgb(BLUE)
    assert at(pixels, 140, 115) == WHITE
    assert at(pixels, 265, 45) == rgb(BLUE)
    assert at(pixels, 255, 150) == WHITE
    assert at(pixels, 340, 35) == WHITE


def test_bars_stand_beside_one_another_or_on_one_another():
    two = [{**BAR, "x": [0], "y": [1]}, {**BAR, "x": [0], "y": [1], "marker": {"color": GREEN}}]
    ends = {"xaxis": axis(-0.5, 0.5), "yaxis": axis(0, 2)}
    beside, on = seen(picture(*two, **ends)), seen(picture(*two, **ends, barmode="stack"))
    # beside: 80 to 240 and 240 to 400, both up to y = 120; stacked: one on 80 to 400 up to 120, one up to 40
    assert (at(beside, 160, 150), at(beside, 320, 150), at(beside, 160, 100)) == (
        rgb(BLUE),
        rgb(GREEN),
        WHITE,
    )
    assert (at(on, 320, 150), at(on, 160, 80)) == (rgb(BLUE), rgb(GREEN))


def test_lying_bars_and_a_reversed_axis():
    lying = {**BAR, "y": [0, 1], "x": [50, 100], "orientation": "h", "width": 0.5}
    pixels = seen(picture(lying, xaxis=axis(0, 100), yaxis=axis(1.5, -0.5)))
    # row 0 stands on top: its middle is a quarter down, 40 + 40; half of 400 px ends at x = 240
    assert at(pixels, 235, 80) == rgb(BLUE)
    assert at(pixels, 245, 80) == WHITE
    assert at(pixels, 435, 160) == rgb(BLUE)


def test_a_hatched_bar_shows_stripes():
    hatched = {**BAR["marker"], "pattern": {"shape": "/", "fgcolor": PAPER, "size": 8, "fgopacity": 1}}
    pixels = seen(picture({**BAR, "x": [0], "y": [1], "marker": hatched}, yaxis=axis(0, 1)))
    row = pixels[120, 100:380]
    white = (row > 240).all(axis=1).mean()
    assert 0.05 < white < 0.5


def test_a_log_axis_places_points_words_and_shapes():
    note = {"text": "■", "x": 2, "y": 1, "showarrow": False, "font": {"size": 12, "color": ACCENT}}
    rule = {"type": "line", "x0": 100, "x1": 100, "y0": 0, "y1": 0.5, "line": {"color": GREEN, "width": 4}}
    pixels = seen(
        picture(
            {**DOT, "x": [100], "y": [1.5]},
            xaxis=axis(0, 4, type="log"),
            yaxis=axis(0, 2),
            annotations=[note],
            shapes=[rule],
        )
    )
    # log10(100) = 2 is half of 0 to 4: x = 240; a point and a shape say 100, an annotation says 2
    assert at(pixels, 240, 80) == rgb(BLUE)
    assert at(pixels, 240, 180) == rgb(GREEN)
    red = np.nonzero((np.abs(pixels.astype(int) - rgb(ACCENT)) < 40).all(axis=2))
    assert abs(red[1].mean() - 240) < 1.5
    assert abs(red[0].mean() - 120) < 3


def test_a_line_has_gaps_and_marks_of_no_size_are_not_drawn():
    line = {"type": "scatter", "mode": "lines+markers", "x": [0, 1, None, 2, 3], "y": [1, 1, None, 1, 1]}
    how = {"line": {"color": GREEN, "width": 4}, "marker": {"color": BLUE, "size": [0, 14, 0, 0, 0]}}
    pixels = seen(picture({**line, **how}, xaxis=axis(-1, 4), yaxis=axis(0, 2)))
    # a unit is 80 px: 0 at 120, 1 at 200, 2 at 280, 3 at 360
    assert (at(pixels, 160, 120), at(pixels, 320, 120)) == (rgb(GREEN), rgb(GREEN))
    assert at(pixels, 240, 120) == WHITE
    assert at(pixels, 120, 115) == WHITE
    blue = at(pixels, 200, 116)
    assert blue[2] > blue[0] + 80  # many sizes: marks let 30 % of what is under them through, as in Plotly


def test_markers_have_their_shape_size_and_rim():
    diamond = {"symbol": "diamond", "size": 40, "color": BLUE, "line": {"color": VERMILLION, "width": 4}}
    pixels = seen(
        picture({**DOT, "x": [0], "y": [0], "marker": diamond}, xaxis=axis(-1, 1), yaxis=axis(-1, 1))
    )
    # half of 40 px times 1.3 is 26: on the middle line the diamond ends at 240 + 26
    assert at(pixels, 266, 120)[0] > 180
    assert at(pixels, 250, 120) == rgb(BLUE)
    assert at(pixels, 256, 104) == WHITE  # the corner that a square would fill
    assert at(pixels, 272, 120) == WHITE
    hollow = {**diamond, "symbol": "diamond-open"}
    inside = seen(
        picture({**DOT, "x": [0], "y": [0], "marker": hollow}, xaxis=axis(-1, 1), yaxis=axis(-1, 1))
    )
    assert at(inside, 240, 120) == WHITE


def test_numbers_on_a_scale_colour_the_marks():
    marker = {"size": 20, "color": [0, 5, 10], "colorscale": [[0, "#000000"], [1, "#FF0000"]], "opacity": 1}
    pixels = seen(picture({**DOT, "x": [0, 1, 2], "y": [0, 0, 0], "marker": marker}, xaxis=axis(-1, 3)))
    # a unit is 100 px; 5 of 10 is half of 255
    assert [at(pixels, x, 120)[0] for x in (140, 240, 340)] == [0, 128, 255]


def test_error_bars_reach_from_low_to_high():
    bars = {"type": "data", "symmetric": False, "array": [1], "arrayminus": [0.5], "color": QUIET, "width": 0}
    dot = {**DOT, "x": [0], "y": [0], "error_x": {**bars, "thickness": 4}}
    pixels = seen(picture(dot, xaxis=axis(-2, 2), yaxis=axis(-1, 1)))
    # a unit is 100 px: from 190 to 340
    assert (at(pixels, 195, 120), at(pixels, 335, 120)) == (rgb(QUIET), rgb(QUIET))
    assert (at(pixels, 185, 120), at(pixels, 345, 120)) == (WHITE, WHITE)


@pytest.mark.parametrize(("fill", "below"), [("tozeroy", True), ("tonexty", False)])
def test_areas_fill_to_zero_or_to_the_line_before(fill, below):
    flat = {"type": "scatter", "mode": "lines", "x": [0, 1], "line": {"width": 0, "color": BLUE}}
    lower = {**flat, "y": [1, 1]}
    upper = {**flat, "y": [2, 2], "fill": fill, "fillcolor": BLUE}
    pixels = seen(picture(lower, upper, xaxis=axis(0, 1), yaxis=axis(0, 4)))
    # a unit is 40 px: 1 at y = 160, 2 at y = 120
    assert at(pixels, 240, 140) == rgb(BLUE)
    assert at(pixels, 240, 110) == WHITE
    assert (at(pixels, 240, 180) == rgb(BLUE)) is below


def test_dashes_leave_paper_between_them():
    line = {"type": "scatter", "mode": "lines", "x": [0, 1], "y": [0, 0]}
    ends = {"xaxis": axis(0, 1), "yaxis": axis(-1, 1)}
    inks = {}
    for dash in ("solid", "dash", "dot"):
        how = {"color": "#000000", "width": 4, "dash": dash}
        inks[dash] = (seen(picture({**line, "line": how}, **ends))[120, 40:440] < 128).mean()
    assert inks["solid"] == 1
    assert 0.4 < inks["dash"] < 0.6
    assert 0.4 < inks["dot"] < 0.6


def heat(**more):
    z = [[0, 1], [None, 0.5]]
    return {
        "type": "heatmap",
        "z": z,
        "colorscale": [[0, "#000000"], [1, "#0000FF"]],
        "showscale": False,
        **more,
    }


def test_a_heat_map_has_its_first_row_at_the_bottom_and_holes_where_numbers_are_missing():
    pixels = seen(picture(heat()))
    assert [at(pixels, x, y) for x, y in ((140, 160), (340, 160), (140, 80), (340, 80))] == [
        (0, 0, 0), (0, 0, 255), WHITE, (0, 0, 128),
    ]  # fmt: skip
    assert at(pixels, 42, 198) == (0, 0, 0)  # and it reaches to the panel's corner
    turned = seen(picture(heat(), yaxis={"visible": False, "autorange": "reversed"}))
    assert at(turned, 340, 80) == (0, 0, 255)


def test_a_heat_map_keeps_air_between_cells_and_writes_into_them():
    pixels = seen(picture(heat(xgap=10, zmin=0, zmax=1, texttemplate="%{z:.0%}")))
    assert at(pixels, 240, 160) == WHITE  # the middle, where two columns meet: 235 to 245
    assert at(pixels, 232, 130) == (0, 0, 0)
    cell = pixels[150:170, 100:180]
    assert (cell > 200).all(axis=2).sum() > 20  # white words on black
    assert b"100%" in svg(picture(heat(texttemplate="%{z:.0%}")))


def test_packed_numbers_draw_like_plain_ones():
    x, y = np.array([1, 2, 3]), np.array([[2.5, 1, 3], [1, 2, 3]])
    bare = picture({**heat(), "x": x, "z": y}, {**DOT, "x": x, "y": y[0]})
    packed = replace(bare, figure=bare.checked_figure)  # Plotly's own object packs what numpy holds
    plain = picture(
        {**heat(), "x": x.tolist(), "z": y.tolist()}, {**DOT, "x": x.tolist(), "y": y[0].tolist()}
    )
    assert "bdata" in packed.json
    assert "bdata" not in plain.json
    assert png(packed) == png(plain)


def test_a_filled_contour_shows_bands_and_its_lines_where_the_surface_has_its_heights():
    ramp = np.tile(np.linspace(0, 4, 41), (5, 1)).tolist()
    bands = {"start": 1, "end": 3, "size": 1}
    scale = [[0, "#FFFFFF"], [1, "#0000FF"]]
    trace = {"type": "contour", "z": ramp, "contours": bands, "colorscale": scale, "showscale": False}
    pixels = seen(picture({**trace, "line": {"color": ACCENT, "width": 2}}))
    # the ramp rises from 0 to 4 over 400 px: 2 is at x = 240
    assert at(pixels, 240, 120) == rgb(ACCENT)
    # the band from 2 to 3 has the colour of 2.5 of 4: 255 * (1 - 0.625) = 96
    assert at(pixels, 300, 120)[0] == pytest.approx(96, abs=1)
    assert at(pixels, 260, 120) == at(pixels, 320, 120)
    lines = {**trace, "contours": {**bands, "coloring": "none", "showlabels": True}}
    bare = seen(picture(lines))
    assert at(bare, 300, 120) == WHITE
    assert b"\n3\n" in svg(picture(lines)) or b"\n3<" in svg(picture(lines))


@pytest.mark.parametrize(
    ("shape", "inside", "outside"),
    [
        ({"type": "rect", "x0": 1, "x1": 2, "y0": 0, "y1": 1}, (190, 150), (190, 110)),
        ({"type": "circle", "x0": 1, "x1": 3, "y0": 0, "y1": 2}, (240, 120), (145, 45)),
        ({"type": "path", "path": "M0,0L4,0L4,2Z"}, (400, 150), (100, 80)),
        ({"x0": 0, "x1": 0.5, "y0": 0, "y1": 1, "xref": "paper", "yref": "paper"}, (50, 60), (260, 60)),
    ],
)  # fmt: skip
def test_shapes_lie_where_their_corners_say(shape, inside, outside):
    filled = {**shape, "fillcolor": GREEN, "line": {"width": 0}}
    pixels = seen(picture(shapes=[filled], xaxis=axis(0, 4), yaxis=axis(0, 2)))
    assert at(pixels, *inside) == rgb(GREEN)
    assert at(pixels, *outside) == WHITE


def test_a_shape_below_is_covered_by_the_data_and_one_above_covers_them():
    over = {"type": "rect", "x0": -1, "x1": 1, "y0": -1, "y1": 1, "fillcolor": GREEN, "line": {"width": 0}}
    ends = {"xaxis": axis(-1, 1), "yaxis": axis(-1, 1)}
    dot = {**DOT, "x": [0], "y": [0]}
    assert at(seen(picture(dot, shapes=[{**over, "layer": "below"}], **ends)), 240, 120) == rgb(BLUE)
    assert at(seen(picture(dot, shapes=[over], **ends)), 240, 120) == rgb(GREEN)


def test_an_image_keeps_its_shape_in_the_room_it_has():
    square = data_uri(np.full((20, 20, 3), (200, 0, 0), np.uint8))
    placed = {"source": square, "x": 0, "y": 1, "sizex": 1, "sizey": 1, "sizing": "contain"}
    pixels = seen(picture(images=[placed]))
    # 160 px high, so 160 px wide from the left: to x = 200
    assert at(pixels, 195, 120) == pytest.approx((200, 0, 0), abs=4)
    assert at(pixels, 205, 120) == WHITE
    assert at(seen(picture(images=[{**placed, "sizing": "stretch"}])), 435, 120)[0] == pytest.approx(
        200, abs=4
    )


def test_words_are_held_at_their_place_and_show_their_colours():
    note = {
        "text": f"<b>one</b><br><span style='color:{ACCENT}'>two</span>",
        "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper", "showarrow": False,
        "xanchor": "left", "yanchor": "bottom", "xshift": 20, "yshift": 10,
    }  # fmt: skip
    left, _, _, bottom = inked(seen(picture(annotations=[note])))
    # the middle of the plot is 240, 120: 20 px right of it and 10 px above
    assert 259 <= left <= 264
    assert 103 <= bottom <= 110
    pixels = seen(picture(annotations=[note])).astype(int)
    red = (pixels[..., 0] > 150) & (pixels[..., 1] < 110)
    assert red.sum() > 20


def test_words_move_away_from_the_edge_of_the_paper():
    note = {
        "text": "a rather long remark",
        "x": 1,
        "xref": "paper",
        "y": 1,
        "yref": "paper",
        "xanchor": "left",
    }
    _, _, right, _ = inked(seen(picture(annotations=[{**note, "showarrow": False, "xshift": 30}])))
    assert 470 <= right < 479


def test_an_arrow_points_at_its_place():
    note = {
        "text": "here",
        "x": 0,
        "y": 0,
        "ax": 0,
        "ay": -60,
        "arrowcolor": ACCENT,
        "arrowwidth": 3,
        "standoff": 6,
    }
    pixels = seen(picture(annotations=[note], xaxis=axis(-1, 1), yaxis=axis(-1, 1)))
    # from the words 60 px above the middle down to 6 px before it
    assert at(pixels, 240, 90) == rgb(ACCENT)
    assert at(pixels, 240, 118) == WHITE


def test_a_long_title_wraps_and_moves_the_chart_down():
    def drawn(title):
        return seen(
            picture({**BAR, "x": [0], "y": [1]}, title={"text": title}, yaxis=axis(0, 1)), title=True
        ).astype(int)

    short, long = (
        drawn("Short"),
        drawn("A title that is by far too long for one line of a picture this small " * 2),
    )
    tops = [np.nonzero((shown[:, 240] == rgb(BLUE)).all(axis=1))[0].min() for shown in (short, long)]
    assert tops[1] - tops[0] == pytest.approx(2 * 1.3 * 17, abs=2)  # two more lines of 17 px
    assert inked(long.astype(np.uint8))[2] < 478


def test_text_size_enlarges_words_lines_and_marks_but_not_the_plot():
    big = {**DOT, "x": [0], "y": [0], "marker": {"size": 30, "color": BLUE}}
    widths = []
    for size in (1.0, 2.0):
        pixels = seen(picture(big, xaxis=axis(-1, 1), yaxis=axis(-1, 1)), text_size=size)
        blue = (np.abs(pixels.astype(int) - rgb(BLUE)) < 40).all(axis=2)
        widths.append(int(blue.any(axis=0).sum()))
    assert widths[0] == pytest.approx(30, abs=2)
    assert widths[1] == pytest.approx(60, abs=2)


def test_two_panels_share_their_axes_and_stand_side_by_side():
    two = {**DOT, "x": [1], "y": [1], "xaxis": "x2", "yaxis": "y2"}
    layout = {
        "xaxis": axis(0, 2, domain=[0, 0.4]), "yaxis": axis(0, 2),
        "xaxis2": {**HIDDEN, "domain": [0.6, 1], "anchor": "y2", "matches": "x"},
        "yaxis2": {**HIDDEN, "anchor": "x2", "matches": "y"},
    }  # fmt: skip
    pixels = seen(picture({**DOT, "x": [1], "y": [1]}, two, **layout))
    # 0.4 of 400 px: middles at 40 + 80 and 40 + 240 + 80
    assert (at(pixels, 120, 120), at(pixels, 360, 120)) == (rgb(BLUE), rgb(BLUE))


def test_equal_scales_shorten_the_axis_that_has_room():
    square = {"scaleanchor": "x", "constrain": "domain", "constraintoward": "top"}
    shown = picture(
        {**BAR, "x": [1], "y": [2], "width": 2},
        xaxis=axis(0, 2, constrain="domain", constraintoward="left"),
        yaxis=axis(0, 2, **square),
    )
    # 160 px for 2 units of y, so 160 px for 2 units of x: from 40 to 200
    pixels = seen(shown)
    assert at(pixels, 195, 120) == rgb(BLUE)
    assert at(pixels, 205, 120) == WHITE


def test_a_legend_and_a_colour_bar_take_their_own_room():
    named = [{**DOT, "x": [0, 1], "y": [0, 1], "name": name} for name in ("first", "second")]
    shown = picture(*named, showlegend=True)
    right = inked(seen(shown))[2]
    assert 440 < right < 480
    assert b"second" in svg(shown)
    bar = picture(heat(showscale=True, colorbar={"title": {"text": "points"}, "ticksuffix": " pt"}))
    assert inked(seen(bar))[2] < 480
    assert "0.4 pt" in svg(bar).decode()
    assert "points" in svg(bar).decode()


def test_an_axis_shows_grid_numbers_and_its_name():
    figure = blank_figure("A finding")
    figure.add_scatter(x=[0, 10], y=[0, 20_000], mode="lines", line={"color": BLUE, "width": 3})
    figure.update_xaxes(title_text="weeks", range=[0, 10], ticksuffix=" w")
    figure.update_yaxes(title_text="users", range=[0, 20_000], gridcolor=GREEN)
    shown = picture()
    shown = type(shown)(figure, "A summary.", shown.table)
    told = svg(shown).decode()
    for words in ("weeks", "users", "2 w", "10k", "A finding", "A summary."):
        assert words in told
    pixels = seen(shown)
    assert (pixels == rgb(GREEN)).all(axis=2).any(axis=1).sum() >= 2


@pytest.mark.parametrize(
    ("trace", "layout", "named"),
    [
        ({"type": "sankey"}, {}, "sankey"),
        ({**DOT, "x": [1], "y": [1], "marker": {"symbol": "arrow-wide"}}, {}, "arrow-wide"),
        ({**DOT, "x": [1], "y": [1], "marker": {"color": "hsl(1,2,3)"}}, {}, "hsl"),
        ({**DOT, "x": [1], "y": [1], "stackgroup": "one"}, {}, "Stacked areas"),
        ({"x": [1, 2], "y": [1, 2], "line": {"shape": "spline"}}, {}, "spline"),
        ({"x": [1, 2], "y": [1, 2], "fill": "toother"}, {}, "toother"),
        ({**BAR, "x": [1], "y": [1], "marker": {"pattern": {"shape": "o"}}}, {}, "“o”"),
        ({"type": "heatmap", "z": [[1]], "zsmooth": "best"}, {}, "Smoothed"),
        ({"type": "heatmap", "z": [[1]], "colorscale": "Nowhere"}, {}, "Nowhere"),
        ({"x": [1], "y": [1]}, {"xaxis": {"type": "date"}}, "date"),
        ({"x": [1, 2], "y": [1, 2]}, {"xaxis": {"tickformat": "%d"}}, "%d"),
        ({"x": [1], "y": [1]}, {"shapes": [{"xref": "x9", "x0": 0, "x1": 1, "y0": 0, "y1": 1}]}, "x9"),
        ({"x": [1], "y": [1]}, {"images": [{"source": "https://example.org/a.png"}]}, "example.org"),
        ({"x": [1], "y": [1]}, {"margin": {"l": 300, "r": 300}}, "room"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_named(trace, layout, named):
    with pytest.raises(CannotDraw, match=named):
        png(picture(trace, **layout), **SIZE)


def test_a_hidden_trace_is_not_drawn():
    shown = picture({**DOT, "x": [0], "y": [0], "visible": False}, xaxis=axis(-1, 1), yaxis=axis(-1, 1))
    assert (seen(shown) == 255).all()


def test_an_svg_stands_alone_and_beside_others():
    one, other = (svg(picture({**DOT, "x": [k], "y": [0]}, xaxis=axis(0, 3))).decode() for k in (1, 2))
    for drawn in (one, other):
        tree = ET.fromstring(drawn)
        assert tree.attrib["width"] == "720pt"  # 10 inches
        links = {
            value for node in tree.iter() for name, value in node.attrib.items() if name.endswith("href")
        }
        assert all(link.startswith("#") for link in links)
        assert "<style" not in drawn
        assert "DOCTYPE" not in drawn
    mine, others = (set(re.findall(r'\bid="([^"]+)"', drawn)) for drawn in (one, other))
    assert mine
    assert not mine & others  # both may stand in one page
